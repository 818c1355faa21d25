#include <abax/io/npy.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>

#include "../ops/support.hpp"
#include "contradictions.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cstring>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;
using models::gpt2;

namespace {

// Eight bytes, the lowest first.
std::string length_of(const std::string& text) {
    std::string bytes;
    for (unsigned i = 0; i < 8; ++i)
        bytes += static_cast<char>(text.size() >> (8 * i) & 0xFFU);
    return bytes;
}

// A safetensors file by hand: what `save_safetensors` cannot write, 16-bit floats.
void save_f16(const std::filesystem::path& path, const weights_list& all) {
    json header = json::object();
    std::string data;
    for (const auto& [label, x] : all) {
        const std::size_t from = data.size();
        for (const float v : tensor<float>(x).to_vector()) {
            // Truncated: these values are test data, not a conversion.
            const auto bits = std::bit_cast<std::uint32_t>(v);
            const int exponent = static_cast<int>(bits >> 23U & 0xFFU) - 127 + 15;
            std::uint32_t half = bits >> 16U & 0x8000U;
            if (exponent > 0)
                half |= static_cast<std::uint32_t>(exponent) << 10U | (bits >> 13U & 0x3FFU);
            data += static_cast<char>(half & 0xFFU);
            data += static_cast<char>(half >> 8U);
        }
        header[label] = {
            {"dtype", "F16"},
            {"shape", x.shape().extents()},
            {"data_offsets", {from, data.size()}}};
    }
    const std::string text = header.dump();
    std::ofstream(path, std::ios::binary) << length_of(text) << text << data;
}

}  // namespace

TEST_CASE("weights: the table's axes are those of the file, query, key and value side by side") {
    const gpt2 model = gpt2::load(tiny_gpt2);
    const auto& w = model.weights();

    CHECK(w.token.shape().str() == "v=97 m=48");
    CHECK(w.position.shape().str() == "p=64 m=48");
    REQUIRE(w.blocks.size() == 2);
    const auto& block = w.blocks[1];
    CHECK(block.w_q.shape().str() == "m=48 h=3 d=16");
    CHECK(block.b_v.shape().str() == "h=3 d=16");
    CHECK(block.w_o.shape().str() == "h=3 d=16 m=48");
    CHECK(block.w_up.shape().str() == "m=48 f=192");
    CHECK(block.w_down.shape().str() == "f=192 m=48");

    const auto raw = tensor<float>(safetensors::open(tiny_gpt2 / "model.safetensors")
                                       .load("transformer.h.1.attn.c_attn.weight"));
    for_each_position({48, 3, 16}, [&](const extents& at) {
        const std::int64_t column = at[1] * 16 + at[2];
        REQUIRE(block.w_q(at[0], at[1], at[2]) == raw(at[0], column));
        REQUIRE(block.w_k(at[0], at[1], at[2]) == raw(at[0], 48 + column));
        REQUIRE(block.w_v(at[0], at[1], at[2]) == raw(at[0], 96 + column));
    });
}

TEST_CASE("weights: float32 ones are mapped, not copied, and a tied head is the token table") {
    const std::size_t before = storage().live_bytes;

    const gpt2 model = gpt2::load(byte_gpt2);

    CHECK(storage().live_bytes == before);
    CHECK(model.weights().head.any().shares_with(model.weights().token.any()));
    // They are values all the same.
    auto token = model.weights().token;
    const float old = token(0, 0);
    token.mut()[0] = old + 1;
    CHECK(model.weights().token(0, 0) == old);
}

TEST_CASE("weights: a model without elements allocates none") {
    const std::size_t before = storage().live_bytes;

    const gpt2 model = gpt2::dry({});

    CHECK(storage().live_bytes == before);
    CHECK(model.weights().token.is_dry());
    CHECK(model.weights().blocks[11].w_q.shape().str() == "m=768 h=12 d=64");
}

