#include <abax/ops/rearrange.hpp>

#include "every_pattern.hpp"
#include "grid.hpp"
#include "operands.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// All patterns of up to four elementary axes, forward and back, against loops that nobody tunes.
using namespace abax;
using namespace abax::laws;

namespace {

// Sanitizers make all this thirty times dearer: there each fifth pattern is run.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t one_in = 5;
#else
constexpr std::size_t one_in = 1;
#endif

// Where a side has, row-major, the element at these positions on the elementary axes.
std::size_t row_on(const written_side& side, const extents& each, const extents& at) {
    std::int64_t row = 0;
    for (const written_axis& a : side.axes) {
        std::int64_t position = 0;
        std::int64_t extent = 1;
        for (const std::size_t i : a.of) {
            position = position * each[i] + at[i];
            extent *= each[i];
        }
        row = row * extent + position;
    }
    return static_cast<std::size_t>(row);
}

// The reference: what `from` holds under the left side as the right side has it; both row-major.
template <class T>
std::vector<T> moved(const std::vector<T>& from, const written_pattern& p, const extents& each) {
    std::vector<T> to(from.size());
    testing::for_each_position(each, [&](const extents& at) {
        to[row_on(p.right, each, at)] = from[row_on(p.left, each, at)];
    });
    return to;
}

std::vector<float> elements_of(const any_tensor& x) {
    std::vector<float> all;
    for_each_offset(x, [&](std::int64_t offset) {
        all.push_back(reinterpret_cast<const float*>(x.data())[offset]);
    });
    return all;
}

// How the axes of an operand are called.
enum class naming { none, remembering, forgetful };
constexpr std::array all_namings{naming::none, naming::remembering, naming::forgetful};

bool is_simple(const written_axis& a) {
    return a.of.size() == 1 && a.label.empty();
}

bool is_unmerged(const written_side& side) {
    return std::all_of(side.axes.begin(), side.axes.end(), [](const written_axis& a) {
        return a.of.empty() || is_simple(a);
    });
}

axis axis_of(const written_axis& written, const extents& each, naming how) {
    axis a;
    std::string letters;
    factors of;
    for (const std::size_t i : written.of) {
        a.extent *= each[i];
        letters += (letters.empty() ? "" : " ") + letter_of(i);
        of.push_back({name(letter_of(i)), each[i]});
    }
    if (how == naming::none || of.empty())
        return a;
    if (is_simple(written)) {
        a.label = name(letters);
        return a;
    }
    // What forgets its factors may have any name that the pattern does not demand.
    const std::string own =
        how == naming::remembering ? "(" + letters + ")" : "z" + letters.substr(0, 1);
    a.label = name(written.label.empty() ? own : written.label);
    if (how == naming::remembering)
        a.memory = std::make_shared<const factors>(std::move(of));
    return a;
}
shape axes_of(const written_side& side, const extents& each, naming how) {
    shape axes;
    for (const written_axis& a : side.axes)
        axes.push_back(axis_of(a, each, how));
    return axes;
}

// What a side does not tell: the extents in each merged axis but one. Where those are 0, that one too.
std::vector<axis_size> sizes_for(const written_side& side, const extents& each, std::size_t round) {
    static constexpr std::array<std::string_view, 4> names{"a", "b", "c", "d"};
    std::vector<axis_size> sizes;
    for (const written_axis& a : side.axes) {
        if (a.of.size() < 2)
            continue;
        const std::size_t open = a.of[round % a.of.size()];
        const bool is_zero = std::any_of(a.of.begin(), a.of.end(), [&](std::size_t i) {
            return i != open && each[i] == 0;
        });
        for (const std::size_t i : a.of)
            if (i != open || is_zero)
                sizes.emplace_back(names[i], each[i]);
    }
    return sizes;
}

struct one_case {
    extents each;  // the extent of each elementary axis
    naming how = naming::none;
    testing::lie lies = testing::lie::packed;
    std::size_t round = 0;
};

any_tensor operand(const written_side& side, const one_case& c) {
    return testing::laid<float>(
               axes_of(side, c.each, c.how), c.lies, [](std::int64_t i) { return i + 1; }
    ).any();
}

// Where the result of p on x is not what the reference says; "" if it is.
std::string wrong(
    const any_tensor& x, const any_tensor& y, const written_pattern& p, const one_case& c
) {
    const naming right = c.how == naming::none ? naming::none : naming::remembering;
    const shape wanted = axes_of(p.right, c.each, right);
    if (y.shape() != wanted)  // names, extents and memories
        return "axes " + y.shape().axes_text() + " " + y.shape().str() + ", wanted "
             + wanted.axes_text() + " " + wanted.str();
    return elements_of(y) == moved(elements_of(x), p, c.each) ? "" : "elements";
}

// `(... a)` stands on the right only, so it goes back with its axes spelled out.
written_pattern swapped(const written_pattern& p) {
    written_pattern back{p.right, p.left};
    if (!p.right.merges_dots)
        return back;
    for (written_side* side : {&back.left, &back.right}) {
        side->text.clear();
        for (const written_axis& a : side->axes) {
            std::string letters;
            for (const std::size_t i : a.of)
                letters += (letters.empty() ? "" : " ") + letter_of(i);
            side->text += (side->text.empty() ? "" : " ");
            side->text += a.of.size() == 1 ? letters : "(" + letters + ")";
        }
    }
    return back;
}

// p there and back.
void check(const written_pattern& p, const one_case& c) {
    const std::string text = p.text();
    const std::string axes = axes_of(p.left, c.each, c.how).str();
    CAPTURE(text);
    CAPTURE(axes);
    CAPTURE(c.lies);
    // What remembers its factors needs no sizes, and is told none.
    const auto sizes = [&](const written_side& side, naming how) {
        return how == naming::remembering ? std::vector<axis_size>{}
                                          : sizes_for(side, c.each, c.round);
    };
    const any_tensor x = operand(p.left, c);
    const any_tensor y = rearrange(x, pattern_text(text), sizes(p.left, c.how));
    REQUIRE(wrong(x, y, p, c) == "");

    const written_pattern back = swapped(p);
    const naming merged = c.how == naming::none ? naming::none : naming::remembering;
    const any_tensor again = rearrange(y, pattern_text(back.text()), sizes(back.left, merged));
    REQUIRE(wrong(y, again, back, c) == "");
    REQUIRE(bits_of(again) == bits_of(x));
}

extents first_of(const extents& probe, std::size_t count) {
    return {probe.begin(), probe.begin() + static_cast<std::ptrdiff_t>(count)};
}

template <class Visit>
void for_one_in(const family& written, const Visit& visit) {
    std::size_t seen = 0;
    for_each_pattern(written, [&](const written_pattern& p, std::size_t count) {
        if (seen++ % one_in == 0)
            visit(p, count);
    });
}

// How many operands it was checked on, or would be without sanitizers.
std::size_t check_everywhere(const family& written, const std::vector<extents>& probes) {
    std::size_t round = 0;
    for_one_in(written, [&](const written_pattern& p, std::size_t count) {
        for (const extents& probe : probes)
            for (const naming how : all_namings) {
                if (how == naming::forgetful && is_unmerged(p.left))
                    continue;  // there is nothing to forget
                const testing::lie lies = testing::all_lies[round / 3 % 4];
                check(p, {first_of(probe, count), how, lies, round});
                ++round;
            }
    });
    return round * one_in;
}

const std::vector<extents> awkward_extents{
    {2, 3, 4, 5},
    {1, 3, 1, 2},
    {3, 1, 2, 1},
    {2, 0, 3, 2},
    {0, 2, 1, 0},
    {2, 2, 2, 2},
};

// Whether one stride for each axis reaches these offsets, row-major by coordinate.
bool strides_reach(const std::vector<std::int64_t>& offsets, const extents& shape) {
    if (offsets.empty())
        return true;
    extents stride(shape.size(), 0);
    std::size_t row = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        if (shape[i] > 1)
            stride[i] = offsets[row] - offsets[0];
        row *= static_cast<std::size_t>(shape[i]);
    }
    bool all = true;
    row = 0;
    testing::for_each_position(shape, [&](const extents& at) {
        std::int64_t offset = offsets[0];
        for (std::size_t i = 0; i < at.size(); ++i)
            offset += at[i] * stride[i];
        all = all && offset == offsets[row++];
    });
    return all;
}

}  // namespace

