#include "process.hpp"

using namespace abax::testing;

namespace {

const std::string good_sum =
    R"({"id": "good", "op": "reduce", "pattern": "a b -> a", "reduction": "sum",
        "inputs": [{"shape": [2, 3], "fill": "arange"}],
        "expect": {"ok": true, "shape": [2], "values": [3, 12]}})";

// One vector a line.
std::string line_of(const std::string& text, const nlohmann::json& changes = {}) {
    auto vector = nlohmann::json::parse(text);
    vector.merge_patch(changes.is_null() ? nlohmann::json::object() : changes);
    return vector.dump() + '\n';
}

const std::string good_cost =
    R"({"cases": [{"id": "sum", "kind": "op_cost",
                   "inputs": {"op": "sum", "shape": [2, 3], "dtype_bytes": 4},
                   "expect": {"flops_vec": 4}, "tolerance": "exact"}]})";

}  // namespace

TEST_CASE("abax-conformance: einops' vectors pass, with quirks counted apart") {
    const std::string data = ABAX_TEST_DATA;

    const outcome o = run_conformance(
        {data + "/einops.jsonl",
         data + "/numpy_einsum.jsonl",
         "--op",
         "rearrange,reduce,repeat,einsum"}
    );

    CHECK(fault_of_success(o) == "");
    for (const char* group : {"rearrange ", "reduce ", "repeat ", "einsum ", "rearrange (quirk) "})
        CHECK_MESSAGE(has('\n' + o.out, '\n' + std::string(group)), group);
    CHECK(has(o.out, " passed, 0 failed\n"));
    CHECK_FALSE(has(o.out, "FAIL"));
}

TEST_CASE("abax-conformance: the last line is the sum of the lines above") {
    const scratch_folder scratch;
    const auto file = scratch.with(
        "v.jsonl",
        line_of(good_sum) + '\n' + line_of(good_sum, {{"id", "again"}})
            + line_of(good_sum, {{"id", "wrong"}, {"expect", {{"values", {3, 13}}}}})
    );

    const outcome o = run_conformance({file.string()});

    CHECK(o.exit_code == 1);
    CHECK(o.err == "");
    CHECK(o.out.starts_with("FAIL wrong: expected value 13 at 1 (here 12), got shape [2]\nreduce ")
    );
    CHECK(has(o.out, " 2 passed      1 failed\n"));
    CHECK(o.out.ends_with("\n2 passed, 1 failed\n"));
}

TEST_CASE("abax-conformance: a vector fails by shape, by values, by error and by its lack") {
    struct failing {
        nlohmann::json changes;
        std::string line;
    };
    const nlohmann::json is_error = {
        {"ok", false}, {"category", "not_divisible"}, {"shape", nullptr}, {"values", nullptr}};
    for (const auto& row : std::to_array<failing>({
             {{{"expect", {{"shape", {3}}}}}, "FAIL good: expected shape [3], got shape [2]\n"},
             {{{"expect", {{"values", {3, 12, 1}}}}}, "FAIL good: expected 3 values, got"},
             {{{"expect", is_error}}, "FAIL good: expected error not_divisible, got shape [2]\n"},
             {{{"pattern", "a b c -> a"}},
              "FAIL good: expected shape [2], got error rank_mismatch"},
             {{{"op", "transpose"}}, "FAIL good: expected shape [2], got error other"},
             {{{"reduction", "median"}}, "FAIL good: expected shape [2], got error other"},
         })) {
        CAPTURE(row.line);
        const scratch_folder scratch;
        const auto file = scratch.with("v.jsonl", line_of(good_sum, row.changes));

        const outcome o = run_conformance({file.string()});

        CHECK(o.exit_code == 1);
        CHECK(o.out.starts_with(row.line));
        CHECK(o.out.ends_with("\n0 passed, 1 failed\n"));
    }
}

