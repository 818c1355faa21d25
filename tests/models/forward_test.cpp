#include <abax/account/bill_cost.hpp>
#include <abax/account/ledger.hpp>
#include <abax/io/npy.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/nn/attention.hpp>
#include <abax/nn/kv_cache.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>

#include "../ops/support.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;
using models::gpt2;
using models::logits_of;

namespace {

tensor<std::int64_t> some_ids(std::int64_t b, std::int64_t s, std::int64_t vocabulary) {
    std::vector<std::int64_t> all;
    for (std::int64_t i = 0; i < b * s; ++i)
        all.push_back(i * 37 % vocabulary);
    return from(all, axes("b s", {b, s}));
}

}  // namespace

TEST_CASE("forward: the logits of both models are those computed in float64") {
    for (const auto& folder : {tiny_gpt2, byte_gpt2}) {
        CAPTURE(folder.string());
        const gpt2 model = gpt2::load(folder);

        const auto logits = model.forward(expected_ids(folder));

        CHECK(logits.shape().axes_text() == "b s v");
        const any_tensor expected = load_npy(folder / "expected_logits.npy");
        CHECK(logits.shape().extents() == expected.shape().extents());
        CHECK(distance(logits, expected) < 2e-4);
    }
}

TEST_CASE("forward: the last position alone has the logits of the last position") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    const auto ids = expected_ids(tiny_gpt2);

    const auto last = model.forward(ids, nullptr, logits_of::last);

    CHECK(last.shape().str() == "b=2 s=1 v=97");
    CHECK(distance(last, slice(model.forward(ids), {"s", -1}).any()) < 1e-5);
}

TEST_CASE("forward: with a cache, in pieces of any size, the logits are the same") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    const auto ids = expected_ids(tiny_gpt2);
    const auto whole = model.forward(ids);
    for (const std::vector<std::int64_t>& pieces : std::vector<std::vector<std::int64_t>>{
             {31}, {1, 30}, {30, 1}, {5, 7, 19}, std::vector<std::int64_t>(31, 1)}) {
        CAPTURE(pieces.size());
        auto cache = model.new_cache(2, 31);
        std::int64_t at = 0;
        for (const std::int64_t count : pieces) {
            const auto logits = model.forward(slice(ids, {"s", at, at + count}), &cache);
            CHECK(distance(logits, slice(whole, {"s", at, at + count}).any()) < 2e-5);
            at += count;
            CHECK(cache.past() == at);
        }
    }
}

TEST_CASE("forward: a position does not see later ones, and samples do not see each other") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    auto ids = expected_ids(tiny_gpt2);
    const auto before = model.forward(ids);
    ids.mut()[20] = 3;  // sample 0, position 20

    const auto after = model.forward(ids);

    CHECK(equal(
        slice(slice(before, {"b", 0, 1}), {"s", 0, 20}),
        slice(slice(after, {"b", 0, 1}), {"s", 0, 20})
    ));
    CHECK_FALSE(equal(
        slice(slice(before, {"b", 0, 1}), {"s", 20, 21}),
        slice(slice(after, {"b", 0, 1}), {"s", 20, 21})
    ));
    CHECK(equal(slice(before, {"b", 1, 2}), slice(after, {"b", 1, 2})));
}

TEST_CASE("forward: ids that are not b s, outside the vocabulary or too many are refused") {
    const gpt2 model = gpt2::load(tiny_gpt2);

    CHECK(
        category_of([&] {
            (void)model.forward(zeros<std::int64_t>(axes("s b", {3, 1})));
        })
        == "name_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)model.forward(zeros<std::int64_t>(shape::of({1, 3})));
        })
        == "name_mismatch"
    );
    CHECK(
        category_of([&] { (void)model.forward(zeros<std::int64_t>(axes("s", {3}))); })
        == "name_mismatch"
    );
    for (const std::int64_t bad : {std::int64_t{97}, std::int64_t{-1}}) {
        const auto e = thrown_by([&] {
            (void)model.forward(full<std::int64_t>(axes("b s", {1, 3}), bad));
        });
        CHECK(e.kind == category::usage);
        CHECK(e.expected == "ids from 0 to 96");
    }
    const auto e = thrown_by([&] {
        (void)model.forward(zeros<std::int64_t>(axes("b s", {1, 65})));
    });
    CHECK(e.kind == category::usage);
    CHECK(e.expected_extent == 64);
    CHECK(e.got_extent == 65);
    CHECK(model.forward(zeros<std::int64_t>(axes("b s", {1, 64}))).extent("s") == 64);
}

