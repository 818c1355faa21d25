#include <abax/kernels/iterate.hpp>
#include <abax/kernels/product.hpp>

#include <algorithm>
#include <cstdint>
#include <type_traits>

namespace abax::kernels::detail {
namespace {

template <class T>
T multiplied_onto(T sum, T a, T b) {
    if constexpr (std::is_same_v<T, bool>) {
        return sum | (a & b);
    } else {
        using word = std::make_unsigned_t<T>;
        return static_cast<T>(static_cast<word>(sum) + static_cast<word>(a) * static_cast<word>(b));
    }
}

template <class T>
void multiply_row(T* out, const T* a, const T* b, const product<T>& p) {
    if (!p.accumulate)
        for (std::int64_t j = 0; j < p.n; ++j)
            out[j * p.out_n] = T{0};
    for (std::int64_t l = 0; l < p.k; ++l) {
        const T factor = a[l * p.a_k];
        const T* const row = b + l * p.b_k;
        if (p.out_n == 1 && p.b_n == 1)
            for (std::int64_t j = 0; j < p.n; ++j)
                out[j] = multiplied_onto(out[j], factor, row[j]);
        else
            for (std::int64_t j = 0; j < p.n; ++j)
                out[j * p.out_n] = multiplied_onto(out[j * p.out_n], factor, row[j * p.b_n]);
    }
}

}  // namespace

template <class T>
void multiply_exactly(const product<T>& p) {
    loops<3> rows = p.batch;
    rows.push_back({p.m, {p.out_m, p.a_m, 0}});
    const auto body = [&](auto begin, auto end) {
        walk(rows, begin, end, {}, [&](const auto& at, const auto&) {
            multiply_row(p.out + at[0], p.a + at[1], p.b + at[2], p);
        });
    };
    parallel_for(iterations(rows), rows_per_task(p.n * p.k), body);
}

template void multiply_exactly(const product<std::int32_t>&);
template void multiply_exactly(const product<std::int64_t>&);
template void multiply_exactly(const product<bool>&);

}  // namespace abax::kernels::detail
