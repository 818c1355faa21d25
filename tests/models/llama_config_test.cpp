#include <abax/models/llama.hpp>
#include <abax/models/llama_config.hpp>

#include "../ops/support.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;
using models::attention_bias;
using models::llama;
using models::llama_config;
using models::load_llama_config;

namespace {

llama_config loaded(const std::function<void(json&)>& change) {
    const scratch_folder folder;
    json config = json_of(tiny_llama / "config.json");
    change(config);
    (void)folder.with("config.json", config.dump());
    return load_llama_config(folder.path());
}

const json llama3 = {
    {"rope_type", "llama3"},
    {"factor", 32.0},
    {"low_freq_factor", 1.0},
    {"high_freq_factor", 4.0},
    {"original_max_position_embeddings", 8192}};

}  // namespace

TEST_CASE("llama config: the keys of a Hugging Face folder become the extents of the model") {
    const llama_config config = load_llama_config(tiny_llama);

    CHECK(config.layers == 2);
    CHECK(config.width == 48);
    CHECK(config.heads == 6);
    CHECK(config.kv_heads == 2);
    CHECK(config.queries_per_group() == 3);
    CHECK(config.head_extent == 8);
    CHECK(config.inner == 112);
    CHECK(config.context == 64);
    CHECK(config.vocabulary == 101);
    CHECK(config.epsilon == 1e-5);
    CHECK(config.theta == 10000);
    CHECK_FALSE(config.scaling.has_value());
    CHECK_FALSE(config.tied);
    CHECK(config.bias == attention_bias::none);
}

TEST_CASE("llama config: what may be left out has Llama's value, and what is there is used") {
    CHECK(loaded([](json& c) { c.erase("num_key_value_heads"); }).kv_heads == 6);
    CHECK(loaded([](json& c) { c["num_key_value_heads"] = nullptr; }).kv_heads == 6);
    CHECK(loaded([](json& c) { c["num_key_value_heads"] = 1; }).queries_per_group() == 6);
    CHECK(loaded([](json& c) { c["head_dim"] = nullptr; }).head_extent == 8);
    CHECK(loaded([](json& c) { c["head_dim"] = 20; }).head_extent == 20);
    const auto no_quotient = loaded([](json& c) {
        c["hidden_size"] = 50;
        c["head_dim"] = 4;
    });
    CHECK(no_quotient.width == 50);
    CHECK(no_quotient.head_extent == 4);
    CHECK(loaded([](json& c) { c.erase("rms_norm_eps"); }).epsilon == 1e-6);
    CHECK(loaded([](json& c) { c["rms_norm_eps"] = 0.25; }).epsilon == 0.25);
    CHECK(loaded([](json& c) { c.erase("rope_theta"); }).theta == 10000);
    CHECK(loaded([](json& c) { c["rope_theta"] = 500000; }).theta == 500000);
    CHECK_FALSE(loaded([](json& c) { c.erase("tie_word_embeddings"); }).tied);
    CHECK(loaded([](json& c) { c["tie_word_embeddings"] = true; }).tied);
    CHECK(loaded([](json& c) { c.erase("attention_bias"); }).bias == attention_bias::none);
    CHECK(loaded([](json& c) { c["attention_bias"] = true; }).bias == attention_bias::all);
    CHECK(loaded([](json& c) { c["qkv_bias"] = true; }).bias == attention_bias::qkv);
    CHECK(loaded([](json& c) { c.erase("hidden_act"); }).inner == 112);
    CHECK(loaded([](json& c) { c["mlp_bias"] = false; }).inner == 112);
    CHECK(loaded([](json& c) { c["sliding_window"] = nullptr; }).context == 64);
    CHECK(loaded([](json& c) { c["sliding_window"] = 64; }).context == 64);
    CHECK(loaded([](json& c) { c["partial_rotary_factor"] = 1.0; }).context == 64);
    CHECK(loaded([](json& c) { c["num_local_experts"] = nullptr; }).layers == 2);
    CHECK(loaded([](json& c) { c["rms_norm_eps"] = nullptr; }).epsilon == 1e-6);
    CHECK_FALSE(loaded([](json& c) { c["tie_word_embeddings"] = nullptr; }).tied);
    CHECK(loaded([](json& c) { c["hidden_act"] = nullptr; }).layers == 2);
    CHECK(loaded([](json& c) { c["something_new"] = 1; }).layers == 2);
}

TEST_CASE("llama config: rotary angles are told by rope_theta and rope_scaling, or rope_parameters"
) {
    CHECK_FALSE(loaded([](json& c) { c["rope_scaling"] = nullptr; }).scaling.has_value());
    const auto plain = loaded([](json& c) {
        c.erase("rope_theta");
        c["rope_parameters"] = {{"rope_type", "default"}, {"rope_theta", 5e5}};
    });
    CHECK(plain.theta == 5e5);
    CHECK_FALSE(plain.scaling.has_value());
    CHECK(loaded([](json& c) { c["rope_parameters"] = {{"rope_theta", 7}}; }).theta == 7);
    for (const std::string key : {"rope_scaling", "rope_parameters"}) {
        CAPTURE(key);
        const auto scaled = loaded([&](json& c) { c[key] = llama3; }).scaling;
        REQUIRE(scaled.has_value());
        CHECK(scaled->factor == 32);
        CHECK(scaled->low_factor == 1);
        CHECK(scaled->high_factor == 4);
        CHECK(scaled->original_context == 8192);
    }
}

