#include <abax/nn/ein_mix.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/random.hpp>
#include <abax/ops/views.hpp>

#include "../ops/support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace abax {

using testing::bill_of;
using testing::category_of;
using testing::counted;
using testing::extents;
using testing::place;
using testing::records_of;
using testing::thrown_by;

namespace {

using names = std::vector<std::string>;

names words(const std::string& text) {
    std::istringstream in(text);
    names all;
    for (std::string word; in >> word;)
        all.push_back(word);
    return all;
}

// Where the element lies that has these positions on the axes `of`, row-major.
std::size_t offset(const names& of, const place& extent, const place& at) {
    std::int64_t result = 0;
    for (const std::string& label : of)
        result = result * extent.at(label) + at.at(label);
    return static_cast<std::size_t>(result);
}

// A layer as plain loops over its elementary axes, whose names and extents are given.
std::vector<double> by_loops(
    const std::vector<double>& x,
    const names& left,
    const tensor<double>& weight,
    const std::optional<tensor<double>>& bias,
    const names& right,
    const place& extent
) {
    std::int64_t volume = 1;
    for (const std::string& label : right)
        volume *= extent.at(label);
    std::vector<double> y(static_cast<std::size_t>(volume), 0);
    const std::vector<double> w = weight.to_vector();
    testing::for_each_place(extent, [&](const place& at) {
        y[offset(right, extent, at)] +=
            x[offset(left, extent, at)] * w[offset(weight.names(), extent, at)];
    });
    place out;
    for (const std::string& label : right)
        out[label] = extent.at(label);
    const std::vector<double> b = bias ? bias->to_vector() : std::vector<double>{};
    testing::for_each_place(out, [&](const place& at) {
        if (bias)
            y[offset(right, extent, at)] += b[offset(bias->names(), extent, at)];
    });
    return y;
}

struct example {
    const char* pattern;
    const char* weight;
    const char* bias;  // or null
    std::vector<axis_size> sizes;
    extents of_x;
    const char* names_of_x;  // "" where an axis has none
    const char* left;        // the elementary axes
    const char* right;
    place extent;
    const char* shape_of_y;  // if x is named
};

std::vector<example> examples() {
    // clang-format off
    return {
        // Linear layers.
        {"b s m -> b s o", "m o", "o", {{"m", 4}, {"o", 5}}, {2, 3, 4}, "b s m", "b s m", "b s o",
         {{"b", 2}, {"s", 3}, {"m", 4}, {"o", 5}}, "b=2 s=3 o=5"},
        {"b s m -> b s o", "o m", nullptr, {{"o", 5}, {"m", 4}}, {2, 3, 4}, "b s m", "b s m", "b s o",
         {{"b", 2}, {"s", 3}, {"m", 4}, {"o", 5}}, "b=2 s=3 o=5"},
        {"b s m -> o s b", "m o", "s", {{"m", 4}, {"o", 5}, {"s", 3}}, {2, 3, 4}, "b s m", "b s m", "o s b",
         {{"b", 2}, {"s", 3}, {"m", 4}, {"o", 5}}, "o=5 s=3 b=2"},
        // Composites on the left, on the right, on both.
        {"b s (h d) -> b s m", "h d m", "m", {{"h", 2}, {"d", 3}, {"m", 4}}, {2, 3, 6}, "b s m", "b s h d", "b s m",
         {{"b", 2}, {"s", 3}, {"h", 2}, {"d", 3}, {"m", 4}}, "b=2 s=3 m=4"},
        {"b s m -> b s (h d)", "m h d", "d h", {{"m", 4}, {"h", 2}, {"d", 3}}, {2, 3, 4}, "b s m", "b s m",
         "b s h d", {{"b", 2}, {"s", 3}, {"m", 4}, {"h", 2}, {"d", 3}}, "b=2 s=3 (h d)=6"},
        {"b s (h d) -> b s (n: h e)", "h d e", "e", {{"h", 2}, {"d", 3}, {"e", 4}}, {2, 3, 6}, "b s m", "b s h d",
         "b s h e", {{"b", 2}, {"s", 3}, {"h", 2}, {"d", 3}, {"e", 4}}, "b=2 s=3 (n: h e)=8"},
        {"b (p q) -> (p b) q'", "q q'", "p", {{"q", 3}, {"q'", 2}, {"p", 4}}, {2, 12}, "b s", "b p q", "p b q'",
         {{"b", 2}, {"p", 4}, {"q", 3}, {"q'", 2}}, "(p b)=8 q'=2"},
        // A size that only the left side has, in the text and passed.
        {"b (p=2 c) -> b p o", "c o", "p o", {{"c", 3}, {"o", 4}}, {2, 6}, "b m", "b p c", "b p o",
         {{"b", 2}, {"p", 2}, {"c", 3}, {"o", 4}}, "b=2 p=2 o=4"},
        {"b (s t) -> b s t o", "o", nullptr, {{"o", 2}, {"t", 3}}, {2, 6}, "b m", "b s t", "b s t o",
         {{"b", 2}, {"s", 2}, {"t", 3}, {"o", 2}}, "b=2 s=2 t=3 o=2"},
        // Units come and go.
        {"b 1 m -> b () o", "m o", "o", {{"m", 4}, {"o", 3}}, {2, 1, 4}, "", "b m", "b o",
         {{"b", 2}, {"m", 4}, {"o", 3}}, ""},
        // The ellipsis: left, right, in the middle, in parentheses on the right.
        {"... m -> ... o", "m o", "o", {{"m", 4}, {"o", 5}}, {2, 3, 4}, "b s m", "b s m", "b s o",
         {{"b", 2}, {"s", 3}, {"m", 4}, {"o", 5}}, "b=2 s=3 o=5"},
        {"m ... -> ... o", "m o", "o", {{"m", 2}, {"o", 5}}, {2, 3, 4}, "m s t", "m s t", "s t o",
         {{"m", 2}, {"s", 3}, {"t", 4}, {"o", 5}}, "s=3 t=4 o=5"},
        {"b ... m -> b o ...", "m o", nullptr, {{"m", 4}, {"o", 5}}, {2, 3, 4}, "b s m", "b s m", "b o s",
         {{"b", 2}, {"s", 3}, {"m", 4}, {"o", 5}}, "b=2 o=5 s=3"},
        {"b ... m -> (b ...) o", "m o", "o", {{"m", 4}, {"o", 5}}, {2, 3, 2, 4}, "b s t m", "b s t m", "b s t o",
         {{"b", 2}, {"s", 3}, {"t", 2}, {"m", 4}, {"o", 5}}, "(b s t)=12 o=5"},
        {"... m -> (...) (o p)", "m o p", "p", {{"m", 4}, {"o", 2}, {"p", 3}}, {2, 3, 4}, "b s m", "b s m",
         "b s o p", {{"b", 2}, {"s", 3}, {"m", 4}, {"o", 2}, {"p", 3}}, "(b s)=6 (o p)=6"},
        {"... m -> ... m", "m", "m", {{"m", 4}}, {4}, "m", "m", "m", {{"m", 4}}, "m=4"},
        // Names of the left that the right lacks are summed, whether the weight has them or not.
        {"b s m -> b o", "m o", "o", {{"m", 4}, {"o", 5}}, {2, 3, 4}, "b s m", "b s m", "b o",
         {{"b", 2}, {"s", 3}, {"m", 4}, {"o", 5}}, "b=2 o=5"},
        {"b s m ->", "", nullptr, {}, {2, 3, 4}, "b s m", "b s m", "", {{"b", 2}, {"s", 3}, {"m", 4}}, "()"},
        // A factor for each position, a factor for all, a bias of rank 0, a new axis.
        {"b s m -> b s m", "s m", nullptr, {{"s", 3}, {"m", 4}}, {2, 3, 4}, "b s m", "b s m", "b s m",
         {{"b", 2}, {"s", 3}, {"m", 4}}, "b=2 s=3 m=4"},
        {"b s -> s b", "", "", {}, {2, 3}, "b s", "b s", "s b", {{"b", 2}, {"s", 3}}, "s=3 b=2"},
        {"b -> b o", "b o", "b", {{"b", 2}, {"o", 3}}, {2}, "b", "b", "b o", {{"b", 2}, {"o", 3}}, "b=2 o=3"},
        {"-> o", "o", "o", {{"o", 3}}, {}, "", "", "o", {{"o", 3}}, "o=3"},
        // No elements to sum, and none to make.
        {"b m -> b o", "m o", "o", {{"m", 0}, {"o", 3}}, {2, 0}, "b m", "b m", "b o",
         {{"b", 2}, {"m", 0}, {"o", 3}}, "b=2 o=3"},
        {"b m -> b o", "m o", "o", {{"m", 3}, {"o", 0}}, {2, 3}, "b m", "b m", "b o",
         {{"b", 2}, {"m", 3}, {"o", 0}}, "b=2 o=0"},
    };
    // clang-format on
}

template <class Mix>
concept has_typed_bias = requires(const Mix& mix) {
    {mix.bias().any()};
};

nn::basic_ein_mix<double> layer_of(const example& e, std::uint64_t seed = 42) {
    const pattern_text pattern(e.pattern);
    const pattern_text weight(e.weight);
    if (e.bias == nullptr)
        return {nn::mix_pattern(pattern, weight), e.sizes, seed};
    return {nn::mix_pattern(pattern, weight, pattern_text(e.bias)), e.sizes, seed};
}

}  // namespace