TEST_CASE("weights: an untied head is a tensor of its own") {
    const changed_model untied(
        [](json& c) { c["tie_word_embeddings"] = false; },
        [](weights_list& all) {
            const any_tensor head = full(dtype::float32, shape::of({97, 48}), 0.5);
            all.emplace_back("lm_head.weight", head);
        }
    );

    const gpt2 model = gpt2::load(untied.path());

    CHECK_FALSE(model.weights().head.any().shares_with(model.weights().token.any()));
    CHECK(model.weights().head(96, 47) == 0.5F);
    const auto ids = expected_ids(tiny_gpt2);
    const auto logits = model.forward(ids);
    // All rows of the head are equal, so are all logits of a position.
    CHECK(logits(0, 3, 0) == doctest::Approx(logits(0, 3, 96)));

    const changed_model missing([](json& c) { c["tie_word_embeddings"] = false; });
    CHECK(category_of([&] { (void)gpt2::load(missing.path()); }) == "config");
}

TEST_CASE("weights: names without the prefix are those of the bare decoder") {
    const changed_model bare({}, [](weights_list& all) {
        for (auto& [label, x] : all)
            if (label.starts_with("transformer."))
                label.erase(0, std::string("transformer.").size());
    });
    const auto ids = expected_ids(tiny_gpt2);

    CHECK(equal(gpt2::load(bare.path()).forward(ids), gpt2::load(tiny_gpt2).forward(ids)));
}

TEST_CASE("weights: what contradicts the config is refused, naming file and tensor") {
    const std::string name = "transformer.h.1.mlp.c_fc.weight";
    check_refused<gpt2>(contradictions_of(name), tiny_gpt2, "gpt2");

    const std::vector<contradiction> others = {
        {"more layers than weights",
         category::config,
         "transformer.h.2.ln_1.weight",
         [](json& c) { c["n_layer"] = 3; },
         {}},
        {"another width",
         category::config,
         "transformer.wte.weight",
         [](json& c) { c["n_embd"] = 96; },
         {}},
        {"another vocabulary",
         category::config,
         "transformer.wte.weight",
         [](json& c) { c["vocab_size"] = 98; },
         {}},
        {"another context",
         category::config,
         "transformer.wpe.weight",
         [](json& c) { c["n_positions"] = 65; },
         {}},
        {"another inner width",
         category::config,
         "transformer.h.0.mlp.c_fc.weight",
         [](json& c) { c["n_inner"] = 100; },
         {}},
    };
    check_refused<gpt2>(others, tiny_gpt2, "gpt2");
}

TEST_CASE("weights: a folder without a weights file, or with a broken one, is refused") {
    check_broken_folders_refused<gpt2>(tiny_gpt2);
}

TEST_CASE("weights: 16-bit floats are widened, and the model runs") {
    const scratch_folder folder;
    std::filesystem::copy(tiny_gpt2 / "config.json", folder.path());
    save_f16(folder / "model.safetensors", weights_of(tiny_gpt2));

    const gpt2 half = gpt2::load(folder.path());

    const gpt2 exact_model = gpt2::load(tiny_gpt2);
    const auto& exact = exact_model.weights();
    const auto far = difference(half.weights().token.any(), exact.token.any(), {2e-3, 1e-4});
    CHECK_MESSAGE(!far, (far ? *far : std::string()));
    CHECK_FALSE(equal(half.weights().token, exact.token));
    const auto logits = half.forward(expected_ids(tiny_gpt2));
    CHECK(distance(logits, load_npy(tiny_gpt2 / "expected_logits.npy")) < 0.1);
}

TEST_CASE("weights: random ones are the same for a seed, and others for another") {
    models::gpt2_config config;
    config.layers = 1;
    config.width = 8;
    config.heads = 2;
    config.inner = 16;
    config.vocabulary = 11;
    config.context = 7;

    CHECK(equal(gpt2::random(config, 5).weights().token, gpt2::random(config, 5).weights().token));
    CHECK_FALSE(
        equal(gpt2::random(config, 5).weights().token, gpt2::random(config, 6).weights().token)
    );
    CHECK(
        gpt2::random(config, 5).weights().blocks[0].ln_1_gain.to_vector()
        == std::vector<float>(8, 1)
    );
}