TEST_CASE("llama config: every fault is a config error that names the file and the key") {
    struct row {
        std::string key;
        std::function<void(json&)> change;
    };
    std::vector<row> table = {
        {"hidden_size", [](json& c) { c["hidden_size"] = 47; }},  // not divisible by the heads
        {"num_key_value_heads", [](json& c) { c["num_key_value_heads"] = 4; }},
        {"num_key_value_heads", [](json& c) { c["num_key_value_heads"] = 12; }},
        {"num_key_value_heads", [](json& c) { c["num_key_value_heads"] = 0; }},
        {"num_key_value_heads", [](json& c) { c["num_key_value_heads"] = "2"; }},
        {"head_dim", [](json& c) { c["head_dim"] = 7; }},
        {"head_dim", [](json& c) { c["head_dim"] = 0; }},
        {"head_dim", [](json& c) { c["head_dim"] = 1 << 17; }},
        {"head_dim", [](json& c) { c["num_attention_heads"] = 48; }},  // heads of extent 1
        {"rms_norm_eps", [](json& c) { c["rms_norm_eps"] = 0; }},
        {"rms_norm_eps", [](json& c) { c["rms_norm_eps"] = "1e-5"; }},
        {"rope_theta", [](json& c) { c["rope_theta"] = -1; }},
        {"rope_theta", [](json& c) { c["rope_theta"] = "10000"; }},
        {"rope_theta",
         [](json& c) {
             c["rope_parameters"] = {{"rope_theta", 0}};
         }},
        {"rope_scaling",
         [](json& c) {
             c["rope_scaling"] = {{"type", "linear"}, {"factor", 2}};
         }},
        {"rope_scaling",
         [](json& c) {
             c["rope_scaling"] = {{"rope_type", "yarn"}};
         }},
        {"rope_scaling",
         [](json& c) {
             c["rope_scaling"] = {{"factor", 2}};
         }},
        {"rope_scaling", [](json& c) { c["rope_scaling"] = 2; }},
        {"rope_type",
         [](json& c) {
             c["rope_scaling"] = {{"rope_type", 3}};
         }},
        {"rope_parameters",
         [](json& c) {
             c["rope_parameters"] = {{"rope_type", "dynamic"}};
         }},
        {"low_freq_factor",
         [](json& c) {
             c["rope_scaling"] = llama3;
             c["rope_scaling"]["low_freq_factor"] = 4;
         }},
        {"tie_word_embeddings", [](json& c) { c["tie_word_embeddings"] = 1; }},
        {"attention_bias", [](json& c) { c["attention_bias"] = "yes"; }},
        {"qkv_bias", [](json& c) { c["qkv_bias"] = 1; }},
        {"mlp_bias", [](json& c) { c["mlp_bias"] = true; }},
        {"hidden_act", [](json& c) { c["hidden_act"] = "gelu"; }},
        {"hidden_act", [](json& c) { c["hidden_act"] = 5; }},
        {"num_local_experts", [](json& c) { c["num_local_experts"] = 8; }},
        {"num_experts", [](json& c) { c["num_experts"] = 8; }},
        {"n_routed_experts", [](json& c) { c["n_routed_experts"] = 64; }},
        {"sliding_window", [](json& c) { c["sliding_window"] = 63; }},
        {"partial_rotary_factor", [](json& c) { c["partial_rotary_factor"] = 0.5; }},
        {"num_hidden_layers", [](json& c) { c["num_hidden_layers"] = 10001; }},
        {"model_type", [](json& c) { c["model_type"] = "gpt2"; }},
        {"model_type", [](json& c) { c.erase("model_type"); }},
    };
    for (const std::string key :
         {"factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"}) {
        const auto changed = [key](const json& value) {
            return [key, value](json& c) {
                c["rope_scaling"] = llama3;
                c["rope_scaling"][key] = value;
            };
        };
        table.push_back({key, changed(0)});
        table.push_back({key, changed(nullptr)});
        table.push_back({key, changed("1")});
        table.push_back({key, [key](json& c) {
                             c["rope_scaling"] = llama3;
                             c["rope_scaling"].erase(key);
                         }});
    }
    for (const std::string key :
         {"num_hidden_layers",
          "hidden_size",
          "num_attention_heads",
          "intermediate_size",
          "max_position_embeddings",
          "vocab_size"}) {
        for (const json& value :
             {json(0), json(-3), json(2.5), json("2"), json(), json(std::uint64_t{1} << 63U)})
            table.push_back({key, [key, value](json& c) { c[key] = value; }});
        table.push_back({key, [key](json& c) { c.erase(key); }});
    }
    for (const auto& row : table) {
        CAPTURE(row.key);
        const diagnosis e = thrown_by([&] { (void)loaded(row.change); });
        CHECK(e.kind == category::config);
        CHECK(e.file.ends_with("config.json"));
        const std::string all = e.message + '|' + e.expected + '|' + e.got;
        CAPTURE(all);
        CHECK(all.find(row.key) != std::string::npos);
    }
}

TEST_CASE("llama config: a model made from numbers is checked as one from a file") {
    const auto category_with = [](const std::function<void(llama_config&)>& change) {
        llama_config config;
        change(config);
        return category_of([&] { (void)llama::dry(config); });
    };

    CHECK(category_with([](llama_config&) {}) == "nothing");
    CHECK(category_with([](llama_config& c) { c.kv_heads = 5; }) == "config");
    CHECK(category_with([](llama_config& c) { c.kv_heads = 0; }) == "config");
    CHECK(category_with([](llama_config& c) { c.head_extent = 3; }) == "config");
    CHECK(
        category_with([](llama_config& c) { c.head_extent = std::int64_t{1} << 40U; }) == "config"
    );
    CHECK(category_with([](llama_config& c) { c.layers = -1; }) == "config");
    CHECK(category_with([](llama_config& c) { c.heads = std::int64_t{1} << 60U; }) == "overflow");
}
