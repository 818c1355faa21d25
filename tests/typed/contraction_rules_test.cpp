#include <abax/ops/rearrange.hpp>
#include <abax/plan/contraction.hpp>
#include <abax/plan/contraction_rule.hpp>

#include "../ops/support.hpp"
#include "rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The rules of einsum and dot.
namespace abax {

namespace {

using testing::as_in_type;
using testing::axes_of;
using testing::axis_of;
using testing::comparison;
using testing::dry_tensor;
using testing::lists_of;
using testing::read_pattern;
using testing::text_in_type;

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t patterns = 400;
#else
constexpr std::size_t patterns = 12'000;
#endif

void compare_dots(
    comparison& all, const std::vector<std::string>& lists, const std::vector<std::string>& sums
) {
    for (const std::string& a : lists)
        for (const std::string& b : lists)
            for (const std::string& summed : sums) {
                const verdict rule = dot_rule(as_in_type(summed), as_in_type(a), as_in_type(b));
                all.add("dot over (" + summed + ") of (" + a + "), (" + b + ")", rule, [&] {
                    return dot(dry_tensor(axes_of(a)), dry_tensor(axes_of(b)), summed).shape();
                });
            }
}

// Terms made by chance, of up to four names; what is merged once may be merged alike elsewhere, or not.
class chance {
public:
    explicit chance(std::uint32_t seed) : random_(seed) {}

    [[nodiscard]] bool one_in(std::uint32_t n) { return random_() % n == 0; }
    template <class List>
    [[nodiscard]] const auto& any_of(const List& list) {
        return list[random_() % std::size(list)];
    }

    [[nodiscard]] std::string pattern_of(std::size_t terms) {
        const bool dots = one_in(4);
        std::string text;
        std::vector<std::string> seen;
        for (std::size_t k = 0; k < terms; ++k) {
            std::vector<std::string> letters{"a", "b", "c", "d"};
            std::shuffle(letters.begin(), letters.end(), random_);
            letters.resize(random_() % 5);
            std::sort(letters.begin(), letters.end());
            if (one_in(3))
                std::shuffle(letters.begin(), letters.end(), random_);
            seen.insert(seen.end(), letters.begin(), letters.end());
            text += (k == 0 ? "" : ", ") + side_of(letters, dots && !one_in(6));
        }
        std::sort(seen.begin(), seen.end());
        seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
        if (one_in(3))
            std::shuffle(seen.begin(), seen.end(), random_);
        while (!seen.empty() && one_in(3))
            seen.pop_back();
        return text + " -> " + side_of(seen, dots);
    }

    // An axis for an item, whatever the pattern's operands may have there.
    [[nodiscard]] axis axis_for(const static_pattern& p, const static_pattern::item& i) {
        std::string inner;
        for (std::size_t k = 0; k < i.count; ++k)
            inner += (k == 0 ? "" : " ") + std::string(p.at(i, k).text);
        if (i.count == 0)
            return axis_of("1");
        if (p.is_simple_name(i))
            return axis_of(one_in(5) ? "(" + inner + ": f f'')" : inner);
        const std::string called = i.label.empty() ? primed("y") : std::string(i.label);
        const std::string ways[] = {
            "(" + called + ": " + inner + ")",
            i.label.empty() && i.count > 1 ? "(" + inner + ")" : called,
            called};
        return axis_of(any_of(ways));
    }
    [[nodiscard]] axis dots_axis() {
        static constexpr std::string_view ways[] = {
            "e", "f", "e'", "(e: g f'')", "(g f'')", "_", "a"};
        return axis_of(any_of(ways));
    }

    // Now and then one mistake.
    [[nodiscard]] shape distorted(shape axes) {
        if (axes.empty() || !one_in(5))
            return axes;
        axis& a = axes[random_() % axes.rank()];
        switch (random_() % 4) {
        case 0: a = {name("x"), a.extent, a.memory}; break;
        case 1: a = {name(), a.extent, nullptr}; break;
        case 2: std::swap(a, axes[0]); break;
        default:
            for (axis& each : axes)
                each = {name(), each.extent, nullptr};
        }
        return axes;
    }

private:
    [[nodiscard]] std::string primed(std::string text) {
        return text + std::string(++primes_ % 5, '\'');
    }

    [[nodiscard]] std::string side_of(const std::vector<std::string>& letters, bool dots) {
        std::vector<std::string> items;
        for (std::size_t i = 0; i < letters.size();) {
            const std::size_t count = one_in(2) ? std::min<std::size_t>(2, letters.size() - i) : 1;
            std::string item = letters[i];
            if (count == 2)
                item = (one_in(4) ? "(m" + letters[i] + ": " : "(") + letters[i] + ' '
                     + letters[i + 1] + ")";
            items.push_back(item);
            i += count;
        }
        if (one_in(12))
            items.insert(
                items.begin() + static_cast<std::ptrdiff_t>(random_() % (items.size() + 1)), "1"
            );
        if (dots)
            items.insert(
                items.begin() + static_cast<std::ptrdiff_t>(random_() % (items.size() + 1)), "..."
            );
        std::string text;
        for (const std::string& item : items)
            text += (text.empty() ? "" : " ") + item;
        return text;
    }

