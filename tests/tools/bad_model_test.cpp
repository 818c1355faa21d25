#include <abax/io/npy.hpp>
#include <abax/ops/create.hpp>

#include "model_folder.hpp"

using namespace abax::testing;

namespace {

using json = nlohmann::json;

// A model that must be refused by every command that reads it, before anything is written.
void check_refused(const std::filesystem::path& model, std::vector<std::string> words) {
    const scratch_folder scratch;
    const auto ids = scratch / "ids.npy";
    abax::save_npy(ids, abax::from(std::vector<std::int64_t>{1, 2}, abax::shape::of({1, 2})).any());
    const auto logits = scratch.with("logits.npy", "as it was");
    const auto bill = scratch.with("bill.json", "as it was");

    const outcome forward = run_abax(
        {"forward",
         model.string(),
         "--tokens",
         ids.string(),
         "--logits",
         logits.string(),
         "--json",
         bill.string()}
    );
    const outcome run =
        run_abax({"run", model.string(), "--prompt", "1 2", "--json", bill.string()});

    CHECK(fault_of_refusal(forward, words) == "");
    CHECK(fault_of_refusal(run, words) == "");
    CHECK(content_of(logits) == "as it was");
    CHECK(content_of(bill) == "as it was");
    CHECK(scratch.count() == 3);
}

struct bad_config {
    const char* name;
    std::function<void(json&)> change;
    std::vector<std::string> words;
};

struct bad_weights {
    const char* name;
    std::function<void(safetensors_parts&)> change;
    std::vector<std::string> words;
};

const std::string up_weight = "transformer.h.1.mlp.c_fc.weight";

}  // namespace

TEST_CASE("a folder without config.json, or with one that is no JSON, is refused") {
    for (const char* text : {"", "{", "not json", "[1, 2]", "\"gpt2\"", "null", "{}", "\xff\xfe"}) {
        CAPTURE(text);
        const scratch_folder scratch;
        make_model(scratch / "model");
        std::ofstream(scratch / "model/config.json") << text;

        check_refused(scratch / "model", {(scratch / "model/config.json").string()});
    }
    const scratch_folder scratch;
    check_refused(scratch / "none", {"none/config.json", "cannot be read"});
    check_refused(scratch.path(), {"config.json", "cannot be read"});
    check_refused(scratch.with("file", "text"), {"file/config.json"});
    std::filesystem::create_directories(scratch / "config.json");
    check_refused(scratch.path(), {"config.json"});
}

TEST_CASE("a config.json with a value that cannot be is refused by its key") {
    for (const auto& row : std::to_array<bad_config>({
             {"another model",
              [](json& c) { c["model_type"] = "mamba"; },
              {"\"gpt2\"", "\"llama\"", "\"mamba\""}},
             {"no model type",
              [](json& c) { c.erase("model_type"); },
              {"\"gpt2\"", "\"llama\"", "no model_type"}},
             // The keys of a GPT-2 are not those of a Llama.
             {"another family", [](json& c) { c["model_type"] = "llama"; }, {"num_hidden_layers"}},
             {"layers missing", [](json& c) { c.erase("n_layer"); }, {"n_layer", "missing"}},
             {"width missing", [](json& c) { c.erase("n_embd"); }, {"n_embd", "missing"}},
             {"heads missing", [](json& c) { c.erase("n_head"); }, {"n_head", "missing"}},
             {"vocabulary missing", [](json& c) { c.erase("vocab_size"); }, {"vocab_size"}},
             {"context missing",
              [](json& c) {
                  c.erase("n_positions");
                  c.erase("n_ctx");
              },
              {"n_ctx", "missing"}},
             {"layers negative", [](json& c) { c["n_layer"] = -1; }, {"n_layer", "-1"}},
             {"heads zero", [](json& c) { c["n_head"] = 0; }, {"n_head", "0"}},
             {"width huge", [](json& c) { c["n_embd"] = UINT64_MAX; }, {"n_embd", "range"}},
             {"width least", [](json& c) { c["n_embd"] = INT64_MIN; }, {"n_embd", "range"}},
             {"context a float", [](json& c) { c["n_positions"] = 1e30; }, {"n_positions"}},
             {"vocabulary half", [](json& c) { c["vocab_size"] = 96.5; }, {"vocab_size", "96.5"}},
             {"width text", [](json& c) { c["n_embd"] = "48"; }, {"n_embd", "\"48\""}},
             {"width null", [](json& c) { c["n_embd"] = nullptr; }, {"n_embd", "null"}},
             {"inner negative", [](json& c) { c["n_inner"] = -4; }, {"n_inner", "-4"}},
             {"heads no divisor", [](json& c) { c["n_head"] = 5; }, {"n_head", "48"}},
             {"epsilon 0", [](json& c) { c["layer_norm_epsilon"] = 0; }, {"layer_norm_epsilon"}},
             {"epsilon text", [](json& c) { c["layer_norm_epsilon"] = "x"; }, {"epsilon"}},
             {"tied text", [](json& c) { c["tie_word_embeddings"] = "no"; }, {"tie_word"}},
             {"activation", [](json& c) { c["activation_function"] = "relu"; }, {"relu"}},
         })) {
        CAPTURE(row.name);
        const scratch_folder scratch;
        make_model(scratch / "model", row.change);

        auto words = row.words;
        words.push_back((scratch / "model/config.json").string());
        check_refused(scratch / "model", words);
    }
}

