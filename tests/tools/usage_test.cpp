#include "process.hpp"

#include <map>
#include <regex>
#include <set>

using namespace abax::testing;

namespace {

const auto commands = std::to_array<std::string>({"run", "forward", "apply", "check", "explain"});

// The options that a --help text lists, each with its short form, which may be empty.
std::map<std::string, std::string> options_in(const std::string& help) {
    static const std::regex line(R"((?:^|\n)  (?:(-\w),)?(--[a-z][a-z-]*))");
    std::map<std::string, std::string> all;
    for (auto it = std::sregex_iterator(help.begin(), help.end(), line);
         it != std::sregex_iterator();
         ++it)
        all.emplace((*it)[2], (*it)[1]);
    return all;
}

std::set<std::string> names_in(const std::string& help) {
    std::set<std::string> names;
    for (const auto& [name, shorter] : options_in(help))
        names.insert(name);
    return names;
}

}  // namespace

TEST_CASE("abax --help: names every command, and exits with 0") {
    const outcome o = run_abax({"--help"});

    CHECK(fault_of_success(o) == "");
    for (const std::string& command : commands)
        CHECK(has(o.out, "\n  " + command + ' '));
    CHECK_MESSAGE(has(o.out, "abax check -- '->'"), "what follows -- is no option");
}

TEST_CASE("abax COMMAND --help: lists the options, and exits with 0") {
    struct listed {
        std::string command;
        std::set<std::string> options;
    };
    for (const auto& row : std::to_array<listed>({
             {"run",
              {"--help",
               "--prompt",
               "--tokens",
               "--temperature",
               "--top-k",
               "--seed",
               "--bill",
               "--json"}},
             {"forward", {"--help", "--tokens", "--logits", "--dry", "--batch", "--seq", "--json"}},
             {"apply", {"--help", "--output", "--size", "--reduction"}},
             {"check", {"--help", "--op"}},
             {"explain", {"--help", "--shape", "--op", "--size", "--reduction", "--dtype"}},
         })) {
        CAPTURE(row.command);

        const outcome o = run_abax({row.command, "--help"});

        CHECK(fault_of_success(o) == "");
        CHECK(names_in(o.out) == row.options);
    }
}

TEST_CASE("docs/command.md: has every option of every --help") {
    const auto page = std::filesystem::path(ABAX_TEST_DATA) / "../../docs/command.md";
    if (!std::filesystem::exists(page)) {
        MESSAGE("there is no docs/command.md yet");
        return;
    }
    const std::string text = content_of(page);
    for (const std::string& command : commands) {
        CAPTURE(command);
        CHECK(has(text, "abax " + command));
        for (const auto& [name_, shorter] : options_in(run_abax({command, "--help"}).out))
            if (name_ != "--help") {
                const auto& name = name_;
                const bool is_named =
                    has(text, name) || (!shorter.empty() && has(text, ' ' + shorter + ' '));
                CHECK_MESSAGE(is_named, name, " is not documented");
            }
    }
}

TEST_CASE("docs/command.md: names no option that no command has") {
    const auto page = std::filesystem::path(ABAX_TEST_DATA) / "../../docs/command.md";
    if (!std::filesystem::exists(page)) {
        MESSAGE("there is no docs/command.md yet");
        return;
    }
    std::set<std::string> known = {"--help"};
    for (const std::string& command : commands)
        known.merge(names_in(run_abax({command, "--help"}).out));
    known.merge(names_in(run_conformance({"--help"}).out));
    // Other programs' options stand on the page, too; those of lines with `abax` in them are ours.
    static const std::regex option(R"((^|[\s`\[|(])(--[a-z][a-z-]*))");
    std::istringstream lines(content_of(page));
    for (std::string line; std::getline(lines, line);) {
        if (!has(line, "abax ") || has(line, "cmake"))
            continue;
        for (auto it = std::sregex_iterator(line.begin(), line.end(), option);
             it != std::sregex_iterator();
             ++it)
            CHECK_MESSAGE(known.contains((*it)[2]), line);
    }
}

TEST_CASE("abax: a wrong command line is one message with a hint, and exit code 2") {
    struct rejected {
        arguments line;
        std::vector<std::string> words;
    };
    for (const auto& row : std::to_array<rejected>({
             {{}, {"abax --help"}},
             {{"nonsense"}, {"'nonsense'", "abax --help"}},
             {{"--nonsense"}, {"abax --help"}},
             {{""}, {"abax --help"}},
             {{"check"}, {"PATTERN", "abax check --help"}},
             {{"check", "a -> a", "b -> b"}, {"b -> b", "abax check --help"}},
             {{"check", "a -> a", "--nonsense"}, {"--nonsense", "abax check --help"}},
             {{"check", "a -> a", "--op"}, {"--op", "abax check --help"}},
             {{"check", "a -> a", "--op", "nonsense"}, {"'nonsense'", "rearrange, reduce"}},
             {{"check", "a -> a", "--op", "a", "--op", "b"}, {"--op", "abax check --help"}},
             {{"explain", "a -> a"}, {"--shape", "abax explain --help"}},
             {{"apply", "rearrange"}, {"PATTERN", "abax apply --help"}},
             {{"apply", "rearrange", "a -> a", "x.npy"}, {"--output", "abax apply --help"}},
             {{"apply", "rearrange", "a -> a", "-o", "y.npy"}, {"IN", "abax apply --help"}},
             {{"run"}, {"DIR", "abax run --help"}},
             {{"run", "folder"}, {"--prompt", "abax run --help"}},
             {{"forward"}, {"DIR", "abax forward --help"}},
             {{"check", "a -> a", "run", "folder"}, {"run", "abax check --help"}},
         })) {
        CAPTURE(joined(row.line));

        const outcome o = run_abax(row.line);

        CHECK(fault_of_refusal(o, row.words) == "");
    }
}
