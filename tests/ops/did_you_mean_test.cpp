#include <abax/abax.hpp>
#include <abax/pattern/hints.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <string_view>
#include <vector>

using namespace abax;
using namespace abax::testing;

TEST_CASE(
    "did you mean: names that differ in primes, capitals, or a letter or two of a longer name are similar"
) {
    struct pair {
        std::string_view a, b;
        bool similar;
    };
    constexpr auto table = std::to_array<pair>({
        {"s", "s'", true},
        {"S''", "s", true},
        {"h", "w", false},
        {"d", "dd", false},
        {"hed", "head", true},
        {"haed", "head", true},
        {"hade", "head", false},
        {"batch", "bacth", true},
        {"batch", "bath", true},
        {"btach", "catch", false},
        {"channel", "chanels", true},
        {"sequence", "seqeunces", true},
        {"sequence", "frequency", false},
        {"", "s", false},
    });
    for (const auto& row : table) {
        CAPTURE(row.a);
        CAPTURE(row.b);
        CHECK(are_similar(row.a, row.b) == row.similar);
        CHECK(are_similar(row.b, row.a) == row.similar);
    }
    const std::string hostile(100000, 'a');
    CHECK_FALSE(are_similar(hostile, hostile + "b"));
}

TEST_CASE("did you mean: every verb that is given a name suggests the tensor's nearest") {
    const auto x = iota<float>(axes("batch seq d", {2, 3, 4}));
    const auto w = iota<float>(axes("heads d", {2, 4}));
    const auto unnamed = iota<float>(shape::of({2, 3, 4}));
    struct wrong {
        const char* what;
        std::function<void()> call;
        std::string_view help;
    };
    const std::vector<wrong> table = {
        {"extent",
         [&] { (void)x.extent("bach"); },
         "did you mean 'batch'? its axes are batch seq d"},
        {"sum", [&] { (void)sum(x, "sqe"); }, "did you mean 'seq'? its axes are batch seq d"},
        {"softmax", [&] { (void)softmax(x, "d'"); }, "did you mean 'd'? its axes are batch seq d"},
        {"slice",
         [&] {
             (void)slice(x, {"batches", 0, 1});
         },
         "its axes are batch seq d"},
        {"rename",
         [&] { (void)rename(x, "sec -> s"); },
         "did you mean 'seq'? its axes are batch seq d"},
        {"rename, nothing near", [&] { (void)rename(x, "k -> s"); }, "its axes are batch seq d"},
        {"dot",
         [&] { (void)dot(x, rename(w, "d -> depth"), "dept"); },
         "rename it: \"depth -> dept\"; or name an axis that both have"},
        {"dot, both have it",
         [&] { (void)dot(rename(x, "d -> depth"), rename(w, "d -> depth"), "dept"); },
         "did you mean 'depth'? name an axis that both have"},
        {"dot, primes",
         [&] { (void)dot(x, rename(w, "d -> d'"), "d"); },
         "rename it: \"d' -> d\"; or sum the other operand over 'd' first, if that is what is meant"},
        {"a size",
         [&] { (void)rearrange(unnamed, "b (head s) d -> b head s d", "haed"_ax = 3); },
         "did you mean 'head'?"},
        {"a size of nothing near",
         [&] { (void)rearrange(unnamed, "b (head s) d -> b head s d", "m"_ax = 3); },
         ""},
    };
    for (const auto& row : table) {
        CAPTURE(row.what);
        CHECK(thrown_by(row.call).help == row.help);
    }
}
