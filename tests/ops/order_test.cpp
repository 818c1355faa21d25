#include <abax/account/bill_cost.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/order.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

constexpr float nan_value = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

template <element T>
tensor<T> row(std::string_view label, const std::vector<T>& elements) {
    return from(elements, axes(label, {static_cast<std::int64_t>(elements.size())}));
}

/// Elements as they are, but all NaN alike, so that vectors can be compared.
std::vector<std::string> texts(const tensor<float>& x) {
    std::vector<std::string> all;
    for (const float e : x.to_vector())
        all.push_back(std::isnan(e) ? "nan" : std::to_string(e));
    return all;
}

using ids = std::vector<std::int64_t>;

template <class X>
concept sort_without_axis = requires(const X& x) {
    sort(x);
};
template <class X>
concept topk_without_axis = requires(const X& x) {
    topk(x, 3);
};

}  // namespace

TEST_CASE("sort, topk: there is no default axis") {
    CHECK_FALSE(sort_without_axis<tensor<float>>);
    CHECK_FALSE(sort_without_axis<any_tensor>);
    CHECK_FALSE(topk_without_axis<tensor<float>>);
    CHECK_FALSE(topk_without_axis<any_tensor>);
}

TEST_CASE("sort: each row of one axis, in either direction, wherever the axis lies") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        // b = 0: 0 3 1 4 2; b = 1: 5 8 6 9 7
        const auto x = laid<std::int32_t>(axes("b s", {2, 5}), how, [](std::int64_t i) {
            return i / 5 * 5 + i % 5 * 3 % 5;
        });

        CHECK(sort(x, "s").to_vector() == std::vector<std::int32_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
        CHECK(
            sort(x, "s", order::descending).to_vector()
            == std::vector<std::int32_t>{4, 3, 2, 1, 0, 9, 8, 7, 6, 5}
        );
        CHECK(argsort(x, "s").to_vector() == ids{0, 2, 4, 1, 3, 0, 2, 4, 1, 3});
        CHECK(
            sort(x, "b", order::descending).to_vector()
            == std::vector<std::int32_t>{5, 8, 6, 9, 7, 0, 3, 1, 4, 2}
        );
    }
}

TEST_CASE("sort, argsort: NaN is last in both directions, infinities are numbers") {
    const auto x = row<float>("s", {nan_value, 1, infinity, -infinity, nan_value, -2});

    CHECK(
        texts(sort(x, "s"))
        == texts(row<float>("s", {-infinity, -2, 1, infinity, nan_value, nan_value}))
    );
    CHECK(
        texts(sort(x, "s", order::descending))
        == texts(row<float>("s", {infinity, 1, -2, -infinity, nan_value, nan_value}))
    );
    CHECK(argsort(x, "s").to_vector() == ids{3, 5, 1, 2, 0, 4});
    CHECK(argsort(x, "s", order::descending).to_vector() == ids{2, 1, 5, 3, 0, 4});
}

TEST_CASE("sort, argsort: equal elements keep their order in both directions; -0 equals 0") {
    const auto x = row<float>("s", {0.0F, 1, -0.0F, 1, 0.0F});

    CHECK(argsort(x, "s").to_vector() == ids{0, 2, 4, 1, 3});
    CHECK(argsort(x, "s", order::descending).to_vector() == ids{1, 3, 0, 2, 4});
    const auto sorted = sort(x, "s").to_vector();
    CHECK_FALSE(std::signbit(sorted[0]));
    CHECK(std::signbit(sorted[1]));
    CHECK_FALSE(std::signbit(sorted[2]));
    CHECK(argsort(row<bool>("s", {true, false, true, false}), "s").to_vector() == ids{1, 3, 0, 2});
}

TEST_CASE("sort: bools, and integers at the ends of their range") {
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();

    CHECK(
        sort(row<bool>("s", {true, false, true}), "s").to_vector()
        == std::vector<bool>{false, true, true}
    );
    CHECK(
        sort(row<std::int64_t>("s", {0, most, -1, least}), "s").to_vector()
        == ids{least, -1, 0, most}
    );
    CHECK(
        sort(row<std::int64_t>("s", {0, most, -1, least}), "s", order::descending).to_vector()
        == ids{most, 0, -1, least}
    );
}

