#include <abax/io/npy.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>

#include "model_folder.hpp"

#include <cmath>
#include <map>

using namespace abax::testing;

namespace {

// What a dry run may take: far less than the weights or the mask that it does without. The address sanitizer keeps books of
// its own.
#ifdef __SANITIZE_ADDRESS__
constexpr long most_kilobytes = 350'000;
#else
constexpr long most_kilobytes = 100'000;
#endif

constexpr double tolerance = 2e-4;

std::filesystem::path ids_file(
    const std::filesystem::path& file,
    const std::vector<std::int64_t>& ids,
    const std::vector<std::int64_t>& extents,
    abax::dtype type = abax::dtype::int64
) {
    abax::save_npy(file, abax::cast(abax::from(ids, abax::shape::of(extents)).any(), type));
    return file;
}

// The ids of a model's expected.json: rows of equal length.
std::filesystem::path expected_ids(
    const std::filesystem::path& model, const std::filesystem::path& file, abax::dtype type
) {
    std::vector<std::int64_t> ids;
    const auto rows = json_of(model / "expected.json").at("token_ids");
    for (const auto& row : rows)
        for (const auto& id : row)
            ids.push_back(id);
    const auto count = static_cast<std::int64_t>(rows.size());
    return ids_file(file, ids, {count, static_cast<std::int64_t>(ids.size()) / count}, type);
}

double largest_difference(const abax::any_tensor& a, const abax::any_tensor& b) {
    REQUIRE(a.shape().extents() == b.shape().extents());
    const auto x = values<double>(abax::cast(a, abax::dtype::float64));
    const auto y = values<double>(abax::cast(b, abax::dtype::float64));
    double largest = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        largest = std::max(largest, std::isnan(x[i]) ? HUGE_VAL : std::abs(x[i] - y[i]));
    return largest;
}

// The models of the cost cases, as Hugging Face would configure them.
std::string config_text(const nlohmann::json& model) {
    if (model.at("arch") == "gpt2")
        return nlohmann::json{
            {"model_type", "gpt2"},
            {"n_layer", model.at("n_layer")},
            {"n_embd", model.at("d_model")},
            {"n_head", model.at("n_head")},
            {"n_inner", model.at("d_ff")},
            {"n_positions", model.at("n_ctx")},
            {"vocab_size", model.at("vocab")},
            {"tie_word_embeddings", model.at("tied")}}
            .dump();
    return nlohmann::json{
        {"model_type", "llama"},
        {"num_hidden_layers", model.at("n_layer")},
        {"hidden_size", model.at("d_model")},
        {"num_attention_heads", model.at("n_head")},
        {"num_key_value_heads", model.at("n_kv_head")},
        {"head_dim", model.at("head_dim")},
        {"intermediate_size", model.at("d_ff")},
        {"max_position_embeddings", model.at("n_ctx")},
        {"vocab_size", model.at("vocab")},
        {"tie_word_embeddings", model.at("tied")},
        {"qkv_bias", model.value("qkv_bias", false)}}
        .dump();
}

std::string digits(const nlohmann::json& number) {
    return number.is_string() ? number.get<std::string>() : number.dump();
}

constexpr const char* gpt2_small =
    R"({"model_type": "gpt2", "n_layer": 12, "n_embd": 768, "n_head": 12, "n_positions": 1024,
        "vocab_size": 50257})";

}  // namespace

TEST_CASE("abax forward: gives the logits of the reference, from ids of int64 and int32") {
    for (const auto& model : {byte_gpt2, tiny_gpt2, tiny_llama})
        for (const auto type : {abax::dtype::int64, abax::dtype::int32}) {
            CAPTURE(model.string());
            const scratch_folder scratch;
            const auto ids = expected_ids(model, scratch / "ids.npy", type);
            const auto logits = scratch / "logits.npy";

            const outcome o = run_abax(
                {"forward", model.string(), "--tokens", ids.string(), "--logits", logits.string()}
            );

            CHECK(fault_of_success(o) == "");
            CHECK(has(o.out, "lm_head"));
            CHECK(has(o.out, "total"));
            const auto got = abax::load_npy(logits);
            CHECK(got.type() == abax::dtype::float32);
            CHECK(
                largest_difference(got, abax::load_npy(model / "expected_logits.npy")) <= tolerance
            );
            CHECK(scratch.count() == 2);
        }
}