TEST_CASE("a config.json of a Llama that is not computed here is refused by its key") {
    for (const auto& row : std::to_array<bad_config>({
             {"experts", [](json& c) { c["num_local_experts"] = 8; }, {"num_local_experts", "8"}},
             {"window", [](json& c) { c["sliding_window"] = 32; }, {"sliding_window", "32"}},
             {"scaling",
              [](json& c) {
                  c["rope_scaling"] = {{"type", "dynamic"}};
              },
              {"rope_scaling", "dynamic"}},
             {"key heads",
              [](json& c) { c["num_key_value_heads"] = 4; },
              {"num_key_value_heads", "6"}},
             {"odd head", [](json& c) { c["head_dim"] = 3; }, {"head_dim", "3"}},
             {"huge head", [](json& c) { c["head_dim"] = 1LL << 40; }, {"head_dim"}},
             {"activation", [](json& c) { c["hidden_act"] = "gelu"; }, {"hidden_act", "gelu"}},
         })) {
        CAPTURE(row.name);
        const scratch_folder scratch;
        make_model(
            scratch / "model", row.change, [](auto&) {}, tiny_llama
        );

        auto words = row.words;
        words.push_back((scratch / "model/config.json").string());
        check_refused(scratch / "model", words);
    }
}

TEST_CASE("weights of a Llama that contradict its config.json are refused by tensor") {
    const std::string gate = "model.layers.1.mlp.gate_proj.weight";
    const scratch_folder scratch;
    make_model(
        scratch / "cut",
        [](auto&) {},
        [&](safetensors_parts& w) {
            w.header["another"] = w.header[gate];
            w.header.erase(gate);
        },
        tiny_llama
    );
    make_model(
        scratch / "wider", [](json& c) { c["intermediate_size"] = 113; }, [](auto&) {}, tiny_llama
    );

    check_refused(scratch / "cut", {'\'' + gate + '\'', "lacks", "llama"});
    check_refused(scratch / "wider", {"layers.0.mlp.gate_proj.weight'", "[113, 48]", "[112, 48]"});
}

TEST_CASE("abax forward --dry: a config.json that cannot be is refused without weights, too") {
    for (const auto& row : std::to_array<bad_config>({
             {"width 2^40 + 1", [](json& c) { c["n_embd"] = (1LL << 40) + 1; }, {"n_embd"}},
             {"product",
              [](json& c) {
                  c["n_embd"] = 3LL << 38;
                  c["vocab_size"] = 1LL << 40;
              },
              {"fit"}},
             {"heads", [](json& c) { c["n_head"] = 7; }, {"n_head"}},
             {"layers", [](json& c) { c["n_layer"] = -1; }, {"n_layer"}},
         })) {
        CAPTURE(row.name);
        const scratch_folder scratch;
        make_model(scratch / "model", row.change);
        const auto bill = scratch.with("bill.json", "as it was");

        const outcome o =
            run_abax({"forward", (scratch / "model").string(), "--dry", "--json", bill.string()});

        CHECK(fault_of_refusal(o, row.words) == "");
        CHECK(content_of(bill) == "as it was");
    }
}

TEST_CASE("a config.json that contradicts the weights is refused by tensor") {
    for (const auto& row : std::to_array<bad_config>({
             {"a layer more", [](json& c) { c["n_layer"] = 3; }, {"'transformer.h.2.ln_1.weight'"}},
             {"wider", [](json& c) { c["n_embd"] = 96; }, {"'transformer.wte.weight'", "[97, 48]"}},
             {"more words", [](json& c) { c["vocab_size"] = 98; }, {"wte.weight'", "[98, 48]"}},
             {"longer", [](json& c) { c["n_positions"] = 65; }, {"wpe.weight'", "[65, 48]"}},
             {"inner", [](json& c) { c["n_inner"] = 191; }, {"mlp.c_fc.weight'", "[48, 191]"}},
             {"untied", [](json& c) { c["tie_word_embeddings"] = false; }, {"'lm_head.weight'"}},
         })) {
        CAPTURE(row.name);
        const scratch_folder scratch;
        make_model(scratch / "model", row.change);

        auto words = row.words;
        words.push_back((scratch / "model/model.safetensors").string());
        check_refused(scratch / "model", words);
    }
}

TEST_CASE("a config.json with fewer layers than the weights have is refused") {
    const scratch_folder scratch;
    make_model(scratch / "model", [](json& c) { c["n_layer"] = 1; });

    check_refused(scratch / "model", {"transformer.h.1."});
}

