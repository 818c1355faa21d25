#include <abax/kernels/columns.hpp>
#include <abax/kernels/order.hpp>

#include <cmath>
#include <cstdint>
#include <type_traits>

namespace abax::kernels {
namespace {

/// A running sum: float in double, integers in words that wrap around.
template <class T>
struct running {
    using word = std::conditional_t<std::is_floating_point_v<T>, double, std::uint64_t>;
    using result = std::conditional_t<std::is_floating_point_v<T>, T, std::int64_t>;
    word sum = 0;

    void add(T x) noexcept { sum += static_cast<word>(x); }
    [[nodiscard]] result value() const noexcept { return static_cast<result>(sum); }
};

/// Neumaier's: what each addition rounds away is added up on its own.
template <>
struct running<double> {
    using result = double;
    double sum = 0;
    double lost = 0;

    void add(double x) noexcept {
        const double next = sum + x;
        const double added = next - sum;
        lost += (sum - (next - added)) + (x - added);
        sum = next;
    }
    [[nodiscard]] double value() const noexcept {
        // Of an infinite sum nothing is lost; the difference of two infinities would say NaN.
        return std::isfinite(sum) ? sum + lost : sum;
    }
};

template <class T>
void scan(void* out, const void* in, const loops<2>& rows, row along) {
    constexpr std::int64_t widest = 64;
    using result = typename running<T>::result;
    const detail::column_groups groups(rows, along.in_stride, widest);
    const auto task = detail::rows_per_task(along.extent * groups.width());
    detail::parallel_for(groups.count(), task, [&](auto begin, auto end) {
        for (std::int64_t group = begin; group < end; ++group)
            groups.visit(group, [&](const auto& at, std::int64_t columns) {
                const detail::offsets<2> step = groups.stride();
                running<T> sums[widest] = {};
                const T* from = static_cast<const T*>(in) + at[1];
                result* to = static_cast<result*>(out) + at[0];
                for (std::int64_t i = 0; i < along.extent; ++i) {
                    for (std::int64_t c = 0; c < columns; ++c) {
                        sums[c].add(from[c * step[1]]);
                        to[c * step[0]] = sums[c].value();
                    }
                    from += along.in_stride;
                    to += along.out_stride;
                }
            });
    });
}

}  // namespace

dtype cumulative_sum_type(dtype type) noexcept {
    return is_floating(type) ? type : dtype::int64;
}

void cumulative_sum(dtype type, void* out, const void* in, const loops<2>& rows, row along) {
    if (along.extent == 0 || iterations(rows) == 0)
        return;
    with_element(type, [&](auto zero) { scan<decltype(zero)>(out, in, rows, along); });
}

}  // namespace abax::kernels