TEST_CASE("ein_mix is its loops: composites, ellipses, summed names, bias on some axes") {
    for (const example& e : examples())
        for (const bool is_named : {true, false})
            for (const testing::lie how : testing::all_lies) {
                if (is_named && *e.names_of_x == '\0')
                    continue;
                CAPTURE(std::string(e.pattern));
                CAPTURE(is_named);
                CAPTURE(how);
                const auto mix = layer_of(e);
                const shape shape_of_x = is_named ? axes(e.names_of_x, e.of_x) : shape::of(e.of_x);
                const auto x = counted<double>(shape_of_x, how);
                const auto y = mix(x);
                const auto expected = by_loops(
                    x.to_vector(), words(e.left), mix.weight(), mix.bias(), words(e.right), e.extent
                );
                if (is_named)
                    CHECK(y.shape().str() == e.shape_of_y);
                const auto got = y.to_vector();
                REQUIRE(got.size() == expected.size());
                for (std::size_t i = 0; i < got.size(); ++i)
                    CHECK(got[i] == doctest::Approx(expected[i]).epsilon(1e-12));
            }
}

TEST_CASE(
    "ein_mix: names of a tensor without any are those of no axis; of rank 0 those of the weight"
) {
    const nn::ein_mix<> mix({"b m -> b o", "m o", "o"}, {{"m", 4}, {"o", 5}}, 7);
    CHECK_FALSE(mix(counted<float>(shape::of({2, 4}))).is_named());
    const nn::ein_mix<> made({"-> o", "o"}, {{"o", 5}}, 7);
    CHECK(made(full<float>(shape(), 2.0F)).shape().str() == "o=5");
}

