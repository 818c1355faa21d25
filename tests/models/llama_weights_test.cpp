#include <abax/io/npy.hpp>
#include <abax/models/llama.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>

#include "../ops/support.hpp"
#include "contradictions.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;
using models::llama;
using models::llama_config;

namespace {

void add(weights_list& all, const std::string& name, const std::vector<std::int64_t>& extents) {
    all.emplace_back(name, full(dtype::float32, shape::of(extents), 0.5));
}

void add_biases(weights_list& all, const std::vector<std::string>& which) {
    for (const std::string layer : {"0", "1"})
        for (const std::string& part : which)
            add(all,
                "model.layers." + layer + ".self_attn." + part + ".bias",
                {part == "q_proj" || part == "o_proj" ? 48 : 16});
}

}  // namespace

TEST_CASE("llama weights: the table's axes are those of the file, linears (out, in)") {
    const llama model = llama::load(tiny_llama);
    const auto& w = model.weights();

    CHECK(w.token.shape().str() == "v=101 m=48");
    CHECK(w.norm_gain.shape().str() == "m=48");
    CHECK(w.head.shape().str() == "v=101 m=48");
    REQUIRE(w.blocks.size() == 2);
    const auto& block = w.blocks[1];
    CHECK(block.attention_gain.shape().str() == "m=48");
    CHECK(block.w_q.shape().str() == "g=2 r=3 d=8 m=48");
    CHECK(block.w_k.shape().str() == "g=2 d=8 m=48");
    CHECK(block.w_v.shape().str() == "g=2 d=8 m=48");
    CHECK(block.w_o.shape().str() == "m=48 g=2 r=3 d=8");
    CHECK_FALSE(block.b_q.has_value());
    CHECK_FALSE(block.b_o.has_value());
    CHECK(block.mlp_gain.shape().str() == "m=48");
    CHECK(block.w_gate.shape().str() == "f=112 m=48");
    CHECK(block.w_up.shape().str() == "f=112 m=48");
    CHECK(block.w_down.shape().str() == "m=48 f=112");

    const auto file = safetensors::open(tiny_llama / "model.safetensors");
    const auto raw = [&](const std::string& name) {
        return tensor<float>(file.load("model.layers.1." + name));
    };
    const auto q = raw("self_attn.q_proj.weight");
    const auto k = raw("self_attn.k_proj.weight");
    const auto v = raw("self_attn.v_proj.weight");
    const auto o = raw("self_attn.o_proj.weight");
    for_each_position({2, 3, 8, 48}, [&](const extents& at) {
        const std::int64_t query_head = at[0] * 3 + at[1];  // heads of one group lie side by side
        REQUIRE(block.w_q(at[0], at[1], at[2], at[3]) == q(query_head * 8 + at[2], at[3]));
        REQUIRE(block.w_o(at[3], at[0], at[1], at[2]) == o(at[3], query_head * 8 + at[2]));
        REQUIRE(block.w_k(at[0], at[2], at[3]) == k(at[0] * 8 + at[2], at[3]));
        REQUIRE(block.w_v(at[0], at[2], at[3]) == v(at[0] * 8 + at[2], at[3]));
    });
    CHECK(equal(block.w_gate, named(raw("mlp.gate_proj.weight"), "f m")));
    CHECK(equal(block.w_up, named(raw("mlp.up_proj.weight"), "f m")));
    CHECK(equal(block.w_down, named(raw("mlp.down_proj.weight"), "m f")));
}

TEST_CASE("llama weights: float32 ones are mapped, not copied, and those of a dry model are nowhere"
) {
    const std::size_t before = storage().live_bytes;

    const llama model = llama::load(tiny_llama);
    const llama dry_model = llama::dry({});

    CHECK(storage().live_bytes == before);
    CHECK_FALSE(model.weights().head.any().shares_with(model.weights().token.any()));
    CHECK(dry_model.weights().token.is_dry());
    CHECK(dry_model.weights().blocks[31].w_q.shape().str() == "g=32 r=1 d=128 m=4096");
}

TEST_CASE("llama weights: a tied head is the token table, whatever the file has for it") {
    for (const bool has_head : {false, true}) {
        CAPTURE(has_head);
        const changed_model tied(
            [](json& c) { c["tie_word_embeddings"] = true; },
            [&](weights_list& all) {
                if (!has_head)
                    std::erase_if(all, [](const auto& w) { return w.first == "lm_head.weight"; });
            },
            tiny_llama
        );

        const llama model = llama::load(tied.path());

        CHECK(model.weights().head.any().shares_with(model.weights().token.any()));
    }
}

TEST_CASE("llama weights: names without the prefix are those of the bare decoder") {
    const changed_model bare(
        {},
        [](weights_list& all) {
            for (auto& [label, x] : all)
                if (label.starts_with("model."))
                    label.erase(0, std::string("model.").size());
        },
        tiny_llama
    );
    const auto ids = expected_ids(tiny_llama);

    CHECK(equal(llama::load(bare.path()).forward(ids), llama::load(tiny_llama).forward(ids)));
}

