#pragma once

#include <abax/ops/typed_patterns.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/plan/mix_rule.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace abax::nn {

namespace detail {

using namespace abax::detail;

/// Not constexpr, so that a literal that needs it stops the build; its name is the message.
template <category Category, sentence What>
void ein_mix_does_not_compile();

/// That function for each rule of a layer and the category under which it is broken.
struct mix_refusal {
    category kind;
    sentence what;
    void (*refuse)();
};
template <category Category, sentence What>
inline constexpr mix_refusal refuses{Category, What, &ein_mix_does_not_compile<Category, What>};
inline constexpr mix_refusal mix_refusals[] = {
    refuses<category::syntax, sentence::a_list_of_names>,
    refuses<category::anonymous_axis, sentence::a_list_of_names>,
    refuses<category::ellipsis, sentence::a_list_of_names>,
    refuses<
        category::unknown_axis,
        sentence::the_right_side_has_a_name_that_neither_the_left_side_nor_the_weight_has>,
    refuses<category::unknown_axis, sentence::the_weight_has_a_name_that_neither_side_has>,
    refuses<category::unknown_axis, sentence::the_bias_has_a_name_that_the_right_side_lacks>,
    refuses<category::ellipsis, sentence::the_axes_of_a_bias_stand_behind_the_ellipsis>,
};

}  // namespace detail

/// The texts of an `ein_mix<>`: {"b s (h d) -> b s m", "h d m", "m"}, the last only if there is a bias. As literals they are checked
/// while compiling; known at run time only, each is a `pattern_text`.
class mix_pattern {
public:
    /// Literals, the bias left out if there is none. What is wrong with them stops the build; the error names a function that is
    /// called by what it is.
    template <std::size_t P, std::size_t W, std::size_t B = 2>
    consteval mix_pattern(
        const char (&pattern)[P], const char (&weight)[W], const char (&bias)[B] = no_bias
    )
        : pattern_(pattern, P - 1), weight_(weight, W - 1) {
        if (bias[0] != no_bias[0])
            bias_ = std::string_view(bias, B - 1);
        // Here and not in a function: each between the message and the literal is three lines of output more.
        const mix_text texts = read();
        if (!texts.wrong())
            return;
        if (texts.wrong()->what == sentence::none)
            abax::detail::refusals[static_cast<std::size_t>(texts.wrong()->broken.kind)]();
        for (const detail::mix_refusal& r : detail::mix_refusals)
            if (r.what == texts.wrong()->what && r.kind == texts.wrong()->kind)
                r.refuse();
    }
    ///@{
    /// Texts, which outlive the call that they are passed to. The layer throws if they are wrong.
    mix_pattern(const pattern_text& pattern, const pattern_text& weight)
        : mix_pattern(pattern.text(), weight.text(), std::nullopt) {}
    mix_pattern(const pattern_text& pattern, const pattern_text& weight, const pattern_text& bias)
        : mix_pattern(pattern.text(), weight.text(), bias.text()) {}
    ///@}
    /// Views of texts that outlive this.
    constexpr mix_pattern(
        std::string_view pattern, std::string_view weight, std::optional<std::string_view> bias
    )
        : pattern_(pattern), weight_(weight), bias_(bias) {}

    /// The texts, read.
    [[nodiscard]] constexpr mix_text read() const { return {pattern_, weight_, bias_}; }

private:
    // No list begins so. It is not "", which is a bias of rank 0; and Clang 14 does not compare literals by their address.
    static constexpr char no_bias[] = "!";

    std::string_view pattern_;
    std::string_view weight_;
    std::optional<std::string_view> bias_;
};

namespace detail {

/// The layer whose element type is known at run time: what the templates below call.
class untyped_mix {
public:
    /// @throws abax::error  as `ein_mix`
    untyped_mix(const mix_pattern& texts, dtype type, axis_sizes sizes, std::uint64_t seed);

    [[nodiscard]] const any_tensor& weight() const noexcept { return weight_; }
    [[nodiscard]] const std::optional<any_tensor>& bias() const noexcept { return bias_; }
    void set_weight(const any_tensor& x);
    void set_bias(const any_tensor& x);

    /// @param gives_names  the result has the names of the pattern also if x is unnamed
    [[nodiscard]] any_tensor apply(const any_tensor& x, bool gives_names = false) const;

private:
    [[nodiscard]] any_tensor with_bias(const any_tensor& y) const;

    std::string einsum_;                 // "b s (h d), h d m -> b s m"
    std::string merge_;                  // "b s h d -> b s (h d)", or empty
    std::vector<name> right_;            // the elementary axes of the right side, `...` has no name
    std::vector<name> left_names_;       // the names of the extents below
    std::vector<std::int64_t> extents_;  // passed for axes of the left side
    any_tensor weight_;
    std::optional<any_tensor> bias_;
};

/// A layer of these texts, applied to a tensor with these axes.
template <class Mix, static_axes Axes>
struct mix_check {
    static constexpr verdict judged() {
        if (Axes.is == static_axes::state::refused)
            return verdict::silent();
        if constexpr (!mix_text_check<Mix>::says.ok())
            return verdict::silent();
        else if constexpr (Axes != names_in_value)
            return mix_rule<Mix>(Axes);
        else if (Mix::text.left().has("..."))
            return verdict::of(names_in_value);
        else
            return mix_rule<Mix>(expected_by(Mix::einsum::tree, Mix::einsum::tree.input()));
    }
    static constexpr verdict says = judged();
};

}  // namespace detail