TEST_CASE("ein_mix on a bill: one einsum and one addition, and a view where axes are merged") {
    const auto operations = [](const nn::ein_mix<>& mix, const tensor<float>& x) {
        std::string all;
        for (const auto& r : records_of(bill_of([&] { (void)mix(x); })))
            all += (r.parent < 0 ? r.operation : "") + ' ';
        return all;
    };
    const auto x = testing::named_tensor("b s m", {2, 3, 6});
    const nn::ein_mix<> plain({"b s m -> b s o", "m o"}, {{"m", 6}, {"o", 5}}, 1);
    const nn::ein_mix<> biased(
        {"b s (h d) -> b s o", "h d o", "o"}, {{"h", 2}, {"d", 3}, {"o", 5}}, 1
    );
    const nn::ein_mix<> merging({"b s m -> b (s o)", "m o", "o"}, {{"m", 6}, {"o", 5}}, 1);
    CHECK(operations(plain, x) == "einsum ");
    CHECK(operations(biased, x) == "einsum add ");
    CHECK(operations(merging, x) == "einsum add rearrange ");
    CHECK(operations(biased, counted<float>(shape::of({2, 3, 6}))) == "einsum add ");
    const auto total = bill_of([&] { (void)merging(x); }).total();
    CHECK(total.flops_mm == 2 * 2 * 3 * 6 * 5);
    CHECK(total.flops_vec == 2 * 3 * 5);
    const auto bare = counted<float>(shape::of({2, 3, 6}));
    CHECK(bill_of([&] { (void)merging(bare); }).total() == total);
    // Dry operands are planned and billed alike.
    const auto dry_total = bill_of([&] {
                               CHECK(merging(dry<float>(axes("b s m", {2, 3, 6}))).is_dry());
                           }).total();
    CHECK(dry_total == total);
}

