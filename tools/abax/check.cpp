#include <abax/pattern/pattern.hpp>

#include "commands.hpp"
#include "options.hpp"

#include <iostream>

namespace cli {

namespace {

struct check_options {
    std::string pattern;
    std::string operation;
};

void check(const check_options& o) {
    const abax::verb operation =
        o.operation.empty() ? guessed_verb(o.pattern) : verb_named(o.operation);
    const abax::pattern p = abax::parse(o.pattern, operation);
    std::cout << "ok: a pattern for " << abax::to_string(operation)
              << (p.is_einops() ? "" : " (with extensions that einops does not have)") << '\n'
              << p.tree() << std::flush;
}

}  // namespace

void add_check(CLI::App& app) {
    auto o = std::make_shared<check_options>();
    CLI::App* command = app.add_subcommand("check", "Checks a pattern and draws its syntax tree");
    command->add_option("PATTERN", o->pattern, "for example 'b s (h d) -> b h s d'")->required();
    command->add_option(
        "--op",
        o->operation,
        "rearrange, reduce, repeat or einsum; without it: einsum with a comma, else the first whose rules are obeyed"
    );
    command->callback([o] { check(*o); });
}

}  // namespace cli
