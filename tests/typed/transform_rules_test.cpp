#include <abax/ops/rearrange.hpp>
#include <abax/plan/transform.hpp>
#include <abax/plan/transform_rule.hpp>

#include "../laws/every_pattern.hpp"
#include "rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The rule of rearrange, reduce and repeat: every pattern of the laws, on tensors that fit it, and on such as do not quite.
using namespace abax;
using namespace abax::laws;
using abax::testing::axis_of;
using abax::testing::comparison;
using abax::testing::dry_tensor;
using abax::testing::read_pattern;
using abax::testing::text_in_type;

namespace {

// Sanitizers make all this thirty times dearer.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t one_in = 40;
#else
constexpr std::size_t one_in = 1;
#endif

// What may stand for an axis of a side: with its factors, without, and where it has no name to keep, under another one.
std::vector<std::string> namings_of(const written_axis& a) {
    std::string inner;
    for (const std::size_t i : a.of)
        inner += (inner.empty() ? "" : " ") + letter_of(i);
    if (a.of.empty())
        return {"1"};
    if (a.of.size() == 1 && a.label.empty())
        return {inner};
    if (!a.label.empty())
        return {"(" + a.label + ": " + inner + ")", a.label};
    return {"(" + inner + ")", "(y: " + inner + ")", "y"};
}

// The left side's axes, merged ones written in their n-th way. Names of one tensor differ: y, then y', y''.
shape left_axes(const written_side& side, std::size_t n) {
    shape axes;
    std::string primes;
    for (const written_axis& a : side.axes) {
        const std::vector<std::string> ways = namings_of(a);
        std::string text = ways[std::min(n, ways.size() - 1)];
        if (const std::size_t y = text.find('y'); y != std::string::npos) {
            text.insert(y + 1, primes);
            primes += '\'';
        }
        axis made = axis_of(text);
        if (made.memory == nullptr)
            for (std::size_t i = 1; i < a.of.size(); ++i)
                made.extent *= 2;
        axes.push_back(std::move(made));
    }
    return axes;
}

// The same factors in another order, other ones, and one more of extent 1.
std::vector<axis> with_other_memories(const axis& a) {
    if (a.memory == nullptr)
        return {};
    std::vector<axis> all(3, a);
    factors reversed(a.memory->rbegin(), a.memory->rend());
    factors others = *a.memory;
    others.back().label = name("x");
    factors longer = *a.memory;
    longer.push_back({name("x"), 1});
    const auto remember = [](axis& one, factors of) {
        std::string called;
        for (const factor& f : of)
            called += (called.empty() ? "" : " ") + std::string(f.label.text());
        if (one.label.text().starts_with('('))
            one.label = name("(" + called + ")");
        one.memory = std::make_shared<const factors>(std::move(of));
    };
    remember(all[0], std::move(reversed));
    remember(all[1], std::move(others));
    remember(all[2], std::move(longer));
    return all;
}

// Tensors that are one mistake away.
std::vector<shape> neighbours_of(const shape& axes) {
    std::vector<shape> all;
    const auto replaced = [&](std::size_t i, axis other) {
        all.push_back(axes);
        all.back()[i] = std::move(other);
    };
    for (std::size_t i = 0; i < axes.rank(); ++i) {
        for (const char* other : {"x", "a", "b", "c", "d", "p"})
            replaced(i, {name(other), axes[i].extent, axes[i].memory});
        replaced(i, {name(), axes[i].extent, nullptr});
        replaced(i, {name("x"), axes[i].extent, nullptr});
        replaced(i, axis_of("1"));
        for (axis& other : with_other_memories(axes[i]))
            replaced(i, std::move(other));
        if (i + 1 < axes.rank()) {
            all.push_back(axes);
            std::swap(all.back()[i], all.back()[i + 1]);
        }
        shape fewer;
        for (std::size_t k = 0; k < axes.rank(); ++k)
            if (k != i)
                fewer.push_back(axes[k]);
        all.push_back(fewer);
    }
    all.push_back(axes);
    all.back().push_back(axis_of("x"));
    all.erase(
        std::remove_if(
            all.begin(), all.end(), [](const shape& a) { return !testing::has_distinct_names(a); }
        ),
        all.end()
    );
    return all;
}

// Every letter of a pattern has extent 2.
std::vector<axis_size> sizes_for(const std::string& text) {
    static const std::vector<axis_size> all{{"a", 2}, {"b", 2}, {"c", 2}, {"d", 2}, {"z", 2}};
    return testing::sizes_in(text, all);
}

// What a verb with its pattern as a template argument makes of a tensor without names: it has those of the pattern.
shape shape_under_names(
    const std::string& text, verb operation, const shape& axes, axis_sizes sizes
) {
    const auto how =
        operation == verb::reduce ? std::optional(kernels::reduction::sum) : std::nullopt;
    const layout x = layout::row_major(axes);
    return plan_transform(parse(text, operation), x, dtype::float32, sizes, how, true)
        .steps.back()
        .result.axes;
}

void compare(comparison& all, const read_pattern& p, verb operation, const shape& like) {
    const shape axes = testing::fitted(like, p.tree(), p.tree().input());
    const std::string text = text_in_type(axes);
    const verdict rule = transform_rule(p.tree(), axis_table(text), text);
    const std::vector<axis_size> sizes = sizes_for(p.text());
    all.add(p.text() + " of (" + text + ")", rule, [&] {
        if (!axes.is_named() && rule.axes != names_in_value)
            return shape_under_names(p.text(), operation, axes, sizes);
        const any_tensor x = dry_tensor(axes);
        const pattern_text written(p.text());
        return operation == verb::rearrange ? rearrange(x, written, sizes).shape()
             : operation == verb::reduce    ? reduce(x, written, by::sum, sizes).shape()
                                            : repeat(x, written, sizes).shape();
    });
}

void compare_all(comparison& all, const read_pattern& p, verb operation, const written_side& left) {
    if (!p.is_legal())
        return;
    for (std::size_t n = 0; n < 3; ++n) {
        const shape axes = left_axes(left, n);
        if (n > 0 && axes == left_axes(left, n - 1))
            break;
        compare(all, p, operation, axes);
        for (const shape& other : neighbours_of(axes))
            compare(all, p, operation, other);
    }
}

// "a (b c)" without b: "a (c)".
std::string without(std::string side, std::string_view word) {
    const std::size_t at = side.find(word);
    side.erase(at, word.size());
    if (at < side.size() && side[at] == ' ')
        side.erase(at, 1);
    else if (at > 0 && side[at - 1] == ' ')
        side.erase(at - 1, 1);
    return side;
}

// The pattern with a word less on its right side, each in turn.
std::vector<std::string> reductions_of(const written_pattern& p) {
    std::vector<std::string> all;
    for (const std::string_view word : {"a", "b", "c", "d", "..."})
        if (p.right.text.find(word) != std::string::npos)
            all.push_back(p.left.text + " -> " + without(p.right.text, word));
    return all;
}
// The pattern with a word more: in front, at the end, and in its first group.
std::vector<std::string> repetitions_of(const written_pattern& p) {
    const std::string left = p.left.text + " -> ";
    std::vector<std::string> all{
        left + "z " + p.right.text, left + p.right.text + " z", left + "2 " + p.right.text};
    if (const std::size_t close = p.right.text.find(')'); close != std::string::npos) {
        std::string longer = p.right.text;
        all.push_back(left + longer.insert(close, " z"));
    }
    return all;
}

template <class Visit>
void for_one_in(std::size_t step, const family& written, const Visit& visit) {
    std::size_t seen = 0;
    for_each_pattern(written, [&](const written_pattern& p, std::size_t) {
        if (seen++ % (step * one_in) == 0)
            visit(p);
    });
}

}  // namespace

