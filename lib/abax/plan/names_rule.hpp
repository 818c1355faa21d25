#pragma once

#include <abax/core/fixed_text.hpp>
#include <abax/pattern/word.hpp>
#include <abax/plan/axis_rule.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// What verbs that take one axis, `rename` and `forget` say of names, said while compiling.
namespace abax {

/// The verdict on a verb along one axis, and no more, of a tensor.
[[nodiscard]] constexpr verdict one_axis_rule(
    const static_axes& along, const static_axes& axes, effect what
) {
    if (axis_table(along.view()).rank() != 1)
        return verdict::refused(
            category::unknown_axis,
            sentence::this_verb_works_along_one_axis,
            quoted(fragment_kind::wanted, along.view()),
            quoted(fragment_kind::tensor, axes.view())
        );
    return axis_rule(along, axes, what);
}

/// The changes of a `rename`, read while compiling: "a -> b, b -> a".
class static_changes {
public:
    /// One of them.
    struct change {
        std::string_view from;
        std::string_view to;
    };

    /// Reads a text, up to its first fault.
    constexpr explicit static_changes(std::string_view text) : text_(text) {
        for (std::size_t at = 0; wrong_.ok() && at < text.size();) {
            const std::size_t comma = find(",", at, text.size());
            add(at, comma);
            at = comma + 1;
        }
    }

    /// What is wrong with the text, if something is.
    [[nodiscard]] constexpr const verdict& wrong() const { return wrong_; }
    [[nodiscard]] constexpr std::size_t size() const { return count_; }
    [[nodiscard]] constexpr const change& operator[](std::size_t i) const { return changes_[i]; }

private:
    [[nodiscard]] constexpr std::size_t find(
        std::string_view wanted, std::size_t at, std::size_t end
    ) const {
        for (; at + wanted.size() <= end; ++at)
            if (axis_table::same(text_.substr(at, wanted.size()), wanted))
                return at;
        return end;
    }

    // The part of the text without spaces around it.
    [[nodiscard]] constexpr std::string_view trimmed(std::size_t begin, std::size_t end) const {
        while (begin < end && text_[begin] == ' ')
            ++begin;
        while (begin < end && text_[end - 1] == ' ')
            --end;
        return text_.substr(begin, end - begin);
    }

    constexpr void refuse(category kind, sentence what, std::string_view where) {
        const auto at = static_cast<std::size_t>(where.data() - text_.data());
        wrong_ = verdict::refused(kind, what, with_caret(text_, at));
    }

    constexpr void add(std::size_t begin, std::size_t end) {
        const std::size_t arrow = find("->", begin, end);
        const std::string_view from = trimmed(begin, arrow);
        const std::string_view to = arrow == end ? std::string_view{} : trimmed(arrow + 2, end);
        if (from.empty() || to.empty())
            return refuse(
                category::syntax, sentence::a_change_reads_old_to_new, text_.substr(begin)
            );
        if (!is_axis_name(to))
            return refuse_name(to);
        for (std::size_t i = 0; i < count_; ++i)
            if (axis_table::same(changes_[i].from, from))
                return refuse(
                    category::duplicate_axis, sentence::the_change_renames_an_axis_twice, from
                );
        // More than a tensor has axes: one of them is unknown, and was read already.
        if (count_ < changes_.size())
            changes_[count_++] = {from, to};
    }

    constexpr void refuse_name(std::string_view to) {
        const token_array tokens = walk(to, verb::axes);
        const auto at = static_cast<std::size_t>(to.data() - text_.data());
        if (auto wrong = first_fault(to, verb::axes, tokens.view())) {
            wrong->at.offset += static_cast<std::uint32_t>(at);
            wrong_ = verdict::faulty(text_, *wrong);
        } else {
            refuse(category::syntax, sentence::not_the_name_of_an_axis, to);
        }
    }

    std::string_view text_;
    std::array<change, 33> changes_{};
    std::size_t count_ = 0;
    verdict wrong_;
};

/// The verdict on `rename<"a -> b, b -> a">(x)`: all at once, and a merged axis keeps its memory.
[[nodiscard]] constexpr verdict rename_rule(
    const static_changes& changes, const static_axes& axes
) {
    const axis_table has(axes.view());
    for (std::size_t i = 0; i < changes.size(); ++i)
        if (!has.has(changes[i].from))
            return detail::no_such_axis(changes[i].from, axes.view());
    static_axes made;
    for (std::size_t i = 0; i < has.rank(); ++i) {
        std::string_view label;
        for (std::size_t k = 0; has[i].is_named() && k < changes.size(); ++k)
            if (axis_table::same(changes[k].from, has[i].label))
                label = changes[k].to;
        if (label.empty() || !has[i].remembers()) {
            made.add(label.empty() ? has[i].text : label);
            continue;
        }
        made.add("(");
        made.append(label);
        made.append(": ");
        made.append(has[i].factors);
        made.append(")");
    }
    return detail::distinct(made);
}

namespace detail {

/// A verb along one axis: sort<"m">(x).
template <static_axes Along, static_axes Axes, effect What>
struct one_axis_check {
    static constexpr verdict says =
        judged<Along, Axes>([] { return one_axis_rule(Along, Axes, What); });
};

/// What the axis that a verb is given is called: of "(m: h d)" m.
template <static_axes Along>
inline constexpr std::string_view label_of = table_of<Along>.rank() == 0 ? std::string_view{}
                                                                         : table_of<Along>[0].label;

/// rename<"s -> s'">(x).
template <fixed_text Changes, static_axes Axes>
struct rename_check {
    static constexpr static_changes changes{Changes.view()};
    static constexpr verdict judge() {
        if (Axes.is == static_axes::state::refused)
            return verdict::silent();
        if (!changes.wrong().ok())
            return changes.wrong();
        return Axes == names_in_value ? verdict::of(names_in_value) : rename_rule(changes, Axes);
    }
    static constexpr verdict says = judge();
};

}  // namespace detail

}  // namespace abax
