#include "cost_cases.hpp"
#include "decisions.hpp"
#include "tally.hpp"
#include "vectors.hpp"

#include <abax/core/error.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

int main(int argc, char** argv) {
    CLI::App app{
        "Runs conformance vectors: .jsonl files of einops cases, and .json files of cost cases.\n"
        "Prints a line for each failure, counts for each operation or kind, and the sum.\n"
        "Exits with 0 if nothing failed, 1 if something did, 2 on bad input."
    };
    std::vector<std::string> files;
    std::string operations;
    std::string decisions_file;
    app.add_option("FILE", files, "vector files")->required();
    app.add_option("--op", operations, "only these operations or kinds, separated by commas");
    app.add_option(
        "--decisions", decisions_file, "what abax does about each quirk (default: the project's decisions.json)"
    );
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }

    try {
        const auto decisions = conformance::load_decisions(decisions_file);
        std::set<std::string> only;
        std::istringstream list(operations);
        for (std::string one; std::getline(list, one, ',');)
            only.insert(one);
        conformance::tally tally(std::cout, only);
        for (const std::string& file : files) {
            std::ifstream in(file);
            if (!in)
                throw abax::error(
                    {.kind = abax::category::file, .message = "the file cannot be read", .file = file}
                );
            if (file.ends_with(".jsonl"))
                conformance::run_vectors(in, file, decisions, tally);
            else
                conformance::run_cost_cases(in, file, tally);
        }
        return tally.report() ? 0 : 1;
    } catch (const std::exception& e) {
        std::cerr << e.what() << '\n';
        return 2;
    }
}
