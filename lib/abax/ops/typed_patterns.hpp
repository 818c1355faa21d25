#pragma once

#include <abax/ops/names.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/plan/contraction_rule.hpp>
#include <abax/plan/transform_rule.hpp>

#include <concepts>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

/// The verbs of patterns with the pattern as a template argument: the compiler checks it against the axes of the tensor's type,
/// and the result has the axes of the right side in its type.
namespace abax {

namespace detail {

///@{
/// What the types of the arguments say of sizes; `axis_sizes` says nothing.
template <class Size>
constexpr void pass(passed_sizes& all) {
    if constexpr (requires { Size::name; })
        all.names[all.count++] = Size::name;
    else
        all.all_known = false;
}
template <class... Sizes>
[[nodiscard]] constexpr passed_sizes sizes_of() {
    passed_sizes all;
    (pass<Sizes>(all), ...);
    return all;
}
///@}

/// A rearrange, reduce or repeat of a tensor with these axes, and sizes of these types.
template <fixed_text Text, verb Verb, static_axes Axes, class... Sizes>
struct transform_check {
    using text = static_text<Text, Verb>;
    static constexpr verdict judged() {
        if (Axes.is == static_axes::state::refused)
            return verdict::silent();
        if constexpr (!text::ok)
            return verdict::faulty(Text.view(), *text::all.wrong);
        else {
            constexpr bool known = Axes != names_in_value;
            const verdict names =
                known ? transform_rule(text::tree, table_of<Axes>, Axes.view()) : unknown();
            if (!names.ok())
                return names;
            const verdict sizes =
                sizes_rule(text::tree, table_of<Axes>, known, sizes_of<Sizes...>());
            return sizes.ok() ? names : sizes;
        }
    }
    // The names of a value are not known: those of the left side are expected, and no memory.
    static constexpr verdict unknown() {
        const auto& left = text::tree.input();
        if (text::tree.ellipsis(left) < left.count)
            return verdict::of(names_in_value);
        const static_axes expected = expected_by(text::tree, left);
        return transform_rule(text::tree, axis_table(expected.view()), expected.view());
    }
    static constexpr verdict says = judged();
};

/// An einsum of tensors with these axes.
template <fixed_text Text, static_axes... Axes>
struct einsum_check {
    using text = static_text<Text, verb::einsum>;
    static constexpr verdict judged() {
        if (((Axes.is == static_axes::state::refused) || ...))
            return verdict::silent();
        if constexpr (!text::ok)
            return verdict::faulty(Text.view(), *text::all.wrong);
        else if constexpr (((Axes == names_in_value) && ...) && text::tree.inputs() == sizeof...(Axes))
            return unknown();
        else if constexpr (((Axes == names_in_value) || ...))
            return verdict::of(names_in_value);
        else {
            const static_axes all[] = {Axes...};
            return einsum_rule(text::tree, all);
        }
    }
    static constexpr verdict unknown() {
        static_axes all[sizeof...(Axes)];
        for (std::size_t k = 0; k < sizeof...(Axes); ++k) {
            const auto& term = text::tree.input(k);
            if (text::tree.ellipsis(term) < term.count)
                return verdict::of(names_in_value);
            all[k] = expected_by(text::tree, term);
        }
        return einsum_rule(text::tree, all);
    }
    static constexpr verdict says = judged();
};

/// A dot of tensors with these axes.
template <static_axes Over, static_axes A, static_axes B>
struct dot_check {
    static constexpr verdict judged() {
        if (A.is == static_axes::state::refused || B.is == static_axes::state::refused)
            return verdict::silent();
        if (Over.is == static_axes::state::faulty)
            return axes_check<Over>::says;
        if (A == names_in_value || B == names_in_value)
            return verdict::of(names_in_value);
        return dot_rule(Over, A, B);
    }
    static constexpr verdict says = judged();
};

/// What `Check` says of tensors whose elements are of these types: they must be of one.
template <class Check, element T, element... More>
struct same_elements_check {
    static constexpr verdict judged() {
        const bool is_silent = Check::says.ok() && Check::says.axes == refused_axes;
        if ((std::same_as<T, More> && ...) || is_silent)
            return Check::says;
        return verdict::refused(
            category::dtype_mismatch, sentence::the_operands_hold_other_types_of_elements__cast_one
        );
    }
    static constexpr verdict says = judged();
};

/// A rearrange, reduce or repeat of a tensor whose axes the compiler has checked.
struct pending_transform : pending {
    const any_tensor& x;
    const literal_header& text;
    axis_sizes sizes;
    kernels::reduction how = kernels::reduction::sum;
};
/// The same of a tensor with names in its value, or none: it gets those of the pattern, and the result is read as `axes`.
struct pending_value_transform : pending_transform {
    std::string_view axes;
};
[[nodiscard]] any_tensor run_rearrange(const pending& call);
[[nodiscard]] any_tensor run_repeat(const pending& call);
[[nodiscard]] any_tensor run_reduce(const pending& call);
[[nodiscard]] any_tensor run_value_rearrange(const pending& call);
[[nodiscard]] any_tensor run_value_repeat(const pending& call);
[[nodiscard]] any_tensor run_value_reduce(const pending& call);
[[nodiscard]] any_tensor contracted(
    const literal_header& text, std::span<const any_tensor> operands
);
[[nodiscard]] any_tensor contracted_value(
    const literal_header& text, std::span<const any_tensor> operands, std::string_view axes
);

/// Whether a verb on operands with these axes has to look at names when it runs: those in a value, or none, where the type of
/// the result promises some.
template <static_axes Result, static_axes... Axes>
inline constexpr bool reads_names =
    Result.is == static_axes::state::legal
    && ((Axes.is == static_axes::state::in_value || !table_of<Axes>.is_named()) || ...);

}  // namespace detail

///@{
/// Reorders `x` so that its axes read as the right side: `rearrange<"b s (h d) -> b h s d">(x, "h"_ax = 12)`.
///
/// The axes of x that its type has are checked while compiling. An unnamed x is matched by position, and one with its names in
/// its value is checked when it runs; the result has the axes of the right side in its type all the same, unless the left one
/// has an ellipsis.
/// @return  as `rearrange(x, text, sizes)`
/// @throws abax::error  of the shapes: ambiguous_size, size_mismatch, not_divisible, unexpected_size_argument; and of names in
///                      a value: rank_mismatch, name_mismatch
/// @cost    as `rearrange(x, text, sizes)`
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard, gnu::always_inline]] inline auto rearrange(const tensor<T, Axes>& x) {
    using check = detail::transform_check<Text, verb::rearrange, Axes>;
    require<check>();
    using result = tensor<T, check::says.axes>;
    const literal_header& text = static_text<Text, verb::rearrange>::stored.header;
    if constexpr (detail::reads_names<check::says.axes, Axes>)
        return detail::typed<result>(detail::pending_value_transform{
            {{detail::run_value_rearrange}, x.any(), text, {}}, check::says.axes.view()});
    else
        return detail::typed<result>(detail::pending_transform{
            {detail::run_rearrange}, x.any(), text, {}});
}
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard, gnu::always_inline]] inline auto rearrange(
    const tensor<T, Axes>& x, axis_sizes sizes
) {
    using check = detail::transform_check<Text, verb::rearrange, Axes, axis_sizes>;
    require<check>();
    using result = tensor<T, check::says.axes>;
    const literal_header& text = static_text<Text, verb::rearrange>::stored.header;
    if constexpr (detail::reads_names<check::says.axes, Axes>)
        return detail::typed<result>(detail::pending_value_transform{
            {{detail::run_value_rearrange}, x.any(), text, sizes}, check::says.axes.view()});
    else
        return detail::typed<result>(detail::pending_transform{
            {detail::run_rearrange}, x.any(), text, sizes});
}
template <fixed_text Text, element T, static_axes Axes, size_argument First, size_argument... More>
[[nodiscard, gnu::always_inline]] inline auto rearrange(
    const tensor<T, Axes>& x, First first, More... more
) {
    const axis_size sizes[] = {first, more...};
    using check = detail::transform_check<Text, verb::rearrange, Axes, First, More...>;
    require<check>();
    using result = tensor<T, check::says.axes>;
    const literal_header& text = static_text<Text, verb::rearrange>::stored.header;
    if constexpr (detail::reads_names<check::says.axes, Axes>)
        return detail::typed<result>(detail::pending_value_transform{
            {{detail::run_value_rearrange}, x.any(), text, std::span<const axis_size>(sizes)},
            check::says.axes.view()});
    else
        return detail::typed<result>(detail::pending_transform{
            {detail::run_rearrange}, x.any(), text, std::span<const axis_size>(sizes)});
}
///@}

