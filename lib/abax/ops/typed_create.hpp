#pragma once

#include <abax/ops/create.hpp>
#include <abax/ops/masks.hpp>
#include <abax/ops/random.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/create_rule.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

/// Tensors that are made of a rule, with their axes in their type: `zeros<float, "b s">(2, 3)`, `zeros<float, "b s">({2, 3})`.
///
/// As in `axes("b (h d)", {2, 12}, {{"h", 3}})` there is one extent for each axis, a merged one has that of the whole, and sizes
/// tell what its factors are: `iota<float, "b (h d)">(2, 12, "h"_ax = 3)`. Extents one by one are counted by the compiler, a list
/// of them when it is read. Errors and costs are those of the same function without names in angle brackets.
namespace abax {

namespace detail {

/// An extent, or what a factor's extent is: "h"_ax = 3.
template <class X>
concept extent_or_size = std::integral<X> || size_argument<X>;

template <class... Arguments>
inline constexpr std::size_t extents_among = ((std::integral<Arguments> ? 1U : 0U) + ... + 0U);

/// The extents and sizes of a call, sorted out.
struct given_extents {
    std::vector<std::int64_t> extents;
    std::vector<axis_size> sizes;

    void add(const axis_size& size) { sizes.push_back(size); }
    template <std::integral Extent>
    void add(Extent extent) {
        extents.push_back(static_cast<std::int64_t>(extent));
    }
};

/// The shape under the axes `Axes`.
template <static_axes Axes, class... Arguments>
[[nodiscard]] shape made_shape(const Arguments&... arguments) {
    given_extents given;
    (given.add(arguments), ...);
    return shape_of_type(Axes.view(), given.extents, given.sizes);
}
/// The same for a list of extents, and sizes one by one.
template <static_axes Axes, class... Sizes>
[[nodiscard]] shape listed_shape(const std::vector<std::int64_t>& extents, const Sizes&... more) {
    const std::vector<axis_size> sizes{more...};
    return shape_of_type(Axes.view(), extents, sizes);
}

}  // namespace detail

///@{
/// All elements 0 or 1; first, first + 1, ...; or no elements at all. `iota` takes its first element behind a list:
/// `iota<float, "b s">({2, 3}, 1)`.
///
/// @return  a tensor with exactly these axes
/// @throws abax::error  size_mismatch: a negative extent, or factors that do not make one; ambiguous_size, not_divisible: as
///                      `axes`; rank_mismatch: of a list; what `zeros`, `ones`, `iota` and `dry` throw
/// @cost   as they
#define ABAX_CREATION(verb, make)                                                                  \
    template <element T, static_axes Axes, detail::extent_or_size... Arguments>                    \
    [[nodiscard]] auto verb(Arguments... arguments) {                                              \
        using check = detail::made_check<Axes, detail::extents_among<Arguments...>>;               \
        require<check>();                                                                          \
        const shape made = detail::made_shape<Axes>(arguments...);                                 \
        return detail::typed<tensor<T, check::says.axes>>(make);                                   \
    }                                                                                              \
    template <element T, static_axes Axes, size_argument... Sizes>                                 \
    [[nodiscard]] tensor<T, Axes> verb(const std::vector<std::int64_t>& extents, Sizes... sizes) { \
        const shape made = detail::listed_shape<Axes>(extents, sizes...);                          \
        return detail::typed<tensor<T, Axes>>(make);                                               \
    }                                                                                              \
    template <element T, static_axes Axes>                                                         \
    [[nodiscard]] tensor<T, Axes> verb(                                                            \
        const std::vector<std::int64_t>& extents, axis_sizes sizes                                 \
    ) {                                                                                            \
        const shape made = detail::shape_of_type(Axes.view(), extents, sizes);                     \
        return detail::typed<tensor<T, Axes>>(make);                                               \
    }
ABAX_CREATION(zeros, full(dtype_of<T>, made, T{0}))
ABAX_CREATION(ones, full(dtype_of<T>, made, T{1}))
ABAX_CREATION(iota, iota(dtype_of<T>, made))
ABAX_CREATION(dry, any_tensor::dry(dtype_of<T>, made))
///@}
#undef ABAX_CREATION

///@{
/// All elements `value`: `full<float, "b s">({2, 3}, 0.5F)`. @throws abax::error as `zeros`, `full` @cost as `full`
template <element T, static_axes Axes>
[[nodiscard]] tensor<T, Axes> full(
    const std::vector<std::int64_t>& extents, std::type_identity_t<T> value, axis_sizes sizes = {}
) {
    return detail::typed<tensor<T, Axes>>(
        full(dtype_of<T>, detail::shape_of_type(Axes.view(), extents, sizes), value)
    );
}
template <element T, static_axes Axes>
[[nodiscard]] tensor<T, Axes> iota(
    const std::vector<std::int64_t>& extents, std::int64_t first, axis_sizes sizes = {}
) {
    return detail::typed<tensor<T, Axes>>(
        iota(dtype_of<T>, detail::shape_of_type(Axes.view(), extents, sizes), first)
    );
}
///@}

///@{
/// Random numbers: `randn<float, "b s">({2, 3}, 42)`, with the elements that the same function without names gives.
/// @throws abax::error as `zeros`, and as `randn`, `uniform`, `randint` @cost as they
template <std::floating_point T, static_axes Axes>
[[nodiscard]] tensor<T, Axes> randn(
    const std::vector<std::int64_t>& extents, std::uint64_t seed, axis_sizes sizes = {}
) {
    return detail::typed<tensor<T, Axes>>(
        randn(dtype_of<T>, detail::shape_of_type(Axes.view(), extents, sizes), seed)
    );
}
template <std::floating_point T, static_axes Axes>
[[nodiscard]] tensor<T, Axes> uniform(
    const std::vector<std::int64_t>& extents,
    std::uint64_t seed,
    double low = 0,
    double high = 1,
    axis_sizes sizes = {}
) {
    return detail::typed<tensor<T, Axes>>(
        uniform(dtype_of<T>, detail::shape_of_type(Axes.view(), extents, sizes), seed, low, high)
    );
}
template <std::integral T, static_axes Axes>
[[nodiscard]] tensor<T, Axes> randint(
    const std::vector<std::int64_t>& extents,
    std::uint64_t seed,
    std::int64_t low,
    std::int64_t high,
    axis_sizes sizes = {}
) {
    return detail::typed<tensor<T, Axes>>(
        randint(dtype_of<T>, detail::shape_of_type(Axes.view(), extents, sizes), seed, low, high)
    );
}
/// 0 .. n - 1 in random order: `take<"b">(x, permutation<"b">(n, seed))`. @throws abax::error as `permutation` @cost as it
template <static_axes Axes>
[[nodiscard]] auto permutation(std::int64_t n, std::uint64_t seed) {
    using check = detail::made_check<Axes, 1>;
    require<check>();
    return detail::typed<tensor<std::int64_t, check::says.axes>>(
        permutation(Axes.view(), n, seed).any()
    );
}
///@}

///@{
/// Numbers along one axis: `arange<float, "s">(10)`, `linspace<float, "s">(0, 1, 5)`. @throws abax::error as `arange`, `linspace`
/// @cost as they
template <number_element T, static_axes Axes>
[[nodiscard]] auto arange(scalar start, scalar stop, scalar step = 1) {
    using check = detail::made_check<Axes, 1>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        arange(dtype_of<T>, Axes.view(), start, stop, step)
    );
}
template <number_element T, static_axes Axes>
[[nodiscard]] auto arange(scalar stop) {
    return arange<T, Axes>(0, stop);
}
template <std::floating_point T, static_axes Axes>
[[nodiscard]] auto linspace(scalar start, scalar stop, std::int64_t count) {
    using check = detail::made_check<Axes, 1>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        linspace(dtype_of<T>, Axes.view(), start, stop, count)
    );
}
///@}