TEST_CASE("sort: reads x where argsort says, and topk is what they begin with") {
    constexpr unsigned seed = 80;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (const std::int64_t extent : {1, 2, 7, 33, 600}) {
        const auto x = small_numbers(axes("s", {extent}), random);
        for (const order direction : {order::ascending, order::descending}) {
            const auto positions = argsort(x, "s", direction);
            const auto sorted = sort(x, "s", direction);
            CHECK(take(x, positions, "s").to_vector() == sorted.to_vector());
            for (const std::int64_t k : {std::int64_t{0}, (extent + 1) / 2, extent}) {
                const auto first = topk(x, "s", k, direction);
                CHECK(first.values.to_vector() == slice(sorted, {"s", 0, k}).to_vector());
                CHECK(first.indices.to_vector() == slice(positions, {"s", 0, k}).to_vector());
            }
        }
    }
}

TEST_CASE("topk: values descend, the lowest position on a tie, and NaN never beats a number") {
    const auto x = row<float>("v", {3, nan_value, 5, 3, -infinity, 5});

    const auto [values, indices] = topk(x, "v", 4);
    const std::vector<float> largest = values.to_vector();
    const ids positions = indices.to_vector();
    CHECK(largest == std::vector<float>{5, 5, 3, 3});
    CHECK(positions == ids{2, 5, 0, 3});

    CHECK(topk(x, "v", 6).indices.to_vector() == ids{2, 5, 0, 3, 4, 1});
    CHECK(topk(x, "v", 2, order::ascending).indices.to_vector() == ids{4, 0});
    CHECK(topk(x, "v", 1).indices.to_vector() == ids{2});
}

TEST_CASE("order: names and types of the results") {
    const auto x = named_tensor("b s m", {2, 3, 4});
    const auto plain = counted(shape::of({2, 3, 4}));

    CHECK(sort(x, "s").shape().str() == "b=2 s=3 m=4");
    CHECK(argsort(x, "b").shape().str() == "b=2 s=3 m=4");
    CHECK(cumsum(x, "m").shape().str() == "b=2 s=3 m=4");
    CHECK(argmin(x, "s").shape().str() == "b=2 m=4");
    CHECK(topk(x, "s", 2).values.shape().str() == "b=2 s=2 m=4");
    CHECK(topk(x, "s", 2).indices.shape().str() == "b=2 s=2 m=4");
    CHECK(sort(plain, -1).shape().str() == "2 3 4");
    CHECK(topk(plain, 1, 1).values.shape().str() == "2 1 4");
    CHECK(argmin(plain, 0).shape().str() == "3 4");

    const any_tensor u = x;
    static_assert(std::is_same_v<decltype(sort(x, "s")), tensor<float>>);
    static_assert(std::is_same_v<decltype(argsort(x, "s")), tensor<std::int64_t>>);
    static_assert(std::is_same_v<decltype(topk(x, "s", 1)), topk_result<tensor<float>>>);
    static_assert(std::is_same_v<decltype(topk(u, "s", 1)), topk_result<any_tensor>>);
    static_assert(std::is_same_v<
                  decltype(topk_result<tensor<bool>>::indices),
                  tensor<std::int64_t>>);
    static_assert(std::is_same_v<decltype(topk_result<any_tensor>::indices), any_tensor>);
    static_assert(std::is_same_v<decltype(cumsum(x, "s")), tensor<float>>);
    static_assert(std::is_same_v<decltype(cumsum(counted<double>({}), 0)), tensor<double>>);
    static_assert(std::is_same_v<decltype(cumsum(counted<bool>({}), 0)), tensor<std::int64_t>>);
    static_assert(std::is_same_v<
                  decltype(cumsum(counted<std::int32_t>({}), 0)),
                  tensor<std::int64_t>>);
    CHECK(sort(u, "s").type() == dtype::float32);
    CHECK(argsort(u, "s").type() == dtype::int64);
    CHECK(topk(u, "s", 1).indices.type() == dtype::int64);
    CHECK(cumsum(counted<std::int32_t>(axes("a", {3})).any(), "a").type() == dtype::int64);
}

