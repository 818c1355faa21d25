#include <abax/io/npy.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/pattern/pattern.hpp>

#include "commands.hpp"
#include "options.hpp"

namespace cli {

namespace {

struct apply_options {
    std::string operation;
    std::string pattern;
    std::vector<std::string> inputs;
    std::string output;
    std::vector<std::string> sizes;
    std::string reduction;
};

abax::any_tensor applied(const apply_options& o, const std::vector<abax::any_tensor>& inputs) {
    const abax::verb operation = verb_named(o.operation);
    const abax::pattern_text text(o.pattern);
    const size_options sizes(o.sizes);
    if (operation == abax::verb::einsum)
        return abax::einsum(text, inputs, sizes.sizes());
    const abax::any_tensor x = inputs.size() == 1 ? inputs[0] : abax::stack(inputs);
    if (operation == abax::verb::rearrange)
        return abax::rearrange(x, text, sizes.sizes());
    if (operation == abax::verb::repeat)
        return abax::repeat(x, text, sizes.sizes());
    (void)abax::parse(o.pattern, operation);  // its faults come before an unknown reduction
    return abax::reduce(x, text, abax::reduction_named(o.reduction), sizes.sizes());
}

void apply(const apply_options& o) {
    const bool reduces = verb_named(o.operation) == abax::verb::reduce;
    if (reduces == o.reduction.empty())
        throw abax::error(
            {.kind = abax::category::usage,
             .message =
                 reduces ? "reduce needs a --reduction" : "--reduction goes with reduce only",
             .expected = reduces ? "min, max, sum, mean, prod, any or all" : ""}
        );
    check_array_file("--output", o.output);
    check_outputs({o.output}, o.inputs);
    std::vector<abax::any_tensor> inputs;
    for (const std::string& file : o.inputs)
        inputs.push_back(abax::load_npy(file));
    abax::save_npy(o.output, applied(o, inputs));
}

}  // namespace

void add_apply(CLI::App& app) {
    auto o = std::make_shared<apply_options>();
    CLI::App* command = app.add_subcommand("apply", "Applies a pattern to .npy files");
    command->add_option("OP", o->operation, "rearrange, reduce, repeat or einsum")->required();
    command->add_option("PATTERN", o->pattern, "for example 'b s m -> b m'")->required();
    command
        ->add_option(
            "IN",
            o->inputs,
            "the operands, as .npy; several for einsum, or to be stacked along a new leading axis"
        )
        ->required();
    command->add_option("-o,--output", o->output, "the result, as .npy")->required();
    command->add_option("--size", o->sizes, "the extent of a name, such as h=12; may be repeated")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command->add_option(
        "--reduction", o->reduction, "min, max, sum, mean, prod, any or all; for reduce"
    );
    command->callback([o] { apply(*o); });
}

}  // namespace cli
