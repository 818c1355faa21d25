// The first example of README.md. Its lines stand there verbatim, and a test says so.
#include <abax/abax.hpp>

#include <iostream>

using namespace abax;

int main() {
    try {
        const auto x = iota<float>(axes("b s m", {2, 4, 24}));
        ledger bill;
        {
            recording on(bill);
            const auto q = rearrange(x, "b s (h d) -> b h s d", "h"_ax = 3);
            const auto a = softmax(dot(q, rename(q, "s -> s'"), "d"), "s'");
            std::cout << "axes:     " << a.shape().str() << '\n';
        }
        std::cout << "FLOPs:    " << bill.cost() << '\n';
        std::cout << "at 32768: " << to_string(bill.cost().at({{"s", 32768}}).flops()) << '\n';
        (void)dot(x, x, "s'");  // throws: a shape bug is an error, with the names
    } catch (const error& e) {
        std::cout << e.what() << '\n';
    }
}
