#include <abax/ops/rearrange.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/plan/contraction.hpp>
#include <abax/plan/transform.hpp>

#include "commands.hpp"
#include "options.hpp"

#include <iostream>

namespace cli {

namespace {

struct explain_options {
    std::string pattern;
    std::string operation;
    std::vector<std::string> shapes;
    std::vector<std::string> sizes;
    std::string reduction;
    std::string dtype = "float32";
};

abax::dtype dtype_named(const std::string& text) {
    for (const auto type :
         {abax::dtype::float32,
          abax::dtype::float64,
          abax::dtype::int32,
          abax::dtype::int64,
          abax::dtype::boolean})
        if (abax::to_string(type) == text)
            return type;
    throw abax::error(
        {.kind = abax::category::usage,
         .message = "there is no element type '" + text + "'",
         .expected = "float32, float64, int32, int64 or bool"}
    );
}

void explain(const explain_options& o) {
    const abax::verb operation =
        o.operation.empty() ? guessed_verb(o.pattern) : verb_named(o.operation);
    const abax::pattern p = abax::parse(o.pattern, operation);
    const size_options sizes(o.sizes);
    const abax::dtype type = dtype_named(o.dtype);
    std::vector<abax::layout> operands;
    for (const std::string& text : o.shapes)
        operands.push_back(abax::layout::row_major(abax::shape::of(extents_in(text))));
    if (operation != abax::verb::einsum && operands.size() != 1)
        throw abax::error(
            {.kind = abax::category::usage,
             .message = std::string(abax::to_string(operation)) + " takes one --shape",
             .got = std::to_string(operands.size())}
        );
    if (operation != abax::verb::reduce && !o.reduction.empty())
        throw abax::error(
            {.kind = abax::category::usage,
             .message = "--reduction goes with reduce only",
             .got = std::string(abax::to_string(operation))}
        );
    abax::plan made;
    if (operation == abax::verb::einsum)
        made = abax::plan_einsum(p, operands, type, sizes.sizes());
    else if (operation == abax::verb::reduce)
        made = abax::plan_transform(
            p,
            operands[0],
            type,
            sizes.sizes(),
            abax::reduction_named(o.reduction.empty() ? "sum" : o.reduction)
        );
    else
        made = abax::plan_transform(p, operands[0], type, sizes.sizes());
    std::cout << p.tree() << '\n' << abax::explain(made) << std::flush;
}

}  // namespace

void add_explain(CLI::App& app) {
    auto o = std::make_shared<explain_options>();
    CLI::App* command = app.add_subcommand(
        "explain",
        "Shows a pattern's tree and plan: each step, view or copy, result shape and bytes"
    );
    command->add_option("PATTERN", o->pattern, "for example 'b s (h d) -> b h s d'")->required();
    command
        ->add_option(
            "--shape", o->shapes, "extents such as 8,128,768; once for each operand of an einsum"
        )
        ->required()
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command->add_option(
        "--op", o->operation, "rearrange, reduce, repeat or einsum; guessed as by check"
    );
    command->add_option("--size", o->sizes, "the extent of a name, such as h=12; may be repeated")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command->add_option(
        "--reduction",
        o->reduction,
        "min, max, sum, mean, prod, any or all; for reduce (default: sum)"
    );
    command->add_option("--dtype", o->dtype, "float32, float64, int32, int64 or bool")
        ->capture_default_str();
    command->callback([o] { explain(*o); });
}

}  // namespace cli
