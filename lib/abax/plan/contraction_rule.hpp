#pragma once

#include <abax/plan/align_rule.hpp>
#include <abax/plan/transform_rule.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

/// What `plan_dot` and `plan_einsum` say of names, said while compiling.
namespace abax {

/// The verdict on `dot<"d">(a, b)`: a summed name is in both operands; the result has a's axes without the summed ones, then b's
/// that a lacks.
[[nodiscard]] constexpr verdict dot_rule(
    const static_axes& summed, const static_axes& a, const static_axes& b
) {
    const axis_table over(summed.view());
    const axis_table left(a.view());
    const axis_table right(b.view());
    for (const axis_table* x : {&left, &right})
        for (std::size_t i = 0; i < x->rank(); ++i)
            if (!(*x)[i].is_named())
                return verdict::refused(
                    category::name_mismatch,
                    sentence::an_axis_without_a_name_meets_nothing__name_or_drop_it,
                    quoted(fragment_kind::left, a.view()),
                    quoted(fragment_kind::right, b.view())
                );
    using enum sentence;
    for (std::size_t i = 0; i < over.rank(); ++i) {
        const bool in_left = left.has(over[i].text);  // as it is called: "m", and not "(m: h d)"
        const bool in_right = right.has(over[i].text);
        if (in_left && in_right)
            continue;
        return verdict::refused(
            category::unknown_axis,
            in_left
                ? this_name_is_summed_but_the_right_operand_lacks_it__rename_its_axis_or_sum_the_left_one
            : in_right
                ? this_name_is_summed_but_the_left_operand_lacks_it__rename_its_axis_or_sum_the_right_one
                : this_name_is_summed_but_neither_operand_has_it,
            fragment(fragment_kind::axis, over[i].text),
            quoted(fragment_kind::left, a.view()),
            quoted(fragment_kind::right, b.view())
        );
    }
    static_axes made;
    for (std::size_t i = 0; i < left.rank(); ++i)
        if (!over.has(left[i].label))
            made.add(left[i].text);
    for (std::size_t i = 0; i < right.rank(); ++i) {
        const std::size_t at = left.find(right[i].label);
        if (at == left.rank())
            made.add(right[i].text);
        else if (!detail::meet(left[at], right[i]))
            return detail::other_factors(left[at], right[i]);
    }
    return detail::distinct(made);
}

namespace detail {

/// The indices of an einsum on named operands: what each was called by the pattern, and the axis that brought it in.
class einsum_indices {
public:
    struct index {
        std::string_view label;
        std::string_view text;     ///< as the result writes it
        std::string_view factors;  ///< what it remembers
        const static_pattern::item* whole =
            nullptr;  ///< the group that it is, if that is not split
    };

    constexpr explicit einsum_indices(const static_pattern& p) : p_(p) {}

    /// Adds an index, or checks that it meets the one of that name. `whole` is the group that it stands for, if it is not split.
    constexpr verdict add(
        std::string_view label,
        const axis_table::entry* axis,
        const static_pattern::item* whole = nullptr
    ) {
        if (const std::size_t i = find(label, whole); i < count_) {
            if (axis != nullptr && axis->remembers() && !index_[i].factors.empty()
                && !axis_table::same(axis->factors, index_[i].factors))
                return other_factors({index_[i].text, label, index_[i].factors}, *axis);
            return {};
        }
        if (count_ < index_.size())
            index_[count_++] = {
                label,
                axis != nullptr ? axis->text : label,
                axis != nullptr ? axis->factors : std::string_view{},
                whole};
        return {};
    }
    /// Adds an axis that `...` stands for. One without a name goes by its place from the right.
    constexpr verdict add_in_ellipsis(const axis_table::entry& axis, std::size_t from_right) {
        const std::string_view label =
            axis.is_named()
                ? axis.label
                : std::string_view("................................").substr(from_right);
        const verdict v = add(label, &axis);
        const std::size_t i = find(label);
        for (std::size_t k = 0; k < dots_count_; ++k)
            if (dots_[k] == i)
                return v;
        if (dots_count_ < dots_.size())
            dots_[dots_count_++] = i;
        return v;
    }

    /// The position of the index called so; how many there are if there is none.
    [[nodiscard]] constexpr std::size_t find(
        std::string_view label, const static_pattern::item* whole = nullptr
    ) const {
        for (std::size_t i = 0; i < count_; ++i) {
            const index& known = index_[i];
            if ((whole == nullptr) != (known.whole == nullptr)
                    ? is_called_by(
                        whole != nullptr ? *whole : *known.whole,
                        whole != nullptr ? known.label : label
                    )
                    : axis_table::same(known.label, label))
                return i;
        }
        return count_;
    }
    [[nodiscard]] constexpr std::span<const index> view() const { return {index_.data(), count_}; }
    /// Which of them `...` stands for, in the order in which it first did.
    [[nodiscard]] constexpr std::span<const std::size_t> in_ellipsis() const {
        return {dots_.data(), dots_count_};
    }

private:
    // Whether `label` is "(h d)", and the group h d.
    [[nodiscard]] constexpr bool is_called_by(
        const static_pattern::item& whole, std::string_view label
    ) const {
        return label[0] == '(' && splits_into(p_, whole, label.substr(1, label.size() - 2));
    }