TEST_CASE("abax forward: --json - leaves stdout to the bill, a file gets the same figures") {
    const scratch_folder scratch;
    const auto ids = ids_file(scratch / "ids.npy", {1, 2, 3}, {1, 3});
    const auto bill = scratch / "bill.json";
    const auto forward_with = [&](const std::string& json) {
        return run_abax(
            {"forward",
             tiny_gpt2.string(),
             "--tokens",
             ids.string(),
             "--logits",
             (scratch / "logits.npy").string(),
             "--json",
             json}
        );
    };

    const outcome to_stdout = forward_with("-");
    const outcome to_file = forward_with(bill.string());

    CHECK(fault_of_success(to_stdout) == "");
    CHECK(fault_of_success(to_file) == "");
    auto one = parsed(to_stdout.out).at("totals");
    auto other = json_of(bill).at("totals");
    CHECK(parsed(to_stdout.out).at("schema") == "abax.bill");
    one.erase("seconds");
    other.erase("seconds");
    CHECK(one == other);
    CHECK(has(to_file.out, "total"));
}

TEST_CASE("abax forward --dry: FLOPs of known models, from config.json alone and in little memory"
) {
    const scratch_folder scratch;
    std::map<std::string, int> count;
    const auto all = json_of(std::filesystem::path(ABAX_TEST_DATA) / "cost_cases.json");
    for (const auto& one : all.at("cases")) {
        const auto& inputs = one.at("inputs");
        if (one.at("kind") != "forward_flops")
            continue;
        const std::string arch = inputs.at("model").at("arch");
        if ((arch != "gpt2" && arch != "llama") || inputs.at("model").contains("n_experts"))
            continue;
        CAPTURE(one.at("id").get<std::string>());
        (void)scratch.with("config.json", config_text(inputs.at("model")));

        const outcome o = run_abax(
            {"forward",
             scratch.path().string(),
             "--dry",
             "--batch",
             inputs.at("batch").dump(),
             "--seq",
             inputs.at("seq").dump(),
             "--json",
             "-"}
        );

        CHECK(fault_of_success(o) == "");
        const auto totals = parsed(o.out).at("totals");
        CHECK(digits(totals.at("flops_mm")) == digits(one.at("expect").at("total")));
        CHECK(
            digits(totals.at("flops_mm_useful"))
            == digits(one.at("expect").at("total_causal_exact"))
        );
        CHECK(o.peak_kilobytes < most_kilobytes);
        CHECK(scratch.count() == 1);
        ++count[arch];
    }
    CHECK(count["gpt2"] == 10);
    CHECK(count["llama"] == 9);
}

TEST_CASE("abax forward --dry: its bill is the bill of the real run") {
    for (const auto& model : {tiny_gpt2, tiny_llama}) {
        CAPTURE(model.string());
        const scratch_folder scratch;
        const auto ids = ids_file(scratch / "ids.npy", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {2, 5});
        const auto real_bill = scratch / "real.json";

        const outcome real = run_abax(
            {"forward",
             model.string(),
             "--tokens",
             ids.string(),
             "--logits",
             (scratch / "logits.npy").string(),
             "--json",
             real_bill.string()}
        );
        const outcome dry = run_abax(
            {"forward", model.string(), "--dry", "--batch", "2", "--seq", "5", "--json", "-"}
        );

        CHECK(fault_of_success(real) == "");
        auto of_real = json_of(real_bill).at("totals");
        auto of_dry = parsed(dry.out).at("totals");
        of_real.erase("seconds");
        of_dry.erase("seconds");
        CHECK(of_dry == of_real);
    }
}

TEST_CASE("abax forward --dry: takes no time, so its bill has no seconds") {
    const scratch_folder scratch;
    (void)scratch.with("config.json", gpt2_small);

    const outcome o =
        run_abax({"forward", scratch.path().string(), "--dry", "--seq", "1024", "--json", "-"});

    CHECK(parsed(o.out).at("totals").at("seconds") == 0);
}

TEST_CASE("abax forward --dry: makes no causal mask, however many positions there are") {
    const scratch_folder scratch;
    (void)scratch.with(
        "config.json",
        R"({"model_type": "gpt2", "n_layer": 2, "n_embd": 8, "n_head": 2, "n_positions": 20000,
            "vocab_size": 256})"
    );

    const outcome o =
        run_abax({"forward", scratch.path().string(), "--dry", "--seq", "20000", "--json", "-"});

    CHECK(fault_of_success(o) == "");
    CHECK(o.peak_kilobytes < most_kilobytes);
}

