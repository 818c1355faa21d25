#include "process.hpp"

using namespace abax::testing;

namespace {

struct explained {
    arguments line;
    std::vector<std::string> parts;
};

}  // namespace

TEST_CASE("abax explain: shows the tree, then each step with its result and bytes") {
    for (const auto& row : std::to_array<explained>({
             {{"b s (h d) -> b h s d", "--shape", "8,128,768", "--size", "h=12"},
              {"`- group\n|     |- name h", "step 1: view", "result 8 12 128 64", "0 bytes"}},
             {{"a b -> (b a)", "--shape", "2,3"},
              {"step 1: copy of operand 1", "result 6", "reads 24 bytes, writes 24 bytes"}},
             {{"b s d -> b d", "--shape", "8,128,768", "--op", "reduce", "--reduction", "mean"},
              {"step 1: reduce", "result 8 768", "reads 3145728 bytes, writes 24576 bytes"}},
             {{"b s d -> b d", "--shape", "8,128,768"}, {"reduce of operand 1"}},
             {{"a -> a b", "--shape", "5", "--size", "b=7"}, {"result 5 7"}},
             {{"i j, j k -> i k", "--shape", "2,3", "--shape", "3,5"},
              {"operand 2  3 5", "contract", "result 2 5", "reads 84 bytes", "60 FLOPs"}},
             {{"a b -> (b a)", "--shape", "2,3", "--dtype", "float64"}, {"reads 48 bytes"}},
             {{"a b -> (b a)", "--shape", "2,3", "--dtype", "bool"}, {"reads 6 bytes"}},
             {{"a b -> (b a)", "--shape", "0,3"}, {"result 0"}},
             {{"-> 1", "--shape", "", "--op", "repeat"}, {"operand 1  ()", "result 1"}},
         })) {
        arguments line = row.line;
        line.insert(line.begin(), "explain");
        CAPTURE(joined(line));

        const outcome o = run_abax(line);

        CHECK(fault_of_success(o) == "");
        CHECK(has(o.out, "|- input") != has(o.out, "|- operand 1"));
        for (const std::string& part : row.parts)
            CHECK_MESSAGE(has(o.out, part), part, " is not in ", o.out);
    }
}

TEST_CASE("abax explain: options may stand before the pattern") {
    const outcome after = run_abax({"explain", "(a b) -> b a", "--shape", "6", "--size", "a=2"});
    const outcome before = run_abax({"explain", "--size", "a=2", "--shape", "6", "(a b) -> b a"});
    const outcome behind = run_abax({"explain", "--shape=6", "--size=a=2", "--", "(a b) -> b a"});

    CHECK(fault_of_success(after) == "");
    CHECK(before.out == after.out);
    CHECK(behind.out == after.out);
}

TEST_CASE("abax explain: refuses what does not go together") {
    struct rejected {
        arguments line;
        std::vector<std::string> words;
    };
    for (const auto& row : std::to_array<rejected>({
             {{"a b -> b a", "--shape", "2"}, {"2 axes, the tensor has 1", "  ^"}},
             {{"(a b) -> b a", "--shape", "7", "--size", "a=2"}, {"not divisible", "  ^~~~~"}},
             {{"(a b) -> b a", "--shape", "7", "--size", "c=2"}, {"'c'"}},
             {{"(a b) -> b a", "--shape", "7"}, {"'a' and 'b'"}},
             {{"(a b) -> b a", "--shape", "7", "--size", "a=-7"}, {"'a' cannot be -7"}},
             {{"a -> a b", "--shape", "7"}, {"'b' has no extent"}},
             {{"a -> a", "--shape", "7", "--size", "a"}, {"NAME=NUMBER"}},
             {{"a -> a", "--shape", "7", "--size", "a="}, {"NAME=NUMBER"}},
             {{"a -> a", "--shape", "7", "--size", "a=7x"}, {"NAME=NUMBER"}},
             {{"a -> a", "--shape", "7", "--size", "=7"}, {"7"}},
             {{"a -> a", "--shape", "7", "--size", "a=99999999999999999999"}, {"NAME=NUMBER"}},
             {{"a -> a", "--shape", "2,x"}, {"whole numbers", "2,x"}},
             {{"a b -> b a", "--shape", "2,,3"}, {"whole numbers", "2,,3"}},
             {{"a b -> b a", "--shape", "2,3,"}, {"whole numbers", "2,3,"}},
             {{"a b -> b a", "--shape", ",2,3"}, {"whole numbers", ",2,3"}},
             {{"a b -> b a", "--shape", "2.5,3"}, {"whole numbers", "2.5,3"}},
             {{"a -> a", "--shape", "-3"}, {"negative", "-3"}},
             {{"a b -> b a", "--shape", "9223372036854775807,3"}, {"does not fit"}},
             {{"a b -> b a", "--shape", "92233720368547758079,3"}, {"whole numbers"}},
             {{"a b -> b a", "--shape", "2,3", "--shape", "2,3"}, {"one --shape"}},
             {{"a b -> b a"}, {"--shape"}},
             {{"i j, j k -> i k", "--shape", "2,3"}, {"2 terms"}},
             {{"i j, j k -> i k", "--shape", "2,3", "--shape", "4,5"}, {"both 3 and 4"}},
             {{"a b -> b", "--shape", "2,3", "--reduction", "median"}, {"'median'", "min, max"}},
             {{"a b -> b a", "--shape", "2,3", "--reduction", "sum"}, {"reduce only"}},
             {{"a b -> b a", "--shape", "2,3", "--dtype", "float16"}, {"'float16'", "float32"}},
             {{"a b -> b a", "--shape", "2,3", "--op", "transpose"}, {"'transpose'"}},
             {{"a b - b a", "--shape", "2,3"}, {"  ^"}},
         })) {
        arguments line = row.line;
        line.insert(line.begin(), "explain");
        CAPTURE(joined(line));

        const outcome o = run_abax(line);

        CHECK(fault_of_refusal(o, row.words) == "");
    }
}
