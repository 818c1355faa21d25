#include <abax/account/ledger.hpp>
#include <abax/models/generate.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/ops/create.hpp>

#include "../ops/support.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;
using models::generate;
using models::generate_without_cache;
using models::gpt2;
using models::sampler;
using models::sampling;

namespace {

tensor<float> logits(const std::vector<float>& values) {
    return from(values, axes("b s v", {1, 1, static_cast<std::int64_t>(values.size())}));
}

}  // namespace

TEST_CASE(
    "generate: the greedy continuation is the expected one, byte by byte, with and without a cache"
) {
    const gpt2 model = gpt2::load(byte_gpt2);
    const json expected = json_of(byte_gpt2 / "expected.json");
    const auto prompt = bytes_of(expected.at("prompt").get<std::string>());
    const auto continuation = bytes_of(expected.at("greedy_continuation").get<std::string>());
    const auto count = static_cast<std::int64_t>(continuation.size());

    CHECK(generate(model, prompt, count, {}).tokens == continuation);
    CHECK(generate_without_cache(model, prompt, count, {}) == continuation);
}

TEST_CASE("generate: top_k = 1 is greedy at any temperature") {
    const gpt2 model = gpt2::load(byte_gpt2);
    const auto prompt = bytes_of("This program");

    const auto greedy = generate(model, prompt, 20, {}).tokens;

    for (const double temperature : {0.1, 1.0, 50.0})
        CHECK(generate(model, prompt, 20, {temperature, 1, 7}).tokens == greedy);
}

TEST_CASE("generate: the same seed gives the same tokens, with and without a cache; others differ"
) {
    const gpt2 model = gpt2::load(byte_gpt2);
    const auto prompt = bytes_of("The ");
    const auto with_seed = [&](std::uint64_t seed) {
        return generate(model, prompt, 30, {1.5, 0, seed}).tokens;
    };

    CHECK(with_seed(1) == with_seed(1));
    CHECK(with_seed(1) != with_seed(2));
    CHECK(generate_without_cache(model, prompt, 30, {1.5, 0, 1}) == with_seed(1));
}

TEST_CASE("generate: a Llama says the same with and without a cache, greedy or by a seed") {
    const auto model = models::load_model(tiny_llama);
    const std::vector<std::int64_t> prompt = {5, 17, 92, 3};
    std::set<std::int64_t> seen;

    for (const sampling& how : {sampling{}, sampling{5, 0, 1}, sampling{3, 10, 2}}) {
        CAPTURE(how.temperature);
        const auto tokens = generate(*model, prompt, 60, how).tokens;

        CHECK(tokens.size() == 60);
        CHECK(generate_without_cache(*model, prompt, 60, how) == tokens);
        seen.insert(tokens.begin(), tokens.end());
    }
    CHECK(seen.size() > 10);  // not one token again and again
    CHECK(category_of([&] { (void)generate(*model, prompt, 61, {}); }) == "usage");
    CHECK(category_of([&] { (void)generate(*model, {101}, 2, {}); }) == "usage");
}

TEST_CASE("generate: tells each token as it comes, and bills prompt and decoding apart") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    std::vector<std::int64_t> told;
    std::vector<std::int64_t> positions;

    const auto result = generate(model, {1, 2, 3}, 4, {}, [&](const models::progress& p) {
        told.push_back(p.token);
        positions.push_back(p.position);
    });

    CHECK(told == result.tokens);
    CHECK(positions == std::vector<std::int64_t>{0, 1, 2, 3});
    const std::int64_t per_token =
        result.prefill.total_in("h.0/attention/q_proj").flops_mm == 0 ? 0 : 2 * 48 * 48;
    CHECK(result.prefill.total_in("h.0/attention/q_proj").flops_mm == 3 * per_token);
    CHECK(result.decode.total_in("h.0/attention/q_proj").flops_mm == 3 * per_token);
    CHECK(result.prefill_seconds > 0);
    CHECK(result.decode_seconds > 0);
}

TEST_CASE("generate: decoding copies nothing: the cache is written in place") {
    const gpt2 model = gpt2::load(byte_gpt2);

    const auto result = generate(model, bytes_of("This"), 6, {});

    // What moves elements in one step: the token comes in, is looked up, keys and values go to the cache.
    const std::set<std::string> allowed = {"from", "take", "assign", "causal"};
    for (const ledger* bill : {&result.prefill, &result.decode})
        for (const billed& r : records_of(*bill)) {
            CAPTURE(r.operation);
            CAPTURE(r.scope);
            if (r.kind == op_class::movement)
                CHECK(allowed.contains(r.operation));
        }
    // Each step appends one row for keys and one for values in each of the four layers.
    std::int64_t appended = 0;
    for (const billed& r : records_of(result.decode))
        if (r.operation == "assign") {
            CHECK(r.counted.bytes_written == 4 * 128);
            ++appended;
        }
    CHECK(appended == 5 * 4 * 2);
}

