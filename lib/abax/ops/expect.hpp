#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/plan/expect_rule.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// What a function expects of its arguments, said at its door.
namespace abax {

namespace detail {

/// Not constexpr, so that a literal that needs it stops the build: `expect("b s, s", x)`.
void expect_has_another_number_of_terms_than_there_are_operands();

/// The axes of an operand's type; `names_in_value` of an `any_tensor` too.
template <tensor_like X>
inline constexpr static_axes axes_or_in_value = names_in_value;
template <element T, static_axes Axes>
inline constexpr static_axes axes_or_in_value<tensor<T, Axes>> = Axes;

/// Checks operands against a text of `expect`. @return the extent of each of its names, in the order in which they first stand there
[[nodiscard]] std::vector<axis_size> expected_extents(
    std::string_view text, std::span<const any_tensor* const> operands
);

}  // namespace detail

/// The text of an `expect`: a literal, which is checked while compiling, or a `pattern_text`.
template <std::size_t Operands>
class expect_literal {
public:
    ///@{
    /// The text is not copied: it outlives the call.
    template <std::size_t N>
    consteval expect_literal(const char (&literal)[N]
    )  // NOLINT(google-explicit-constructor): so that calls read as those of einsum
        : text_(literal, N - 1) {
        const expected_terms terms(text_);
        if (const auto wrong = terms.first_fault())
            detail::refusals[static_cast<std::size_t>(wrong->kind)]();
        if (terms.count() != Operands)
            detail::expect_has_another_number_of_terms_than_there_are_operands();
    }
    expect_literal(const pattern_text& text)  // NOLINT(google-explicit-constructor)
        : text_(text.text()) {}
    ///@}

    /// As it was given.
    [[nodiscard]] std::string_view text() const noexcept { return text_; }

private:
    std::string_view text_;
};

/// Checks arguments at a function's door, and gives their extents by name: `expect("b s m, m f -> b s f", x, w, y)`.
///
/// @param text      a list of axes for each operand, as of `axes`: "b s (h d)", "... m", "b 3", "h=12 d". Commas separate them; an
///                  arrow may stand before the last, which reads as the result. A name has one extent, and an axis of that name
///                  one memory, in all operands; `...` stands for any axes
/// @param operands  named ones must have these names at their places; unnamed ones are matched by position
/// @return  the extent of each name, factors of groups included, in the order in which the names first stand there: what other
///          verbs take as sizes. Names are kept as long as the program runs, so nothing dangles
/// @throws abax::error  syntax, duplicate_axis, ellipsis, ... of the text; other: another number of operands; rank_mismatch,
///                      name_mismatch; size_mismatch: a name has two extents, and the message lists all; ambiguous_size,
///                      not_divisible: of a group
/// @cost    none, and no record: extents are known without looking at an element
template <tensor_like... Operands>
[[nodiscard]] std::vector<axis_size> expect(
    const expect_literal<sizeof...(Operands)>& text, const Operands&... operands
) {
    const std::array<const any_tensor*, sizeof...(Operands)> all{&detail::untyped(operands)...};
    return detail::expected_extents(text.text(), all);
}

/// The same with the text as a template argument: `const auto [b, s, m, f] = expect<"b s m, m f -> b s f">(x, w, y);`
///
/// Names that an operand has in its type are checked while compiling; extents, and names in a value, when it runs.
/// @return  the extents alone, in the same order @throws abax::error as above @cost none, and no record
template <fixed_text Text, tensor_like... Operands>
auto expect(const Operands&... operands) {
    using check = detail::expect_check<Text, detail::axes_or_in_value<Operands>...>;
    require<check>();
    // As many where it does not compile: names in brackets are no second mistake.
    std::array<std::int64_t, count_names(Text.view())> extents{};
    const std::array<const any_tensor*, sizeof...(Operands)> all{&detail::untyped(operands)...};
    const std::vector<axis_size> found = detail::expected_extents(Text.view(), all);
    for (std::size_t i = 0; i < extents.size(); ++i)
        extents[i] = found[i].extent;
    return extents;
}

}  // namespace abax