    const static_pattern& p_;
    std::array<index, 128> index_{};
    std::array<std::size_t, 128> dots_{};
    std::size_t count_ = 0;
    std::size_t dots_count_ = 0;
};

/// Which factors of an einsum's groups are known without a size: those that stand alone somewhere, have an extent in the text,
/// or are remembered; and what follows from them.
class known_factors {
public:
    constexpr known_factors(const static_pattern& p, std::span<const static_axes> operands)
        : p_(p) {
        for (std::size_t k = 0; k < operands.size(); ++k) {
            const axis_table axes(operands[k].view());
            const auto& term = p.input(k);
            const std::size_t dots = p.ellipsis(term);
            for (std::size_t i = 0, at = 0; i < term.count; ++i) {
                if (i == dots)
                    at += axes.rank() + 1 - term.count;
                else
                    learn(p.at(term, i), axes[at++].remembers());
            }
        }
        for (bool learned = true; learned;) {
            learned = false;
            for (std::size_t k = 0; k < operands.size(); ++k)
                for (std::size_t i = 0; i < p.input(k).count; ++i)
                    learned = learn_last(p.at(p.input(k), i)) || learned;
        }
    }

    /// Whether a group need not be split: two of its factors are unknown, and they occur in the same group everywhere.
    [[nodiscard]] constexpr bool is_whole(const static_pattern::item& group) const {
        if (unknown(group) < 2)
            return false;
        for (std::size_t k = 0; k < p_.inputs(); ++k)
            if (!occurs_alike(group, p_.input(k)))
                return false;
        return occurs_alike(group, p_.output());
    }

private:
    constexpr void learn(const static_pattern::item& i, bool remembered) {
        for (std::size_t n = 0; n < i.count; ++n)
            if (remembered || p_.is_simple_name(i) || p_.at(i, n).has_extent)
                add(p_.at(i, n).text);
    }
    constexpr bool learn_last(const static_pattern::item& i) {
        if (i.has_dots || unknown(i) != 1)
            return false;
        for (std::size_t n = 0; n < i.count; ++n)
            add(p_.at(i, n).text);
        return true;
    }
    constexpr void add(std::string_view label) {
        if (!has(label))
            known_[count_++] = label;
    }
    [[nodiscard]] constexpr bool has(std::string_view label) const {
        for (std::size_t i = 0; i < count_; ++i)
            if (axis_table::same(known_[i], label))
                return true;
        return false;
    }
    [[nodiscard]] constexpr std::size_t unknown(const static_pattern::item& i) const {
        std::size_t n = 0;
        for (std::size_t k = 0; k < i.count; ++k)
            n += has(p_.at(i, k).text) ? 0U : 1U;
        return n;
    }
    [[nodiscard]] constexpr bool occurs_alike(
        const static_pattern::item& group, const static_pattern::term& t
    ) const {
        for (std::size_t i = 0; i < t.count; ++i) {
            const auto& other = p_.at(t, i);
            std::size_t common = 0;
            bool alike = other.count == group.count;
            for (std::size_t k = 0; k < other.count; ++k)
                for (std::size_t n = 0; n < group.count; ++n)
                    if (axis_table::same(p_.at(other, k).text, p_.at(group, n).text)) {
                        ++common;
                        alike = alike && k == n;
                    }
            if (common != 0 && !(alike && common == group.count))
                return false;
        }
        return true;
    }