TEST_CASE("ein_mix begins with uniform numbers: bounds by fan-in, the same for one seed") {
    struct table {
        const char* pattern;
        const char* weight;
        std::vector<axis_size> sizes;
        double fan_in;
    };
    const table layers[] = {
        {"b m -> b o", "m o", {{"m", 48}, {"o", 64}}, 48},
        {"b (h d) -> b o", "h d o", {{"h", 6}, {"d", 8}, {"o", 32}}, 48},
        {"b h m -> b h o", "h m o", {{"h", 8}, {"m", 12}, {"o", 16}}, 12},  // h is on the right
        {"b s m -> b o", "m o", {{"m", 12}, {"o", 64}}, 12},  // s is summed, but not in the weight
        {"b m -> b m o", "m o", {{"m", 32}, {"o", 32}}, 1},
        {"b m -> b o", "o", {{"o", 1024}}, 1},
    };
    for (const table& t : layers) {
        CAPTURE(std::string(t.pattern));
        const pattern_text pattern(t.pattern);
        const pattern_text weight(t.weight);
        const pattern_text bias(std::string(t.pattern).find('o') == std::string::npos ? "" : "o");
        const nn::mix_pattern texts(pattern, weight, bias);
        const nn::basic_ein_mix<double> mix(texts, t.sizes, 11);
        double largest = 0;
        double mean = 0;
        for (const double w : mix.weight().flat()) {
            largest = std::max(largest, std::abs(w));
            mean += w / static_cast<double>(mix.weight().volume());
        }
        const double bound = std::sqrt(3 / t.fan_in);
        CHECK(largest <= bound);
        CHECK(largest > 0.97 * bound);
        CHECK(std::abs(mean) < 0.1 * bound);
        const auto bias_values = *mix.bias();
        largest = 0;
        for (const double b : bias_values.flat())
            largest = std::max(largest, std::abs(b));
        CHECK(largest <= std::sqrt(1 / t.fan_in));
        CHECK(largest > 0.6 * std::sqrt(1 / t.fan_in));

        const nn::basic_ein_mix<double> same(texts, t.sizes, 11);
        const nn::basic_ein_mix<double> other(texts, t.sizes, 12);
        CHECK(equal(mix.weight(), same.weight()));
        CHECK(equal(*mix.bias(), *same.bias()));
        CHECK_FALSE(equal(mix.weight(), other.weight()));
        CHECK_FALSE(equal(*mix.bias(), *other.bias()));
    }
    // The numbers are the library's own, which are the same on every machine; the bias of one seed is not the weight of another.
    const nn::ein_mix<> mix({"b m -> b o", "m o", "o"}, {{"m", 4}, {"o", 8}}, 5);
    const double bound = std::sqrt(3.0 / 4);
    CHECK(equal(mix.weight(), uniform<float>(axes("m o", {4, 8}), 5, -bound, bound)));
    const double half = std::sqrt(1.0 / 4);
    for (std::uint64_t seed = 0; seed < 16; ++seed)
        CHECK_FALSE(equal(*mix.bias(), uniform<float>(axes("o", {8}), seed, -half, half)));
}

TEST_CASE("ein_mix takes other weights under the same names") {
    nn::ein_mix<> mix({"b m -> b o", "m o", "o"}, {{"m", 4}, {"o", 5}}, 7);
    const auto w = testing::named_tensor("m o", {4, 5});
    mix.set_weight(w);
    mix.set_bias(zeros<float>("o", {5}));
    const auto x = testing::named_tensor("b m", {2, 4});
    CHECK(equal(mix(x), einsum("b m, m o -> b o", x, w)));
    mix.set_weight(counted<float>(shape::of({4, 5})));
    CHECK(mix.weight().names() == names{"m", "o"});
    CHECK(category_of([&] { mix.set_weight(permute(w, "o m")); }) == "name_mismatch");
    CHECK(
        category_of([&] {
            mix.set_weight(testing::named_tensor("m o", {4, 6}));
        })
        == "size_mismatch"
    );
    CHECK(category_of([&] { mix.set_bias(w); }) == "rank_mismatch");
    CHECK(equal(mix.weight(), w));
    nn::ein_mix<> bare({"b m -> b o", "m o"}, {{"m", 4}, {"o", 5}}, 7);
    CHECK_FALSE(bare.bias());
    CHECK(category_of([&] { bare.set_bias(zeros<float>("o", {5})); }) == "usage");
}

