// A matrix product and its bill: as a number, as a polynomial, and at extents that never ran.
#include <abax/abax.hpp>

#include <iostream>
#include <vector>

using namespace abax;

int main() {
    const auto a = iota<float>(axes("m k", {3, 4}));
    const auto b = iota<float>(axes("k n", {4, 5}));

    ledger bill;
    tensor<float> product;
    {
        recording on(bill);
        product = dot(a, b, "k");  // m n: the axes of a without k, then those of b that a lacks
    }
    std::cout << product << "\n\n";

    // The same by hand, counting as the ledger does: a multiply-add is 2 FLOPs.
    constexpr std::size_t m = 3, n = 5, k = 4;
    std::vector<float> by_hand(m * n, 0.0F);
    std::int64_t flops = 0;
    for (std::size_t i = 0; i < m; ++i)
        for (std::size_t j = 0; j < n; ++j)
            for (std::size_t l = 0; l < k; ++l) {
                by_hand[i * n + j] += a.data()[i * k + l] * b.data()[l * n + j];
                flops += 2;
            }
    std::cout << std::boolalpha;
    std::cout << "equal to the loops: " << (product.to_vector() == by_hand) << '\n';
    std::cout << "the loops counted:  " << flops << " FLOPs\n\n";

    const counters sum = bill.total();
    const cost price = bill.cost().total();
    std::cout << "FLOPs:   " << to_string(sum.flops_mm) << " = " << price.flops_mm.str() << '\n';
    std::cout << "read:    " << to_string(sum.bytes_read) << " = " << price.bytes_read.str()
              << " bytes\n";
    std::cout << "written: " << to_string(sum.bytes_written) << " = " << price.bytes_written.str()
              << " bytes\n\n";

    // The number is the polynomial's value, so the bill answers for other extents without running them.
    const counters large = bill.cost().at({{"m", 4096}, {"n", 4096}, {"k", 4096}});
    std::cout << "all extents 4096: " << to_string(large.flops()) << " FLOPs, "
              << to_string(large.bytes()) << " bytes\n";
}
