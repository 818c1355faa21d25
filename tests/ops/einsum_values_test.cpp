#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

// An einsum over single letters: "a b, b c -> a c".
struct letters {
    std::vector<std::string> terms;
    std::string result;
    std::map<char, std::int64_t> extent;

    [[nodiscard]] std::string text() const {
        std::string all;
        for (std::size_t i = 0; i < terms.size(); ++i)
            all += (i == 0 ? "" : ", ") + spaced(terms[i]);
        return all + " -> " + spaced(result);
    }
    [[nodiscard]] static std::string spaced(const std::string& term) {
        std::string all;
        for (const char c : term)
            all += (all.empty() ? "" : " ") + std::string(1, c);
        return all;
    }
    [[nodiscard]] extents shape_of(const std::string& term) const {
        extents all;
        for (const char c : term)
            all.push_back(extent.at(c));
        return all;
    }
};

// The definition: for every combination of positions the product of all operands.
template <class T>
tensor<T> by_loops(const letters& p, const std::vector<any_tensor>& operands) {
    auto result = zeros<T>(shape::of(p.shape_of(p.result)));
    T* const out = result.mut();
    extents all;
    std::map<char, std::size_t> place_of;
    for (const auto& [c, extent] : p.extent) {
        place_of[c] = all.size();
        all.push_back(extent);
    }
    const auto position = [&](const std::string& term, const extents& at) {
        extents where;
        for (const char c : term)
            where.push_back(at[place_of.at(c)]);
        return where;
    };
    for_each_position(all, [&](const extents& at) {
        T product = T(1);
        for (std::size_t i = 0; i < operands.size(); ++i) {
            const T e = element_at<T>(operands[i], position(p.terms[i], at));
            if constexpr (std::is_same_v<T, bool>)
                product = product && e;
            else
                product = product * e;
        }
        T& sum = out[offset_of(result.where(), position(p.result, at))];
        if constexpr (std::is_same_v<T, bool>)
            sum = sum || product;
        else
            sum = sum + product;
    });
    return result;
}

letters some_einsum(std::mt19937& random, std::size_t operands) {
    letters p;
    const std::string names = std::string("abcdef").substr(0, 2 + random() % 5);
    std::string used;
    for (std::size_t i = 0; i < operands; ++i) {
        std::string term;
        const std::size_t rank = random() % 4;
        for (std::size_t k = 0; k < rank; ++k)
            term += names[random() % names.size()];  // a letter twice is a diagonal
        for (const char c : term)
            if (used.find(c) == std::string::npos)
                used += c;
        p.terms.push_back(term);
    }
    constexpr std::int64_t choices[] = {1, 2, 2, 3, 3, 5, 7, 0};
    for (const char c : used)
        p.extent[c] = choices[random() % (random() % 12 == 0 ? 8 : 5)];
    std::shuffle(used.begin(), used.end(), random);
    for (const char c : used)
        if (random() % 2 == 0 && p.result.size() < 4)
            p.result += c;
    return p;
}

}  // namespace

TEST_CASE_TEMPLATE(
    "einsum: of one to five operands is its definition by loops",
    T,
    float,
    double,
    std::int32_t,
    std::int64_t,
    bool
) {
    std::mt19937 random(4711);
    for (std::size_t operands = 1; operands <= 5; ++operands)
        for (int round = 0; round < 60; ++round) {
            const letters p = some_einsum(random, operands);
            CAPTURE(p.text());
            std::vector<any_tensor> x;
            for (const std::string& term : p.terms)
                x.push_back(
                    small_numbers<T>(shape::of(p.shape_of(term)), random, all_lies[random() % 4])
                        .any()
                );

            const tensor<T> y(einsum(pattern_text(p.text()), x));

            const auto wrong = difference(y.any(), by_loops<T>(p, x).any());
            CHECK_MESSAGE(!wrong, (wrong ? *wrong : std::string()));
        }
}

TEST_CASE("einsum: named operands give the same elements as unnamed ones") {
    std::mt19937 random(4712);
    for (int round = 0; round < 200; ++round) {
        letters p = some_einsum(random, 1 + random() % 3);
        for (std::string& term : p.terms) {  // a name stands once in a named tensor
            std::string once;
            for (const char c : term)
                if (once.find(c) == std::string::npos)
                    once += c;
            term = once;
        }
        CAPTURE(p.text());
        std::vector<any_tensor> plain;
        std::vector<any_tensor> with_names;
        for (const std::string& term : p.terms) {
            plain.push_back(small_numbers<float>(shape::of(p.shape_of(term)), random).any());
            with_names.push_back(named(plain.back(), letters::spaced(term)));
        }

        const any_tensor y = einsum(pattern_text(p.text()), with_names);

        CHECK(y.shape().axes_text() == letters::spaced(p.result));
        CHECK(
            tensor<float>(y).to_vector()
            == tensor<float>(einsum(pattern_text(p.text()), plain)).to_vector()
        );
    }
}