TEST_CASE("rules: rearrange is foretold for every pattern, on every tensor that is one mistake away"
) {
    comparison all;
    for (const family& written : every_family()) {
        // The larger families say much of this again.
        const std::size_t step = written.name == "parenthesised" ? 16
                               : written.name == "with units"    ? 4
                                                                 : 1;
        for_one_in(step, written, [&](const written_pattern& p) {
            compare_all(all, read_pattern(p.text(), verb::rearrange), verb::rearrange, p.left);
        });
    }
    CHECK(all.text() == "");
    CHECK(all.about_extents() == 0);
    CHECK(all.accepted() * one_in > 200'000);
    CHECK(all.refused() * one_in > 200'000);
}

TEST_CASE("rules: reduce is foretold for every pattern with a word less on its right side") {
    comparison all;
    for (const family& written : {plain_patterns(), labelled_patterns(), patterns_with_dots()})
        for_one_in(4, written, [&](const written_pattern& p) {
            for (const std::string& text : reductions_of(p))
                compare_all(all, read_pattern(text, verb::reduce), verb::reduce, p.left);
        });
    CHECK(all.text() == "");
    CHECK(all.about_extents() == 0);
    CHECK(all.accepted() * one_in > 200'000);
    CHECK(all.refused() * one_in > 200'000);
}

TEST_CASE("rules: repeat is foretold for every pattern with a word more on its right side") {
    comparison all;
    for (const family& written : {plain_patterns(), labelled_patterns(), patterns_with_dots()})
        for_one_in(4, written, [&](const written_pattern& p) {
            for (const std::string& text : repetitions_of(p))
                compare_all(all, read_pattern(text, verb::repeat), verb::repeat, p.left);
        });
    CHECK(all.text() == "");
    CHECK(all.about_extents() == 0);
    CHECK(all.accepted() * one_in > 200'000);
    CHECK(all.refused() * one_in > 200'000);
}
