#pragma once

#include <abax/kernels/kernels.hpp>
#include <abax/ops/join.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/pattern/verb.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/plan/plan.hpp>

#include <concepts>
#include <initializer_list>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace abax {

/// A reduction as a type, so that the type of its result is known while compiling.
template <kernels::reduction How>
struct reduction_tag {
    /// The reduction as a value, for what takes one at run time.
    constexpr operator kernels::reduction() const noexcept {
        return How;
    }  // NOLINT(google-explicit-constructor)
};

/// The reductions, as tags: `reduce(x, "b s m -> b m", by::mean)`.
namespace by {
/// The smallest element; NaN if one is NaN. Of no elements there is none: an error.
inline constexpr reduction_tag<kernels::reduction::min> min;
/// The largest element; NaN if one is NaN. Of no elements there is none: an error.
inline constexpr reduction_tag<kernels::reduction::max> max;
/// The sum; 0 of no elements. Integers and bools are summed as int64.
inline constexpr reduction_tag<kernels::reduction::sum> sum;
/// The sum divided by the number of elements: floating elements only, NaN of none.
inline constexpr reduction_tag<kernels::reduction::mean> mean;
/// The product; 1 of no elements. Integers and bools are multiplied as int64.
inline constexpr reduction_tag<kernels::reduction::prod> prod;
/// Whether an element is not 0; false of no elements.
inline constexpr reduction_tag<kernels::reduction::any> any;
/// Whether no element is 0; true of no elements.
inline constexpr reduction_tag<kernels::reduction::all> all;
}  // namespace by

/// The element type of a reduction: any and all give bool, sum and prod of integers and bool int64.
template <element T, kernels::reduction How>
using reduced = std::conditional_t<
    How == kernels::reduction::any || How == kernels::reduction::all,
    bool,
    std::conditional_t<
        (How == kernels::reduction::sum || How == kernels::reduction::prod)
            && !std::is_floating_point_v<T>,
        std::int64_t,
        T>>;

/// The reduction called `text`. @throws abax::error other
[[nodiscard]] kernels::reduction reduction_named(std::string_view text);

/// @name The compiled verbs
/// What the templates below call: the element type is known at run time, and the pattern was read already or is read now.
/// The operands of an einsum have one element type, else it is a `dtype_mismatch`.
///@{
[[nodiscard]] any_tensor rearrange(
    const any_tensor& x, const pattern_argument& text, axis_sizes sizes = {}
);
[[nodiscard]] any_tensor reduce(
    const any_tensor& x, const pattern_argument& text, kernels::reduction how, axis_sizes sizes = {}
);
[[nodiscard]] any_tensor repeat(
    const any_tensor& x, const pattern_argument& text, axis_sizes sizes = {}
);
[[nodiscard]] any_tensor einsum(
    const pattern_argument& text, std::span<const any_tensor> operands, axis_sizes sizes = {}
);
/// What a list of tensors becomes before a verb sees it: the parts along a new leading axis; of named parts it has the
/// name that the pattern begins with. @throws abax::error  as `stack`; what the pattern of `operation` may throw
[[nodiscard]] any_tensor stack_for(
    std::span<const any_tensor> parts, verb operation, const pattern_argument& text
);
///@}

///@{
/// As for tensors of a known element type, below.
[[nodiscard]] inline any_tensor rearrange(
    const any_tensor& x, const pattern_literal<verb::rearrange>& text, axis_sizes sizes = {}
) {
    return rearrange(x, pattern_argument(text), sizes);
}
[[nodiscard]] inline any_tensor reduce(
    const any_tensor& x,
    const pattern_literal<verb::reduce>& text,
    kernels::reduction how,
    axis_sizes sizes = {}
) {
    return reduce(x, pattern_argument(text), how, sizes);
}
template <size_argument... More>
[[nodiscard]] any_tensor reduce(
    const any_tensor& x,
    const pattern_literal<verb::reduce>& text,
    kernels::reduction how,
    axis_size first,
    More... more
) {
    return reduce(x, pattern_argument(text), how, axis_sizes{first, more...});
}
[[nodiscard]] inline any_tensor repeat(
    const any_tensor& x, const pattern_literal<verb::repeat>& text, axis_sizes sizes = {}
) {
    return repeat(x, pattern_argument(text), sizes);
}
[[nodiscard]] inline any_tensor einsum(
    const pattern_literal<verb::einsum>& text,
    std::span<const any_tensor> operands,
    axis_sizes sizes = {}
) {
    return einsum(pattern_argument(text), operands, sizes);
}
template <tensor_like... Operands, std::same_as<any_tensor> Result = detail::any_among<Operands...>>
[[nodiscard]] Result einsum(
    const pattern_literal<verb::einsum, sizeof...(Operands)>& text, const Operands&... operands
) {
    const any_tensor all[] = {detail::untyped(operands)...};
    return einsum(pattern_argument(text), std::span<const any_tensor>(all));
}
///@}