TEST_CASE("abax forward --dry: totals beyond 64 bits are right or refused, never wrapped") {
    const scratch_folder scratch;
    (void)scratch.with("config.json", gpt2_small);
    const auto dry = [&](const std::string& batch, const std::string& seq) {
        return run_abax(
            {"forward",
             scratch.path().string(),
             "--dry",
             "--batch",
             batch,
             "--seq",
             seq,
             "--json",
             "-"}
        );
    };

    const outcome large = dry("100000000", "1024");

    // 10^8 times the 291648307200 of one sequence: 2.9e19, more than 64 bits hold.
    CHECK(fault_of_success(large) == "");
    CHECK(digits(parsed(large.out).at("totals").at("flops_mm")) == "29164830720000000000");
    for (const auto& [batch_, seq] : std::to_array<std::pair<const char*, const char*>>({
             {"99999999999", "99999999"},
             {"99999999999", "1024"},
             {"9223372036854775807", "1"},
             {"9223372036854775807", "1024"},
         })) {
        const auto& batch = batch_;
        CAPTURE(batch);
        CHECK(fault_of_refusal(dry(batch, seq), {"fit"}) == "");
    }
}

TEST_CASE("abax forward: refuses options that do not go together, and numbers out of range") {
    const scratch_folder scratch;
    (void)scratch.with("config.json", gpt2_small);
    const auto ids = ids_file(scratch / "ids.npy", {1, 2, 3}, {1, 3});
    const auto logits = (scratch / "logits.npy").string();
    struct rejected {
        arguments line;
        std::vector<std::string> words;
    };
    for (const auto& row : std::to_array<rejected>({
             {{}, {"--tokens", "--logits", "--dry"}},
             {{"--tokens", ids.string()}, {"--logits"}},
             {{"--logits", logits}, {"--tokens"}},
             {{"--dry", "--tokens", ids.string(), "--logits", logits}, {"--tokens"}},
             {{"--batch", "2", "--tokens", ids.string(), "--logits", logits}, {"--dry"}},
             {{"--seq", "2", "--tokens", ids.string(), "--logits", logits}, {"--dry"}},
             {{"--dry", "--batch", "0"}, {"--batch", "'0'"}},
             {{"--dry", "--seq", "0"}, {"--seq", "'0'"}},
             {{"--dry", "--batch", "-1"}, {"--batch", "'-1'"}},
             {{"--dry", "--batch", "1.5"}, {"--batch", "'1.5'"}},
             {{"--dry", "--batch", "1e3"}, {"--batch", "'1e3'"}},
             {{"--dry", "--batch", "9223372036854775808"}, {"--batch"}},
             {{"--dry", "--seq", "1025"}, {"1025 positions", "context of 1024"}},
             {{"--dry", "--json", "/nonexistent/bill.json"}, {"/nonexistent/bill.json"}},
             {{"--dry", "--json", scratch.path().string()}, {scratch.path().string(), "directory"}},
             {{"--dry", "--json", (scratch / "config.json").string()}, {"input", "config.json"}},
             // There are no weights in this folder.
             {{"--tokens", ids.string(), "--logits", logits}, {"model.safetensors"}},
         })) {
        arguments line = row.line;
        line.insert(line.begin(), {"forward", scratch.path().string()});
        CAPTURE(joined(line));

        const outcome o = run_abax(line);

        CHECK(fault_of_refusal(o, row.words) == "");
        CHECK(scratch.count() == 2);
    }
    CHECK(content_of(scratch / "config.json") == gpt2_small);
}