///@{
/// Reduces the axes that the right side leaves out: `reduce<"b s m -> b m">(x, by::mean)`.
///
/// @return  as `reduce(x, text, how, sizes)`, with the axes of the right side in its type
/// @throws abax::error  as `rearrange<...>`; other: mean of integers, min or max of no elements
/// @cost    as `reduce(x, text, how, sizes)`
template <fixed_text Text, element T, static_axes Axes, kernels::reduction How>
[[nodiscard, gnu::always_inline]] inline auto reduce(const tensor<T, Axes>& x, reduction_tag<How>) {
    using check = detail::transform_check<Text, verb::reduce, Axes>;
    require<check>();
    using result = tensor<abax::reduced<T, How>, check::says.axes>;
    const literal_header& text = static_text<Text, verb::reduce>::stored.header;
    if constexpr (detail::reads_names<check::says.axes, Axes>)
        return detail::typed<result>(detail::pending_value_transform{
            {{detail::run_value_reduce}, x.any(), text, {}, How}, check::says.axes.view()});
    else
        return detail::typed<result>(detail::pending_transform{
            {detail::run_reduce}, x.any(), text, {}, How});
}
template <fixed_text Text, element T, static_axes Axes, kernels::reduction How>
[[nodiscard, gnu::always_inline]] inline auto reduce(
    const tensor<T, Axes>& x, reduction_tag<How>, axis_sizes sizes
) {
    using check = detail::transform_check<Text, verb::reduce, Axes, axis_sizes>;
    require<check>();
    using result = tensor<abax::reduced<T, How>, check::says.axes>;
    const literal_header& text = static_text<Text, verb::reduce>::stored.header;
    if constexpr (detail::reads_names<check::says.axes, Axes>)
        return detail::typed<result>(detail::pending_value_transform{
            {{detail::run_value_reduce}, x.any(), text, sizes, How}, check::says.axes.view()});
    else
        return detail::typed<result>(detail::pending_transform{
            {detail::run_reduce}, x.any(), text, sizes, How});
}
template <
    fixed_text Text,
    element T,
    static_axes Axes,
    kernels::reduction How,
    size_argument First,
    size_argument... More>