TEST_CASE("generate: each step of decoding makes the same records") {
    const gpt2 model = gpt2::load(tiny_gpt2);

    const auto short_run = generate(model, {1}, 3, {}).decode.size();
    const auto long_run = generate(model, {1}, 6, {}).decode.size();

    CHECK(short_run % 2 == 0);
    CHECK(long_run == short_run / 2 * 5);
}

TEST_CASE("generate: memory does not grow with the number of tokens, beyond the cache") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    const std::size_t before = storage().live_bytes;

    (void)generate(model, {1, 2}, 40, {});

    CHECK(storage().live_bytes == before);
}

TEST_CASE("generate: what cannot be done is refused") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    const auto fault =
        [&](const std::vector<std::int64_t>& prompt, std::int64_t count, const sampling& how = {}) {
            return category_of([&] { (void)generate(model, prompt, count, how); });
        };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double inf = std::numeric_limits<double>::infinity();

    CHECK(fault({}, 3) == "usage");
    CHECK(fault({97}, 3) == "usage");
    CHECK(fault({-1}, 3) == "usage");
    CHECK(fault({1, 2}, -1) == "usage");
    CHECK(fault(std::vector<std::int64_t>(65, 1), 0) == "usage");
    CHECK(fault(std::vector<std::int64_t>(60, 1), 5) == "usage");
    CHECK(fault({1}, std::numeric_limits<std::int64_t>::max()) == "usage");
    CHECK(fault({1}, 1, {-1, 0, 0}) == "usage");
    CHECK(fault({1}, 1, {nan, 0, 0}) == "usage");
    CHECK(fault({1}, 1, {inf, 0, 0}) == "usage");
    CHECK(fault({1}, 1, {1, -1, 0}) == "usage");

    CHECK(fault(std::vector<std::int64_t>(60, 1), 4) == "nothing");
    CHECK(generate(model, {1}, 0, {}).tokens.empty());
    CHECK(category_of([&] { (void)generate_without_cache(model, {}, 1, {}); }) == "usage");
}

TEST_CASE("sampler: greedy takes the largest logit, the lowest id on a tie") {
    CHECK(sampler({}).next(logits({1, 5, 3, 5})) == 1);
    CHECK(sampler({1, 1, 9}).next(logits({1, 5, 3, 5})) == 1);
    CHECK(sampler({}).next(logits({-std::numeric_limits<float>::infinity(), -1})) == 1);
}

TEST_CASE("sampler: only the k largest logits take part") {
    sampler choose({1, 2, 3});
    std::set<std::int64_t> seen;
    for (int i = 0; i < 200; ++i)
        seen.insert(choose.next(logits({0, 2, 1, 2.5F, -1})));
    CHECK(seen == std::set<std::int64_t>{1, 3});
}

TEST_CASE("sampler: tokens come as often as softmax says") {
    sampler choose({2, 0, 5});
    constexpr int draws = 20000;
    int ones = 0;
    for (int i = 0; i < draws; ++i)
        ones += choose.next(logits({0, 2})) == 1 ? 1 : 0;
    const double odds = 1 / (1 + std::exp(-1.0));  // (2 - 0) / temperature = 1
    CHECK(std::abs(double(ones) / draws - odds) < 0.02);
}

TEST_CASE("sampler: impossible tokens never come, and a tiny temperature is greedy") {
    const float inf = std::numeric_limits<float>::infinity();
    sampler warm({1, 0, 5});
    for (int i = 0; i < 200; ++i)
        CHECK(warm.next(logits({-inf, 0, -inf})) == 1);
    sampler cold({1e-300, 0, 5});
    for (int i = 0; i < 50; ++i)
        CHECK(cold.next(logits({0, 1, 0.999F})) == 1);
}

TEST_CASE("sampler: logits that are no numbers are an error, not a token") {
    const float nan = std::numeric_limits<float>::quiet_NaN();

    CHECK(category_of([&] { (void)sampler({}).next(logits({0, nan, 1})); }) == "other");
    CHECK(category_of([&] { (void)sampler({1, 0, 0}).next(logits({0, 1, nan})); }) == "other");
    // Beside an infinite logit no other has odds that could be told.
    const float inf = std::numeric_limits<float>::infinity();
    CHECK(category_of([&] { (void)sampler({1, 0, 0}).next(logits({0, inf, 1})); }) == "other");
    CHECK(category_of([&] { (void)sampler({}).next(logits({-inf, -inf})); }) == "other");
}