/// einops' EinMix: a linear layer between any axes, said by a pattern.
///
///     const nn::ein_mix<> mix({"b s (h d) -> b s m", "h d m", "m"}, {{"h", 12}, {"d", 64}, {"m", 768}}, 42);
///     const nn::ein_mix<"b s (h d) -> b s m", "h d m", "m"> typed({{"h", 12}, {"d", 64}, {"m", 768}}, 42);
///     const auto y = typed(x);  // tensor<float, "b s m">
///
/// It splits the merged axes of the left side, sums the products of x and the weight over all names that the right side lacks, adds
/// the bias, and merges what the right side merges. `basic_ein_mix<double>` is the same of doubles.
template <element T, fixed_text... Texts>
class basic_ein_mix;

/// The layer of floats: `ein_mix<>` with its texts as arguments, `ein_mix<"b i -> b o", "i o">` as template arguments.
template <fixed_text... Texts>
using ein_mix = basic_ein_mix<float, Texts...>;

/// The layer whose texts are arguments.
template <element T>
class basic_ein_mix<T> {
public:
    /// Random weights: uniform within +-sqrt(3 / fan_in), and a bias uniform within +-sqrt(1 / fan_in), where fan_in is the product
    /// of the weight's extents that are summed, at least 1. The same seed gives the same numbers on every machine.
    ///
    /// @param texts  the pattern, the axes of the weight ("" for a factor), and if there is a bias its axes ("" for one number)
    /// @param sizes  of every axis of the weight and of the bias, and of the left side what the shapes alone cannot tell
    /// @throws abax::error  of texts that are known at run time: syntax, duplicate_axis, unknown_axis, ellipsis, anonymous_axis; of the
    ///                      sizes: missing_size, unexpected_size_argument, size_mismatch; overflow, allocation
    /// @cost   writes weight and bias once
    basic_ein_mix(const mix_pattern& texts, axis_sizes sizes, std::uint64_t seed)
        : mix_(texts, dtype_of<T>, sizes, seed) {}

    /// The weight, with the names that its text has.
    [[nodiscard]] tensor<T> weight() const { return tensor<T>(mix_.weight()); }
    /// The bias, if there is one.
    [[nodiscard]] std::optional<tensor<T>> bias() const {
        return mix_.bias() ? std::optional(tensor<T>(*mix_.bias())) : std::nullopt;
    }
    ///@{
    /// Takes other values, of the same axes in the same order; an unnamed tensor gets the names.
    /// @throws abax::error  rank_mismatch, name_mismatch, size_mismatch; usage: there is no bias
    void set_weight(const tensor<T>& x) { mix_.set_weight(x.any()); }
    void set_bias(const tensor<T>& x) { mix_.set_bias(x.any()); }
    ///@}

    /// The layer applied to `x`, whose axes match the left side: by name if it has names, else by position.
    ///
    /// @return  the axes of the right side; named if x is
    /// @throws abax::error  as einsum: rank_mismatch, name_mismatch, size_mismatch, not_divisible, ambiguous_size
    /// @cost    one einsum; with a bias one addition; where the right side merges axes also a view, which is free
    [[nodiscard]] tensor<T> operator()(const tensor<T>& x) const {
        return tensor<T>(mix_.apply(x.any()));
    }

protected:
    /// The layer behind the templates.
    [[nodiscard]] const detail::untyped_mix& mix() const noexcept { return mix_; }

private:
    detail::untyped_mix mix_;
};

/// The layer whose texts are part of its type: the compiler checks them, and the axes of what it is applied to.
template <element T, fixed_text Pattern, fixed_text Weight, fixed_text... Bias>
class basic_ein_mix<T, Pattern, Weight, Bias...> : public basic_ein_mix<T> {
    using base = basic_ein_mix<T>;
    using texts = detail::static_mix<Pattern, Weight, Bias...>;

public:
    /// As `ein_mix<>`. @throws abax::error  missing_size, unexpected_size_argument, size_mismatch; overflow, allocation
    basic_ein_mix(axis_sizes sizes, std::uint64_t seed) : base(checked(), sizes, seed) {}

    /// The weight, with its axes in its type.
    [[nodiscard]] tensor<T, texts::weight> weight() const {
        return {detail::trusted{}, this->mix().weight()};
    }
    /// The bias, with its axes in its type.
    [[nodiscard]] tensor<T, texts::bias_axes> bias() const requires(sizeof...(Bias) == 1) {
        return {detail::trusted{}, *this->mix().bias()};
    }

    /// The layer applied to `x`: the compiler checks the axes that its type has. One with its names in its value is checked when it
    /// runs, an unnamed one is matched by position.
    ///
    /// @return  the axes of the right side, in its type unless the left side has an ellipsis and x its names in its value
    /// @throws abax::error  size_mismatch, not_divisible, ambiguous_size; and of names in a value: rank_mismatch, name_mismatch
    /// @cost    as `ein_mix<>`
    template <static_axes Axes>
    [[nodiscard]] auto operator()(const tensor<T, Axes>& x) const {
        using check = detail::mix_check<texts, Axes>;
        require<check>();
        using result = tensor<T, check::says.axes>;
        if constexpr (detail::reads_names<check::says.axes, Axes>)
            return detail::typed<result>(detail::read_as(
                "ein_mix", this->mix().apply(x.any(), !x.is_named()), check::says.axes.view()
            ));
        else
            return detail::typed<result>(this->mix().apply(x.any()));
    }

private:
    static constexpr mix_pattern checked() {
        require<detail::mix_text_check<texts>>();
        return {Pattern.view(), Weight.view(), texts::bias()};
    }
};

}  // namespace abax::nn
