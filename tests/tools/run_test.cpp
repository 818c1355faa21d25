#include "model_folder.hpp"

using namespace abax::testing;

namespace {

struct example {
    std::string prompt;
    std::string continuation;
};

example expected() {
    const auto all = json_of(byte_gpt2 / "expected.json");
    return {all.at("prompt"), all.at("greedy_continuation")};
}

outcome run_bytes(arguments more) {
    more.insert(more.begin(), {"run", byte_gpt2.string()});
    return run_abax(more);
}

}  // namespace

TEST_CASE("abax run: prints the prompt with its greedy continuation, then both bills") {
    const auto [prompt, continuation] = expected();
    const auto count = std::to_string(continuation.size());

    const outcome o = run_bytes({"--prompt", prompt, "--tokens", count});

    CHECK(fault_of_success(o) == "");
    CHECK(o.out.starts_with(prompt + continuation + "\n\nprefill: "));
    for (const char* part :
         {"prefill: 29 tokens", "decode: ", "embedding", "h.*", "total", "bound"})
        CHECK_MESSAGE(has(o.out, part), part);
}

TEST_CASE("abax run: --bill none prints the text alone") {
    const auto [prompt, continuation] = expected();

    const outcome o = run_bytes(
        {"--prompt", prompt, "--tokens", std::to_string(continuation.size()), "--bill", "none"}
    );

    CHECK(fault_of_success(o) == "");
    CHECK(o.out == prompt + continuation + "\n");
}

TEST_CASE("abax run: without --tokens it adds 120, or what the context has room for") {
    const std::string prompt(250, 'a');

    const outcome few = run_bytes({"--prompt", prompt, "--bill", "none"});
    const outcome most = run_bytes({"--prompt", "This", "--bill", "none"});
    const outcome none = run_bytes({"--prompt", std::string(256, 'a'), "--bill", "none"});

    CHECK(few.out.size() == 256 + 1);
    CHECK(most.out.size() == 4 + 120 + 1);
    CHECK(none.out == std::string(256, 'a') + "\n");
}

TEST_CASE("abax run: 0 tokens leave the prompt as it is") {
    const outcome o = run_bytes({"--prompt", "This", "--tokens", "0"});

    CHECK(fault_of_success(o) == "");
    CHECK(o.out == "This\n");
}

TEST_CASE("abax run: any bytes are a prompt, also those that look like options") {
    for (const std::string prompt : {"--tokens", "-> a", "-", "\xff\xfe", "two\nlines"}) {
        CAPTURE(prompt);

        const outcome o = run_bytes({"--prompt", prompt, "--tokens", "3", "--bill", "none"});

        CHECK(fault_of_success(o) == "");
        CHECK(o.out.starts_with(prompt));
        CHECK(o.out.size() == prompt.size() + 3 + 1);
    }
}

TEST_CASE("abax run: the same seed gives the same text, another one another") {
    const auto text = [](const std::string& seed) {
        return run_bytes({"--prompt",
                          "The",
                          "--tokens",
                          "60",
                          "--temperature",
                          "1.5",
                          "--top-k",
                          "50",
                          "--seed",
                          seed,
                          "--bill",
                          "none"})
            .out;
    };

    const std::string seven = text("7");

    CHECK(seven.size() == 3 + 60 + 1);
    CHECK(text("7") == seven);
    CHECK(text("8") != seven);
    CHECK(text("18446744073709551615") != seven);
}

TEST_CASE("abax run: the likeliest of one token is the greedy choice at any temperature") {
    const outcome greedy = run_bytes({"--prompt", "The", "--tokens", "40", "--bill", "none"});

    const outcome hot = run_bytes(
        {"--prompt",
         "The",
         "--tokens",
         "40",
         "--temperature",
         "9",
         "--top-k",
         "1",
         "--bill",
         "none"}
    );

    CHECK(fault_of_success(hot) == "");
    CHECK(hot.out == greedy.out);
}

TEST_CASE("abax run: --json writes both bills and the tokens to a file") {
    const auto [prompt, continuation] = expected();
    const scratch_folder scratch;
    const auto file = scratch / "bills.json";

    const outcome o =
        run_bytes({"--prompt", prompt, "--tokens", "10", "--bill", "none", "--json", file.string()}
        );

    CHECK(fault_of_success(o) == "");
    CHECK(o.out == prompt + continuation.substr(0, 10) + "\n");
    const auto all = json_of(file);
    CHECK(all.at("schema") == "abax.run");
    CHECK(all.at("prompt_tokens") == prompt.size());
    CHECK(all.at("new_tokens") == 10);
    std::string text;
    for (const auto& token : all.at("tokens"))
        text += static_cast<char>(token.get<int>());
    CHECK(text == continuation.substr(0, 10));
    for (const char* part : {"prefill", "decode"}) {
        CHECK(all.at(part).at("schema") == "abax.bill");
        CHECK(all.at(part).at("totals").at("flops_mm").get<std::int64_t>() > 0);
    }
    CHECK(scratch.count() == 1);
}