TEST_CASE("einsum: diagonals are walked, for every layout") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted<float>(shape::of({3, 3, 4}), how);
        CHECK(einsum("i i k -> i k", x)(2, 1) == x(2, 2, 1));
        CHECK(einsum("i i k -> k", x)(3) == x(0, 0, 3) + x(1, 1, 3) + x(2, 2, 3));
        CHECK(einsum("i i k -> k i", x)(3, 1) == x(1, 1, 3));
        const auto cube = counted<float>(shape::of({2, 2, 2}), how);
        CHECK(einsum("i i i ->", cube).item() == 1 + 8);
    }
    CHECK(
        category_of([] {
            (void)einsum("i i -> i", counted(shape::of({2, 3})));
        })
        == "size_mismatch"
    );
}

TEST_CASE("einsum: one tensor can be all operands") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted<double>(shape::of({3, 3}), how);
        const letters p{{"ab", "bc", "cd"}, "ad", {{'a', 3}, {'b', 3}, {'c', 3}, {'d', 3}}};
        const std::vector<any_tensor> same = {x.any(), x.any(), x.any()};
        CHECK(equal(tensor<double>(einsum("a b, b c, c d -> a d", same)), by_loops<double>(p, same))
        );
        CHECK(einsum("a b, a b -> ", x, x).item() == 285);
        CHECK(einsum("a b, b a -> ", x, x).item() == 261);
    }
}

TEST_CASE("einsum: an index that only one operand has is summed away first") {
    const auto x = counted<float>(shape::of({2, 3}));
    const auto y = counted<float>(shape::of({3, 4, 5}));
    const letters p{{"ab", "bcd"}, "ac", {{'a', 2}, {'b', 3}, {'c', 4}, {'d', 5}}};

    CHECK(equal(einsum("a b, b c d -> a c", x, y), by_loops<float>(p, {x.any(), y.any()})));
}

TEST_CASE("einsum: an axis of extent 0 gives zeros, and extents of 1 nothing special") {
    CHECK(
        einsum("a b, b c -> a c", zeros<float>(shape::of({2, 0})), zeros<float>(shape::of({0, 3})))
            .to_vector()
        == std::vector<float>(6, 0)
    );
    CHECK(
        einsum("a b, b c -> a c", zeros<float>(shape::of({0, 2})), zeros<float>(shape::of({2, 3})))
            .volume()
        == 0
    );
    CHECK(
        einsum("a b, b c -> c a", counted(shape::of({1, 1})), counted(shape::of({1, 3})))
            .to_vector()
        == std::vector<float>{1, 2, 3}
    );
}

TEST_CASE("einsum: unnamed ellipses are aligned at the right, and an extent of 1 stretches") {
    const auto x = counted<float>(shape::of({2, 1, 3, 4}));
    const auto y = counted<float>(shape::of({5, 4, 6}));

    const auto z = einsum("... i j, ... j k -> ... i k", x, y);

    CHECK(z.shape().str() == "2 5 3 6");
    for_each_position({2, 5, 3, 6}, [&](const extents& at) {
        float sum = 0;
        for (int j = 0; j < 4; ++j)
            sum += x(at[0], 0, at[2], j) * y(at[1], j, at[3]);
        REQUIRE(z(at[0], at[1], at[2], at[3]) == sum);
    });
    // Against an ellipsis that stands for nothing.
    CHECK(einsum("... j, j -> ...", x, counted(shape::of({4}))).shape().str() == "2 1 3");
}

TEST_CASE("einsum: integer products keep the type of their operands") {
    const auto x = counted<std::int32_t>(shape::of({2, 3}));

    CHECK(einsum("a b -> a", x).to_vector() == std::vector<std::int32_t>{6, 15});
    CHECK(
        einsum("a b, b -> a", x, counted<std::int32_t>(shape::of({3}))).to_vector()
        == std::vector<std::int32_t>{14, 32}
    );
    CHECK(
        einsum("a b, b -> a", counted<bool>(shape::of({2, 3})), counted<bool>(shape::of({3})))
            .to_vector()
        == std::vector<bool>{true, true}
    );
}

TEST_CASE("einsum: floats that do not sum exactly are close to sums in double") {
    std::mt19937 random(4713);
    std::normal_distribution<double> draw(0, 1);
    const auto a =
        laid<float>(shape::of({33, 130}), lie::packed, [&](std::int64_t) { return draw(random); });
    const auto b = laid<float>(shape::of({130, 17}), lie::permuted, [&](std::int64_t) {
        return draw(random);
    });

    const auto y = einsum("i k, k j -> i j", a, b);

    for_each_position({33, 17}, [&](const extents& at) {
        double sum = 0;
        for (int k = 0; k < 130; ++k)
            sum += double(a(at[0], k)) * b(k, at[1]);
        REQUIRE(y(at[0], at[1]) == doctest::Approx(sum).epsilon(1e-4));
    });
}
