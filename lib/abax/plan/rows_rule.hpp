#pragma once

#include <abax/plan/align_rule.hpp>
#include <abax/plan/axis_rule.hpp>
#include <abax/plan/select_rule.hpp>

#include <cstddef>

/// What norms and masked softmaxes say of names, said while compiling.
namespace abax {

/// The verdict on a norm: a parameter has exactly the axis that is normalized, one that x has.
[[nodiscard]] constexpr verdict parameter_rule(
    const static_axes& over, const static_axes& axes, const static_axes& parameter
) {
    const axis_table wanted(over.view());
    const axis_table has(parameter.view());
    if (has.rank() != 1 || !axis_table::same(wanted[0].text, has[0].label))
        return verdict::refused(
            has.rank() != 1 ? category::rank_mismatch : category::name_mismatch,
            sentence::the_parameter_must_have_exactly_the_normalized_axis,
            quoted(fragment_kind::wanted, over.view()),
            quoted(fragment_kind::has, parameter.view()),
            quoted(fragment_kind::tensor, axes.view())
        );
    const axis_table x(axes.view());
    const auto& normalized = x[x.find(has[0].label)];
    return detail::meet(normalized, has[0]) ? verdict::of(axes)
                                            : detail::other_factors(normalized, has[0]);
}

/// The verdict on a masked softmax, rule (K): the mask has the axis of the softmax, and none that the tensor lacks.
[[nodiscard]] constexpr verdict mask_rule(
    const static_axes& over, const static_axes& axes, const static_axes& mask
) {
    const axis_table wanted(over.view());
    const axis_table x(axes.view());
    const axis_table has(mask.view());
    const auto refused = [&](sentence what, std::string_view axis) {
        return verdict::refused(
            category::name_mismatch,
            what,
            fragment(fragment_kind::axis, axis),
            quoted(fragment_kind::has, mask.view()),
            quoted(fragment_kind::tensor, axes.view())
        );
    };
    if (!has.has(wanted[0].label))
        return refused(
            sentence::the_mask_lacks_the_axis_of_the_softmax__rename_its_axis, wanted[0].label
        );
    for (std::size_t i = 0; i < has.rank(); ++i) {
        const std::size_t at = x.find(has[i].label);
        if (!has[i].is_named() || at == x.rank())
            return refused(sentence::the_mask_has_an_axis_that_the_tensor_lacks, has[i].text);
        if (!detail::meet(x[at], has[i]))
            return detail::other_factors(x[at], has[i]);
    }
    return verdict::of(axes);
}

namespace detail {

/// layer_norm<"m">(x, gain, bias): x, then each parameter.
template <static_axes Over, static_axes Axes, static_axes... Parameters>
struct parameters_check {
    static constexpr verdict says = judged_with<Axes, Parameters...>({&one_axis<Over>}, [] {
        verdict v = axis_rule(Over, Axes, effect::keeps);
        for (const static_axes& parameter : {Parameters...})
            if (v.ok())
                v = parameter_rule(Over, Axes, parameter);
        return v;
    });
};

/// softmax<"s'">(x, mask).
template <static_axes Over, static_axes Axes, static_axes Mask>
struct mask_check {
    static constexpr verdict says = judged_with<Axes, Mask>({&one_axis<Over>}, [] {
        const verdict v = axis_rule(Over, Axes, effect::keeps);
        return v.ok() ? mask_rule(Over, Axes, Mask) : v;
    });
};

}  // namespace detail

}  // namespace abax
