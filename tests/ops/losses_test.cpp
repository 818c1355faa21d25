#include <abax/account/bill_cost.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/losses.hpp>
#include <abax/ops/rearrange.hpp>
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

constexpr float infinity = std::numeric_limits<float>::infinity();

/// Logits of both signs whose rows differ, and a target for each row.
tensor<float> logits_of(const shape& axes, lie how = lie::packed) {
    return laid<float>(axes, how, [](std::int64_t i) {
        return static_cast<double>(i * 7 % 11) - 5;
    });
}

/// -log(softmax) at the target, as the definition says.
double loss_at(const tensor<float>& logits, place row, std::int64_t target) {
    double sum = 0;
    for (std::int64_t v = 0; v < logits.extent("v"); ++v) {
        row["v"] = v;
        sum += std::exp(double(element_by_name<float>(logits.any(), row)));
    }
    row["v"] = target;
    return std::log(sum) - element_by_name<float>(logits.any(), row);
}

}  // namespace

TEST_CASE("log_softmax: is the logarithm of softmax") {
    for (const lie how : all_lies)
        for (const char* over : {"b", "s", "v"}) {
            CAPTURE(how);
            CAPTURE(over);
            const auto x = logits_of(axes("b s v", {2, 3, 19}), how);

            const auto y = log_softmax(x, over);

            const auto expected = log(softmax(x, over)).to_vector();
            CHECK(y.shape() == x.shape());
            for (std::size_t i = 0; i < expected.size(); ++i)
                CHECK(y.to_vector()[i] == doctest::Approx(expected[i]).epsilon(1e-5));
        }
}

TEST_CASE("log_softmax: logits of 1e4 and of -inf leave the others exact") {
    const auto y = log_softmax(from<float>({1e4F, 1e4F, -1e4F, -infinity}, axes("v", {4})), "v");

    CHECK(y.to_vector()[0] == doctest::Approx(-std::log(2.0)));
    CHECK(y.to_vector()[2] == doctest::Approx(-2e4 - std::log(2.0)));
    CHECK(y.to_vector()[3] == -infinity);
    CHECK(log_softmax(from<float>({-7}, axes("v", {1})), "v").item() == 0);
    CHECK(log_softmax(named_tensor("b v", {3, 0}), "v").volume() == 0);
    for (const float odd : {infinity, std::numeric_limits<float>::quiet_NaN()})
        for (const float z : log_softmax(from<float>({1, odd}, axes("v", {2})), "v").to_vector())
            CHECK(std::isnan(z));
    CHECK(
        category_of([] { (void)log_softmax(iota(dtype::int64, axes("v", {2})), "v"); })
        == "dtype_mismatch"
    );
    CHECK(category_of([] { (void)log_softmax(named_tensor("v", {2}), "w"); }) == "unknown_axis");
}

TEST_CASE("cross_entropy: is the mean of -log softmax at the targets, by name, in any order") {
    for (const char* names : {"b s v", "v b s", "s v b"})
        for (const char* target_names : {"b s", "s b"})
            for (const lie how : all_lies) {
                CAPTURE(names);
                CAPTURE(target_names);
                CAPTURE(how);
                extents shape;
                for (const char c : std::string(names))
                    if (c != ' ')
                        shape.push_back(c == 'v' ? 19 : c == 's' ? 3 : 2);
                const auto x = logits_of(axes(names, shape), how);
                const extents rows = target_names[0] == 'b' ? extents{2, 3} : extents{3, 2};
                const auto ids =
                    laid<std::int64_t>(axes(target_names, rows), how, [](std::int64_t i) {
                        return i * 5 % 19;
                    });

                const auto mean = cross_entropy(x, "v", ids);
                const auto each = cross_entropy_rows(x, "v", ids);

                double sum = 0;
                for_each_place({{"b", 2}, {"s", 3}}, [&](const place& row) {
                    const double loss =
                        loss_at(x, row, element_by_name<std::int64_t>(ids.any(), row));
                    CHECK(
                        element_by_name<float>(each.any(), row)
                        == doctest::Approx(loss).epsilon(1e-5)
                    );
                    sum += loss;
                });
                CHECK(mean.rank() == 0);
                CHECK(mean.item() == doctest::Approx(sum / 6).epsilon(1e-5));
                CHECK(cross_entropy(x, "v", cast<std::int32_t>(ids)).item() == mean.item());
            }
}

