#include "commands.hpp"

#include <abax/core/error.hpp>

#include <iostream>
#include <new>

namespace {

constexpr int success = 0;
constexpr int internal_failure = 1;
constexpr int bad_input = 2;

// What the machine cannot give is not the user's mistake.
int exit_code(const abax::error& e) {
    return e.kind() == abax::category::allocation ? internal_failure : bad_input;
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
        "abax"
    };
    app.require_subcommand(1);
    app.footer(
        "Exit status: 0 success, 2 bad input or usage (one message on stderr, nothing written), 1 internal failure.\n"
        "abax COMMAND --help tells the options of a command."
    );
    cli::add_run(app);
    cli::add_forward(app);
    cli::add_apply(app);
    cli::add_check(app);
    cli::add_explain(app);
    try {
        app.parse(argc, argv);
        return success;
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? success : bad_input;
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
