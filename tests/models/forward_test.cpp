#include <abax/account/bill_cost.hpp>
#include <abax/account/ledger.hpp>
#include <abax/io/npy.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/models/load_model.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/select.hpp>

#include "../ops/support.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

// What holds for models of every family.

using namespace abax;
using namespace abax::testing;
using models::language_model;
using models::load_dry_model;
using models::load_model;
using models::logits_of;

namespace {

const std::vector<std::filesystem::path> tiny_models = {tiny_gpt2, tiny_llama};

// Mean cross-entropy of the next token, by its formula.
double loss_of(const tensor<float>& logits, const tensor<std::int64_t>& ids) {
    const std::int64_t batch = ids.extent("b");
    const std::int64_t last = ids.extent("s") - 1;
    double sum = 0;
    for (std::int64_t b = 0; b < batch; ++b)
        for (std::int64_t s = 0; s < last; ++s) {
            double odds = 0;
            for (std::int64_t v = 0; v < logits.extent("v"); ++v)
                odds += std::exp(double(logits(b, s, v)));
            sum += std::log(odds) - double(logits(b, s, ids(b, s + 1)));
        }
    return sum / static_cast<double>(batch * last);
}

void check_equal(const std::vector<billed>& left, const std::vector<billed>& right) {
    REQUIRE(left.size() == right.size());
    for (std::size_t i = 0; i < left.size(); ++i)
        CHECK(left[i] == right[i]);
}

}  // namespace

TEST_CASE("forward: the logits and the loss of all models are those computed in float64") {
    for (const auto& folder : {tiny_gpt2, byte_gpt2, tiny_llama}) {
        CAPTURE(folder.string());
        const auto model = load_model(folder);
        const auto ids = expected_ids(folder);

        const auto logits = model->forward(ids);

        CHECK(logits.shape().axes_text() == "b s v");
        const any_tensor expected = load_npy(folder / "expected_logits.npy");
        CHECK(logits.shape().extents() == expected.shape().extents());
        CHECK(distance(logits, expected) < 2e-4);
        const double loss = json_of(folder / "expected.json").at("loss");
        CHECK(std::abs(loss_of(logits, ids) - loss) < 2e-5);
    }
}

TEST_CASE("forward: the last position alone has the logits of the last position") {
    for (const auto& folder : tiny_models) {
        CAPTURE(folder.string());
        const auto model = load_model(folder);
        const auto ids = expected_ids(folder);

        const auto last = model->forward(ids, nullptr, logits_of::last);

        CHECK(
            last.shape().extents()
            == std::vector<std::int64_t>{ids.extent("b"), 1, model->vocabulary()}
        );
        CHECK(distance(last, slice(model->forward(ids), {"s", -1}).any()) < 1e-5);
    }
}

TEST_CASE("forward: with a cache, in pieces of any size, the logits are the same") {
    for (const auto& folder : tiny_models) {
        CAPTURE(folder.string());
        const auto model = load_model(folder);
        const auto ids = slice(expected_ids(folder), {"s", 0, 29});
        const auto whole = model->forward(ids);
        for (const std::vector<std::int64_t>& pieces : std::vector<std::vector<std::int64_t>>{
                 {29}, {1, 28}, {28, 1}, {5, 7, 17}, std::vector<std::int64_t>(29, 1)}) {
            CAPTURE(pieces.size());
            auto cache = model->new_cache(2, 29);
            std::int64_t at = 0;
            for (const std::int64_t count : pieces) {
                const auto logits = model->forward(slice(ids, {"s", at, at + count}), &cache);
                CHECK(distance(logits, slice(whole, {"s", at, at + count}).any()) < 2e-5);
                at += count;
                CHECK(cache.past() == at);
            }
        }
    }
}