TEST_CASE("forward: positions in the cache count towards the context, and its room is checked") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    auto cache = model.new_cache(1, 64);
    (void)model.forward(some_ids(1, 60, 97), &cache);

    CHECK(category_of([&] { (void)model.forward(some_ids(1, 5, 97), &cache); }) == "usage");
    CHECK(cache.past() == 60);
    CHECK(category_of([&] { (void)model.forward(some_ids(1, 4, 97), &cache); }) == "nothing");

    auto small = model.new_cache(1, 3);
    CHECK(category_of([&] { (void)model.forward(some_ids(1, 4, 97), &small); }) == "usage");
    auto wide = model.new_cache(2, 8);
    CHECK(category_of([&] { (void)model.forward(some_ids(1, 4, 97), &wide); }) == "size_mismatch");
}

TEST_CASE("attention: is its formula, by loops, causal over the last positions") {
    std::mt19937 random(3);
    std::normal_distribution<double> draw(0, 1);
    const auto made = [&](const char* names, const extents& e) {
        return laid<float>(axes(names, e), lie::permuted, [&](std::int64_t) {
            return draw(random);
        });
    };
    for (const auto& [s_, keys_] :
         std::vector<std::pair<std::int64_t, std::int64_t>>{{4, 4}, {2, 5}, {1, 1}, {1, 6}}) {
        const auto& s = s_;
        const auto& keys = keys_;
        CAPTURE(s);
        CAPTURE(keys);
        const auto q = made("b s h d", {2, s, 3, 5});
        const auto k = made("b s' h d", {2, keys, 3, 5});
        const auto v = made("b s' h d", {2, keys, 3, 5});

        const auto z = nn::causal_attention(q, k, v);

        REQUIRE(z.shape().str() == q.shape().str());
        for_each_position({2, s, 3, 5}, [&](const extents& at) {
            const std::int64_t seen = at[1] + keys - s + 1;
            double sum = 0;
            double weighted = 0;
            for (std::int64_t i = 0; i < seen; ++i) {
                double score = 0;
                for (int d = 0; d < 5; ++d)
                    score += double(q(at[0], at[1], at[2], d)) * k(at[0], i, at[2], d);
                sum += std::exp(score / std::sqrt(5.0));
                weighted += std::exp(score / std::sqrt(5.0)) * v(at[0], i, at[2], at[3]);
            }
            REQUIRE(z(at[0], at[1], at[2], at[3]) == doctest::Approx(weighted / sum).epsilon(1e-4));
        });
    }
    CHECK(
        category_of([&] {
            (void)nn::causal_attention(
                made("b s h d", {1, 2, 3, 4}),
                made("b s' h d", {1, 2, 2, 4}),
                made("b s' h d", {1, 2, 2, 4})
            );
        })
        == "size_mismatch"
    );
}

TEST_CASE("kv_cache: holds what was appended, in order, and writes in place") {
    nn::kv_cache cache(1, 2, 5, 1, 3);
    const auto first = counted<float>(axes("b s' h d", {2, 2, 1, 3}));
    const auto second = counted<float>(axes("b s' h d", {2, 3, 1, 3}), lie::sliced);

    CHECK(equal(cache.append(0, first, first).k, first));
    cache.advance(2);
    const ledger bill = bill_of([&] {
        const auto held = cache.append(0, second, second);
        CHECK(equal(held.v, concat<float>({first, second}, "s'")));
    });

    for (const billed& r : records_of(bill))
        CHECK((r.operation == "assign" || r.operation == "slice" || r.operation == "concat"));
    cache.advance(3);
    const auto one = counted<float>(axes("b s' h d", {2, 1, 1, 3}));
    CHECK(category_of([&] { (void)cache.append(0, one, one); }) == "usage");
}