TEST_CASE("abax run: with --json - stdout is one JSON document and the text goes to stderr") {
    for (const char* bill : {"none", "table"}) {
        CAPTURE(bill);

        const outcome o =
            run_bytes({"--prompt", "This", "--tokens", "5", "--bill", bill, "--json", "-"});

        CHECK(o.exit_code == 0);
        CHECK(parsed(o.out).at("tokens").size() == 5);
        CHECK(o.err.starts_with("This"));
    }
}

TEST_CASE("abax run: token ids go in and out where the vocabulary is not bytes") {
    for (const auto& model : {tiny_gpt2, tiny_llama}) {
        CAPTURE(model.string());
        const outcome o = run_abax(
            {"run", model.string(), "--prompt", "46, 8 38,23", "--tokens", "3", "--bill", "none"}
        );

        CHECK(fault_of_success(o) == "");
        std::istringstream ids(o.out.substr(std::string("46, 8 38,23").size()));
        std::vector<int> added(std::istream_iterator<int>(ids), {});
        CHECK(added.size() == 3);
        for (const int id : added)
            CHECK((id >= 0 && id < 101));
    }
}

TEST_CASE("abax run: a Llama's bills have a line for its rotations, and its prefill is in them") {
    const outcome o = run_abax({"run", tiny_llama.string(), "--prompt", "1 2 3", "--tokens", "4"});

    CHECK(fault_of_success(o) == "");
    for (const char* part : {"prefill: 3 tokens", "decode: 3 tokens", "rope", "norm", "lm_head"})
        CHECK_MESSAGE(has(o.out, part), part);
}

TEST_CASE("abax run: refuses prompts and settings that cannot be, before it prints") {
    struct rejected {
        arguments line;
        std::vector<std::string> words;
    };
    const std::string bytes = byte_gpt2.string();
    const std::string tiny = tiny_gpt2.string();
    for (const auto& row : std::to_array<rejected>({
             {{bytes, "--prompt", ""}, {"prompt is empty"}},
             {{bytes, "--prompt=", "--tokens=5"}, {"prompt is empty"}},
             {{tiny, "--prompt", "  "}, {"prompt is empty"}},
             {{bytes, "--prompt", std::string(257, 'a')}, {"257 tokens", "context of 256"}},
             {{bytes, "--prompt", "a", "--tokens", "256"}, {"256 new ones"}},
             {{bytes, "--prompt", "a", "--tokens", "9223372036854775807"}, {"context of 256"}},
             {{bytes, "--prompt", "a", "--tokens", "92233720368547758079"}, {"--tokens"}},
             {{bytes, "--prompt", "a", "--tokens", "-1"}, {"--tokens", "'-1'"}},
             {{bytes, "--prompt", "a", "--tokens", "2.5"}, {"--tokens", "'2.5'"}},
             {{bytes, "--prompt", "a", "--tokens", "0x10"}, {"--tokens", "'0x10'"}},
             {{bytes, "--prompt", "a", "--tokens", ""}, {"--tokens"}},
             {{bytes, "--prompt", "a", "--temperature", "-0.5"}, {"temperature"}},
             {{bytes, "--prompt", "a", "--temperature", "nan"}, {"temperature"}},
             {{bytes, "--prompt", "a", "--temperature", "inf"}, {"temperature"}},
             {{bytes, "--prompt", "a", "--temperature", "warm"}, {"--temperature"}},
             {{bytes, "--prompt", "a", "--top-k", "-1"}, {"--top-k"}},
             {{bytes, "--prompt", "a", "--seed", "-1"}, {"--seed"}},
             {{bytes, "--prompt", "a", "--seed", "18446744073709551616"}, {"--seed"}},
             {{bytes, "--prompt", "a", "--bill", "graph"}, {"--bill", "graph"}},
             {{bytes, "--prompt", "a", "--json", "/nonexistent/bill.json"}, {"/nonexistent"}},
             {{bytes, "--prompt", "a", "--json", bytes}, {bytes, "directory"}},
             {{"/nonexistent", "--prompt", "a"}, {"/nonexistent/config.json"}},
             {{tiny, "--prompt", "This"}, {"token ids", "This"}},
             {{tiny, "--prompt", "1,97"}, {"id number 1", "0 to 96"}},
             {{tiny, "--prompt", "1,-1"}, {"id number 1", "0 to 96"}},
             {{tiny, "--prompt", "1,99999999999999999999"}, {"token ids"}},
         })) {
        arguments line = row.line;
        line.insert(line.begin(), "run");
        CAPTURE(joined(line));

        const outcome o = run_abax(line);

        CHECK(fault_of_refusal(o, row.words) == "");
    }
}

TEST_CASE("abax run: a zero before a number does not make it octal") {
    const outcome o = run_bytes({"--prompt", "a", "--tokens", "010", "--bill", "none"});

    CHECK(o.out.size() == 1 + 10 + 1);
}

TEST_CASE("abax run: refuses to write its bills over the model") {
    const scratch_folder scratch;
    make_model(scratch / "model");
    const auto config = scratch / "model/config.json";
    const std::string before = content_of(config);

    const outcome o = run_abax(
        {"run",
         (scratch / "model").string(),
         "--prompt",
         "1",
         "--json",
         (scratch / "model/../model/config.json").string()}
    );

    CHECK(fault_of_refusal(o, {"input", "config.json"}) == "");
    CHECK(content_of(config) == before);
}