///@{
/// Reorders `x` so that its axes read as the right side of `text`: "b s (h d) -> b h s d".
///
/// @param x      its axes must match the left side, in order; a named tensor's by name too
/// @param text   "left -> right" over the same names; `(a b)` is a merged axis
///               Behind it what the shapes alone cannot tell: {{"h", 12}}, or "h"_ax = 12
/// @return  the elements of `x` under the shape of the right side, row-major in logical order; named if `x` is;
///          shares the buffer of `x` when the plan is a view
/// @throws abax::error  of the pattern: syntax, duplicate_axis, unknown_axis, ellipsis, anonymous_axis; of the shapes: rank_mismatch,
///                      name_mismatch, unexpected_size_argument, ambiguous_size, size_mismatch, not_divisible
/// @post    volume(result) == volume(x)
/// @cost    0 FLOPs; 0 bytes as a view, else each element read and written once
/// @see     Rogozhnikov, "Einops", ICLR 2022
template <element T>
[[nodiscard]] tensor<T> rearrange(
    const tensor<T>& x, const pattern_literal<verb::rearrange>& text, axis_sizes sizes = {}
) {
    return tensor<T>(rearrange(x.any(), pattern_argument(text), sizes));
}
template <tensor_like X, size_argument First, size_argument... More>
[[nodiscard]] detail::dynamic<X> rearrange(
    const X& x, const pattern_literal<verb::rearrange>& text, First first, More... more
) {
    return detail::dynamic<X>(
        rearrange(detail::untyped(x), pattern_argument(text), axis_sizes{first, more...})
    );
}
///@}

namespace detail {

template <tensor_like X>
[[nodiscard]] dynamic<X> stacked_for(
    const std::vector<X>& parts, verb operation, const pattern_argument& text
) {
    const std::vector<any_tensor> untyped(parts.begin(), parts.end());
    return dynamic<X>(stack_for(untyped, operation, text));
}

}  // namespace detail

///@{
/// Stacks the parts along a new leading axis, then rearranges: rearrange({a, b}, "n h w -> h (n w)"), or with a vector.
/// @throws abax::error  as `stack` and `rearrange` @cost as both, each a record of its own
template <tensor_like X>
[[nodiscard]] detail::dynamic<X> rearrange(
    const std::vector<X>& parts, const pattern_literal<verb::rearrange>& text, axis_sizes sizes = {}
) {
    return rearrange(detail::stacked_for(parts, verb::rearrange, text), text, sizes);
}
template <tensor_like X>
[[nodiscard]] detail::dynamic<X> rearrange(
    std::initializer_list<X> parts,
    const pattern_literal<verb::rearrange>& text,
    axis_sizes sizes = {}
) {
    return rearrange(std::vector<X>(parts), text, sizes);
}
///@}