TEST_CASE("a tensor that is missing, misshapen, overlapping or of a strange type is refused by name"
) {
    const std::string up = "'" + up_weight + "'";
    for (const auto& row : std::to_array<bad_weights>({
             {"missing",
              [](auto& w) {
                  w.header["another"] = w.header[up_weight];
                  w.header.erase(up_weight);
              },
              {up, "lacks"}},
             {"transposed",
              [](auto& w) {
                  w.header[up_weight]["shape"] = {192, 48};
              },
              {up, "[192, 48]"}},
             {"flat", [](auto& w) { w.header[up_weight]["shape"] = {192 * 48}; }, {up, "[9216]"}},
             {"too small",
              [](auto& w) {
                  w.header[up_weight]["shape"] = {48, 191};
              },
              {up}},
             {"too large",
              [](auto& w) {
                  w.header[up_weight]["shape"] = {48, 193};
              },
              {up}},
             {"shape overflow",
              [](auto& w) {
                  w.header[up_weight]["shape"] = {1LL << 40, 1LL << 40};
              },
              {up, "64 bits"}},
             {"shape negative",
              [](auto& w) {
                  w.header[up_weight]["shape"] = {-48, -192};
              },
              {up_weight}},
             {"integers", [](auto& w) { w.header[up_weight]["dtype"] = "I32"; }, {up, "F32"}},
             {"not read here",
              [](auto& w) {
                  w.header[up_weight]["dtype"] = "C64";
                  w.header[up_weight]["shape"] = {48, 96};
              },
              {up, "C64"}},
             {"unknown type",
              [](auto& w) { w.header[up_weight]["dtype"] = "Q4_K"; },
              {up, "'Q4_K'"}},
             {"overlap",
              [](auto& w) {
                  w.header["transformer.wpe.weight"]["data_offsets"] = {18620, 30908};
              },
              {"'transformer.wpe.weight'", "overlaps", "'transformer.wte.weight'"}},
             {"backwards",
              [](auto& w) {
                  w.header[up_weight]["data_offsets"] = {20, 10};
              },
              {up, "begins"}},
             {"beyond the end",
              [](auto& w) {
                  w.header[up_weight]["data_offsets"] = {0, 1LL << 40};
              },
              {up, "beyond"}},
             {"offset overflow",
              [](auto& w) {
                  w.header[up_weight]["data_offsets"] = {1, UINT64_MAX};
              },
              {up_weight}},
             {"no offsets",
              [](auto& w) { w.header[up_weight].erase("data_offsets"); },
              {up_weight}},
         })) {
        CAPTURE(row.name);
        const scratch_folder scratch;
        make_model(
            scratch / "model", [](auto&) {}, row.change
        );

        auto words = row.words;
        words.push_back((scratch / "model/model.safetensors").string());
        check_refused(scratch / "model", words);
    }
}

TEST_CASE("a safetensors file that was cut, or goes on, or is none, is refused") {
    const std::string good = content_of(tiny_gpt2 / "model.safetensors");
    const std::string after_length = good.substr(8);
    struct bad_file {
        const char* name;
        std::string content;
    };
    for (const auto& row : std::to_array<bad_file>({
             {"empty", ""},
             {"cut in its length", good.substr(0, 7)},
             {"cut in its header", good.substr(0, 1000)},
             {"cut behind its header", good.substr(0, 8 + 2624)},
             {"a byte short", good.substr(0, good.size() - 1)},
             {"a byte long", good + 'x'},
             {"all ones for a length", std::string(8, '\xff') + after_length},
             {"length 2^63", little_endian(std::uint64_t{1} << 63U, 8) + after_length},
             {"length beyond the file", little_endian(good.size(), 8) + after_length},
             {"length 0", little_endian(0, 8) + after_length},
             {"text", "this is no safetensors file, and quite long"},
         })) {
        CAPTURE(row.name);
        const scratch_folder scratch;
        make_model(scratch / "model");
        std::ofstream(scratch / "model/model.safetensors", std::ios::binary) << row.content;

        check_refused(scratch / "model", {(scratch / "model/model.safetensors").string()});
    }
    const scratch_folder scratch;
    make_model(scratch / "model");
    std::filesystem::remove(scratch / "model/model.safetensors");
    check_refused(scratch / "model", {"model.safetensors", "cannot read"});
    std::filesystem::create_directories(scratch / "model/model.safetensors");
    check_refused(scratch / "model", {"model.safetensors", "cannot read"});
}

TEST_CASE("weights that are not numbers are refused when the first token is chosen") {
    const scratch_folder scratch;
    make_model(
        scratch / "model",
        [](auto&) {},
        [](safetensors_parts& w) {
            const auto at = w.header["transformer.ln_f.bias"]["data_offsets"][0].get<std::size_t>();
            w.data.replace(at, 4, "\xff\xff\xff\x7f");
        }
    );

    const outcome o =
        run_abax({"run", (scratch / "model").string(), "--prompt", "1 2", "--tokens", "3"});

    CHECK(fault_of_refusal(o, {"logits", "NaN"}) == "");
}
