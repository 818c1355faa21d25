// Splitting attention heads: the line that abax began with.
//
//     const auto h = "h"_ax = 12;
//     rearrange(x, "b s (h d) -> b h s d", h)      for      x.view(b, s, 12, 64).permute(0, 2, 1, 3)
#include <abax/abax.hpp>

#include <array>
#include <iostream>

using namespace abax;

int main() {
    const auto x =
        iota<float>(shape::of({2, 5, 768}));  // batch, positions, 12 heads of 64 side by side
    std::cout << std::boolalpha;

    ledger bill;
    tensor<float> heads;
    {
        recording on(bill);
        const auto h = "h"_ax = 12;
        heads = rearrange(x, "b s (h d) -> b h s d", h);
    }
    std::cout << "shape:                    " << heads.shape().str() << '\n';

    // By hand: view(b, s, n_heads, head_dim) is row-major over four axes, and permute(0, 2, 1, 3) reorders the
    // strides. Nothing in these eight numbers says which is which; 2 and 1 swapped would also run.
    constexpr std::int64_t b = 2, s = 5, n_heads = 12, head_dim = 64;
    constexpr std::array<std::int64_t, 4> viewed{
        s * n_heads * head_dim, n_heads * head_dim, head_dim, 1};
    constexpr std::array<std::int64_t, 4> permuted{viewed[0], viewed[2], viewed[1], viewed[3]};
    bool same = true;
    for (std::int64_t i = 0; i < b; ++i)
        for (std::int64_t j = 0; j < n_heads; ++j)
            for (std::int64_t k = 0; k < s; ++k)
                for (std::int64_t l = 0; l < head_dim; ++l) {
                    const std::int64_t at =
                        i * permuted[0] + j * permuted[1] + k * permuted[2] + l * permuted[3];
                    same = same && heads(i, j, k, l) == x.data()[at];
                }
    std::cout << "equal to view().permute(): " << same << '\n';
    std::cout << "the same strides:          "
              << std::equal(permuted.begin(), permuted.end(), heads.where().stride.begin()) << '\n';

    // No element has moved: the result lies in the buffer of x, and the bill says so.
    std::cout << "the same buffer:           " << heads.any().shares_with(x) << '\n';
    std::cout << "records, bytes:            " << bill.size() << ", "
              << to_string(bill.total().bytes()) << '\n';

    // 768 does not split into 10 heads, and that is found before an element is touched.
    try {
        (void)rearrange(x, "b s (h d) -> b h s d", "h"_ax = 10);
    } catch (const error& e) {
        std::cout << '\n' << e.what() << '\n';
    }
}