TEST_CASE("order: an axis that is put in order forgets its factors, a running sum does not") {
    const auto x = named_tensor("b h d", {2, 3, 4});
    const auto called = rearrange(x, "b h d -> b (m: h d)");
    const auto anonymous = rearrange(x, "b h d -> b (h d)");

    CHECK(sort(called, "m").shape().axes_text() == "b m");
    CHECK(argsort(called, "m").shape().axes_text() == "b m");
    CHECK(topk(called, "m", 2).values.shape().axes_text() == "b m");
    CHECK(cumsum(called, "m").shape().axes_text() == "b (m: h d)");
    CHECK(cumsum(anonymous, "(h d)").shape().axes_text() == "b (h d)");
    // The other axes keep theirs.
    CHECK(sort(called, "b").shape().axes_text() == "b (m: h d)");
    CHECK(sort(anonymous, "b").shape().axes_text() == "b (h d)");

    CHECK(category_of([&] { (void)argsort(anonymous, "(h d)"); }) == "name_mismatch");
    CHECK(category_of([&] { (void)topk(anonymous, "(h d)", 1); }) == "name_mismatch");
    const auto e = thrown_by([&] { (void)sort(anonymous, "(h d)"); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.operation == "sort");
    CHECK(e.help.find("rename(x, \"(h d) -> m\")") != std::string::npos);
}

TEST_CASE("order: an axis that is not there, by name or by position") {
    const auto x = named_tensor("b s", {2, 3});
    const auto plain = counted(shape::of({2, 3}));
    const auto scalar = full<float>(shape{}, 1);
    const std::vector<std::function<void(const tensor<float>&, axis_argument)>> verbs = {
        [](const auto& t, auto a) { (void)sort(t, a); },
        [](const auto& t, auto a) { (void)argsort(t, a); },
        [](const auto& t, auto a) { (void)topk(t, a, 1); },
        [](const auto& t, auto a) { (void)cumsum(t, a); },
        [](const auto& t, auto a) { (void)argmin(t, a); }};
    for (std::size_t i = 0; i < verbs.size(); ++i) {
        CAPTURE(i);
        CHECK(category_of([&] { verbs[i](x, "q"); }) == "unknown_axis");
        CHECK(category_of([&] { verbs[i](x, 0); }) == "usage");
        CHECK(category_of([&] { verbs[i](plain, "s"); }) == "unknown_axis");
        CHECK(category_of([&] { verbs[i](plain, 2); }) == "unknown_axis");
        CHECK(category_of([&] { verbs[i](scalar, 0); }) == "unknown_axis");
        CHECK(category_of([&] { verbs[i](plain, -1); }) == "nothing");
    }
}

TEST_CASE("topk: k is from 0 to the extent") {
    const auto x = named_tensor("b v", {2, 3});

    const auto e = thrown_by([&] { (void)topk(x, "v", 4); });
    CHECK(e.kind == category::usage);
    CHECK(e.operation == "topk");
    CHECK(e.axis == "v");
    CHECK(e.message == "k = 4, but 'v' has 3 elements");
    CHECK(e.expected_extent == 3);
    CHECK(e.got_extent == 4);
    CHECK(e.expected == "k from 0 to 3");
    for (const std::int64_t k :
         {std::int64_t{-1},
          std::numeric_limits<std::int64_t>::min(),
          std::numeric_limits<std::int64_t>::max()}) {
        CAPTURE(k);
        CHECK(category_of([&] { (void)topk(x, "v", k); }) == "usage");
        CHECK(category_of([&] { (void)topk(x, "v", k, order::ascending); }) == "usage");
    }
    CHECK(topk(x, "v", 0).values.shape().str() == "b=2 v=0");
    CHECK(topk(x, "v", 3).values.to_vector() == std::vector<float>{3, 2, 1, 6, 5, 4});
    // The error comes also where nothing would be computed.
    CHECK(category_of([&] { (void)topk(dry<float>(axes("v", {3})), "v", 4); }) == "usage");
}

TEST_CASE("order: no elements, and one") {
    const auto none = counted(axes("b s", {2, 0}));
    const auto no_rows = counted(axes("b s", {0, 2}));
    const auto one = full<float>(axes("s", {1}), 7);

    CHECK(sort(none, "s").shape().str() == "b=2 s=0");
    CHECK(argsort(none, "s").volume() == 0);
    CHECK(cumsum(none, "s").shape().str() == "b=2 s=0");
    CHECK(topk(none, "s", 0).indices.shape().str() == "b=2 s=0");
    CHECK(category_of([&] { (void)topk(none, "s", 1); }) == "usage");
    CHECK(sort(no_rows, "s").volume() == 0);
    CHECK(topk(no_rows, "s", 2).values.shape().str() == "b=0 s=2");
    CHECK(argmin(no_rows, "s").shape().str() == "b=0");
    const auto e = thrown_by([&] { (void)argmin(none, "s"); });
    CHECK(e.kind == category::other);
    CHECK(e.axis == "s");

    CHECK(sort(one, "s").to_vector() == std::vector<float>{7});
    CHECK(argsort(one, "s").to_vector() == ids{0});
    CHECK(cumsum(one, "s").to_vector() == std::vector<float>{7});
    CHECK(topk(one, "s", 1).indices.to_vector() == ids{0});
    CHECK(argmin(one, "s").item() == 0);
}

TEST_CASE("order: an axis that repeats one element") {
    const layout repeated{shape::of({2, 3}), {1, 0}, 0};
    const tensor<float> x(counted(shape::of({2})).any().viewed(repeated));

    CHECK(sort(x, 1).to_vector() == std::vector<float>{1, 1, 1, 2, 2, 2});
    CHECK(argsort(x, 1, order::descending).to_vector() == ids{0, 1, 2, 0, 1, 2});
    CHECK(topk(x, 1, 2).values.to_vector() == std::vector<float>{1, 1, 2, 2});
    CHECK(cumsum(x, 1).to_vector() == std::vector<float>{1, 2, 3, 2, 4, 6});
    CHECK(argmin(x, 0).to_vector() == ids{0, 0, 0});
}

TEST_CASE("cumsum: along any axis, in the type of sum") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted(axes("a b", {2, 3}), how);

        CHECK(cumsum(x, "b").to_vector() == std::vector<float>{1, 3, 6, 4, 9, 15});
        CHECK(cumsum(x, "a").to_vector() == std::vector<float>{1, 2, 3, 5, 7, 9});
        CHECK(slice(cumsum(x, "b"), {"b", -1}).to_vector() == sum(x, "b").to_vector());
    }
    CHECK(cumsum(row<bool>("s", {true, false, true}), "s").to_vector() == ids{1, 1, 2});
    constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();
    CHECK(
        cumsum(row<std::int32_t>("s", {most, most}), "s").to_vector()
        == ids{most, std::int64_t{2} * most}
    );
}

