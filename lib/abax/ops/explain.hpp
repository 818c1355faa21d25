#pragma once

#include <abax/ops/rearrange.hpp>
#include <abax/ops/typed_patterns.hpp>
#include <abax/plan/plan.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What a verb would do, in words, before it does it: nothing runs, and nothing is on the bill.
namespace abax {

namespace detail {

/// The pattern of a rearrange, or of a repeat if its right side has more: a literal or a `pattern_text`.
class moving_pattern {
public:
    ///@{
    /// The text is not copied: it outlives the call.
    template <std::size_t N>
    consteval moving_pattern(const char (&literal)[N])  // NOLINT(google-explicit-constructor)
        : text_(literal, N - 1), is_literal_(true) {
        const auto wrong = read_literal(text_, verb::rearrange, tokens_);
        if (!wrong)
            return;
        verb_ = verb::repeat;
        if (read_literal(text_, verb::repeat, tokens_))
            refusals[static_cast<std::size_t>(wrong->kind)]();
    }
    moving_pattern(const pattern_text& text)  // NOLINT(google-explicit-constructor)
        : moving_pattern(text.text()) {}
    template <std::same_as<arrangement> Arrangement>
    moving_pattern(const Arrangement& p)  // NOLINT(google-explicit-constructor)
        : moving_pattern(p.text()) {}
    ///@}

    [[nodiscard]] verb operation() const noexcept { return verb_; }
    [[nodiscard]] pattern_argument argument() const noexcept {
        return {text_, tokens_.view(), is_literal_};
    }

private:
    explicit moving_pattern(std::string_view text);

    std::string_view text_;
    literal_tokens<> tokens_{};
    verb verb_ = verb::rearrange;
    bool is_literal_ = false;
};

[[nodiscard]] std::string explained(
    const any_tensor& x,
    verb operation,
    const pattern_argument& text,
    axis_sizes sizes,
    std::optional<kernels::reduction> how = std::nullopt
);
[[nodiscard]] std::string explained_einsum(
    const pattern_argument& text, std::span<const any_tensor> operands
);

/// The verb of a pattern for one tensor: a rearrange, or else a repeat.
template <fixed_text Text>
inline constexpr verb moving_verb =
    static_text<Text, verb::rearrange>::ok || !static_text<Text, verb::repeat>::ok ? verb::rearrange
                                                                                   : verb::repeat;

}  // namespace detail

///@{
/// The plan of a verb on these tensors in words, as `explain(plan)`: a line a step, view or copy, FLOPs and bytes.
///
///     explain(x, "b s (h d) -> b h s d", "h"_ax = 12)   rearrange; or repeat, where the right side has more
///     explain(x, "b s m -> b m", by::mean)              reduce
///     explain("b i, i o -> b o", x, w)                  einsum
///
/// @throws abax::error  as the verb
/// @cost   none: on no bill
[[nodiscard]] inline std::string explain(
    const any_tensor& x, const detail::moving_pattern& text, axis_sizes sizes = {}
) {
    return detail::explained(x, text.operation(), text.argument(), sizes);
}
template <size_argument First, size_argument... More>
[[nodiscard]] std::string explain(
    const any_tensor& x, const detail::moving_pattern& text, First first, More... more
) {
    return explain(x, text, axis_sizes{first, more...});
}
[[nodiscard]] inline std::string explain(
    const any_tensor& x,
    const pattern_literal<verb::reduce>& text,
    kernels::reduction how,
    axis_sizes sizes = {}
) {
    return detail::explained(x, verb::reduce, text, sizes, how);
}
template <size_argument First, size_argument... More>
[[nodiscard]] std::string explain(
    const any_tensor& x,
    const pattern_literal<verb::reduce>& text,
    kernels::reduction how,
    First first,
    More... more
) {
    return explain(x, text, how, axis_sizes{first, more...});
}
template <tensor_like... Operands>
[[nodiscard]] std::string explain(
    const pattern_literal<verb::einsum, sizeof...(Operands)>& text, const Operands&... operands
) {
    const any_tensor all[] = {detail::untyped(operands)...};
    return detail::explained_einsum(text, all);
}
///@}

///@{
/// The same with the pattern as a template argument, checked by the compiler as that of the verb is.
///
///     explain<"b s (h d) -> b h s d">(x, "h"_ax = 12)
///     explain<"b s m -> b m">(x, by::mean)
///     explain<"b i, i o -> b o">(x, w)
///
/// @throws abax::error  as the verb
/// @cost   none: on no bill
template <fixed_text Text, element T, static_axes Axes, size_argument... Sizes>
[[nodiscard]] std::string explain(const tensor<T, Axes>& x, Sizes... sizes) {
    constexpr verb operation = detail::moving_verb<Text>;
    using check = detail::transform_check<Text, operation, Axes, Sizes...>;
    require<check>();
    if constexpr (check::says.ok()) {
        const pattern_argument text(static_text<Text, operation>::stored.header);
        const std::array<axis_size, sizeof...(sizes)> passed{axis_size(sizes)...};
        return detail::explained(x.any(), operation, text, std::span<const axis_size>(passed));
    }
}
template <
    fixed_text Text,
    element T,
    static_axes Axes,
    kernels::reduction How,
    size_argument... Sizes>
[[nodiscard]] std::string explain(const tensor<T, Axes>& x, reduction_tag<How>, Sizes... sizes) {
    require<detail::transform_check<Text, verb::reduce, Axes, Sizes...>>();
    const pattern_argument text(static_text<Text, verb::reduce>::stored.header);
    const std::array<axis_size, sizeof...(sizes)> passed{axis_size(sizes)...};
    return detail::explained(x.any(), verb::reduce, text, std::span<const axis_size>(passed), How);
}
template <fixed_text Text, element T, static_axes First, static_axes Second, static_axes... More>
[[nodiscard]] std::string explain(
    const tensor<T, First>& first, const tensor<T, Second>& second, const tensor<T, More>&... more
) {
    require<detail::einsum_check<Text, First, Second, More...>>();
    const any_tensor all[] = {first.any(), second.any(), more.any()...};
    return detail::explained_einsum(
        pattern_argument(static_text<Text, verb::einsum>::stored.header), all
    );
}
///@}

}  // namespace abax
