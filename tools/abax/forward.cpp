#include <abax/account/ledger.hpp>
#include <abax/io/npy.hpp>
#include <abax/models/load_model.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/report/table.hpp>

#include "commands.hpp"
#include "options.hpp"

#include <iostream>

namespace cli {

namespace {

struct forward_options {
    std::string folder;
    std::string tokens;
    std::string logits;
    std::string json;
    bool dry = false;
    std::int64_t batch = 1;
    std::int64_t seq = 1;
};

abax::tensor<std::int64_t> load_ids(const std::string& file) {
    const abax::any_tensor raw = abax::load_npy(file);
    if ((raw.type() != abax::dtype::int64 && raw.type() != abax::dtype::int32) || raw.rank() != 2)
        throw abax::error(
            {.kind =
                 raw.rank() == 2 ? abax::category::dtype_mismatch : abax::category::rank_mismatch,
             .operation = "forward",
             .message = "token ids are int64 or int32 of shape (b, s)",
             .got = std::string(to_string(raw.type())) + " (" + raw.shape().str() + ")",
             .file = file}
        );
    return abax::tensor<std::int64_t>(abax::cast(abax::named(raw, "b s"), abax::dtype::int64));
}

// The model knows what is wrong with the ids, this which file they came from.
abax::tensor<float> logits_of(
    const abax::models::language_model& model,
    const abax::tensor<std::int64_t>& ids,
    const std::string& file
) {
    try {
        return model.forward(ids);
    } catch (const abax::error& e) {
        abax::diagnosis what = e.details();
        if (what.file.empty() && e.kind() != abax::category::allocation)
            what.file = file;
        throw abax::error(what);
    }
}

void forward(const forward_options& o) {
    if (o.dry != (o.tokens.empty() && o.logits.empty()))
        throw abax::error(
            {.kind = abax::category::usage,
             .operation = "forward",
             .message = o.dry ? "a dry run takes no --tokens and writes no --logits"
                              : "pass --tokens and --logits, or --dry with --batch and --seq"}
        );
    if (!o.dry && (o.tokens.empty() || o.logits.empty()))
        throw abax::error(
            {.kind = abax::category::usage,
             .operation = "forward",
             .message = "--tokens and --logits go together"}
        );
    if (!o.dry)
        check_array_file("--logits", o.logits);
    check_outputs(
        {o.json, o.logits}, {o.tokens, o.folder + "/config.json", o.folder + "/model.safetensors"}
    );
    abax::ledger bill;
    if (o.dry) {
        const auto model = abax::models::load_dry_model(o.folder);
        const auto ids = abax::dry<std::int64_t>(abax::axes("b s", {o.batch, o.seq}));
        const abax::recording on(bill);
        (void)model->forward(ids);
    } else {
        const auto model = abax::models::load_model(o.folder);
        const auto ids = load_ids(o.tokens);
        abax::tensor<float> logits;
        {
            const abax::recording on(bill);
            logits = logits_of(*model, ids, o.tokens);
        }
        abax::save_npy(o.logits, logits);
    }
    if (!o.json.empty())
        write_text(o.json, bill.json());
    if (o.json != "-")
        std::cout << bill.table() << std::flush;
}

}  // namespace

void add_forward(CLI::App& app) {
    auto o = std::make_shared<forward_options>();
    CLI::App* command = app.add_subcommand(
        "forward",
        "One pass of a GPT-2 or Llama over token ids: logits out, or with --dry only the bill"
    );
    command
        ->add_option(
            "DIR",
            o->folder,
            "a Hugging Face folder: config.json and, unless dry, model.safetensors"
        )
        ->required();
    command->add_option("--tokens", o->tokens, "token ids, .npy of int64 or int32, shape (b, s)");
    command->add_option(
        "--logits", o->logits, "where the logits go, .npy of float32, shape (b, s, v)"
    );
    CLI::Option* dry = command->add_flag(
        "--dry", o->dry, "compute the bill alone: no weights are read or allocated"
    );
    command->add_option("--batch", o->batch, "sequences of a dry run")
        ->transform(whole_number<std::int64_t>(1))
        ->needs(dry)
        ->capture_default_str();
    command->add_option("--seq", o->seq, "positions of a dry run")
        ->transform(whole_number<std::int64_t>(1))
        ->needs(dry)
        ->capture_default_str();
    command->add_option(
        "--json", o->json, "where the bill goes as JSON; - is stdout, which then holds nothing else"
    );
    command->callback([o] { forward(*o); });
}

}  // namespace cli
