// The first example of README.md. Its lines stand there verbatim, and a test says so.
#include <abax/abax.hpp>

#include <iostream>

using namespace abax;

int main() {
    try {
        const auto x = iota<float, "b s m">(2, 4, 24);  // names in the type, extents at run time
        ledger bill;
        {
            recording on(bill);
            const auto q = rearrange<"b s (h d) -> b h s d">(x, "h"_ax = 3);
            const tensor<float, "b h s s'"> a = softmax<"s'">(dot<"d">(q, rename<"s -> s'">(q)));
            std::cout << "axes:     " << a.shape().str() << '\n';
        }
        std::cout << "FLOPs:    " << bill.cost() << '\n';
        std::cout << "at 32768: " << to_string(bill.cost().at({{"s", 32768}}).flops()) << '\n';
        // dot<"s'">(x, x);     does not compile: s' is summed, but neither operand has it
        (void)dot(x, x, "s'");  // the same with names known at run time only: throws
    } catch (const error& e) {
        std::cout << e.what() << '\n';
    }
}
