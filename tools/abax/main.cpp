#include <abax/core/error.hpp>

#include "commands.hpp"
#include "options.hpp"

#include <algorithm>
#include <iostream>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr int success = 0;
constexpr int internal_failure = 1;
constexpr int bad_input = 2;

// What the machine cannot give is not the user's mistake.
int exit_code(const abax::error& e) {
    return e.kind() == abax::category::allocation ? internal_failure : bad_input;
}

// What the parser of the command line complains of, in the form of all other messages.
abax::error misuse(const CLI::App& app, const CLI::ParseError& e) {
    const auto chosen = app.get_subcommands();
    const auto unknown = app.remaining();
    abax::diagnosis what{.kind = abax::category::usage, .message = e.what()};
    if (!chosen.empty()) {
        what.help = "abax " + chosen[0]->get_name() + " --help tells its options";
    } else {
        what.help = "abax --help tells the commands, abax COMMAND --help the options of one";
        if (!unknown.empty())
            what.message = "there is no command '" + unknown[0] + "'";
    }
    return abax::error(what);
}

// "--prompt=" is an option and an empty value; CLI11 would take the next argument for the value.
void split_empty_values(const CLI::App& app, std::vector<std::string>& arguments) {
    if (arguments.empty())
        return;
    const auto commands = app.get_subcommands([&](const CLI::App* command) {
        return command->get_name() == arguments.front();
    });
    if (commands.empty())
        return;
    for (std::size_t i = 1; i < arguments.size() && arguments[i] != "--"; ++i) {
        std::string name = arguments[i];
        if (!name.starts_with("--") || name.find('=') != name.size() - 1)
            continue;
        name.pop_back();
        if (commands.front()->get_option_no_throw(name) == nullptr)
            continue;
        arguments[i] = name;
        arguments.insert(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, "");
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{
        "abax: named axes, counted costs.\n"
        "Runs einops patterns and Transformers, and tells where every FLOP and byte went.\n"
        "\n"
        "  abax run examples/data/byte-gpt2 --prompt 'This program is free software'\n"
        "  abax check 'b s (h d) -> b h s d'\n"
        "  abax explain 'b s (h d) -> b h s d' --shape 8,128,768 --size h=12\n"
        "  abax apply reduce 'b s m -> b m' x.npy -o y.npy --reduction mean\n"
        "  abax forward MODEL_DIR --dry --batch 8 --seq 1024\n",
        "abax"};
    app.set_version_flag("--version", "abax " ABAX_VERSION);
    app.require_subcommand(1);
    app.footer(
        "Exit status: 0 success, 2 bad input or usage (one message on stderr, nothing written), 1 internal failure.\n"
        "abax COMMAND --help tells the options of a command. What follows -- is no option: abax check -- '->'."
    );
    cli::add_run(app);
    cli::add_forward(app);
    cli::add_apply(app);
    cli::add_check(app);
    cli::add_explain(app);
    try {
        auto arguments = cli::arguments_of(argc, argv);
        split_empty_values(app, arguments);
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
        app.parse(std::move(arguments));
        if (!std::cout.flush())
            throw std::runtime_error("stdout cannot be written");
        return success;
    } catch (const CLI::ParseError& e) {
        if (e.get_exit_code() == 0)
            return app.exit(e);
        std::cerr << misuse(app, e).what() << '\n';
        return bad_input;
    } catch (const abax::error& e) {
        std::cout.flush();
        std::cerr << e.what() << '\n';
        return exit_code(e);
    } catch (const std::bad_alloc&) {
        std::cerr << "abax: out of memory\n";
    } catch (const std::exception& e) {
        std::cerr << "abax: internal failure: " << e.what() << '\n';
    }
    return internal_failure;
}