TEST_CASE("forward: a position does not see later ones, and samples do not see each other") {
    for (const auto& folder : tiny_models) {
        CAPTURE(folder.string());
        const auto model = load_model(folder);
        auto ids = expected_ids(folder);
        const auto before = model->forward(ids);
        ids.mut()[20] = 3;  // sample 0, position 20

        const auto after = model->forward(ids);

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
}

TEST_CASE("forward: ids that are not b s, outside the vocabulary or too many are refused") {
    for (const auto& folder : tiny_models) {
        CAPTURE(folder.string());
        const auto model = load_model(folder);
        for (const shape& wrong : {axes("s b", {3, 1}), shape::of({1, 3}), axes("s", {3})}) {
            const auto e = thrown_by([&] { (void)model->forward(zeros<std::int64_t>(wrong)); });
            CHECK(e.kind == category::name_mismatch);
            CHECK(e.operation == model->family());
        }
        for (const std::int64_t bad : {model->vocabulary(), std::int64_t{-1}}) {
            const auto e = thrown_by([&] {
                (void)model->forward(full<std::int64_t>(axes("b s", {1, 3}), bad));
            });
            CHECK(e.kind == category::usage);
            CHECK(e.expected == "ids from 0 to " + std::to_string(model->vocabulary() - 1));
        }
        const auto e = thrown_by([&] {
            (void)model->forward(zeros<std::int64_t>(axes("b s", {1, 65})));
        });
        CHECK(e.kind == category::usage);
        CHECK(e.expected_extent == 64);
        CHECK(e.got_extent == 65);
        CHECK(model->forward(zeros<std::int64_t>(axes("b s", {1, 64}))).extent("s") == 64);
    }
}

TEST_CASE("forward: no positions, or no sequences, have no logits") {
    for (const auto& folder : tiny_models) {
        CAPTURE(folder.string());
        const auto model = load_model(folder);
        for (const extents& none : {extents{1, 0}, extents{0, 3}}) {
            const auto logits = model->forward(zeros<std::int64_t>(axes("b s", none)));
            CHECK(logits.shape().extents() == extents{none[0], none[1], model->vocabulary()});
        }
    }
}

TEST_CASE("forward: positions in the cache count towards the context, and its room is checked") {
    for (const auto& folder : tiny_models) {
        CAPTURE(folder.string());
        const auto model = load_model(folder);
        auto cache = model->new_cache(1, 64);
        (void)model->forward(some_ids(1, 60, 97), &cache);

        CHECK(category_of([&] { (void)model->forward(some_ids(1, 5, 97), &cache); }) == "usage");
        CHECK(cache.past() == 60);
        CHECK(category_of([&] { (void)model->forward(some_ids(1, 4, 97), &cache); }) == "nothing");

        auto small = model->new_cache(1, 3);
        CHECK(category_of([&] { (void)model->forward(some_ids(1, 4, 97), &small); }) == "usage");
        auto wide = model->new_cache(2, 8);
        CHECK(
            category_of([&] { (void)model->forward(some_ids(1, 4, 97), &wide); }) == "size_mismatch"
        );
    }
}

TEST_CASE("forward: the cache of another family is refused") {
    const auto model = load_model(tiny_llama);
    auto cache = load_model(tiny_gpt2)->new_cache(1, 8);

    CHECK(
        category_of([&] { (void)model->forward(some_ids(1, 4, 97), &cache); }) == "name_mismatch"
    );
}

// Dry and wet bills are equal record by record.
TEST_CASE("forward: a dry run has the bill of the real one, record by record") {
    for (const auto& folder : tiny_models) {
        CAPTURE(folder.string());
        const auto model = load_model(folder);
        const auto ids = expected_ids(folder);

        const auto wet = records_of(bill_of([&] { (void)model->forward(ids); }));

        CHECK(wet.size() > 40);
        check_equal(
            records_of(bill_of([&] {
                const dry_run on;
                (void)model->forward(ids);
            })),
            wet
        );
    }
}

TEST_CASE("forward: a model without elements has the bill of the real one, record by record") {
    for (const auto& folder : tiny_models) {
        CAPTURE(folder.string());
        const auto model = load_model(folder);
        const auto dry_model = load_dry_model(folder);
        for (const logits_of which : {logits_of::all, logits_of::last}) {
            const auto wet = records_of(bill_of([&, ids = some_ids(2, 9, 97)] {
                (void)model->forward(ids, nullptr, which);
            }));
            const auto without =
                records_of(bill_of([&, ids = dry<std::int64_t>(axes("b s", {2, 9}))] {
                    (void)dry_model->forward(ids, nullptr, which);
                }));
            check_equal(without, wet);
        }
    }
}

TEST_CASE("forward: decoding dry has the bill of decoding, record by record") {
    for (const auto& folder : tiny_models) {
        CAPTURE(folder.string());
        const auto model = load_model(folder);
        const auto dry_model = load_dry_model(folder);
        const auto decode = [](const language_model& m) {
            return records_of(bill_of([&] {
                auto cache = m.new_cache(1, 8);
                (void)m.forward(some_ids(1, 5, 97), &cache, logits_of::last);
                for (int i = 0; i < 3; ++i)
                    (void)m.forward(some_ids(1, 1, 97), &cache, logits_of::last);
            }));
        };

        const auto wet = decode(*model);
        const dry_run on;
        check_equal(decode(*dry_model), wet);
    }
}

TEST_CASE("forward: the bill asked about other extents is the bill of a run at those extents") {
    for (const auto& folder : tiny_models) {
        CAPTURE(folder.string());
        const auto model = load_dry_model(folder);
        const auto bill_at = [&](std::int64_t b, std::int64_t s) {
            const auto ids = dry<std::int64_t>(axes("b s", {b, s}));
            return bill_of([&] { (void)model->forward(ids); });
        };
        const bill_cost cost = bill_at(2, 5).cost();

        CHECK(cost.value() == bill_at(2, 5).total());
        for (const std::int64_t s : {1, 9, 64}) {
            CAPTURE(s);
            CHECK(cost.at({{"s", s}}) == bill_at(2, s).total());
            CHECK(cost.at({{"b", 7}, {"s", s}}) == bill_at(7, s).total());
        }
    }
}

TEST_CASE(
    "forward: of a model without elements, or of ids without, the cache and all results take nothing"
) {
    for (const auto& folder : tiny_models) {
        CAPTURE(folder.string());
        const auto model = load_model(folder);
        const auto dry_model = load_dry_model(folder);
        const auto real_ids = some_ids(1, 9, 97);
        const auto dry_ids = dry<std::int64_t>(axes("b s", {1, 9}));
        const std::size_t before = storage().live_bytes;
        reset_peak_bytes();

        auto cache = dry_model->new_cache(1, 64);
        (void)dry_model->forward(dry_ids, &cache);
        (void)dry_model->forward(real_ids, &cache);
        (void)model->forward(dry_ids);

        CHECK(storage().peak_bytes == before);
    }
}

TEST_CASE("gpt2: the FLOPs are 2 for each weight and token, and 4*b*h*s*s'*d for attention") {
    const auto model = models::gpt2::load(tiny_gpt2);
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

TEST_CASE("gpt2: a model without elements takes no storage, however large it is") {
    const std::size_t before = storage().live_bytes;
    reset_peak_bytes();

    const auto model = models::gpt2::dry({});
    (void)model.forward(dry<std::int64_t>(axes("b s", {64, 1024})));

    CHECK(storage().peak_bytes == before);
}