TEST_CASE("cumsum: a NaN makes what follows NaN, and nothing before it") {
    const auto sums = cumsum(row<float>("s", {1, nan_value, 2}), "s");

    CHECK(texts(sums) == texts(row<float>("s", {1, nan_value, nan_value})));
}

TEST_CASE("argmin: the lowest position on a tie, the first NaN before all") {
    CHECK(argmin(row<float>("s", {3, -1, 2, -1}), "s").item() == 1);
    CHECK(argmin(row<float>("s", {3, -1, nan_value, -infinity, nan_value}), "s").item() == 2);
    CHECK(argmin(row<float>("s", {infinity, infinity}), "s").item() == 0);
    CHECK(argmin(row<bool>("s", {true, false, false}), "s").item() == 1);
    constexpr unsigned seed = 81;
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto x = small_numbers(axes("b s m", {2, 5, 3}), random);
    CHECK(argmin(x, "s").to_vector() == argmax(-1.0 * x, "s").to_vector());
}

TEST_CASE("order: the operand stays as it was") {
    const auto x = row<float>("s", {3, 1, 2});
    const auto before = x.to_vector();

    (void)sort(x, "s");
    (void)topk(x, "s", 2);
    (void)cumsum(x, "s");

    CHECK(x.to_vector() == before);
}