/// 1 where the positions on both axes are equal, else 0: `eye<float, "i j">(3)`. @throws abax::error as `eye` @cost as it
template <element T, static_axes Axes>
[[nodiscard]] auto eye(std::int64_t rows, std::optional<std::int64_t> columns = std::nullopt) {
    using check = detail::made_check<Axes, 2>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(eye(dtype_of<T>, Axes.view(), rows, columns));
}

///@{
/// true where a query may see a key: `causal<"s", "s'">(n, m)`, `windowed<"s", "s'">(n, m, 128)`.
///
/// @return  bool, axes (queries, keys)
/// @throws abax::error as `causal`, `windowed` @cost as they
template <static_axes Queries, static_axes Keys>
[[nodiscard]] auto causal(std::int64_t query_extent, std::int64_t key_extent) {
    using check = detail::queries_and_keys_check<Queries, Keys>;
    require<check>();
    return detail::typed<tensor<bool, check::says.axes>>(
        causal(Queries.view(), query_extent, Keys.view(), key_extent).any()
    );
}
template <static_axes Queries, static_axes Keys>
[[nodiscard]] auto windowed(
    std::int64_t query_extent, std::int64_t key_extent, std::int64_t window
) {
    using check = detail::queries_and_keys_check<Queries, Keys>;
    require<check>();
    return detail::typed<tensor<bool, check::says.axes>>(
        windowed(Queries.view(), query_extent, Keys.view(), key_extent, window).any()
    );
}
///@}

}  // namespace abax
