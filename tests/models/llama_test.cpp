#include <abax/account/ledger.hpp>
#include <abax/models/llama.hpp>
#include <abax/ops/create.hpp>

#include "../ops/support.hpp"
#include "llama_reference.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;
using models::attention_bias;
using models::llama;
using models::llama_config;

namespace {

// 6 query heads of extent 4, which is not 10 / 6, on 2 heads of keys and values.
llama_config small() {
    llama_config config;
    config.layers = 2;
    config.width = 10;
    config.heads = 6;
    config.kv_heads = 2;
    config.head_extent = 4;
    config.inner = 7;
    config.context = 32;
    config.vocabulary = 11;
    return config;
}

llama_config llama2_70b() {
    llama_config config;
    config.layers = 80;
    config.width = 8192;
    config.heads = 64;
    config.kv_heads = 8;
    config.head_extent = 128;
    config.inner = 28672;
    return config;
}

}  // namespace

TEST_CASE("llama: the logits are those of plain loops, for every form of the config") {
    struct form {
        const char* label;
        std::function<void(llama_config&)> change;
    };
    const std::vector<form> table = {
        {"grouped queries, a head extent of its own", [](llama_config&) {}},
        {"a key head for each query head", [](llama_config& c) { c.kv_heads = 6; }},
        {"one key head for all", [](llama_config& c) { c.kv_heads = 1; }},
        {"biases of query, key and value", [](llama_config& c) { c.bias = attention_bias::qkv; }},
        {"all biases", [](llama_config& c) { c.bias = attention_bias::all; }},
        {"tied", [](llama_config& c) { c.tied = true; }},
        {"another theta", [](llama_config& c) { c.theta = 50; }},
        {"another epsilon", [](llama_config& c) { c.epsilon = 0.5; }},
        {"scaled angles",
         [](llama_config& c) {
             c.scaling = {8, 1, 4, 20};
         }},
    };
    std::vector<std::vector<double>> seen;
    for (const form& f : table) {
        CAPTURE(f.label);
        llama_config config = small();
        f.change(config);
        const llama model(config, drawn_weights(config));
        const std::vector<std::int64_t> ids = {3, 1, 4, 1, 5, 9, 2, 6};

        const auto logits = model.forward(from(ids, axes("b s", {1, 8})));

        const std::vector<double> expected = reference_logits(model, ids);
        const std::vector<float> got = logits.to_vector();
        REQUIRE(got.size() == expected.size());
        for (std::size_t i = 0; i < got.size(); ++i)
            REQUIRE(double(got[i]) == doctest::Approx(expected[i]).epsilon(1e-4));
        for (const auto& other : seen)
            CHECK(other != expected);  // each form matters
        seen.push_back(expected);
    }
}

TEST_CASE("llama: angles scaled as by Llama 3.1 keep fast turns and slow down slow ones") {
    llama_config config;
    config.head_extent = 64;
    config.theta = 500000;
    config.scaling = {32, 1, 4, 8192};

    const auto scaled = rotary_frequencies(config);

    REQUIRE(scaled.size() == 32);
    for (std::size_t i = 0; i < 32; ++i) {
        const double plain = std::pow(500000.0, -2.0 * double(i) / 64);
        const double wavelength = 2 * std::numbers::pi / plain;
        CAPTURE(i);
        if (wavelength < 8192.0 / 4) {
            CHECK(scaled[i] == plain);
        } else if (wavelength > 8192) {
            CHECK(scaled[i] == doctest::Approx(plain / 32).epsilon(1e-12));
        } else {
            const double smooth = (8192 / wavelength - 1) / (4 - 1);
            CHECK(
                scaled[i]
                == doctest::Approx((1 - smooth) * plain / 32 + smooth * plain).epsilon(1e-12)
            );
        }
    }
    // All three kinds occur.
    CHECK(scaled[0] == 1);
    CHECK(scaled[31] < std::pow(500000.0, -62.0 / 64) / 31);
    CHECK(scaled[16] < std::pow(500000.0, -0.5));
    CHECK(scaled[16] > std::pow(500000.0, -0.5) / 31);
}

TEST_CASE("llama: the FLOPs are 2 for each weight and token, and 4*b*h*s*s'*d for attention") {
    const llama model = llama::load(tiny_llama);
    const auto& c = model.config();
    const std::int64_t b = 2;
    const std::int64_t s = 9;
    const auto ids = some_ids(b, s, c.vocabulary);

    const ledger bill = bill_of([&] { (void)model.forward(ids); });

    const std::int64_t q = c.heads * c.head_extent;
    const std::int64_t kv = c.kv_heads * c.head_extent;
    const std::int64_t weights =
        c.layers * (2 * c.width * (q + kv) + 3 * c.width * c.inner) + c.vocabulary * c.width;
    const std::int64_t attention = c.layers * 4 * b * q;
    CHECK(bill.total().flops_mm == 2 * b * s * weights + attention * s * s);
    CHECK(bill.total().flops_mm_useful == 2 * b * s * weights + attention * s * (s + 1) / 2);
    CHECK(bill.total_in("h.0/attention/q_proj").flops_mm == 2 * b * s * c.width * q);
    CHECK(bill.total_in("h.0/attention/k_proj").flops_mm == 2 * b * s * c.width * kv);
    CHECK(bill.total_in("h.1/attention/scores").flops_mm == 2 * b * s * s * q);
    CHECK(bill.total_in("h.1/mlp").flops_mm == 6 * b * s * c.width * c.inner);
    CHECK(bill.total_in("lm_head").flops_mm == 2 * b * s * c.width * c.vocabulary);
    // 3 for each element that turns; the tables once a pass, not once a layer.
    CHECK(bill.total_in("h.1/attention/rope").flops() == 3 * b * s * (q + kv));
    CHECK(bill.total_in("rope").specials == 2 * s * c.head_extent / 2);
    CHECK(bill.total_in("h.1/attention/rope").specials == 0);
}

TEST_CASE("llama: what a cache holds is as wide as the key heads") {
    const llama model = llama::load(tiny_llama);
    auto cache = model.new_cache(1, 4);
    (void)model.forward(some_ids(1, 3, 97), &cache);

    const ledger bill = bill_of([&] { (void)model.forward(some_ids(1, 1, 97), &cache); });

    int appended = 0;
    for (const billed& r : records_of(bill))
        if (r.operation == "assign") {
            CHECK(r.counted.bytes_written == 4 * 2 * 8);
            ++appended;
        }
    CHECK(appended == 2 * 2);
}

TEST_CASE(
    "llama: a bill of Llama-2-70B takes no storage, and as many records a layer as a small one"
) {
    const auto records_with = [](llama_config config) {
        const llama model = llama::dry(config);
        return bill_of([&] { (void)model.forward(dry<std::int64_t>(axes("b s", {1, 4096}))); });
    };
    llama_config one_layer = llama2_70b();
    one_layer.layers = 1;
    llama_config two_layers = llama2_70b();
    two_layers.layers = 2;
    const std::size_t before = storage().live_bytes;
    reset_peak_bytes();

    const ledger bill = records_with(llama2_70b());

    CHECK(storage().peak_bytes == before);
    const std::size_t one = records_with(one_layer).size();
    const std::size_t each = records_with(two_layers).size() - one;
    CHECK(bill.size() == one + 79 * each);
    CHECK(each < 60);
    CHECK(bill.total().flops_mm == 606878878924800);
    CHECK(bill.total().flops_mm_useful == 584894015078400);
}
