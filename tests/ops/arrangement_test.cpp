#include <abax/ops/compare.hpp>
#include <abax/ops/names.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/pattern/arrangement.hpp>
#include <abax/pattern/pattern.hpp>

#include "patterns.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The algebra of patterns against the tensors that it is about: one rearrange by a composition is two in turn.

using namespace abax;
using namespace abax::testing;

namespace {

using named_extents = std::vector<std::pair<std::string, std::int64_t>>;

// Those sizes that are of an axis of the pattern.
named_extents sizes_for(const arrangement& a, const named_extents& all) {
    const pattern text = parse(a.text(), verb::rearrange);
    named_extents result;
    for (const auto& size : all)
        for (const item& i : text.input().items)
            for (const atom& x : i.atoms)
                if (x.label.text() == size.first)
                    result.push_back(size);
    return result;
}

tensor<float> arranged_by(
    const tensor<float>& x, const arrangement& a, const named_extents& sizes
) {
    const named_extents own = sizes_for(a, sizes);
    return rearrange(x, pattern_text(a.str()), as_sizes(own));
}

struct chain {
    std::string_view p;
    std::string_view q;
    extents shape;
    named_extents sizes;
};

const std::vector<chain> chains = {
    {"->", "->", {}, {}},
    {"y x -> x y", "a b -> b a", {2, 3}, {}},
    {"y x -> (x y)", "a b -> b a", {2, 0}, {}},
    {"b h s d -> b s (h d)", "b s (h d) -> b h s d", {2, 3, 35}, {{"h", 5}}},
    {"b h s d -> s b (d h)", "b s (h=5 d) -> b h s d", {2, 3, 35}, {}},
    {"m b -> b m", "b h d -> (h d) b", {2, 3, 5}, {}},
    {"(h d) b -> d b h", "b m -> m b", {2, 15}, {{"h", 3}}},
    {"(h d) b -> d b h", "(b m) -> m b", {30}, {{"h", 3}, {"b", 2}}},
    {"(h d) b -> d b h", "b m -> m b", {2, 0}, {{"h", 3}}},
    {"(x y) -> y x", "a b -> (a b)", {2, 3}, {{"x", 2}}},
    {"(a b) c -> c b a", "a b c -> (a b) c", {2, 3, 5}, {{"a", 2}}},
    {"x (y z) -> z x y", "a -> 1 a", {6}, {{"y", 2}}},
    {"x y -> (y x)", "a -> 1 a", {6}, {}},
    {"1 b -> b 1", "a b -> a b", {1, 5}, {}},
    {"m=6 b -> b m", "a=2 c b -> (a c) b", {2, 3, 5}, {}},
    {"x ... -> ... x", "a b c -> b c a", {2, 3, 5}, {}},
    {"... x -> (x ...)", "a b ... -> ... b a", {2, 3, 5, 7}, {}},
    {"x y z -> z y x", "... a -> a ...", {2, 3, 5}, {}},
    {"x (y z) -> z y x", "a ... -> a ...", {2, 6}, {{"y", 3}}},
    {"x y ... -> ... y x", "a ... -> a ...", {2, 3, 1, 5}, {}},
    {"x m -> m x", "a b ... -> b (... a)", {2, 3, 5, 7}, {}},
    {"(a c) d -> d c a", "a b -> b a", {5, 6}, {{"c", 2}}},
};

// What a pattern makes: for each axis its factors, or nothing for an axis of an ellipsis.
struct made_axis {
    extents factors;
    bool in_ellipsis = false;
};

std::vector<made_axis> made_by(const random_pattern& q) {
    std::vector<made_axis> axes;
    for (std::size_t i = 0; i <= q.right.items.size(); ++i) {
        if (q.has_ellipsis && i == q.right.ellipsis_at)
            for (std::size_t k = q.named_count; k < q.elementary.size(); ++k)
                axes.push_back({{q.elementary[k]}, true});
        if (i < q.right.items.size()) {
            axes.push_back({});
            for (const std::size_t k : q.right.items[i])
                axes.back().factors.push_back(q.elementary[k]);
        }
    }
    return axes;
}

/// A random pattern that reads such axes, in every way that `compose` can match.
class random_reader {
public:
    random_reader(const std::vector<made_axis>& axes, std::mt19937& random) : random_(random) {
        std::size_t first = axes.size();
        std::size_t end = axes.size();
        const bool has_dots = random_() % 2 == 0;
        if (has_dots) {
            first = random_() % (axes.size() + 1);
            end = first + random_() % (axes.size() + 1 - first);
            // All axes of the other ellipsis, or none of them.
            for (std::size_t i = 0; i < axes.size(); ++i)
                if (axes[i].in_ellipsis) {
                    first = std::min(first, i);
                    end = std::max(end, i + 1);
                }
        }
        for (std::size_t i = 0; i <= axes.size(); ++i) {
            if (has_dots && i == first)
                left_ += "... ";
            if (i < axes.size() && !(has_dots && i >= first && i < end))
                read(axes[i]);
        }
        write_right(has_dots);
    }

