#include <abax/account/bill_cost.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/losses.hpp>
#include <abax/ops/rows.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

/// x / sqrt(mean of x^2 + epsilon) * gain at one place, as the definition says.
double expected_at(
    const tensor<float>& x, const tensor<float>& gain, const place& where, double epsilon
) {
    double squares = 0;
    place at = where;
    const std::int64_t count = x.extent("m");
    for (std::int64_t m = 0; m < count; ++m) {
        at["m"] = m;
        const double value = element_by_name<float>(x.any(), at);
        squares += value * value;
    }
    return element_by_name<float>(x.any(), where)
         / std::sqrt(squares / static_cast<double>(count) + epsilon)
         * element_by_name<float>(gain.any(), {{"m", where.at("m")}});
}

/// The same elements in a tensor that repeats `x` along a new leading axis without a copy.
tensor<float> broadcast(const tensor<float>& x, name label, std::int64_t times) {
    layout where = x.any().where();
    where.axes.insert(0, {label, times, nullptr});
    where.stride.insert(0, 0);
    return tensor<float>(x.any().viewed(where));
}

}  // namespace

TEST_CASE("rms_norm: is its definition, however the operands lie") {
    for (const lie how : all_lies)
        for (const char* names : {"b s m", "m b s", "b m s"}) {
            CAPTURE(how);
            CAPTURE(names);
            extents shape;
            for (const char c : std::string(names))
                if (c != ' ')
                    shape.push_back(c == 'm' ? 19 : c == 's' ? 3 : 2);
            const auto x = counted(axes(names, shape), how);
            const auto gain = counted(axes("m", {19}), how);

            const auto y = rms_norm(x, "m", gain);

            CHECK(y.shape() == x.shape());
            CHECK(y.any().is_contiguous());
            for_each_place(extents_by_name(x.any()), [&](const place& at) {
                CHECK(
                    element_by_name<float>(y.any(), at)
                    == doctest::Approx(expected_at(x, gain, at, 1e-5)).epsilon(1e-6)
                );
            });
        }
}

TEST_CASE("rms_norm: epsilon is added to the mean square") {
    const auto x = from<double>({3, -4}, axes("m", {2}));
    const auto gain = from<double>({1, 10}, axes("m", {2}));

    const auto y = rms_norm(x, "m", gain, 12.5);  // sqrt(25/2 + 25/2) = 5

    CHECK(y.to_vector()[0] == doctest::Approx(0.6));
    CHECK(y.to_vector()[1] == doctest::Approx(-8));
}

