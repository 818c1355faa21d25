#include <abax/models/generate.hpp>
#include <abax/models/load_model.hpp>
#include <abax/report/table.hpp>

#include "commands.hpp"
#include "options.hpp"
#include "probe.hpp"

#include <fmt/format.h>

#include <iostream>

namespace cli {

namespace {

// A vocabulary of 256 is bytes; for any other, token ids go in and out.
constexpr std::int64_t byte_vocabulary = 256;
constexpr std::int64_t default_tokens = 120;

struct run_options {
    std::string folder;
    std::string prompt;
    std::int64_t tokens = -1;
    abax::models::sampling sampling;
    std::string bill = "table";
    std::string json;
};

std::vector<std::int64_t> tokens_of(const std::string& prompt, bool is_bytes) {
    if (!is_bytes)
        return numbers_in(prompt, "the vocabulary is not bytes: the prompt's token ids");
    std::vector<std::int64_t> tokens;
    for (const char c : prompt)
        tokens.push_back(static_cast<unsigned char>(c));
    return tokens;
}

std::string rate(std::size_t tokens, double seconds) {
    return seconds > 0 ? fmt::format("{:.0f} tokens/s", static_cast<double>(tokens) / seconds)
                       : "no time";
}

void print_bill(
    std::ostream& out, const char* title, const abax::ledger& bill, const abax::machine& machine
) {
    abax::table_options options;
    options.on = machine;
    out << '\n' << title << '\n' << abax::table(bill, options);
}

// Both bills in one document, each with the schema of docs/ledger.md.
std::string bills_as_json(const abax::models::generation& g, std::size_t prompt_tokens) {
    return fmt::format(
        "{{\"schema\": \"abax.run\", \"version\": 1, \"prompt_tokens\": {}, \"new_tokens\": {}, "
        "\"tokens\": [{}], \"prefill_seconds\": {}, \"decode_seconds\": {},\n\"prefill\": {},\n\"decode\": {}}}",
        prompt_tokens,
        g.tokens.size(),
        fmt::join(g.tokens, ", "),
        g.prefill_seconds,
        g.decode_seconds,
        g.prefill.json(),
        g.decode.json()
    );
}

void run(run_options o) {
    if (o.bill != "table" && o.bill != "none")
        throw abax::error(
            {.kind = abax::category::usage,
             .operation = "run",
             .message = "--bill is table or none",
             .got = o.bill}
        );
    check_outputs({o.json}, {o.folder + "/config.json", o.folder + "/model.safetensors"});
    const auto model = abax::models::load_model(o.folder);
    const bool is_bytes = model->vocabulary() == byte_vocabulary;
    const std::vector<std::int64_t> prompt = tokens_of(o.prompt, is_bytes);
    const std::int64_t room = model->context() - static_cast<std::int64_t>(prompt.size());
    if (o.tokens < 0)
        o.tokens = std::clamp<std::int64_t>(room, 0, default_tokens);

    // With JSON on stdout the text moves to stderr, so that stdout can be piped.
    std::ostream& out = o.json == "-" ? std::cerr : std::cout;
    bool started = false;
    const auto tell = [&](const abax::models::progress& p) {
        if (!started)
            out << o.prompt;
        started = true;
        if (is_bytes)
            out << static_cast<char>(p.token);
        else
            out << ' ' << p.token;
        out << std::flush;
    };
    const auto g = generate(*model, prompt, o.tokens, o.sampling, tell);
    if (!started)
        out << o.prompt;
    out << '\n';
    if (o.bill == "table" && !g.tokens.empty()) {
        const abax::machine machine = probe_machine();
        print_bill(
            out,
            fmt::format(
                "prefill: {} tokens, {}", prompt.size(), rate(prompt.size(), g.prefill_seconds)
            )
                .c_str(),
            g.prefill,
            machine
        );
        if (g.tokens.size() > 1)
            print_bill(
                out,
                fmt::format(
                    "decode: {} tokens, {}",
                    g.tokens.size() - 1,
                    rate(g.tokens.size() - 1, g.decode_seconds)
                )
                    .c_str(),
                g.decode,
                machine
            );
    }
    out << std::flush;
    if (!o.json.empty())
        write_text(o.json, bills_as_json(g, prompt.size()));
}

}  // namespace

void add_run(CLI::App& app) {
    auto o = std::make_shared<run_options>();
    CLI::App* command = app.add_subcommand(
        "run",
        "Continues a prompt with a GPT-2 or Llama, then shows the bill: prefill and decode apart"
    );
    command
        ->add_option("DIR", o->folder, "a Hugging Face folder: config.json and model.safetensors")
        ->required();
    command
        ->add_option(
            "--prompt",
            o->prompt,
            "the text to continue; token ids if the vocabulary is not bytes (256)"
        )
        ->required();
    command
        ->add_option(
            "--tokens",
            o->tokens,
            "how many to add (default: 120, or what the context has room for)"
        )
        ->transform(whole_number<std::int64_t>(0));
    command
        ->add_option(
            "--temperature",
            o->sampling.temperature,
            "0 takes the likeliest token, higher ones dare more"
        )
        ->capture_default_str();
    command
        ->add_option("--top-k", o->sampling.top_k, "choose among the k likeliest tokens; 0 is all")
        ->transform(whole_number<std::int64_t>(0))
        ->capture_default_str();
    command->add_option("--seed", o->sampling.seed, "the same seed gives the same text")
        ->transform(whole_number<std::uint64_t>(0))
        ->capture_default_str();
    command->add_option("--bill", o->bill, "table or none")->capture_default_str();
    command->add_option(
        "--json", o->json, "where both bills go as JSON; - is stdout, the text then goes to stderr"
    );
    command->callback([o] { run(*o); });
}

}  // namespace cli
