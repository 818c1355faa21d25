#include <abax/models/gpt2.hpp>
#include <abax/models/gpt2_config.hpp>

#include "../ops/support.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;
using models::gpt2;
using models::gpt2_config;
using models::load_gpt2_config;

namespace {

diagnosis fault_of(const std::function<void(json&)>& change) {
    const scratch_folder folder;
    json config = json_of(tiny_gpt2 / "config.json");
    change(config);
    (void)folder.with("config.json", config.dump());
    return thrown_by([&] { (void)load_gpt2_config(folder.path()); });
}

}  // namespace

TEST_CASE("config: the keys of a Hugging Face folder become the extents of the model") {
    const gpt2_config config = load_gpt2_config(tiny_gpt2);

    CHECK(config.layers == 2);
    CHECK(config.width == 48);
    CHECK(config.heads == 3);
    CHECK(config.head_extent() == 16);
    CHECK(config.inner == 4 * 48);
    CHECK(config.context == 64);
    CHECK(config.vocabulary == 97);
    CHECK(config.epsilon == 1e-5);
    CHECK(config.tied);
    CHECK(config.activation == gelu_form::tanh);
}

TEST_CASE("config: what may be left out has GPT-2's value, and what is there is used") {
    const auto loaded = [](const std::function<void(json&)>& change) {
        const scratch_folder folder;
        json config = json_of(tiny_gpt2 / "config.json");
        change(config);
        (void)folder.with("config.json", config.dump());
        return load_gpt2_config(folder.path());
    };

    CHECK(loaded([](json& c) { c.erase("tie_word_embeddings"); }).tied);
    CHECK_FALSE(loaded([](json& c) { c["tie_word_embeddings"] = false; }).tied);
    CHECK(loaded([](json& c) { c["n_inner"] = nullptr; }).inner == 192);
    CHECK(loaded([](json& c) { c["n_inner"] = 7; }).inner == 7);
    CHECK(loaded([](json& c) { c.erase("n_positions"); }).context == 64);
    CHECK(loaded([](json& c) { c["n_ctx"] = 5; }).context == 64);
    CHECK(loaded([](json& c) { c.erase("layer_norm_epsilon"); }).epsilon == 1e-5);
    CHECK(loaded([](json& c) { c["layer_norm_epsilon"] = 0.25; }).epsilon == 0.25);
    CHECK(loaded([](json& c) { c["activation_function"] = "gelu"; }).activation == gelu_form::erf);
    CHECK(
        loaded([](json& c) { c["activation_function"] = "gelu_pytorch_tanh"; }).activation
        == gelu_form::tanh
    );
    CHECK(loaded([](json& c) { c["something_new"] = 1; }).layers == 2);
}

TEST_CASE("config: every fault is a config error that names the file and the key") {
    struct row {
        std::string key;
        std::function<void(json&)> change;
    };
    std::vector<row> table = {
        {"n_embd", [](json& c) { c["n_embd"] = 47; }},  // not divisible by the heads
        {"layer_norm_epsilon", [](json& c) { c["layer_norm_epsilon"] = 0; }},
        {"layer_norm_epsilon", [](json& c) { c["layer_norm_epsilon"] = 1.5; }},
        {"layer_norm_epsilon", [](json& c) { c["layer_norm_epsilon"] = "1e-5"; }},
        {"tie_word_embeddings", [](json& c) { c["tie_word_embeddings"] = 1; }},
        {"activation_function", [](json& c) { c["activation_function"] = "relu"; }},
        {"activation_function", [](json& c) { c["activation_function"] = 5; }},
        {"n_inner", [](json& c) { c["n_inner"] = "192"; }},
        {"n_inner", [](json& c) { c["n_inner"] = 0; }},
        {"scale_attn_weights", [](json& c) { c["scale_attn_weights"] = false; }},
        {"scale_attn_by_inverse_layer_idx",
         [](json& c) { c["scale_attn_by_inverse_layer_idx"] = true; }},
        {"model_type", [](json& c) { c["model_type"] = "llama"; }},
        {"model_type", [](json& c) { c.erase("model_type"); }},
        {"n_ctx",
         [](json& c) {
             c.erase("n_positions");
             c.erase("n_ctx");
         }},
    };
    for (const std::string key : {"n_layer", "n_embd", "n_head", "n_positions", "vocab_size"}) {
        table.push_back({key, [key](json& c) { c[key] = 0; }});
        table.push_back({key, [key](json& c) { c[key] = -3; }});
        table.push_back({key, [key](json& c) { c[key] = 2.5; }});
        table.push_back({key, [key](json& c) { c[key] = "2"; }});
        table.push_back({key, [key](json& c) { c[key] = nullptr; }});
        table.push_back({key, [key](json& c) { c[key] = json::array(); }});
        table.push_back({key, [key](json& c) { c[key] = std::uint64_t{1} << 63U; }});
        if (key != "n_positions")
            table.push_back({key, [key](json& c) { c.erase(key); }});
    }
    for (const auto& [key_, change] : table) {
        const auto& key = key_;
        CAPTURE(key);
        const diagnosis e = fault_of(change);
        CHECK(e.kind == category::config);
        CHECK(e.file.ends_with("config.json"));
        const std::string all = e.message + '|' + e.expected + '|' + e.got;
        CAPTURE(all);
        CHECK(all.find(key) != std::string::npos);
    }
}

TEST_CASE("config: a file that is missing, no JSON or no object is refused by name") {
    const scratch_folder folder;
    const auto fault = [&] { return thrown_by([&] { (void)load_gpt2_config(folder.path()); }); };

    CHECK(fault().kind == category::file);
    CHECK(fault().file.ends_with("config.json"));
    for (const std::string text : {"", "{", "nothing", "{\"n_layer\": }"}) {
        CAPTURE(text);
        (void)folder.with("config.json", text);
        CHECK(fault().kind == category::file);
        CHECK(fault().file.ends_with("config.json"));
    }
    (void)folder.with("config.json", "[1, 2]");
    CHECK(fault().kind == category::config);
}

TEST_CASE("config: a model made from numbers is checked as one from a file") {
    gpt2_config config;
    config.heads = 5;
    CHECK(category_of([&] { (void)gpt2::dry(config); }) == "config");
    CHECK(category_of([&] { (void)gpt2::random(config, 1); }) == "config");
    config.heads = 0;
    CHECK(category_of([&] { (void)gpt2::dry(config); }) == "config");
    config = {};
    config.layers = -1;
    CHECK(category_of([&] { (void)gpt2::dry(config); }) == "config");
}