    [[nodiscard]] std::string text() const { return left_ + "-> " + right_; }
    [[nodiscard]] const named_extents& sizes() const { return sizes_; }

private:
    std::string fresh(std::int64_t extent) {
        sizes_.emplace_back("y" + std::to_string(sizes_.size()), extent);
        return sizes_.back().first;
    }

    void read(const made_axis& axis) {
        std::int64_t extent = 1;
        for (const std::int64_t factor : axis.factors)
            extent *= factor;
        if (axis.factors.size() > 1 && random_() % 2 == 0) {
            left_ += '(';
            for (const std::int64_t factor : axis.factors)
                left_ += fresh(factor) + ' ';
            left_.back() = ')';
        } else if (axis.factors.size() <= 1 && random_() % 2 == 0 && extent != 0) {
            const std::int64_t outer = extent % 2 == 0 ? 2 : extent;
            left_ += '(' + fresh(outer) + ' ';
            left_ += fresh(extent / outer) + ')';
        } else if (extent == 1 && random_() % 2 == 0) {
            left_ += '1';
        } else {
            left_ += fresh(extent);
        }
        left_ += ' ';
    }

    void write_right(bool has_dots) {
        std::vector<std::size_t> all(sizes_.size() + (has_dots ? 1 : 0));
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = i;
        const random_side side = random_items(all, random_);
        for (const auto& group : side.items) {
            std::string inside;
            for (const std::size_t i : group)
                inside +=
                    (inside.empty() ? "" : " ") + (i < sizes_.size() ? sizes_[i].first : "...");
            const bool bare = group.size() == 1 && random_() % 2 == 0;
            right_ += bare ? inside + ' ' : '(' + inside + ") ";
        }
    }