TEST_CASE("abax forward: refuses token ids that the model cannot take, and names their file") {
    using abax::dtype;
    struct rejected {
        std::vector<std::int64_t> ids;
        std::vector<std::int64_t> extents;
        dtype type;
        std::vector<std::string> words;
    };
    for (const auto& row : std::to_array<rejected>({
             {{1, 97}, {1, 2}, dtype::int64, {"id number 1", "0 to 96"}},
             {{1, -1}, {1, 2}, dtype::int64, {"id number 1", "0 to 96"}},
             {{1, -1}, {1, 2}, dtype::int32, {"id number 1", "0 to 96"}},
             {{1, INT64_MAX}, {1, 2}, dtype::int64, {"id number 1", "0 to 96"}},
             {{1, INT64_MIN}, {1, 2}, dtype::int64, {"id number 1", "0 to 96"}},
             {{1, 2}, {1, 2}, dtype::float32, {"int64 or int32", "float32"}},
             {{1, 2}, {1, 2}, dtype::float64, {"int64 or int32", "float64"}},
             {{1, 0}, {1, 2}, dtype::boolean, {"int64 or int32", "bool"}},
             {{1, 2}, {2}, dtype::int64, {"(b, s)"}},
             {{1, 2}, {1, 1, 2}, dtype::int64, {"(b, s)"}},
             {{1}, {}, dtype::int64, {"(b, s)"}},
             {std::vector<std::int64_t>(65, 1), {1, 65}, dtype::int64, {"65", "context of 64"}},
         })) {
        CAPTURE(row.ids.back());
        const scratch_folder scratch;
        const auto ids = ids_file(scratch / "ids.npy", row.ids, row.extents, row.type);
        const auto logits = scratch.with("logits.npy", "as it was");
        const auto bill = scratch.with("bill.json", "as it was");

        const outcome o = run_abax(
            {"forward",
             tiny_gpt2.string(),
             "--tokens",
             ids.string(),
             "--logits",
             logits.string(),
             "--json",
             bill.string()}
        );

        std::vector<std::string> words = row.words;
        words.push_back(ids.string());
        CHECK(fault_of_refusal(o, words) == "");
        CHECK(content_of(logits) == "as it was");
        CHECK(content_of(bill) == "as it was");
        CHECK(scratch.count() == 3);
    }
}

TEST_CASE("abax forward: an output is a file of its own, in a folder that exists") {
    const scratch_folder scratch;
    const auto ids = ids_file(scratch / "ids.npy", {1, 2, 3}, {1, 3});
    const std::string before = content_of(ids);
    std::filesystem::create_symlink(ids, scratch / "link.npy");
    std::filesystem::create_hard_link(ids, scratch / "hard.npy");
    make_model(scratch / "model");
    const auto in = [&](const char* name) { return (scratch / name).string(); };
    struct rejected {
        arguments outputs;
        std::vector<std::string> words;
    };
    for (const auto& row : std::to_array<rejected>({
             {{"--logits", in("ids.npy")}, {"input", "ids.npy"}},
             {{"--logits", in("model/../ids.npy")}, {"input", "ids.npy"}},
             {{"--logits", in("link.npy")}, {"input", "link.npy"}},
             {{"--logits", in("hard.npy")}, {"input", "hard.npy"}},
             {{"--logits", in("model/model.safetensors")}, {"input", "model.safetensors"}},
             {{"--logits", in("a.npy"), "--json", in("ids.npy")}, {"input", "ids.npy"}},
             {{"--logits", in("a.npy"), "--json", in("a.npy")}, {"two outputs", "a.npy"}},
             {{"--logits", in("a.npy"), "--json", in("model/../a.npy")}, {"two outputs", "a.npy"}},
             {{"--logits", in("a.npy"), "--json", in("none/bill.json")}, {"none/bill.json"}},
             {{"--logits", in("none/a.npy")}, {"none/a.npy"}},
             {{"--logits", in("model")}, {"model", "directory"}},
             {{"--logits", "-"}, {"--logits", "'-'"}},
         })) {
        arguments line = {"forward", in("model"), "--tokens", in("ids.npy")};
        line.insert(line.end(), row.outputs.begin(), row.outputs.end());
        CAPTURE(joined(line));

        const outcome o = run_abax(line);

        CHECK(fault_of_refusal(o, row.words) == "");
        CHECK(scratch.count() == 4);
        CHECK(content_of(ids) == before);
    }
}

TEST_CASE("abax forward: a write that fails half-way leaves the old file") {
    const scratch_folder scratch;
    const auto ids = ids_file(scratch / "ids.npy", {1, 2, 3}, {1, 3});
    const auto logits = scratch.with("logits.npy", "as it was");
    const file_size_limit full_disk(200);

    const outcome o = run_abax(
        {"forward", tiny_gpt2.string(), "--tokens", ids.string(), "--logits", logits.string()}
    );

    CHECK(fault_of_refusal(o, {"logits.npy"}) == "");
    CHECK(content_of(logits) == "as it was");
    CHECK(scratch.count() == 2);
}