    const static_pattern& p_;
    std::array<std::string_view, max_literal_tokens> known_{};
    std::size_t count_ = 0;
};

}  // namespace detail

namespace detail {

/// Whether a term of the left side has an ellipsis.
[[nodiscard]] constexpr bool has_open_term(const static_pattern& p) {
    for (std::size_t k = 0; k < p.inputs(); ++k)
        if (p.ellipsis(p.input(k)) < p.input(k).count)
            return true;
    return false;
}

/// Whether the operands have names, all but those of rank 0, and match their terms.
[[nodiscard]] constexpr verdict match_terms(
    const static_pattern& p, std::span<const static_axes> operands
) {
    bool any_named = false;
    for (const static_axes& x : operands)
        any_named = any_named || axis_table(x.view()).is_named();
    for (std::size_t k = 0; k < operands.size(); ++k) {
        const axis_table axes(operands[k].view());
        if (verdict v = match_term(p, p.input(k), axes, operands[k].view()); !v.ok())
            return v;
        if (any_named && axes.rank() > 0 && !axes.is_named())
            return verdict::refused(
                category::name_mismatch,
                sentence::a_named_tensor_does_not_meet_an_unnamed_one__name_its_axes,
                fragment(fragment_kind::pattern, p.text()),
                quoted(fragment_kind::tensor, operands[k].view())
            );
    }
    return verdict::of(any_named ? static_axes() : names_in_value);
}

/// Whether an axis that `...` stands for is called otherwise than the parts of the term's other axes.
[[nodiscard]] constexpr verdict apart(
    const static_pattern& p,
    const static_pattern::term& t,
    const known_factors& known,
    const axis_table::entry& axis
) {
    for (std::size_t i = 0; i < t.count; ++i) {
        const auto& item = p.at(t, i);
        bool is_called_so = false;
        if (known.is_whole(item))
            is_called_so = axis.is_anonymous() && splits_into(p, item, axis.factors);
        else
            for (std::size_t k = 0; k < item.count; ++k)
                is_called_so = is_called_so || axis_table::same(p.at(item, k).text, axis.label);
        if (is_called_so)
            return verdict::refused(
                category::duplicate_axis,
                sentence::the_result_would_have_an_axis_twice__rename_one_first,
                with_caret(p.text(), item.at),
                fragment(fragment_kind::axis, axis.label)
            );
    }
    return {};
}

[[nodiscard]] constexpr verdict einsum_of_named(
    const static_pattern& p, std::span<const static_axes> operands
);

}  // namespace detail

/// The verdict on an einsum of tensors with these axes. If none of them has a name, those of the pattern are the result's.
[[nodiscard]] constexpr verdict einsum_rule(
    const static_pattern& p, std::span<const static_axes> operands
) {
    if (p.inputs() != operands.size())
        return verdict::refused(
            category::other,
            sentence::the_pattern_has_another_number_of_terms_than_there_are_operands,
            fragment(fragment_kind::pattern, p.text())
        );
    const verdict matched = detail::match_terms(p, operands);
    if (!matched.ok() || (matched.axes == names_in_value && detail::has_open_term(p)))
        return matched;
    if (matched.axes != names_in_value)
        return detail::einsum_of_named(p, operands);
    std::array<static_axes, 32> given{};
    for (std::size_t k = 0; k < operands.size(); ++k)
        given[k] = detail::expected_by(p, p.input(k));
    return detail::einsum_of_named(p, std::span(given).first(operands.size()));
}

constexpr verdict detail::einsum_of_named(
    const static_pattern& p, std::span<const static_axes> operands
) {
    detail::einsum_indices indices(p);
    const detail::known_factors known(p, operands);
    for (std::size_t k = 0; k < operands.size(); ++k) {
        const axis_table axes(operands[k].view());
        const auto& term = p.input(k);
        const std::size_t dots = p.ellipsis(term);
        for (std::size_t i = 0, at = 0; i < term.count; ++i) {
            const auto& item = p.at(term, i);
            if (i == dots) {
                const std::size_t count = axes.rank() + 1 - term.count;
                for (std::size_t n = 0; n < count; ++n)
                    if (verdict v = detail::apart(p, term, known, axes[at + n]); !v.ok())
                        return v;
                for (std::size_t n = count; n-- > 0; ++at)
                    if (verdict v = indices.add_in_ellipsis(axes[at], n); !v.ok())
                        return v;
                continue;
            }
            const axis_table::entry& axis = axes[at++];
            if (p.is_simple_name(item)) {
                if (verdict v = indices.add(p.at(item).text, &axis); !v.ok())
                    return v;
                continue;
            }
            if (known.is_whole(item)) {  // its first factor occurs in such groups alone
                if (verdict v = indices.add(p.at(item).text, &axis, &item); !v.ok())
                    return v;
                continue;
            }
            for (std::size_t n = 0; n < item.count; ++n)
                if (verdict v = indices.add(p.at(item, n).text, nullptr); !v.ok())
                    return v;
        }
    }
    const auto ellipsis = [&](const auto& visit) {
        for (const std::size_t k : indices.in_ellipsis()) {
            const auto& i = indices.view()[k];
            visit(axis_table::entry{
                i.text, i.label[0] == '.' ? std::string_view{} : i.label, i.factors});
        }
    };
    const auto text_of = [&](std::string_view label, const static_pattern::item* whole) {
        const std::size_t k = indices.find(label, whole);
        return k < indices.view().size() ? indices.view()[k].text : label;
    };
    const auto simple = [&](std::string_view label) { return text_of(label, nullptr); };
    detail::axes_writer out;
    for (std::size_t i = 0; i < p.output().count; ++i) {
        const auto& item = p.at(p.output(), i);
        if (known.is_whole(item))
            out.add_simple(text_of(p.at(item).text, &item));
        else
            detail::write_item(out, p, item, ellipsis, simple);
    }
    return out.judged();
}

}  // namespace abax