TEST_CASE("cross_entropy: rows with the ignored target do not count") {
    const auto x = logits_of(axes("s v", {3, 5}));
    const auto ids = from<std::int64_t>({2, -100, 4}, axes("s", {3}));
    const auto kept = from<std::int64_t>({2, 0, 4}, axes("s", {3}));
    const auto each = cross_entropy_rows(x, "v", kept).to_vector();

    CHECK(cross_entropy(x, "v", ids, -100).item() == doctest::Approx((each[0] + each[2]) / 2));
    CHECK(
        cross_entropy_rows(x, "v", ids, -100).to_vector() == std::vector<float>{each[0], 0, each[2]}
    );
    // It may be a class too, as where 0 is padding.
    CHECK(cross_entropy(x, "v", kept, 0).item() == cross_entropy(x, "v", ids, -100).item());

    const auto none = full<std::int64_t>(axes("s", {3}), -100);
    CHECK(std::isnan(cross_entropy(x, "v", none, -100).item()));
    // Even a row of NaN.
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto odd = from<float>({1, 1, nan, nan}, axes("s v", {2, 2}));
    CHECK(
        cross_entropy(odd, "v", from<std::int64_t>({0, -1}, axes("s", {2})), -1).item()
        == doctest::Approx(std::log(2.0))
    );
}

TEST_CASE("cross_entropy: huge logits, infinities and NaN come out as the formula gives them") {
    const auto loss = [](const std::vector<float>& logits, std::int64_t target) {
        const auto count = static_cast<std::int64_t>(logits.size());
        return cross_entropy(
                   from(logits, axes("v", {count})), "v", full<std::int64_t>(shape{}, target)
        )
            .item();
    };
    CHECK(loss({1e4F, 0}, 0) == 0);
    CHECK(loss({1e4F, 0}, 1) == 1e4F);
    CHECK(loss({-1e4F, -1e4F}, 1) == doctest::Approx(std::log(2.0)));
    CHECK(loss({-infinity, 3}, 1) == 0);
    CHECK(loss({-infinity, 3}, 0) == infinity);
    CHECK(std::isnan(loss({-infinity, -infinity}, 0)));
    CHECK(std::isnan(loss({1, std::numeric_limits<float>::quiet_NaN()}, 0)));
    CHECK(std::isnan(loss({infinity, 1}, 1)));
    CHECK(loss({5}, 0) == 0);
}

TEST_CASE("cross_entropy: a target outside the classes is named, with its place") {
    const auto x = logits_of(axes("b s v", {2, 3, 5}));
    const auto with = [](std::int64_t fourth) {
        return from<std::int64_t>({0, 1, 2, fourth, 4, 0}, axes("b s", {2, 3}));
    };

    const auto above = thrown_by([&] { (void)cross_entropy(x, "v", with(5)); });
    CHECK(above.kind == category::usage);
    CHECK(above.operation == "cross_entropy");
    CHECK(above.axis == "v");
    CHECK(above.message == "target number 3 is 5, outside 'v' of extent 5");
    CHECK(above.expected == "targets from 0 to 4");
    CHECK(above.help.empty());

    const auto below = thrown_by([&] { (void)cross_entropy_rows(x, "v", with(-100)); });
    CHECK(below.message == "target number 3 is -100, outside 'v' of extent 5");
    CHECK(below.help.find("cross_entropy_rows(logits, over, targets, -100)") != std::string::npos);
    CHECK(category_of([&] { (void)cross_entropy(x, "v", with(-1), -100); }) == "usage");
    CHECK(
        category_of([&] {
            (void
            )cross_entropy(named_tensor("s v", {2, 0}), "v", full<std::int64_t>(axes("s", {2}), 0));
        })
        == "usage"
    );
}

