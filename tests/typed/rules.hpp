#pragma once

#include <abax/core/error.hpp>
#include <abax/ops/create.hpp>
#include <abax/plan/static_pattern.hpp>
#include <abax/shape/refusal.hpp>

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Rules are computed by the compiler, and here when the tests run: beside the verb that they foretell.
namespace abax::testing {

/// An axis as it is written, in which each elementary axis has this extent, but f'' only one position: "m", "(h d)", "(m: h d)", "1", "_".
[[nodiscard]] inline axis axis_of(std::string_view text, std::int64_t each = 2) {
    const axis_table::entry written = axis_table(text)[0];
    axis a{{}, text == "1" ? 1 : each, nullptr};
    if (written.is_named())
        a.label = name(written.label);
    factors of;
    const axis_table parts(written.factors);
    for (std::size_t i = 0; i < parts.rank(); ++i) {
        of.push_back({name(parts[i].text), parts[i].text == "f''" ? 1 : each});
        a.extent *= i == 0 ? 1 : of.back().extent;
    }
    if (!of.empty())
        a.memory = std::make_shared<const factors>(std::move(of));
    return a;
}

/// The axes of a canonical text.
[[nodiscard]] inline shape axes_of(std::string_view text, std::int64_t each = 2) {
    shape axes;
    const axis_table written(text);
    for (std::size_t i = 0; i < written.rank(); ++i)
        axes.push_back(axis_of(written[i].text, each));
    return axes;
}

/// Whether a tensor may have these axes.
[[nodiscard]] inline bool has_distinct_names(const shape& axes) {
    for (std::size_t i = 0; i < axes.rank(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (axes[i].label && axes[i].label == axes[k].label)
                return false;
    return true;
}

/// How a type would write axes: "1" or "_" for one without a name.
[[nodiscard]] inline std::string text_in_type(const shape& axes) {
    std::string text;
    for (const axis& a : axes) {
        text += text.empty() ? "" : " ";
        text += a.label ? axis_text(a) : a.extent == 1 ? "1" : "_";
    }
    return text;
}

/// These axes as those of a type.
[[nodiscard]] inline static_axes as_in_type(std::string_view text) {
    static_axes axes;
    if (!text.empty())
        axes.add(text);
    return axes;
}
[[nodiscard]] inline static_axes as_in_type(const shape& axes) {
    return as_in_type(text_in_type(axes));
}

/// All lists of up to `most` of these axes, in every order, in which no name is twice: what axes a tensor may have.
[[nodiscard]] inline std::vector<std::string> lists_of(
    const std::vector<std::string>& axes, std::size_t most
) {
    std::vector<std::string> all{""};
    std::size_t begin = 0;
    for (std::size_t rank = 1; rank <= most; ++rank) {
        const std::size_t end = all.size();
        for (; begin < end; ++begin)
            for (const std::string& one : axes) {
                const axis_table has(all[begin]);
                const axis_table added(one);
                if (!added[0].is_named() || !has.has(added[0].label))
                    all.push_back(all[begin] + (all[begin].empty() ? "" : " ") + one);
            }
    }
    return all;
}

/// The sizes whose names a pattern has.
[[nodiscard]] inline std::vector<axis_size> sizes_in(
    std::string_view pattern, const std::vector<axis_size>& sizes
) {
    std::vector<axis_size> all;
    for (const axis_size& one : sizes)
        if (pattern.find(one.axis) != std::string_view::npos)
            all.push_back(one);
    return all;
}

/// A tensor of these axes without elements: what verbs say of names and extents, and nothing else.
[[nodiscard]] inline any_tensor dry_tensor(const shape& axes, dtype type = dtype::float32) {
    return any_tensor::dry(type, axes);
}

/// The syntax tree of a text as a rule gets it; nothing if no literal may read so.
class read_pattern {
public:
    read_pattern(std::string text, verb operation) : text_(std::move(text)) {
        is_legal_ = !read_literal(text_, operation, tokens_);
        if (is_legal_)
            tree_ = std::make_unique<static_pattern>(text_, tokens_.view());
    }
    [[nodiscard]] bool is_legal() const { return is_legal_; }
    [[nodiscard]] const static_pattern& tree() const { return *tree_; }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
    literal_tokens<> tokens_{};
    bool is_legal_ = false;
    std::unique_ptr<static_pattern> tree_;
};

/// The same axes with the extents that a term of a pattern takes, where nothing is remembered: what is refused then is refused
/// because of names. Each letter stands for `each` positions.
[[nodiscard]] inline shape fitted(
    shape axes, const static_pattern& p, const static_pattern::term& t, std::int64_t each = 2
) {
    const std::size_t dots = p.ellipsis(t);
    const std::size_t wanted = t.count - (dots < t.count ? 1U : 0U);
    if (axes.rank() < wanted)
        return axes;
    for (std::size_t i = 0; i < t.count; ++i) {
        const std::size_t at = i < dots ? i : i + axes.rank() - t.count;
        if (i == dots || at >= axes.rank() || axes[at].memory != nullptr)
            continue;
        const auto& item = p.at(t, i);
        axes[at].extent = 1;
        for (std::size_t k = 0; k < item.count; ++k)
            axes[at].extent *= p.at(item, k).is_name ? each : *number_value(p.at(item, k).text);
    }
    return axes;
}

/// Whether axes are what a rule foretold. `_` may have any extent, `1` has one position.
[[nodiscard]] inline bool is_foretold(const verdict& rule, const shape& axes) {
    if (rule.axes == names_in_value)
        return !axes.is_named();
    const axis_table promised(rule.axes.view());
    if (promised.rank() != axes.rank())
        return false;
    for (std::size_t i = 0; i < axes.rank(); ++i) {
        const bool same =
            promised[i].is_named() ? promised[i].text == axis_text(axes[i]) : !axes[i].label;
        if (!same || (promised[i].text == "1" && axes[i].extent != 1))
            return false;
    }
    return true;
}

/// Whether a merged axis is a factor of another one, `((a b) c)`: that no type can write.
[[nodiscard]] inline bool is_nested(const shape& axes) {
    for (const axis& a : axes)
        if (a.memory != nullptr)
            for (const factor& f : *a.memory)
                if (f.label.text().starts_with('('))
                    return true;
    return false;
}

/// Compares rules with verbs, and counts.
class comparison {
public:
    /// `verb` gives a shape, or throws. What is thrown because of extents no rule can know of.
    template <class Verb>
    void add(const std::string& call, const verdict& rule, const Verb& verb) {
        ++compared_;
        std::string said;
        try {
            const shape axes = verb();
            if (rule.ok() && is_foretold(rule, axes)) {
                ++accepted_;
                return;
            }
            using enum sentence;
            if (rule.what
                    == a_merged_axis_without_a_name_of_its_own_cannot_be_merged_again__rename_it_first
                && is_nested(axes)) {
                ++refused_;
                return;
            }
            said = '(' + text_in_type(axes) + ')';
        } catch (const error& e) {
            if (!rule.ok() && rule.kind == e.kind()) {
                ++refused_;
                return;
            }
            if (rule.ok() && is_about_extents(e.kind())) {
                ++about_extents_;
                return;
            }
            said = std::string(to_string(e.kind())) + ", " + e.details().message;
        }
        if (++disagreed_ <= 12)
            text_ += call + ": the rule says "
                   + (rule.ok() ? '(' + std::string(rule.axes.view()) + ')'
                                : std::string(to_string(rule.kind)))
                   + ", the verb " + said + '\n';
    }

    /// Where they disagree, the first dozen; "" if nowhere.
    [[nodiscard]] std::string text() const {
        return disagreed_ == 0 ? "" : std::to_string(disagreed_) + " times\n" + text_;
    }
    [[nodiscard]] std::size_t compared() const { return compared_; }
    [[nodiscard]] std::size_t accepted() const { return accepted_; }
    [[nodiscard]] std::size_t refused() const { return refused_; }
    [[nodiscard]] std::size_t about_extents() const { return about_extents_; }

private:
    static bool is_about_extents(category kind) {
        return kind == category::size_mismatch || kind == category::not_divisible
            || kind == category::ambiguous_size;
    }

    std::size_t compared_ = 0;
    std::size_t accepted_ = 0;
    std::size_t refused_ = 0;
    std::size_t about_extents_ = 0;
    std::size_t disagreed_ = 0;
    std::string text_;
};

}  // namespace abax::testing