///@{
/// Reduces the axes that the right side leaves out: "b s m -> b m".
///
/// @param how  by::min, max, sum, mean, prod, any, all
/// @return  the axes of the right side, row-major; any, all: bool; sum and prod of integers and bool: int64; else the type
///          of `x`
/// @throws abax::error  as rearrange, and other: mean of integers, min or max of no elements
/// @cost    n_in - n_out vec FLOPs (mean: n_in); reads n_in, writes n_out elements
template <element T, kernels::reduction How>
[[nodiscard]] tensor<reduced<T, How>> reduce(
    const tensor<T>& x,
    const pattern_literal<verb::reduce>& text,
    reduction_tag<How> how,
    axis_sizes sizes = {}
) {
    return tensor<reduced<T, How>>(
        reduce(x.any(), pattern_argument(text), static_cast<kernels::reduction>(how), sizes)
    );
}
template <element T, kernels::reduction How, size_argument... More>
[[nodiscard]] tensor<reduced<T, How>> reduce(
    const tensor<T>& x,
    const pattern_literal<verb::reduce>& text,
    reduction_tag<How> how,
    axis_size first,
    More... more
) {
    return reduce(x, text, how, axis_sizes{first, more...});
}
///@}

///@{
/// Adds axes along which elements are copied: "h w -> h w c".
///
/// @return  the axes of the right side, row-major; named if `x` is, new axes too; a view if no axis of another extent
///          than 1 is added and the strides allow it
/// @throws abax::error  as rearrange, and missing_size
/// @cost    0 FLOPs; reads volume(x), writes volume(result) elements; 0 bytes as a view
template <element T>
[[nodiscard]] tensor<T> repeat(
    const tensor<T>& x, const pattern_literal<verb::repeat>& text, axis_sizes sizes = {}
) {
    return tensor<T>(repeat(x.any(), pattern_argument(text), sizes));
}
template <tensor_like X, size_argument First, size_argument... More>
[[nodiscard]] detail::dynamic<X> repeat(
    const X& x, const pattern_literal<verb::repeat>& text, First first, More... more
) {
    return detail::dynamic<X>(
        repeat(detail::untyped(x), pattern_argument(text), axis_sizes{first, more...})
    );
}
///@}

/// Sums products over the names that the right side leaves out: `einsum("b i, i o -> b o", x, w)`.
///
/// Operands are contracted in pairs, in the order that needs the fewest FLOPs; `explain` shows it.
///
/// @return  the axes of the right side, row-major; named if the operands are
/// @throws abax::error  as rearrange; other: not one operand for each term
/// @cost    2 * product of the extents of all indices for each pair with a summed index; see docs/ledger.md
template <element T, static_axes... More>
[[nodiscard]] tensor<T> einsum(
    const pattern_literal<verb::einsum, 1 + sizeof...(More)>& text,
    const tensor<T>& first,
    const tensor<T, More>&... more
) {
    const any_tensor operands[] = {first.any(), more.any()...};
    return tensor<T>(einsum(pattern_argument(text), std::span<const any_tensor>(operands)));
}

///@{
/// Stacks the parts along a new leading axis, then reduces: reduce({a, b}, "n h w -> h w", by::mean), or with a vector.
/// @throws abax::error  as `stack` and `reduce` @cost as both, each a record of its own
template <element T, kernels::reduction How>
[[nodiscard]] tensor<reduced<T, How>> reduce(
    const std::vector<tensor<T>>& parts,
    const pattern_literal<verb::reduce>& text,
    reduction_tag<How> how,
    axis_sizes sizes = {}
) {
    return reduce(detail::stacked_for(parts, verb::reduce, text), text, how, sizes);
}
template <element T, kernels::reduction How>
[[nodiscard]] tensor<reduced<T, How>> reduce(
    std::initializer_list<tensor<T>> parts,
    const pattern_literal<verb::reduce>& text,
    reduction_tag<How> how,
    axis_sizes sizes = {}
) {
    return reduce(std::vector<tensor<T>>(parts), text, how, sizes);
}
template <std::same_as<any_tensor> X>
[[nodiscard]] any_tensor reduce(
    const std::vector<X>& parts,
    const pattern_literal<verb::reduce>& text,
    kernels::reduction how,
    axis_sizes sizes = {}
) {
    return reduce(detail::stacked_for(parts, verb::reduce, text), text, how, sizes);
}
template <std::same_as<any_tensor> X>
[[nodiscard]] any_tensor reduce(
    std::initializer_list<X> parts,
    const pattern_literal<verb::reduce>& text,
    kernels::reduction how,
    axis_sizes sizes = {}
) {
    return reduce(std::vector<X>(parts), text, how, sizes);
}
///@}