[[nodiscard, gnu::always_inline]] inline auto reduce(
    const tensor<T, Axes>& x, reduction_tag<How>, First first, More... more
) {
    const axis_size sizes[] = {first, more...};
    using check = detail::transform_check<Text, verb::reduce, Axes, First, More...>;
    require<check>();
    using result = tensor<abax::reduced<T, How>, check::says.axes>;
    const literal_header& text = static_text<Text, verb::reduce>::stored.header;
    if constexpr (detail::reads_names<check::says.axes, Axes>)
        return detail::typed<result>(detail::pending_value_transform{
            {{detail::run_value_reduce}, x.any(), text, std::span<const axis_size>(sizes), How},
            check::says.axes.view()});
    else
        return detail::typed<result>(detail::pending_transform{
            {detail::run_reduce}, x.any(), text, std::span<const axis_size>(sizes), How});
}
///@}

///@{
/// Adds axes along which elements are copied: `repeat<"h w -> h w c">(x, "c"_ax = 3)`.
///
/// @return  as `repeat(x, text, sizes)`, with the axes of the right side in its type
/// @throws abax::error  as `rearrange<...>`, and missing_size
/// @cost    as `repeat(x, text, sizes)`
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard, gnu::always_inline]] inline auto repeat(const tensor<T, Axes>& x) {
    using check = detail::transform_check<Text, verb::repeat, Axes>;
    require<check>();
    using result = tensor<T, check::says.axes>;
    const literal_header& text = static_text<Text, verb::repeat>::stored.header;
    if constexpr (detail::reads_names<check::says.axes, Axes>)
        return detail::typed<result>(detail::pending_value_transform{
            {{detail::run_value_repeat}, x.any(), text, {}}, check::says.axes.view()});
    else
        return detail::typed<result>(detail::pending_transform{
            {detail::run_repeat}, x.any(), text, {}});
}
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard, gnu::always_inline]] inline auto repeat(const tensor<T, Axes>& x, axis_sizes sizes) {
    using check = detail::transform_check<Text, verb::repeat, Axes, axis_sizes>;
    require<check>();
    using result = tensor<T, check::says.axes>;
    const literal_header& text = static_text<Text, verb::repeat>::stored.header;
    if constexpr (detail::reads_names<check::says.axes, Axes>)
        return detail::typed<result>(detail::pending_value_transform{
            {{detail::run_value_repeat}, x.any(), text, sizes}, check::says.axes.view()});
    else
        return detail::typed<result>(detail::pending_transform{
            {detail::run_repeat}, x.any(), text, sizes});
}
template <fixed_text Text, element T, static_axes Axes, size_argument First, size_argument... More>
[[nodiscard, gnu::always_inline]] inline auto repeat(
    const tensor<T, Axes>& x, First first, More... more
) {
    const axis_size sizes[] = {first, more...};
    using check = detail::transform_check<Text, verb::repeat, Axes, First, More...>;
    require<check>();
    using result = tensor<T, check::says.axes>;
    const literal_header& text = static_text<Text, verb::repeat>::stored.header;
    if constexpr (detail::reads_names<check::says.axes, Axes>)
        return detail::typed<result>(detail::pending_value_transform{
            {{detail::run_value_repeat}, x.any(), text, std::span<const axis_size>(sizes)},
            check::says.axes.view()});
    else
        return detail::typed<result>(detail::pending_transform{
            {detail::run_repeat}, x.any(), text, std::span<const axis_size>(sizes)});
}
///@}

