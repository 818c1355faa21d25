// Somebody else's project: everything through the umbrella header of the installed package.
#include <abax/abax.hpp>

#include <iostream>

int main() {
    using namespace abax;
    const auto x = iota<float>(axes("b s m", {2, 3, 8}));
    ledger bill;
    {
        const recording on(bill);
        const auto q = rearrange(x, "b s (h d) -> b h s d", "h"_ax = 2);
        std::cout << q.shape().str() << '\n';
        std::cout << dot(q, rename(q, "s -> s'"), "d").shape().str() << '\n';
    }
    std::cout << bill.cost() << '\n';
}