TEST_CASE("cross_entropy: targets have the axes of the rows, all of them and no other") {
    const auto x = logits_of(axes("b s v", {2, 3, 5}));
    const auto plain = logits_of(shape::of({2, 3, 5}));
    const auto targets = [](const char* names, const extents& shape) {
        return full<std::int64_t>(axes(names, shape), 0);
    };
    struct wrong {
        std::string_view label;
        std::function<void()> call;
        std::string_view category;
        std::string_view words;
    };
    const std::vector<wrong> all = {
        {"an axis missing",
         [&] { (void)cross_entropy(x, "v", targets("b", {2})); },
         "name_mismatch",
         "lack 's'"},
        {"rank 0",
         [&] { (void)cross_entropy(x, "v", full<std::int64_t>(shape{}, 0)); },
         "name_mismatch",
         "lack 'b'"},
        {"an axis too many",
         [&] {
             (void)cross_entropy(x, "v", targets("b s t", {2, 3, 1}));
         },
         "name_mismatch",
         "'t'"},
        {"one-hot",
         [&] {
             (void)cross_entropy(x, "v", targets("b s v", {2, 3, 5}));
         },
         "name_mismatch",
         "argmax"},
        {"another extent",
         [&] {
             (void)cross_entropy(x, "v", targets("b s", {2, 4}));
         },
         "size_mismatch",
         "s"},
        {"unnamed",
         [&] {
             (void)cross_entropy(x, "v", full<std::int64_t>(shape::of({2, 3}), 0));
         },
         "name_mismatch",
         "unnamed"},
        {"unnamed, named targets",
         [&] {
             (void)cross_entropy(plain, -1, targets("b s", {2, 3}));
         },
         "name_mismatch",
         "unnamed"},
        {"unnamed, rank",
         [&] { (void)cross_entropy(plain, -1, full<std::int64_t>(shape::of({2}), 0)); },
         "rank_mismatch",
         "rank 1"},
        {"unnamed, rank 0",
         [&] { (void)cross_entropy(plain, -1, full<std::int64_t>(shape{}, 0)); },
         "rank_mismatch",
         "rank 0"},
        {"unnamed, extent",
         [&] {
             (void)cross_entropy(plain, -1, full<std::int64_t>(shape::of({2, 4}), 0));
         },
         "size_mismatch",
         ""},
        {"one row, rank 1",
         [&] {
             (void
             )cross_entropy(logits_of(shape::of({5})), 0, full<std::int64_t>(shape::of({1}), 0));
         },
         "rank_mismatch",
         "rank 1"},
        {"floating targets",
         [&] {
             (void)cross_entropy(x, "v", full<float>(axes("b s", {2, 3}), 0));
         },
         "dtype_mismatch",
         "float32"},
        {"integer logits",
         [&] {
             (void)cross_entropy(targets("b s", {2, 3}), "s", targets("b", {2}));
         },
         "dtype_mismatch",
         "int64"},
        {"unknown axis",
         [&] {
             (void)cross_entropy(x, "w", targets("b s", {2, 3}));
         },
         "unknown_axis",
         "'w'"}};
    for (const wrong& row : all) {
        CAPTURE(row.label);
        const auto e = thrown_by(row.call);
        CHECK(std::string(to_string(e.kind)) == row.category);
        CHECK((e.message + e.help).find(row.words) != std::string::npos);
    }
    CHECK(
        cross_entropy(plain, -1, full<std::int64_t>(shape::of({2, 3}), 1)).item()
        == cross_entropy(x, "v", full<std::int64_t>(axes("b s", {2, 3}), 1)).item()
    );
}

TEST_CASE("cross_entropy: of no rows the mean is NaN and nothing is computed") {
    const auto x = named_tensor("s v", {0, 5});
    const auto ids = full<std::int64_t>(axes("s", {0}), 0);

    const ledger bill = bill_of([&] { CHECK(std::isnan(cross_entropy(x, "v", ids).item())); });

    CHECK(bill.total().flops() == 0);
    CHECK(cross_entropy_rows(x, "v", ids).volume() == 0);
}

TEST_CASE("log_softmax, cross_entropy: cost their closed forms, dry as wet") {
    const auto x = logits_of(axes("b s v", {2, 3, 5}));
    const auto ids = full<std::int32_t>(axes("b s", {2, 3}), 1);
    using verb = std::function<void(const tensor<float>&, const tensor<std::int32_t>&)>;
    struct priced {
        std::string_view label;
        verb call;
        std::string_view vec;
        std::string_view specials;
        std::string_view read;
        std::string_view written;
    };
    const std::vector<priced> table = {
        {"log_softmax",
         [](const auto& logits, const auto&) { (void)log_softmax(logits, "v"); },
         "4*b*s*v - 2*b*s",
         "b*s*v + b*s",
         "4*b*s*v",
         "4*b*s*v"},
        {"cross_entropy",
         [](const auto& logits, const auto& t) { (void)cross_entropy(logits, "v", t, -100); },
         "3*b*s*v + b*s",
         "b*s*v + b*s",
         "4*b*s*v + 4*b*s",
         "4"},
        {"cross_entropy_rows",
         [](const auto& logits, const auto& t) { (void)cross_entropy_rows(logits, "v", t); },
         "3*b*s*v",
         "b*s*v + b*s",
         "4*b*s*v + 4*b*s",
         "4*b*s"}};
    for (const priced& row : table) {
        CAPTURE(row.label);
        const auto run = [&](const auto& logits, const auto& t) {
            return bill_of([&] { row.call(logits, t); });
        };

        const ledger bill = run(x, ids);

        REQUIRE(bill.size() == 1);
        const cost total = bill.cost().total();
        CHECK(total.flops_mm.is_zero());
        CHECK(total.flops_vec.str() == row.vec);
        CHECK(total.specials.str() == row.specials);
        CHECK(total.bytes_read.str() == row.read);
        CHECK(total.bytes_written.str() == row.written);
        CHECK(records_of(run(dry<float>(x.shape()), ids)) == records_of(bill));
        CHECK(records_of(run(x, dry<std::int32_t>(ids.shape()))) == records_of(bill));
        const dry_run on;
        CHECK(records_of(run(x, ids)) == records_of(bill));
    }
}
