#include <abax/core/error.hpp>

#include "cost_cases.hpp"
#include "decisions.hpp"
#include "tally.hpp"
#include "vectors.hpp"

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

int main(int argc, char** argv) {
    CLI::App app{
        "Runs conformance vectors: .jsonl files of einops cases, and .json files of cost cases.\n"
        "Prints a line for each failure, counts for each operation or kind, and the sum.\n"
        "Exits with 0 if nothing failed, 1 if something did, 2 on bad input."};
    std::vector<std::string> files;
    std::string operations;
    std::string decisions_file;
    app.add_option("FILE", files, "vector files")->required();
    app.add_option("--op", operations, "only these operations or kinds, separated by commas");
    app.add_option(
        "--decisions",
        decisions_file,
        "what abax does about each quirk (default: the project's decisions.json)"
    );
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        if (e.get_exit_code() == 0)
            return app.exit(e);
        std::cerr << abax::error({.kind = abax::category::usage,
                                  .message = e.what(),
                                  .help = "abax-conformance --help tells the options"})
                         .what()
                  << '\n';
        return 2;
    }

    std::string current = decisions_file;
    try {
        const auto decisions = conformance::load_decisions(decisions_file);
        std::set<std::string> only;
        std::istringstream list(operations);
        for (std::string one; std::getline(list, one, ',');)
            if (!one.empty())
                only.insert(one);
        conformance::tally tally(std::cout, only);
        for (const std::string& file : files) {
            current = file;
            std::ifstream in(file);
            if (!in)
                throw abax::error(
                    {.kind = abax::category::file,
                     .message = "the file cannot be read",
                     .file = file}
                );
            if (file.ends_with(".jsonl"))
                conformance::run_vectors(in, file, decisions, tally);
            else
                conformance::run_cost_cases(in, file, tally);
        }
        if (const auto unmet = tally.unmet(); !unmet.empty())
            throw abax::error(
                {.kind = abax::category::usage,
                 .message = "no case is of the operation or kind '" + *unmet.begin() + "'"}
            );
        const bool all_passed = tally.report();
        if (!std::cout.flush())
            throw abax::error({.kind = abax::category::file, .message = "stdout cannot be written"}
            );
        return all_passed ? 0 : 1;
    } catch (const abax::error& e) {
        std::cerr << e.what() << '\n';
    } catch (const std::exception& e) {
        std::cerr << abax::error({.kind = abax::category::file,
                                  .message = "the file's cases cannot be understood",
                                  .got = e.what(),
                                  .file = current})
                         .what()
                  << '\n';
    }
    return 2;
}