TEST_CASE("every pattern: elements go where plain loops move them, and back to where they were") {
    const std::size_t checked = check_everywhere(plain_patterns(), awkward_extents);

    // Each unnamed and named at least; where the left side merges nothing, there is no memory to forget.
    CHECK(checked >= 2 * 6 * 1642);
}

TEST_CASE("every pattern: so they do with labels, units, parentheses and an ellipsis") {
    const std::vector<extents> few{{2, 3, 4, 5}, {1, 3, 1, 2}, {2, 0, 3, 1}};

    const std::size_t labelled = check_everywhere(labelled_patterns(), few);
    const std::size_t with_units = check_everywhere(patterns_with_units(), few);
    const std::size_t with_dots = check_everywhere(patterns_with_dots(), few);
    const std::size_t in_parentheses = check_everywhere(parenthesised_patterns(), {few[0]});

    CHECK(labelled >= 2 * 3 * 2021);
    CHECK(with_units >= 2 * 3 * 14604);
    CHECK(with_dots >= 2 * 3 * 6904);
    CHECK(in_parentheses >= 2 * 28813);
}

TEST_CASE("every pattern: the result shares the buffer exactly if some strides reach its elements"
) {
    std::size_t views = 0;
    std::size_t copies = 0;
    std::uint64_t seed = 0;

    for_one_in(plain_patterns(), [&](const written_pattern& p, std::size_t count) {
        for (const extents& probe : awkward_extents)
            for (const lie how : {lie::packed, all_lies[++seed % all_lies.size()]}) {
                const extents each = first_of(probe, count);
                const extents left = axes_of(p.left, each, naming::none).extents();
                const any_tensor x =
                    made({dtype::float32, labels(left.size()), left, 0}, how, seed);
                const std::string text = p.text();
                CAPTURE(text);
                CAPTURE(x.shape());
                CAPTURE(text_of(how));

                const any_tensor y =
                    rearrange(x, pattern_text(text), sizes_for(p.left, each, seed));

                std::vector<std::int64_t> offsets;
                for_each_offset(x, [&](std::int64_t offset) { offsets.push_back(offset); });
                const bool reached = strides_reach(moved(offsets, p, each), y.shape().extents());
                REQUIRE(y.shares_with(x) == reached);
                REQUIRE(elements_of(y) == moved(elements_of(x), p, each));
                ++(reached ? views : copies);
            }
    });

    CHECK(views * one_in > 1'000);
    CHECK(copies * one_in > 1'000);
}
