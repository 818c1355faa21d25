#pragma once

#include <abax/plan/align_rule.hpp>
#include <abax/plan/contraction_rule.hpp>
#include <abax/plan/mix_text.hpp>
#include <abax/plan/static_pattern.hpp>
#include <abax/plan/transform_rule.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

/// What an EinMix says of names, said while compiling.
namespace abax {

namespace detail {

/// A text that is put together while compiling.
struct mix_buffer {
    static constexpr std::size_t capacity = 1024;

    char characters[capacity] = {};
    std::size_t length = 0;

    constexpr void add(std::string_view text) {
        for (const char c : text)
            if (length < capacity)
                characters[length++] = c;
    }
    [[nodiscard]] constexpr std::string_view view() const { return {characters, length}; }
};

/// The texts of a layer as template arguments, read once, and those of the verbs that it is made of.
template <fixed_text Pattern, fixed_text Weight, fixed_text... Bias>
struct static_mix {
    static_assert(
        sizeof...(Bias) <= 1, "abax: a pattern, the axes of the weight, perhaps those of the bias"
    );

    static constexpr std::optional<std::string_view> bias() {
        std::optional<std::string_view> axes;
        ((axes = Bias.view()), ...);
        return axes;
    }
    static constexpr mix_text text{Pattern.view(), Weight.view(), bias()};
    static constexpr bool ok = !text.wrong();

    static constexpr mix_buffer einsum_text = [] {
        mix_buffer made;
        if (ok)
            text.write_einsum([&](std::string_view piece) { made.add(piece); });
        return made;
    }();
    static constexpr mix_buffer merge_text = [] {
        mix_buffer made;
        if (ok)
            text.write_merge([&](std::string_view piece) { made.add(piece); });
        return made;
    }();
    using einsum =
        static_text<fixed_text<einsum_text.length + 1>(einsum_text.view()), verb::einsum>;
    using merge =
        static_text<fixed_text<merge_text.length + 1>(merge_text.view()), verb::rearrange>;

    [[nodiscard]] static constexpr static_axes axes_of(const mix_list& list) {
        static_axes axes;
        for (const mix_list::entry& e : list)
            axes.add(e.name);
        return axes;
    }
    static constexpr static_axes weight = ok ? axes_of(text.weight()) : refused_axes;
    static constexpr static_axes bias_axes = ok ? axes_of(text.bias()) : refused_axes;
};

/// Whether the texts of a layer are legal.
template <class Mix>
struct mix_text_check {
    static constexpr verdict judged() {
        if (const auto& wrong = Mix::text.wrong()) {
            if (wrong->what == sentence::none)
                return verdict::faulty(wrong->text, wrong->broken);
            const text_range at = wrong->broken.at;
            return verdict::refused(
                wrong->kind,
                wrong->what,
                with_caret(wrong->text, at.offset),
                fragment(fragment_kind::axis, wrong->text.substr(at.offset, at.length))
            );
        }
        if (!Mix::einsum::ok)
            return verdict::faulty(Mix::einsum_text.view(), *Mix::einsum::all.wrong);
        if (!Mix::merge::ok)
            return verdict::faulty(Mix::merge_text.view(), *Mix::merge::all.wrong);
        return {};
    }
    static constexpr verdict says = judged();
};

}  // namespace detail

/// The verdict on a layer of legal texts, `detail::static_mix`, applied to a tensor with these axes.
template <class Mix>
[[nodiscard]] constexpr verdict mix_rule(const static_axes& x) {
    const static_axes operands[] = {x, Mix::weight};
    verdict v = einsum_rule(Mix::einsum::tree, operands);
    if (v.ok() && Mix::text.bias().count > 0)
        v = align_rule({v.axes, Mix::bias_axes});
    if (v.ok() && Mix::text.merges())
        v = transform_rule(Mix::merge::tree, axis_table(v.axes.view()), v.axes.view());
    return v;
}

}  // namespace abax