    std::mt19937& random_;
    std::string left_;
    std::string right_;
    named_extents sizes_;
};

// A random pattern for what another makes: it reads each axis under one name, or merged axes by their factors.
arrangement then(const arrangement& before, bool by_one_name, std::mt19937& random) {
    const pattern text = parse(before.text(), verb::rearrange);
    std::string left;
    std::vector<std::string> names;
    for (const item& i : text.output().items) {
        if (by_one_name) {
            names.push_back("z" + std::to_string(names.size()));
            left += names.back() + ' ';
            continue;
        }
        left += i.str() + ' ';
        for (const atom& a : i.atoms)
            names.emplace_back(a.label.text());
    }
    std::vector<std::size_t> all(names.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    std::string right;
    for (const auto& group : random_items(all, random).items) {
        right += '(';
        for (const std::size_t i : group)
            right += names[i] + ' ';
        right += ") ";
    }
    return arrangement(left + "-> " + right);
}

}  // namespace

TEST_CASE("arrangement: to rearrange by a composition is to rearrange twice") {
    for (const chain& c : chains) {
        CAPTURE(c.p);
        CAPTURE(c.q);
        const arrangement p(c.p);
        const arrangement q(c.q);
        const arrangement both = compose(p, q);
        CAPTURE(both.str());
        for (const lie how : all_lies) {
            const auto x = counted<float>(shape::of(c.shape), how);
            const auto in_turn = arranged_by(arranged_by(x, q, c.sizes), p, c.sizes);
            named_extents sizes = c.sizes;
            if (c.p == "(x y) -> y x")
                sizes = {};  // x is called a there, whose extent the tensor tells
            const auto at_once = arranged_by(x, both, sizes);

            REQUIRE(at_once.shape().extents() == in_turn.shape().extents());
            REQUIRE(equal(at_once, in_turn));
        }
    }
}

TEST_CASE("arrangement: random patterns compose, of any extents and ranks") {
    std::mt19937 random(20251);
    int composed = 0;
    for (int round = 0; round < 3000; ++round) {
        const random_pattern first = make_pattern(random, shape_of_pattern::same);
        const random_reader second(made_by(first), random);
        CAPTURE(first.text());
        CAPTURE(second.text());
        const arrangement q(first.text());
        const arrangement p(second.text());
        named_extents sizes = first.sizes();
        sizes.insert(sizes.end(), second.sizes().begin(), second.sizes().end());

        const auto x = counted<float>(shape::of(first.shape_of(first.left)));
        const auto in_turn = arranged_by(arranged_by(x, q, sizes), p, sizes);
        std::string refused;
        try {
            const arrangement both = compose(p, q);
            CAPTURE(both.str());
            const auto at_once = arranged_by(x, both, sizes);
            REQUIRE(at_once.shape().extents() == in_turn.shape().extents());
            REQUIRE(equal(at_once, in_turn));
            ++composed;
        } catch (const error& e) {
            refused = std::string(e.what());
            // Two ellipses that stand at different places; nothing else is undecided here.
            REQUIRE(e.kind() == category::ellipsis);
        }
    }
    CHECK(composed > 2700);
}

TEST_CASE("arrangement: a composition does not depend on which two are composed first") {
    std::mt19937 random(20252);
    for (int round = 0; round < 1000; ++round) {
        random_pattern first = make_pattern(random, shape_of_pattern::same);
        first.has_ellipsis = false;
        const std::size_t kind = random() % 3;

        const arrangement r(first.text());
        const arrangement q = then(r, kind == 0, random);
        const arrangement p = then(q, kind <= 1, random);
        CAPTURE(r.text());
        CAPTURE(q.text());
        CAPTURE(p.text());
        REQUIRE(compose(p, compose(q, r)) == compose(compose(p, q), r));
        REQUIRE(compose(inverse(r), inverse(q)) == inverse(compose(q, r)));
    }
}

TEST_CASE("arrangement: the inverse takes back what was done") {
    std::mt19937 random(20253);
    for (int round = 0; round < 1000; ++round) {
        const random_pattern text = make_pattern(random, shape_of_pattern::same);
        CAPTURE(text.text());
        const arrangement p(text.text());
        const auto x = counted<float>(shape::of(text.shape_of(text.left)));

        REQUIRE(inverse(p) == arrangement(text.inverse_text()));
        REQUIRE(equal(arranged_by(arranged_by(x, p, text.sizes()), inverse(p), text.sizes()), x));
        REQUIRE(compose(inverse(p), p) == identity);
        REQUIRE(equal(arranged_by(x, compose(inverse(p), p), text.sizes()), x));
    }
}

TEST_CASE("arrangement: what is equal to the identity returns the tensor as it is") {
    for (const std::string_view text :
         {"a b -> a b", "(h=2 d) b -> (h d) b", "... -> ...", "a ... -> a ..."}) {
        CAPTURE(text);
        const arrangement p(text);
        REQUIRE(p == identity);
        const auto x = counted<float>(shape::of({4, 3}), lie::permuted);
        CHECK(equal(arranged_by(x, p, {}), x));
    }
}

TEST_CASE("arrangement: extents that the two refuse in turn are refused at once") {
    struct refused {
        std::string_view p;
        std::string_view q;
        extents shape;
        named_extents sizes;
    };
    const std::vector<refused> rows = {
        {"1 b -> b", "a b -> a b", {2, 3}, {}},
        {"(h=5 d) b -> d b h", "b m -> m b", {2, 12}, {}},
        {"m=6 b -> b m", "a=2 c b -> (a c) b", {2, 4, 5}, {}},
        {"x=3 ... -> ... x", "a b -> b a", {3, 2}, {}},
        {"x y -> y x", "... -> ...", {2, 3, 5}, {}},
        {"x y z ... -> z y x ...", "... -> ...", {2, 3}, {}},
    };
    for (const refused& r : rows) {
        CAPTURE(r.p);
        CAPTURE(r.q);
        const arrangement p(r.p);
        const arrangement q(r.q);
        const auto x = counted<float>(shape::of(r.shape));
        CHECK(category_of([&] { (void)arranged_by(x, compose(p, q), r.sizes); }) != "nothing");
        CHECK(
            category_of([&] { (void)arranged_by(x, compose(p, q), r.sizes); })
            == category_of([&] { (void)arranged_by(arranged_by(x, q, r.sizes), p, r.sizes); })
        );
    }
}

TEST_CASE("arrangement: names and labels come out as of two calls where the patterns agree in them"
) {
    const auto x = named_tensor("b s m", {2, 3, 24});
    const arrangement split(std::string_view("b s (m: h=4 d) -> b h s d"));
    const arrangement merge(std::string_view("b h s d -> s b (m: h d)"));
    const arrangement turn(std::string_view("s b m -> m b s"));

    const arrangement all = compose(turn, compose(merge, split));
    CHECK(all.text() == "b s (m: h=4 d) -> (m: h d) b s");

    const auto at_once = rearrange(x, pattern_text(all.str()));
    const auto in_turn = rearrange(
        rearrange(rearrange(x, pattern_text(split.str())), pattern_text(merge.str())),
        pattern_text(turn.str())
    );
    CHECK(at_once.shape() == in_turn.shape());
    CHECK(equal(at_once, in_turn));
}