TEST_CASE("llama weights: biases are read where the config asks for them") {
    const changed_model all_four(
        [](json& c) { c["attention_bias"] = true; },
        [](weights_list& all) {
            add_biases(all, {"q_proj", "k_proj", "v_proj", "o_proj"});
        },
        tiny_llama
    );
    const changed_model three(
        [](json& c) { c["qkv_bias"] = true; },
        [](weights_list& all) {
            add_biases(all, {"q_proj", "k_proj", "v_proj"});
        },
        tiny_llama
    );

    const llama with_all = llama::load(all_four.path());
    const llama with_three = llama::load(three.path());

    const auto& block = with_all.weights().blocks[1];
    CHECK(block.b_q.value().shape().str() == "g=2 r=3 d=8");
    CHECK(block.b_k.value().shape().str() == "g=2 d=8");
    CHECK(block.b_v.value().shape().str() == "g=2 d=8");
    CHECK(block.b_o.value().shape().str() == "m=48");
    CHECK(with_three.weights().blocks[0].b_q.has_value());
    CHECK_FALSE(with_three.weights().blocks[0].b_o.has_value());
    const auto ids = expected_ids(tiny_llama);
    CHECK(distance(with_all.forward(ids), with_three.forward(ids).any()) > 0.01);
}

TEST_CASE("llama weights: what contradicts the config is refused, naming file and tensor") {
    const std::string up = "model.layers.1.mlp.up_proj.weight";
    check_refused<llama>(contradictions_of(up), tiny_llama, "llama");

    const std::vector<contradiction> others = {
        {"more layers than weights",
         category::config,
         "model.layers.2.input_layernorm.weight",
         [](json& c) { c["num_hidden_layers"] = 3; },
         {}},
        {"fewer layers than weights",
         category::config,
         "model.layers.1.input_layernorm.weight",
         [](json& c) { c["num_hidden_layers"] = 1; },
         {}},
        {"another vocabulary",
         category::config,
         "model.embed_tokens.weight",
         [](json& c) { c["vocab_size"] = 102; },
         {}},
        {"another inner width",
         category::config,
         "model.layers.0.mlp.gate_proj.weight",
         [](json& c) { c["intermediate_size"] = 100; },
         {}},
        {"another number of key heads",
         category::config,
         "model.layers.0.self_attn.k_proj.weight",
         [](json& c) { c["num_key_value_heads"] = 3; },
         {}},
        {"another head",
         category::config,
         "model.layers.0.self_attn.q_proj.weight",
         [](json& c) { c["head_dim"] = 10; },
         {}},
        {"no head",
         category::config,
         "lm_head.weight",
         {},
         [](weights_list& all) {
             std::erase_if(all, [](const auto& w) { return w.first == "lm_head.weight"; });
         }},
        {"biases asked for",
         category::config,
         "model.layers.0.self_attn.q_proj.bias",
         [](json& c) { c["attention_bias"] = true; },
         {}},
        {"the output's bias asked for",
         category::config,
         "model.layers.0.self_attn.o_proj.bias",
         [](json& c) { c["attention_bias"] = true; },
         [](weights_list& all) {
             add_biases(all, {"q_proj", "k_proj", "v_proj"});
         }},
        {"biases not asked for",
         category::config,
         "model.layers.0.self_attn.q_proj.bias",
         {},
         [](weights_list& all) {
             add_biases(all, {"q_proj", "k_proj", "v_proj"});
         }},
        {"the output's bias not asked for",
         category::config,
         "model.layers.0.self_attn.o_proj.bias",
         [](json& c) { c["qkv_bias"] = true; },
         [](weights_list& all) {
             add_biases(all, {"q_proj", "k_proj", "v_proj", "o_proj"});
         }},
    };
    check_refused<llama>(others, tiny_llama, "llama");
}

TEST_CASE("llama weights: a folder without a weights file, or with a broken one, is refused") {
    check_broken_folders_refused<llama>(tiny_llama);
}

TEST_CASE("llama weights: random ones are the same for a seed, gains are 1 and biases 0") {
    llama_config config;
    config.layers = 1;
    config.width = 8;
    config.heads = 2;
    config.kv_heads = 1;
    config.head_extent = 4;
    config.inner = 16;
    config.vocabulary = 11;
    config.bias = models::attention_bias::all;
    const llama model = llama::random(config, 5);
    const auto& block = model.weights().blocks[0];

    CHECK(equal(model.weights().token, llama::random(config, 5).weights().token));
    CHECK_FALSE(equal(model.weights().token, llama::random(config, 6).weights().token));
    CHECK_FALSE(equal(block.w_gate, block.w_up));
    CHECK(block.attention_gain.to_vector() == std::vector<float>(8, 1));
    CHECK(model.weights().norm_gain.to_vector() == std::vector<float>(8, 1));
    CHECK(block.b_q.value().to_vector() == std::vector<float>(8, 0));
    CHECK(block.b_o.value().to_vector() == std::vector<float>(8, 0));
}