namespace {

struct price_row {
    const char* label;
    std::function<void(const any_tensor&)> verb;
    dtype type;
    const char* vec;
    const char* int_ops;
    const char* read;
    const char* written;
};

const std::vector<price_row>& prices() {
    using any = const any_tensor&;
    static const std::vector<price_row> rows = {
        {"sort",
         [](any x) { (void)sort(x, "v"); },
         dtype::float32,
         "b*v - b",
         "0",
         "4*b*v",
         "4*b*v"},
        {"sort ints",
         [](any x) { (void)sort(x, "v"); },
         dtype::int64,
         "0",
         "b*v - b",
         "8*b*v",
         "8*b*v"},
        {"argsort",
         [](any x) { (void)argsort(x, "b"); },
         dtype::float32,
         "b*v - v",
         "0",
         "4*b*v",
         "8*b*v"},
        {"topk",
         [](any x) { (void)topk(x, "v", 3); },
         dtype::float32,
         "3*b*v",
         "0",
         "4*b*v",
         "36*b"},
        {"topk smallest",
         [](any x) { (void)topk(x, "v", 2, order::ascending); },
         dtype::float64,
         "2*b*v",
         "0",
         "8*b*v",
         "32*b"},
        {"topk all",
         [](any x) { (void)topk(x, "v", 5); },
         dtype::float32,
         "5*b*v",
         "0",
         "4*b*v",
         "60*b"},
        {"topk none", [](any x) { (void)topk(x, "v", 0); }, dtype::float32, "0", "0", "4*b*v", "0"},
        {"topk ints",
         [](any x) { (void)topk(x, "v", 3); },
         dtype::int32,
         "0",
         "3*b*v",
         "4*b*v",
         "36*b"},
        {"cumsum",
         [](any x) { (void)cumsum(x, "v"); },
         dtype::float32,
         "b*v - b",
         "0",
         "4*b*v",
         "4*b*v"},
        {"cumsum bools",
         [](any x) { (void)cumsum(x, "v"); },
         dtype::boolean,
         "0",
         "b*v - b",
         "b*v",
         "8*b*v"},
        {"argmin",
         [](any x) { (void)argmin(x, "v"); },
         dtype::float32,
         "b*v - b",
         "0",
         "4*b*v",
         "8*b"},
    };
    return rows;
}

}  // namespace

TEST_CASE("order: every verb costs its closed form, one record, dry as wet") {
    for (const auto& row : prices()) {
        CAPTURE(row.label);
        const any_tensor x = full(row.type, axes("b v", {2, 5}), 1);
        const any_tensor without_elements = any_tensor::dry(row.type, axes("b v", {2, 5}));

        const ledger bill = bill_of([&] { row.verb(x); });

        REQUIRE(bill.size() == 1);
        const cost total = bill.cost().total();
        CHECK(total.flops_mm.is_zero());
        CHECK(total.specials.is_zero());
        CHECK(total.flops_vec.str() == row.vec);
        CHECK(total.int_ops.str() == row.int_ops);
        CHECK(total.bytes_read.str() == row.read);
        CHECK(total.bytes_written.str() == row.written);
        CHECK(records_of(bill).front().kind == op_class::reduction);
        const auto expected = records_of(bill);
        CHECK(records_of(bill_of([&] { row.verb(without_elements); })) == expected);
        const dry_run on;
        CHECK(records_of(bill_of([&] { row.verb(x); })) == expected);
    }
}

TEST_CASE("order: no elements cost nothing") {
    for (const auto& row : prices()) {
        const std::string label = row.label;
        if (label != "sort" && label != "cumsum" && label != "topk none")
            continue;
        CAPTURE(label);
        const any_tensor x = full(row.type, axes("b v", {2, 0}), 1);

        CHECK(bill_of([&] { row.verb(x); }).total() == counters{});
    }
}

TEST_CASE("topk: the bill tells what other extents would cost, k staying as it was") {
    const auto x = dry<float>(axes("b v", {2, 100}));
    const ledger bill = bill_of([&] { (void)topk(x, "v", 5); });
    const ledger other = bill_of([&] { (void)topk(dry<float>(axes("b v", {2, 1000})), "v", 5); });

    CHECK(bill.cost().at({{"v", 1000}}) == other.total());
    // Two values of k are two prices, and one cache holds both.
    CHECK(bill_of([&] { (void)topk(x, "v", 6); }).cost().total().flops_vec.str() == "6*b*v");
}

TEST_CASE("order: what fails leaves no record") {
    const auto x = named_tensor("b v", {2, 3});
    ledger bill;
    {
        const recording on(bill);
        (void)category_of([&] { (void)topk(x, "v", 4); });
        (void)category_of([&] { (void)sort(x, "q"); });
    }
    CHECK(bill.size() == 0);
}