TEST_CASE("ein_mix refuses texts and sizes, each for its reason") {
    struct mistake {
        const char* pattern;
        const char* weight;
        const char* bias;
        std::vector<axis_size> sizes;
        const char* kind;
        const char* part_of_message;
    };
    const std::vector<axis_size> mo{{"m", 4}, {"o", 5}};
    // clang-format off
    const mistake mistakes[] = {
        {"b m b o", "m o", nullptr, mo, "syntax", ""},
        {"b m -> b o -> b", "m o", nullptr, mo, "syntax", ""},
        {"b (m -> b o", "m o", nullptr, mo, "syntax", ""},
        {"b m, c -> b o", "m o", nullptr, mo, "syntax", ""},
        {"b m m -> b o", "m o", nullptr, mo, "duplicate_axis", ""},
        {"b m -> b o o", "m o", nullptr, mo, "duplicate_axis", ""},
        {"b m -> b o", "m o m", nullptr, mo, "duplicate_axis", ""},
        {"b m -> b o", "m o", "o o", mo, "duplicate_axis", ""},
        {"b m -> b q", "m o", nullptr, mo, "unknown_axis", "'q' of the right side"},
        {"b m -> b", "m o", nullptr, mo, "unknown_axis", "'o' of the weight"},
        {"b m -> b o", "m o", "m", mo, "unknown_axis", "'m' of the bias"},
        {"b 3 -> b o", "o", nullptr, {{"o", 5}}, "anonymous_axis", ""},
        {"b m -> b o 3", "m o", nullptr, mo, "anonymous_axis", ""},
        {"b m -> b o", "m 2 o", nullptr, mo, "anonymous_axis", "'2' is none"},
        {"b m -> b m", "1", nullptr, {}, "anonymous_axis", "'1' is none"},
        {"b m -> b o", "(m o)", nullptr, mo, "syntax", "'(' is none"},
        {"b m -> b o", "m o", "(o)", mo, "syntax", "'(' is none"},
        {"b m -> b o", "m o ...", nullptr, mo, "ellipsis", "'...' is none"},
        {"... m -> ... o", "m o", "... o", mo, "ellipsis", "'...' is none"},
        {"... m -> o", "m o", nullptr, mo, "ellipsis", ""},
        {"(... b) (... m) -> o", "m o", nullptr, mo, "ellipsis", ""},
        {"(... m=99999999999999999999) -> o", "m o", nullptr, mo, "overflow", ""},
        {"b m -> ... o", "m o", nullptr, mo, "ellipsis", ""},
        {"(... m) -> ... o", "m o", nullptr, mo, "ellipsis", ""},
        {"b ... m -> b o ...", "m o", "o", mo, "ellipsis", "'o' of the bias stands before '...'"},
        {"b m -> b o", "m o", nullptr, {{"m", 4}}, "missing_size", "'o' of the weight"},
        {"b m -> b o", "m o", "b o", mo, "missing_size", "'b' of the bias"},
        {"b m -> b o", "m o", nullptr, {{"m", 4}, {"o", 5}, {"q", 1}}, "unexpected_size_argument", "'q'"},
        {"b m -> b o", "m o", nullptr, {{"m", 4}, {"o", -5}}, "size_mismatch", ""},
        {"b m -> b o", "m o", nullptr, {{"m", 4}, {"o", 5}, {"m", 3}}, "size_mismatch", ""},
        {"b (m=4 k) -> b o k", "m o", nullptr, {{"m", 3}, {"o", 5}}, "size_mismatch", ""},
        {"b m -> b o", "m o", nullptr, {{"m", std::int64_t{1} << 40}, {"o", std::int64_t{1} << 40}}, "overflow",
         ""},
    };
    // clang-format on
    for (const mistake& m : mistakes) {
        CAPTURE(std::string(m.pattern));
        CAPTURE(std::string(m.weight));
        const auto d = thrown_by([&] {
            const dry_run on;
            (void)layer_of({m.pattern, m.weight, m.bias, m.sizes, {}, "", "", "", {}, ""});
        });
        CHECK(std::string(to_string(d.kind)) == m.kind);
        CHECK(d.message.find(m.part_of_message) != std::string::npos);
        if (!d.pattern.empty())
            CHECK(d.operation == "ein_mix");
    }
}