// Dry and wet bills are equal record by record.
TEST_CASE("forward: a dry run has the bill of the real one, record by record") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    const auto ids = expected_ids(tiny_gpt2);

    const auto wet = records_of(bill_of([&] { (void)model.forward(ids); }));

    CHECK(wet.size() > 40);
    const auto dry_records = records_of(bill_of([&] {
        const dry_run on;
        (void)model.forward(ids);
    }));
    REQUIRE(dry_records.size() == wet.size());
    for (std::size_t i = 0; i < wet.size(); ++i)
        CHECK(dry_records[i] == wet[i]);
}

TEST_CASE("forward: a model without elements has the bill of the real one, record by record") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    const gpt2 dry_model = gpt2::dry(model.config());
    for (const logits_of which : {logits_of::all, logits_of::last}) {
        const auto wet = records_of(bill_of([&, ids = some_ids(2, 9, 97)] {
            (void)model.forward(ids, nullptr, which);
        }));
        const auto without = records_of(bill_of([&, ids = dry<std::int64_t>(axes("b s", {2, 9}))] {
            (void)dry_model.forward(ids, nullptr, which);
        }));
        REQUIRE(without.size() == wet.size());
        for (std::size_t i = 0; i < wet.size(); ++i)
            CHECK(without[i] == wet[i]);
    }
}

TEST_CASE("forward: decoding dry has the bill of decoding, record by record") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    const gpt2 dry_model = gpt2::dry(model.config());
    const auto decode = [](const gpt2& m, const auto& ids_of) {
        return records_of(bill_of([&] {
            auto cache = m.new_cache(1, 8);
            (void)m.forward(ids_of(5), &cache, logits_of::last);
            for (int i = 0; i < 3; ++i)
                (void)m.forward(ids_of(1), &cache, logits_of::last);
        }));
    };

    const auto wet = decode(model, [](std::int64_t s) { return some_ids(1, s, 97); });
    const dry_run on;
    const auto without = decode(dry_model, [](std::int64_t s) { return some_ids(1, s, 97); });

    REQUIRE(without.size() == wet.size());
    for (std::size_t i = 0; i < wet.size(); ++i)
        CHECK(without[i] == wet[i]);
}

TEST_CASE("forward: the bill asked about other extents is the bill of a run at those extents") {
    const gpt2 model = gpt2::dry(gpt2::load(tiny_gpt2).config());
    const auto bill_at = [&](std::int64_t b, std::int64_t s) {
        const auto ids = dry<std::int64_t>(axes("b s", {b, s}));
        return bill_of([&] { (void)model.forward(ids); });
    };
    const bill_cost cost = bill_at(2, 5).cost();

    CHECK(cost.value() == bill_at(2, 5).total());
    for (const std::int64_t s : {1, 9, 64}) {
        CAPTURE(s);
        CHECK(cost.at({{"s", s}}) == bill_at(2, s).total());
        CHECK(cost.at({{"b", 7}, {"s", s}}) == bill_at(7, s).total());
    }
}

TEST_CASE("forward: the FLOPs are 2 for each weight and token, and 4*b*h*s*s'*d for attention") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    const auto& c = model.config();
    const std::int64_t b = 2;
    const std::int64_t s = 9;
    const auto ids = some_ids(b, s, c.vocabulary);

    const ledger bill = bill_of([&] { (void)model.forward(ids); });

    const std::int64_t weights =
        c.layers * (4 * c.width * c.width + 2 * c.width * c.inner) + c.vocabulary * c.width;
    const std::int64_t attention = c.layers * 4 * b * c.width;
    CHECK(bill.total().flops_mm == 2 * b * s * weights + attention * s * s);
    CHECK(bill.total().flops_mm_useful == 2 * b * s * weights + attention * s * (s + 1) / 2);
    CHECK(bill.total_in("h.0/attention/scores").flops_mm == 2 * b * s * s * c.width);
    CHECK(bill.total_in("lm_head").flops_mm == 2 * b * s * c.width * c.vocabulary);
}

TEST_CASE("forward: a model without elements takes no storage, however large it is") {
    const std::size_t before = storage().live_bytes;
    reset_peak_bytes();

    const auto model = gpt2::dry({});
    (void)model.forward(dry<std::int64_t>(axes("b s", {64, 1024})));

    CHECK(storage().peak_bytes == before);
}
