#include "process.hpp"

using namespace abax::testing;

TEST_CASE("abax check: says the operation and draws the tree") {
    const outcome o = run_abax({"check", "b s (h d) -> b h s d"});

    CHECK(fault_of_success(o) == "");
    CHECK(
        o.out
        == "ok: a pattern for rearrange\n"
           "rearrange  b s (h d) -> b h s d\n"
           "|- input\n"
           "|  |- name b\n"
           "|  |- name s\n"
           "|  `- group\n"
           "|     |- name h\n"
           "|     `- name d\n"
           "`- output\n"
           "   |- name b\n"
           "   |- name h\n"
           "   |- name s\n"
           "   `- name d\n"
    );
}

TEST_CASE("abax check: guesses the operation from the pattern") {
    struct guessed {
        std::string pattern;
        std::string operation;
    };
    for (const auto& row : std::to_array<guessed>({
             {"a b -> b a", "rearrange"},
             {"(a b) -> a b", "rearrange"},
             {"a b -> a", "reduce"},
             {"a -> a b", "repeat"},
             {"i j, j k -> i k", "einsum"},
         })) {
        CAPTURE(row.pattern);

        const outcome o = run_abax({"check", row.pattern});

        CHECK(fault_of_success(o) == "");
        CHECK(has(o.out, "ok: a pattern for " + row.operation));
    }
}

TEST_CASE("abax check: says that a pattern has extensions of abax") {
    const outcome o = run_abax({"check", "(h=2 w) -> h w", "--op", "rearrange"});

    CHECK(fault_of_success(o) == "");
    CHECK(has(o.out, "extensions"));
}

TEST_CASE("abax check: a pattern may begin with an arrow") {
    for (const auto& line : std::to_array<arguments>({
             {"check", "-> 1", "--op", "repeat"},
             {"check", "--op", "repeat", "-> 1"},
             {"check", "-> a", "--op", "repeat"},
             {"check", "->"},
             {"check", "->a b", "--op=repeat"},
             {"check", "--", "->"},
             {"check", "--op", "repeat", "--", "-> 1"},
         })) {
        CAPTURE(joined(line));

        const outcome o = run_abax(line);

        CHECK(fault_of_success(o) == "");
        CHECK(has(o.out, "input: no axes"));
    }
}

TEST_CASE("abax check: a mistake is shown with the pattern and a caret below it") {
    struct rejected {
        arguments line;
        std::string shown;
    };
    for (const auto& row : std::to_array<rejected>({
             {{"b c h w"}, "\n  b c h w\n         ^\n"},
             {{"b (c h -> b"}, "\n  b (c h -> b\n         ^~\n"},
             {{"a a -> a"}, "\n  a a -> a\n    ^"},
             {{"a -> b -> c"}, "\n  a -> b -> c\n         ^"},
             {{"a b -> b", "--op", "rearrange"}, "\n  a b -> b\n  ^\n"},
             {{"a -> a b", "--op", "reduce"}, "\n  a -> a b\n         ^\n"},
             {{"a, b", "--op", "einsum"}, "\n      ^\n"},
         })) {
        arguments line = row.line;
        line.insert(line.begin(), "check");
        CAPTURE(joined(line));

        const outcome o = run_abax(line);

        CHECK(fault_of_refusal(o, {row.shown}) == "");
    }
}

TEST_CASE("abax check: control characters of a pattern do not reach the terminal") {
    const outcome o = run_abax({"check", "a \x1b[31m\n-> a"});

    CHECK(fault_of_refusal(o, {"a "}) == "");
    CHECK_FALSE(has(o.err, "\x1b"));
}

TEST_CASE("abax check: says so if stdout cannot be written, with exit code 1") {
    const outcome o = run_abax({"check", "a -> a"}, standard_output::closed);

    CHECK(o.exit_code == 1);
    CHECK(o.err == "abax: internal failure: stdout cannot be written\n");
}
