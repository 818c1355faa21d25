#pragma once

#include <abax/core/dtype.hpp>
#include <abax/kernels/kernels.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <type_traits>
#include <vector>

#ifdef _OPENMP
#include <omp.h>
#endif

/// Operands with awkward strides for the kernels, and comparisons with the oracle.
namespace kernels_test {

using extents = std::vector<std::int64_t>;
using random_engine = std::mt19937;

/// How an operand lies in memory. `broken` mixes all of it: another order, gaps, some axes backwards.
enum class lie { packed, permuted, sliced, backwards, broken };
inline constexpr auto all_lies =
    std::to_array<lie>({lie::packed, lie::permuted, lie::sliced, lie::backwards, lie::broken});

/// Elements with a stride for each axis of `shape`; `repeat` axes have stride 0.
template <class T>
struct operand {
    std::unique_ptr<T[]> elements;
    std::int64_t count = 0;
    std::int64_t start = 0;
    std::vector<std::int64_t> stride;

    [[nodiscard]] T* data() { return elements.get() + start; }
    [[nodiscard]] operand copy() const {
        operand other{std::make_unique<T[]>(static_cast<std::size_t>(count)), count, start, stride};
        std::copy_n(elements.get(), count, other.elements.get());
        return other;
    }
};

template <class T>
T random_value(random_engine& random) {
    if constexpr (std::is_floating_point_v<T>)
        return static_cast<T>(std::normal_distribution<double>(0, 2)(random));
    else if constexpr (std::is_same_v<T, bool>)
        return random() % 2 == 0;
    else
        return static_cast<T>(random() % 41) - 20;
}

/// After so many elements an operand repeats itself: drawing each would take longer than the kernels. A prime, so that no
/// two rows, blocks or threads' shares begin alike.
inline constexpr std::int64_t period = 8191;

template <class T>
operand<T> make_operand(
    random_engine& random, const extents& shape, lie how, const std::vector<bool>& repeat = {}
) {
    const bool mixed = how == lie::broken;
    std::vector<std::size_t> order(shape.size());
    std::iota(order.begin(), order.end(), 0U);
    if (how == lie::permuted || mixed)
        std::shuffle(order.begin(), order.end(), random);

    operand<T> x;
    x.stride.resize(shape.size());
    std::int64_t packed = 1;
    for (std::size_t i = order.size(); i-- > 0;) {
        const std::size_t axis = order[i];
        if (!repeat.empty() && repeat[axis])
            continue;
        const std::int64_t gap = how == lie::sliced || (mixed && random() % 2 == 0) ? 2 : 1;
        const bool turned = how == lie::backwards || (mixed && random() % 3 == 0);
        const std::int64_t extent = std::max<std::int64_t>(shape[axis], 1);
        x.stride[axis] = turned ? -packed * gap : packed * gap;
        if (turned)
            x.start += packed * gap * (extent - 1);
        packed *= gap * extent;
    }
    x.count = packed;
    x.elements = std::make_unique<T[]>(static_cast<std::size_t>(packed));
    const std::int64_t drawn = std::min(packed, period);
    std::generate_n(x.elements.get(), drawn, [&] { return random_value<T>(random); });
    for (std::int64_t i = drawn; i < packed; ++i)
        x.elements[static_cast<std::size_t>(i)] = x.elements[static_cast<std::size_t>(i - period)];
    return x;
}

/// The loop nest over `shape` for these operands' strides.
template <class... Operands>
auto nest_of(const extents& shape, const Operands&... operands) {
    abax::kernels::loops<sizeof...(Operands)> nest;
    for (std::size_t d = 0; d < shape.size(); ++d)
        nest.push_back({shape[d], {operands.stride[d]...}});
    return nest;
}

/// Axes from..to of a nest.
template <std::size_t Operands>
auto part(const abax::kernels::loops<Operands>& nest, std::size_t from, std::size_t to) {
    return abax::kernels::loops<Operands>(nest.begin() + from, nest.begin() + to);
}

template <class Body>
void with_threads([[maybe_unused]] int threads, const Body& body) {
#ifdef _OPENMP
    const int before = omp_get_max_threads();
    omp_set_num_threads(threads);
    body();
    omp_set_num_threads(before);
#else
    body();
#endif
}

/// The storage of both, gaps included, bit for bit.
template <class T>
[[nodiscard]] bool same_bits(const operand<T>& a, const operand<T>& b) {
    return std::memcmp(
               a.elements.get(), b.elements.get(), static_cast<std::size_t>(a.count) * sizeof(T)
           )
        == 0;
}

template <class T>
[[nodiscard]] bool close(T x, T y, double tolerance) {
    if constexpr (std::is_floating_point_v<T>) {
        if (std::isnan(x) || std::isnan(y))
            return std::isnan(x) && std::isnan(y);
        if (x == y)
            return true;
        const double scale = std::max({std::abs(double(x)), std::abs(double(y)), 1.0});
        return std::abs(double(x) - double(y)) <= tolerance * scale;
    } else {
        return x == y;
    }
}

/// Equal within a tolerance relative to max(1, |x|), given for float; 0 asks for equality. Gaps included. -1, or the first difference.
template <class T>
[[nodiscard]] std::int64_t first_difference(
    const operand<T>& a, const operand<T>& b, double float_tolerance = 0
) {
    const double tolerance = std::is_same_v<T, float> ? float_tolerance : float_tolerance * 1e-7;
    for (std::int64_t i = 0; i < a.count; ++i)
        if (!close(
                a.elements[static_cast<std::size_t>(i)],
                b.elements[static_cast<std::size_t>(i)],
                tolerance
            ))
            return i;
    return -1;
}

/// Runs `kernel` on two copies of `out` with one and with two threads; the bits must agree. Returns the result.
template <class T, class Kernel>
operand<T> run(const operand<T>& out, bool& threads_agree, const Kernel& kernel) {
    operand<T> one = out.copy();
    operand<T> two = out.copy();
    with_threads(1, [&] { kernel(one.data()); });
    with_threads(2, [&] { kernel(two.data()); });
    threads_agree = same_bits(one, two);
    return one;
}

/// Checks that `kernel` writes what `reference` does, both given the address of the result: bit for bit with one thread and
/// two, and within a tolerance as in first_difference; without one, bit for bit as well.
template <class T, class Kernel, class Reference>
void check_equals_reference(
    const operand<T>& out,
    const Kernel& kernel,
    const Reference& reference,
    std::optional<double> tolerance = {}
) {
    bool threads_agree = false;
    const auto fast = run(out, threads_agree, kernel);
    auto expected = out.copy();
    reference(expected.data());

    CHECK(threads_agree);
    if (tolerance)
        CHECK(first_difference(fast, expected, *tolerance) == -1);
    else
        CHECK(same_bits(fast, expected));
}

/// body(shape, how the result lies, how the operand lies): for all pairs; of a large shape each way of lying beside itself
/// and beside the next one.
template <class Body>
void for_each_lie(const std::vector<extents>& all_shapes, const Body& body) {
    constexpr std::int64_t large = 20'000;
    for (const auto& shape : all_shapes) {
        const bool is_large =
            std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>())
            > large;
        for (std::size_t i = 0; i < all_lies.size(); ++i)
            for (std::size_t j = 0; j < all_lies.size(); ++j) {
                if (is_large && j != i && j != (i + 1) % all_lies.size())
                    continue;
                CAPTURE(shape.size());
                CAPTURE(static_cast<int>(all_lies[i]));
                CAPTURE(static_cast<int>(all_lies[j]));
                body(shape, all_lies[i], all_lies[j]);
            }
    }
}

/// Shapes that hit tails, blocks, empty and single axes; and some large enough for several threads.
inline const std::vector<extents>& shapes() {
    static const std::vector<extents> all = {
        {},
        {0},
        {1},
        {17},
        {130},
        {3, 0, 2},
        {2, 3},
        {5, 7},
        {11, 17},
        {64, 130},
        {130, 3},
        {2, 3, 5},
        {7, 1, 11},
        {3, 17, 64},
        {2, 3, 5, 7},
        {5, 64, 3, 11},
        {300, 260},
        {100000},
        {2, 130, 5, 64}};
    return all;
}

}  // namespace kernels_test