    std::mt19937 random_;
    std::size_t primes_ = 0;
};

const std::vector<axis_size> all_sizes{{"a", 2}, {"b", 2}, {"c", 2}, {"d", 2}};

bool is_ambiguous(const pattern_text& text, const std::vector<any_tensor>& operands) {
    return testing::category_of([&] { (void)einsum(text, operands); }) == "ambiguous_size";
}

void compare_einsum(comparison& all, const read_pattern& p, const std::vector<shape>& operands) {
    std::vector<static_axes> types;
    std::vector<any_tensor> tensors;
    std::vector<layout> layouts;
    std::string call = p.text() + " of";
    bool any_named = false;
    for (const shape& axes : operands) {
        types.push_back(as_in_type(axes));
        tensors.push_back(dry_tensor(axes));
        layouts.push_back(tensors.back().where());
        call += " (" + text_in_type(axes) + ")";
        any_named = any_named || axes.is_named();
    }
    const verdict rule = einsum_rule(p.tree(), types);
    all.add(call, rule, [&] {
        const pattern_text text(p.text());
        if (rule.kind == category::duplicate_axis && is_ambiguous(text, tensors))
            // What is unknown is found before what is twice.
            return einsum(text, tensors, testing::sizes_in(p.text(), all_sizes)).shape();
        if (any_named || rule.axes == names_in_value)
            return einsum(text, tensors).shape();
        // As the verb does that gets its pattern as a template argument.
        const pattern parsed = parse(p.text(), verb::einsum);
        return plan_einsum(parsed, layouts, dtype::float32, {}, true).steps.back().result.axes;
    });
}

}  // namespace

TEST_CASE("rules: dot is foretold for all operands of up to three axes, and all sums") {
    const std::vector<std::string> letters{"a", "b", "c", "d"};
    comparison all;
    compare_dots(all, lists_of(letters, 3), lists_of(letters, 2));
    CHECK(all.text() == "");
    CHECK(all.accepted() > 1'000);
    CHECK(all.refused() > 1'000);
}

TEST_CASE("rules: dot is foretold where axes remember, are called by their factors, or have no name"
) {
    comparison all;
    compare_dots(
        all,
        lists_of({"a", "b", "(b: x y)", "(b: y x)", "(x y)", "_", "1"}, 2),
        {"", "a", "b", "a b", "(x y)", "a (x y)", "(b: x y)", "x", "_", "1"}
    );
    CHECK(all.text() == "");
    CHECK(all.accepted() > 400);
    CHECK(all.refused() > 1'000);
}

TEST_CASE("rules: einsum is foretold for patterns made by chance, on operands that fit more or less"
) {
    comparison all;
    chance made(20220425);
    for (std::size_t n = 0; n < patterns; ++n) {
        const std::size_t terms = 1 + n % 3;
        const read_pattern p(made.pattern_of(terms), verb::einsum);
        if (!p.is_legal())
            continue;
        for (int round = 0; round < 4; ++round) {
            std::vector<shape> operands;
            for (std::size_t k = 0; k < terms; ++k) {
                const auto& term = p.tree().input(k);
                shape axes;
                for (std::size_t i = 0; i < term.count; ++i)
                    if (i != p.tree().ellipsis(term))
                        axes.push_back(made.axis_for(p.tree(), p.tree().at(term, i)));
                    else
                        while (made.one_in(2) && axes.rank() < 6)
                            axes.push_back(made.dots_axis());
                operands.push_back(testing::fitted(made.distorted(axes), p.tree(), term));
            }
            if (std::all_of(operands.begin(), operands.end(), testing::has_distinct_names))
                compare_einsum(all, p, operands);
        }
    }
    CHECK(all.text() == "");
    CHECK(all.accepted() > patterns);
    CHECK(all.refused() > patterns / 2);
    CHECK(all.about_extents() < all.compared() / 8);
}

TEST_CASE("rules: an einsum has one operand for each term") {
    comparison all;
    const read_pattern p("a, b -> a b", verb::einsum);
    for (const std::vector<std::string>& lists :
         {std::vector<std::string>{"a"}, {"a", "b"}, {"a", "b", "c"}}) {
        std::vector<shape> operands;
        for (const std::string& one : lists)
            operands.push_back(axes_of(one));
        compare_einsum(all, p, operands);
    }
    CHECK(all.text() == "");
    CHECK(all.refused() == 2);
}

}  // namespace abax