/// Sums products over the names that the right side leaves out: `einsum<"b i, i o -> b o">(x, w)`.
///
/// @return  as `einsum(text, operands...)`, with the axes of the right side in its type if all operands have theirs there, or none
/// @throws abax::error  as `rearrange<...>`
/// @cost    as `einsum(text, operands...)`
template <fixed_text Text, element T, static_axes First, element... Us, static_axes... More>
[[nodiscard]] auto einsum(const tensor<T, First>& first, const tensor<Us, More>&... more) {
    using check = detail::same_elements_check<detail::einsum_check<Text, First, More...>, T, Us...>;
    require<check>();
    using result = tensor<T, check::says.axes>;
    const literal_header& text = static_text<Text, verb::einsum>::stored.header;
    const any_tensor operands[] = {first.any(), more.any()...};
    if constexpr (detail::reads_names<check::says.axes, First, More...>)
        return detail::typed<result>(
            detail::contracted_value(text, operands, check::says.axes.view())
        );
    else
        return detail::typed<result>(detail::contracted(text, operands));
}

/// Sums products over the axes `Over`, which both operands must have: `dot<"d">(q, k)`.
///
/// @return  a's axes without the summed ones, then b's that a lacks; common unsummed names are batch axes. If one of them has
///          its names in its value, so has the result
/// @throws abax::error  size_mismatch; and of names in a value: unknown_axis, name_mismatch
/// @cost    2 * product of all distinct extents; each operand read once, the result written
template <static_axes Over, element T, static_axes A, element U, static_axes B>
[[nodiscard]] auto dot(const tensor<T, A>& a, const tensor<U, B>& b) {
    using check = detail::same_elements_check<detail::dot_check<Over, A, B>, T, U>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(dot(a.any(), b.any(), Over.view()));
}

}  // namespace abax
