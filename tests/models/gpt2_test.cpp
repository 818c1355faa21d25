#include <abax/account/bill_cost.hpp>
#include <abax/account/ledger.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/select.hpp>

#include "expected.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace abax;
using abax::models::gpt2;

namespace {

ledger bill_of(const gpt2& model, const tensor<std::int64_t>& ids) {
    ledger bill;
    const recording on(bill);
    (void)model.forward(ids);
    return bill;
}

category category_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const error& e) {
        return e.kind();
    }
    FAIL("nothing was thrown");
    return category::other;
}

}  // namespace

TEST_CASE("gpt2: logits equal PyTorch's within the stated tolerance") {
    for (const auto& model : {test::tiny_gpt2(), test::byte_gpt2()}) {
        CAPTURE(model.folder.string());
        const auto got = gpt2::load(model.folder).forward(model.ids());

        const auto differs = difference(got, model.logits(), {0, model.tolerance(), false});
        CHECK_MESSAGE(!differs, differs.value_or(""));
    }
}

TEST_CASE("gpt2: a cache changes no logit, however the prompt is cut") {
    const auto tiny = test::tiny_gpt2();
    const auto model = gpt2::load(tiny.folder);
    const auto ids = tiny.ids();
    const auto whole = model.forward(ids);
    const std::int64_t s = ids.extent("s");
    for (const std::int64_t cut : {std::int64_t{1}, s / 2, s - 1}) {
        CAPTURE(cut);
        auto cache = model.new_cache(ids.extent("b"), s);
        const auto first = model.forward(slice(ids, {"s", 0, cut}), &cache);
        const auto second = model.forward(slice(ids, {"s", cut, s}), &cache);

        CHECK(allclose(first, slice(whole, {"s", 0, cut}), {0, 1e-4}));
        CHECK(allclose(second, slice(whole, {"s", cut, s}), {0, 1e-4}));
        CHECK(cache.past() == s);
    }
}

TEST_CASE("gpt2: the last position's logits are those of the whole") {
    const auto tiny = test::tiny_gpt2();
    const auto model = gpt2::load(tiny.folder);
    const auto all = model.forward(tiny.ids());
    const auto last = model.forward(tiny.ids(), nullptr, models::logits_of::last);

    CHECK(last.extent("s") == 1);
    CHECK(allclose(last, slice(all, {"s", -1}), {0, 1e-4}));
}

TEST_CASE("gpt2: a dry forward has the bill of a wet one, record by record") {
    const auto tiny = test::tiny_gpt2();
    const auto wet = bill_of(gpt2::load(tiny.folder), tiny.ids());
    const auto dry_model = gpt2::dry(models::load_gpt2_config(tiny.folder));
    const auto dry_bill = bill_of(dry_model, dry<std::int64_t>(tiny.ids().shape()));

    REQUIRE(wet.size() == dry_bill.size());
    for (std::size_t i = 0; i < wet.size(); ++i) {
        CAPTURE(i);
        CHECK(wet.at(i).what->operation == dry_bill.at(i).what->operation);
        CHECK(wet.at(i).what->price == dry_bill.at(i).what->price);
        CHECK(wet.at(i).scope == dry_bill.at(i).scope);
        CHECK(wet.extents(i) == dry_bill.extents(i));
        CHECK(wet.counted(i) == dry_bill.counted(i));
    }
}

TEST_CASE("gpt2: a dry model allocates nothing") {
    const std::size_t before = storage().live_bytes;
    reset_peak_bytes();
    const auto model = gpt2::dry({});
    (void)model.forward(dry<std::int64_t>(axes("b s", {64, 1024})));

    CHECK(storage().peak_bytes == before);
}

TEST_CASE("gpt2: the bill says what the forward would cost at another length and batch") {
    const auto model = gpt2::dry({});
    const auto cost_at = [&](std::int64_t b, std::int64_t s) {
        return bill_of(model, dry<std::int64_t>(axes("b s", {b, s})));
    };

    CHECK(cost_at(2, 64).cost().at({{"s", 1000}}) == cost_at(2, 1000).total());
    CHECK(cost_at(1, 16).cost().at({{"s", 512}, {"b", 32}}) == cost_at(32, 512).total());
}

TEST_CASE("gpt2: ids that are not b s, outside the vocabulary, or too many are refused") {
    const auto tiny = test::tiny_gpt2();
    const auto model = gpt2::load(tiny.folder);
    const std::int64_t v = model.config().vocabulary;

    CHECK(
        category_of([&] {
            (void)model.forward(from<std::int64_t>({1, 2}));
        })
        == category::name_mismatch
    );
    for (const std::int64_t bad : {v, std::int64_t{-1}, std::int64_t{1} << 40U})
        CHECK(
            category_of([&] {
                (void)model.forward(from(std::vector{bad}, axes("b s", {1, 1})));
            })
            == category::usage
        );
    const auto too_long = zeros<std::int64_t>(axes("b s", {1, model.config().context + 1}));
    CHECK(category_of([&] { (void)model.forward(too_long); }) == category::usage);
    CHECK(model.forward(slice(too_long, {"s", 1})).extent("s") == model.config().context);
}