TEST_CASE("ein_mix refuses what its einsum refuses of a tensor") {
    const nn::ein_mix<> mix({"b (h d) -> b o", "h d o", "o"}, {{"h", 2}, {"d", 3}, {"o", 5}}, 7);
    CHECK(category_of([&] { (void)mix(testing::named_tensor("c m", {2, 6})); }) == "name_mismatch");
    CHECK(category_of([&] { (void)mix(testing::named_tensor("b m", {2, 7})); }) == "size_mismatch");
    CHECK(
        category_of([&] {
            (void)mix(testing::named_tensor("b s m", {2, 3, 6}));
        })
        == "rank_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)mix(counted<float>(axes("b (d h)", {2, 6}, {{"h", 2}})));
        })
        == "name_mismatch"
    );
    // More names than letters, which stops einops.
    std::string many;
    for (int i = 0; i < 30; ++i)
        many += "a" + std::to_string(i) + ' ';
    const pattern_text pattern(many + "m -> " + many + "o");
    const pattern_text weight("m o");
    const nn::ein_mix<> wide({pattern, weight}, {{"m", 2}, {"o", 3}}, 1);
    extents thin(31, 1);
    thin.back() = 2;
    CHECK(wide(counted<float>(shape::of(thin))).rank() == 31);
}

TEST_CASE("typed ein_mix: the texts and the axes of its operand are checked while compiling") {
    using layer = nn::ein_mix<"b s (h d) -> b s m", "h d m", "m">;
    const std::vector<axis_size> sizes{{"h", 2}, {"d", 3}, {"m", 4}};
    const layer mix(sizes, 42);
    const nn::ein_mix<> dynamic({"b s (h d) -> b s m", "h d m", "m"}, sizes, 42);
    static_assert(std::is_same_v<decltype(mix.weight()), tensor<float, "h d m">>);
    static_assert(std::is_same_v<decltype(mix.bias()), tensor<float, "m">>);
    CHECK(equal(mix.weight().any(), dynamic.weight().any()));
    CHECK(equal(mix.bias().any(), dynamic.bias()->any()));

    const auto x = counted<float>(axes("b s m", {2, 3, 6}));
    const auto t = as<"b s m">(x);
    static_assert(std::is_same_v<decltype(mix(t)), tensor<float, "b s m">>);
    CHECK(equal(mix(t).any(), dynamic(x).any()));
    CHECK(records_of(bill_of([&] { (void)mix(t); })) == records_of(bill_of([&] {
              (void)dynamic(x);
          })));

    // Names in the value, or none: the pattern tells those of the result.
    const auto unnamed = counted<float>(shape::of({2, 3, 6}));
    static_assert(std::is_same_v<decltype(mix(x)), tensor<float, "b s m">>);
    CHECK(equal(mix(x).any(), dynamic(x).any()));
    CHECK(equal(mix(unnamed).any(), dynamic(x).any()));
    CHECK(category_of([&] { (void)mix(rename(x, "s -> t")); }) == "name_mismatch");
}

TEST_CASE("typed ein_mix: memories, ellipses, merged results, other elements") {
    const nn::ein_mix<"... (h d) -> ... (n: h e)", "h d e", "e"> heads(
        {{"h", 2}, {"d", 3}, {"e", 4}}, 1
    );
    const auto t = as<"b (m: h d)">(counted<float>(axes("b (m: h d)", {2, 6}, {{"h", 2}})));
    static_assert(std::is_same_v<decltype(heads(t)), tensor<float, "b (n: h e)">>);
    CHECK(heads(t).shape().str() == "b=2 (n: h e)=8");
    const auto x = counted<float>(shape::of({2, 6}));
    static_assert(std::is_same_v<decltype(heads(x)), tensor<float>>);
    CHECK(heads(x).to_vector() == heads(t).to_vector());

    const nn::ein_mix<"b m -> b (h e)", "m h e"> bare({{"m", 6}, {"h", 2}, {"e", 2}}, 1);
    static_assert(std::is_same_v<decltype(bare(as<"b m">(x))), tensor<float, "b (h e)">>);
    CHECK(bare(x).shape().str() == "b=2 (h e)=4");
    static_assert(!has_typed_bias<decltype(bare)> && has_typed_bias<decltype(heads)>);

    const nn::basic_ein_mix<double, "b m -> b", "m", ""> row({{"m", 6}}, 1);
    const auto d = as<"b m">(counted<double>(shape::of({2, 6})));
    static_assert(std::is_same_v<decltype(row(d)), tensor<double, "b">>);
    CHECK(row(d).shape().str() == "b=2");
}

}  // namespace abax