TEST_CASE("abax-conformance: a quirk without a decision fails, one with a decision is held to it") {
    const scratch_folder scratch;
    const auto unknown =
        scratch.with("unknown.jsonl", line_of(good_sum, {{"quirk", "never_heard_of"}}));
    const auto known =
        scratch.with("known.jsonl", line_of(good_sum, {{"quirk", "leading_zero_in_number"}}));
    const auto refused =
        scratch.with("refused.jsonl", line_of(good_sum, {{"quirk", "negative_size"}}));

    const outcome of_unknown = run_conformance({unknown.string()});
    const outcome of_known = run_conformance({known.string()});
    const outcome of_refused = run_conformance({refused.string()});

    CHECK(of_unknown.exit_code == 1);
    CHECK(of_unknown.out.starts_with("FAIL good: expected a decision on \"never_heard_of\""));
    CHECK(fault_of_success(of_known) == "");
    CHECK(has(of_known.out, "reduce (quirk) "));
    CHECK(of_refused.exit_code == 1);
    CHECK(of_refused.out.starts_with("FAIL good: expected error size_mismatch"));
}

TEST_CASE("abax-conformance: --decisions takes another file of decisions") {
    const scratch_folder scratch;
    const auto vectors = scratch.with("v.jsonl", line_of(good_sum, {{"quirk", "mine"}}));
    const auto decisions =
        scratch.with("d.json", R"({"quirks": {"mine": {"outcome": "reference"}}})");
    const auto broken = scratch.with("broken.json", R"({"quirks": {"mine": {}}})");

    CHECK(
        fault_of_success(run_conformance({vectors.string(), "--decisions", decisions.string()}))
        == ""
    );
    const outcome o = run_conformance({vectors.string(), "--decisions", broken.string()});
    CHECK(fault_of_refusal(o, {"broken.json"}) == "");
    const outcome none = run_conformance({vectors.string(), "--decisions", "none.json"});
    CHECK(fault_of_refusal(none, {"none.json"}) == "");
}

TEST_CASE("abax-conformance: extensions are set aside, and counted") {
    const scratch_folder scratch;
    const auto file = scratch.with(
        "v.jsonl", line_of(good_sum) + line_of(good_sum, {{"extension", "names with extents"}})
    );

    const outcome o = run_conformance({file.string()});

    CHECK(fault_of_success(o) == "");
    CHECK(has(o.out, "1 set aside"));
    CHECK(o.out.ends_with("\n1 passed, 0 failed\n"));
}

TEST_CASE("abax-conformance: --op restricts to operations or kinds") {
    const std::string data = ABAX_TEST_DATA;
    const scratch_folder scratch;
    const auto file = scratch.with(
        "v.jsonl", line_of(good_sum) + line_of(good_sum, {{"id", "wrong"}, {"op", "rearrange"}})
    );

    const outcome one = run_conformance({file.string(), "--op", "reduce"});
    const outcome both = run_conformance({"--op", "reduce,rearrange", file.string()});
    const outcome costs = run_conformance({data + "/cost_cases.json", "--op", "op_cost/softmax"});

    CHECK(fault_of_success(one) == "");
    CHECK(one.out.ends_with("\n1 passed, 0 failed\n"));
    CHECK(both.exit_code == 1);
    CHECK(fault_of_success(costs) == "");
    CHECK(costs.out.starts_with("op_cost "));
}

TEST_CASE("abax-conformance: cost cases pass or fail by their figures") {
    const scratch_folder scratch;
    std::string wrong = good_cost;
    wrong.replace(wrong.find("\"flops_vec\": 4"), 14, "\"flops_vec\": 5");
    std::string alien = good_cost;
    alien.replace(alien.find("op_cost"), 7, "horoscope");

    const outcome good = run_conformance({scratch.with("good.json", good_cost).string()});
    const outcome bad = run_conformance({scratch.with("wrong.json", wrong).string()});
    const outcome strange = run_conformance({scratch.with("alien.json", alien).string()});

    CHECK(fault_of_success(good) == "");
    CHECK(good.out.ends_with("\n1 passed, 0 failed\n"));
    CHECK(bad.exit_code == 1);
    CHECK(bad.out.starts_with("FAIL sum: expected flops_vec=5, got flops_vec=4\n"));
    CHECK(strange.exit_code == 1);
    CHECK(strange.out.starts_with("FAIL sum: "));
}