///@{
/// Stacks the parts along a new leading axis, then repeats: repeat({a, b}, "n h w -> n h w 2"), or with a vector.
/// @throws abax::error  as `stack` and `repeat` @cost as both, each a record of its own
template <tensor_like X>
[[nodiscard]] detail::dynamic<X> repeat(
    const std::vector<X>& parts, const pattern_literal<verb::repeat>& text, axis_sizes sizes = {}
) {
    return repeat(detail::stacked_for(parts, verb::repeat, text), text, sizes);
}
template <tensor_like X>
[[nodiscard]] detail::dynamic<X> repeat(
    std::initializer_list<X> parts, const pattern_literal<verb::repeat>& text, axis_sizes sizes = {}
) {
    return repeat(std::vector<X>(parts), text, sizes);
}
///@}

///@{
/// Sums products over `summed`, which both operands must have: `dot(q, k, "d")`.
///
/// @return  a's axes without the summed ones, then b's that a lacks; common unsummed names are batch axes
/// @throws abax::error  unknown_axis: a summed name is not in both; name_mismatch; size_mismatch; dtype_mismatch
/// @cost    2 * product of all distinct extents; each operand read once, the result written
[[nodiscard]] any_tensor dot(const any_tensor& a, const any_tensor& b, const axes_argument& summed);
template <element T>
[[nodiscard]] tensor<T> dot(const tensor<T>& a, const tensor<T>& b, const axes_argument& summed) {
    return tensor<T>(dot(a.any(), b.any(), summed));
}
///@}

/// Reduces axes by name or, unnamed tensors, by position: what `sum`, `mean` and the like are made of.
///
/// @return  the other axes, in order; no axis of extent 1 is left
/// @throws abax::error  unknown_axis, usage, duplicate_axis; other: mean of integers, min or max of no elements
/// @cost    as reduce
[[nodiscard]] any_tensor reduce_axes(
    const any_tensor& x, const axes_argument& over, kernels::reduction how
);

/// Reduces all axes. @return rank 0 @throws abax::error as `reduce_axes` @cost as reduce
[[nodiscard]] any_tensor reduce_all(const any_tensor& x, kernels::reduction how);

///@{
/// The reductions of `by`, over axes by name, `sum(x, "b s")`, or by position, `sum(x, {0, 2})`. Without axes, over all:
/// `sum(x).item()` is the sum of every element, of which nothing is left to be mistaken for another axis.
///
/// @return  the other axes, in order; the element type is that of `reduced`
/// @throws abax::error  unknown_axis, usage, duplicate_axis; other: mean of integers, min or max of no elements
/// @cost    as reduce
#define ABAX_REDUCTION(verb)                                                                       \
    template <element T>                                                                           \
    [[nodiscard]] auto verb(const tensor<T>& x, const axes_argument& over) {                       \
        using result = tensor<reduced<T, kernels::reduction::verb>>;                               \
        return result(reduce_axes(x.any(), over, kernels::reduction::verb));                       \
    }                                                                                              \
    template <element T>                                                                           \
    [[nodiscard]] auto verb(const tensor<T>& x) {                                                  \
        using result = tensor<reduced<T, kernels::reduction::verb>>;                               \
        return result(reduce_all(x.any(), kernels::reduction::verb));                              \
    }                                                                                              \
    [[nodiscard]] inline any_tensor verb(const any_tensor& x, const axes_argument& over) {         \
        return reduce_axes(x, over, kernels::reduction::verb);                                     \
    }                                                                                              \
    [[nodiscard]] inline any_tensor verb(const any_tensor& x) {                                    \
        return reduce_all(x, kernels::reduction::verb);                                            \
    }
ABAX_REDUCTION(min)
ABAX_REDUCTION(max)
ABAX_REDUCTION(sum)
ABAX_REDUCTION(mean)
ABAX_REDUCTION(prod)
ABAX_REDUCTION(any)
ABAX_REDUCTION(all)
///@}
#undef ABAX_REDUCTION

}  // namespace abax