TEST_CASE("rms_norm: the gain has exactly the axis that is normalised") {
    const auto x = named_tensor("b s m", {2, 3, 3});
    const auto gain = named_tensor("m", {3});

    const auto e = thrown_by([&] { (void)rms_norm(x, "s", gain); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.operation == "rms_norm");
    CHECK(e.axis == "s");
    CHECK(e.message == "normalises 's', but the gain has 'm'");

    struct wrong {
        std::string_view label;
        std::function<void()> call;
        std::string_view category;
    };
    const auto plain = counted(shape::of({3}));
    const std::vector<wrong> table = {
        {"unnamed gain", [&] { (void)rms_norm(x, "m", plain); }, "name_mismatch"},
        {"extent", [&] { (void)rms_norm(x, "m", named_tensor("m", {4})); }, "size_mismatch"},
        {"two axes",
         [&] {
             (void)rms_norm(x, "m", named_tensor("s m", {3, 3}));
         },
         "rank_mismatch"},
        {"rank 0", [&] { (void)rms_norm(x, "m", full<float>(shape{}, 1)); }, "rank_mismatch"},
        {"unknown axis", [&] { (void)rms_norm(x, "k", gain); }, "unknown_axis"},
        {"position", [&] { (void)rms_norm(x, -1, gain); }, "usage"},
        {"other factors",
         [&] {
             (void)rms_norm(
                 counted(axes("b (m: h d)", {2, 6}, {{"h", 2}})),
                 "m",
                 counted(axes("(m: d h)", {6}, {{"h", 2}}))
             );
         },
         "name_mismatch"},
        {"gain of another type",
         [&] { (void)rms_norm(x.any(), "m", iota(dtype::float64, axes("m", {3}))); },
         "dtype_mismatch"},
        {"integers",
         [&] {
             const any_tensor i = iota(dtype::int32, axes("m", {3}));
             (void)rms_norm(i, "m", i);
         },
         "dtype_mismatch"},
        {"unnamed tensors",
         [&] {
             (void)rms_norm(counted(shape::of({2, 3})), -1, plain);
         },
         "nothing"}};
    for (const wrong& row : table) {
        CAPTURE(row.label);
        CHECK(category_of(row.call) == row.category);
    }
}

TEST_CASE("rms_norm: extents of 0 and 1, and NaN stays in its row") {
    CHECK(rms_norm(named_tensor("b m", {0, 3}), "m", named_tensor("m", {3})).volume() == 0);
    CHECK(rms_norm(named_tensor("b m", {2, 0}), "m", named_tensor("m", {0})).volume() == 0);
    CHECK(
        rms_norm(from<float>({-2}, axes("m", {1})), "m", from<float>({3}, axes("m", {1})), 0).item()
        == doctest::Approx(-3)
    );

    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto y = rms_norm(
        from<float>({1, nan, 1, 1}, axes("b m", {2, 2})),
        "m",
        from<float>({1, 1}, axes("m", {2})),
        0
    );
    const auto elements = y.to_vector();
    CHECK(std::isnan(elements[0]));
    CHECK(std::isnan(elements[1]));
    CHECK(elements[2] == doctest::Approx(1));
}

TEST_CASE("rms_norm: costs 4N + R, R specials, reads N + d and writes N; dry as wet") {
    const auto run = [](const tensor<float>& x, const tensor<float>& gain) {
        return bill_of([&] { (void)rms_norm(x, "m", gain); });
    };
    const auto x = named_tensor("b s m", {2, 3, 5});
    const auto gain = named_tensor("m", {5});

    const ledger bill = run(x, gain);

    REQUIRE(bill.size() == 1);
    const cost total = bill.cost().total();
    CHECK(total.flops_mm.is_zero());
    CHECK(total.flops_vec.str() == "4*b*m*s + b*s");
    CHECK(total.specials.str() == "b*s");
    CHECK(total.bytes_read.str() == "4*b*m*s + 4*m");
    CHECK(total.bytes_written.str() == "4*b*m*s");
    CHECK(records_of(bill)[0].kind == op_class::normalization);
    CHECK(records_of(run(dry<float>(x.shape()), gain)) == records_of(bill));
    CHECK(records_of(run(x, dry<float>(gain.shape()))) == records_of(bill));
    const dry_run on;
    CHECK(records_of(run(x, gain)) == records_of(bill));
}

TEST_CASE("row verbs: rows that a view repeats are as good as copies") {
    const auto row = counted(axes("m", {19}));
    const auto gain = counted(axes("m", {19}));
    const auto thin = broadcast(row, name("b"), 3);
    const auto thick = copy(thin);
    const auto across = broadcast(counted(axes("b", {3})), name("m"), 19);  // every row constant
    using verb = std::function<tensor<float>(const tensor<float>&)>;
    const std::vector<std::pair<std::string_view, verb>> verbs = {
        {"softmax", [](const auto& x) { return softmax(x, "m"); }},
        {"log_softmax", [](const auto& x) { return log_softmax(x, "m"); }},
        {"layer_norm", [&](const auto& x) { return layer_norm(x, "m", gain, gain); }},
        {"rms_norm", [&](const auto& x) { return rms_norm(x, "m", gain); }}};
    for (const auto& named_verb : verbs) {
        CAPTURE(named_verb.first);
        const verb& f = named_verb.second;
        CHECK(f(thin).to_vector() == f(thick).to_vector());
        CHECK(f(across).to_vector() == f(copy(across)).to_vector());
    }
}

TEST_CASE("row verbs: give the same bits for strided and flipped operands as for packed ones") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto packed = counted(axes("b m s", {2, 19, 3}));
        const auto x = counted(axes("b m s", {2, 19, 3}), how);
        const auto gain = counted(axes("m", {19}), how);
        const auto packed_gain = counted(axes("m", {19}));

        CHECK(softmax(x, "m").to_vector() == softmax(packed, "m").to_vector());
        CHECK(log_softmax(x, "m").to_vector() == log_softmax(packed, "m").to_vector());
        CHECK(
            layer_norm(x, "m", gain, gain).to_vector()
            == layer_norm(packed, "m", packed_gain, packed_gain).to_vector()
        );
        CHECK(rms_norm(x, "m", gain).to_vector() == rms_norm(packed, "m", packed_gain).to_vector());
    }
}