TEST_CASE(
    "abax-conformance: every Llama without experts costs what it should, and those with are apart"
) {
    const std::string cases = std::string(ABAX_TEST_DATA) + "/cost_cases.json";

    const outcome dense = run_conformance({cases, "--op", "forward_flops/llama"});
    const outcome experts = run_conformance({cases, "--op", "forward_flops/llama+experts"});

    CHECK(fault_of_success(dense) == "");
    CHECK(dense.out.ends_with("\n9 passed, 0 failed\n"));
    CHECK(experts.exit_code == 1);
    CHECK(has(experts.out, "it is not computed here"));
    CHECK(experts.out.ends_with("\n0 passed, 1 failed\n"));
}

TEST_CASE("abax-conformance: files that cannot be understood are refused, by name and line") {
    const scratch_folder scratch;
    struct bad_file {
        const char* name;
        std::string content;
        std::vector<std::string> words;
    };
    for (const auto& row : std::to_array<bad_file>({
             {"empty.jsonl", "", {"no vectors"}},
             {"cut.jsonl", line_of(good_sum).substr(0, 40), {"line 1"}},
             {"second.jsonl", line_of(good_sum) + "{}\n", {"line 2"}},
             {"list.jsonl", "[]\n", {"line 1"}},
             {"no-op.jsonl", line_of(good_sum, {{"op", nullptr}}), {"line 1", "op"}},
             {"no-id.jsonl", line_of(good_sum, {{"id", nullptr}}), {"line 1", "id"}},
             {"no-inputs.jsonl", line_of(good_sum, {{"inputs", nullptr}}), {"line 1", "inputs"}},
             {"no-expect.jsonl", line_of(good_sum, {{"expect", nullptr}}), {"line 1", "expect"}},
             {"op-number.jsonl", line_of(good_sum, {{"op", 7}}), {"line 1"}},
             {"empty.json", "", {}},
             {"no-cases.json", "{}", {"cases"}},
             {"empty-cases.json", R"({"cases": []})", {"no cases"}},
             {"bare-case.json", R"({"cases": [{}]})", {}},
             {"text-figure.json",
              std::string(good_cost).replace(good_cost.find("\"exact\""), 7, R"({"rel": "much"})"),
              {}},
         })) {
        CAPTURE(row.name);
        const auto file = scratch.with(row.name, row.content).string();

        const outcome o = run_conformance({file});

        auto words = row.words;
        words.push_back(file);
        CHECK(fault_of_refusal(o, words) == "");
    }
}

TEST_CASE("abax-conformance: a wrong command line is one message, and exit code 2") {
    const scratch_folder scratch;
    const auto file = scratch.with("v.jsonl", line_of(good_sum)).string();
    std::filesystem::create_directory(scratch / "folder.jsonl");

    CHECK(fault_of_refusal(run_conformance({}), {"FILE", "--help"}) == "");
    CHECK(fault_of_refusal(run_conformance({"none.jsonl"}), {"none.jsonl"}) == "");
    CHECK(
        fault_of_refusal(run_conformance({(scratch / "folder.jsonl").string()}), {"folder"}) == ""
    );
    CHECK(fault_of_refusal(run_conformance({file, "--nonsense"}), {"--nonsense"}) == "");
    CHECK(fault_of_refusal(run_conformance({file, "--op"}), {"--op"}) == "");
    CHECK(fault_of_refusal(run_conformance({file, "--op", "rearange"}), {"'rearange'"}) == "");
}

TEST_CASE("abax-conformance --help: exits with 0") {
    const outcome o = run_conformance({"--help"});

    CHECK(fault_of_success(o) == "");
    for (const char* option : {"--op", "--decisions", "FILE"})
        CHECK(has(o.out, option));
}
