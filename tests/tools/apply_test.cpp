#include <abax/io/npy.hpp>
#include <abax/ops/create.hpp>

#include "process.hpp"

using namespace abax::testing;

namespace {

// A .npy file of given elements.
template <class T>
std::string saved(
    const std::filesystem::path& file,
    const std::vector<T>& elements,
    const std::vector<std::int64_t>& extents
) {
    abax::save_npy(file, abax::from(elements, abax::shape::of(extents)).any());
    return file.string();
}

// What `abax apply` makes of the arguments; fails the test if it does not succeed silently.
abax::any_tensor applied(const scratch_folder& scratch, arguments line) {
    const auto file = (scratch / "out.npy").string();
    line.insert(line.begin(), "apply");
    line.insert(line.end(), {"-o", file});

    const outcome o = run_abax(line);

    REQUIRE_MESSAGE(fault_of_success(o) == "", joined(line), fault_of_success(o));
    CHECK(o.out == "");
    return abax::load_npy(file);
}

using extents = std::vector<std::int64_t>;
using floats = std::vector<float>;
using integers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("abax apply rearrange: (a b) is split and transposed") {
    const scratch_folder scratch;
    const auto x = saved<std::int64_t>(scratch / "x.npy", {0, 1, 2, 3, 4, 5}, {6});

    const auto y = applied(scratch, {"rearrange", "(a b) -> b a", x, "--size", "a=2"});

    CHECK(y.shape().extents() == extents{3, 2});
    CHECK(values<std::int64_t>(y) == integers{0, 3, 1, 4, 2, 5});
}

TEST_CASE("abax apply rearrange: several inputs are stacked along a new leading axis") {
    const scratch_folder scratch;
    const auto x = saved<std::int64_t>(scratch / "x.npy", {0, 1, 2, 3, 4, 5}, {2, 3});
    const auto y = saved<std::int64_t>(scratch / "y.npy", {10, 11, 12, 13, 14, 15}, {2, 3});

    const auto z = applied(scratch, {"rearrange", "n a b -> a (n b)", x, y});

    CHECK(z.shape().extents() == extents{2, 6});
    CHECK(values<std::int64_t>(z) == integers{0, 1, 2, 10, 11, 12, 3, 4, 5, 13, 14, 15});
}

TEST_CASE("abax apply reduce: takes each reduction") {
    struct reduced {
        std::string how;
        floats result;
    };
    const scratch_folder scratch;
    const auto x = saved<float>(scratch / "x.npy", {1, 2, 3, 5, 7, 12}, {2, 3});
    for (const auto& row : std::to_array<reduced>({
             {"sum", {6, 24}},
             {"mean", {2, 8}},
             {"min", {1, 5}},
             {"max", {3, 12}},
             {"prod", {6, 420}},
         })) {
        CAPTURE(row.how);

        const auto y = applied(scratch, {"reduce", "a b -> a", x, "--reduction", row.how});

        CHECK(y.shape().extents() == extents{2});
        CHECK(values<float>(y) == row.result);
    }
}

TEST_CASE("abax apply reduce: any and all give bools") {
    const scratch_folder scratch;
    const auto x = scratch / "x.npy";
    abax::save_npy(x, counted(abax::dtype::boolean, {2, 1}));  // true; false

    const auto any = applied(scratch, {"reduce", "a b -> b", x.string(), "--reduction", "any"});
    const auto all = applied(scratch, {"reduce", "a b -> b", x.string(), "--reduction", "all"});

    CHECK(values<bool>(any) == std::vector<bool>{true});
    CHECK(values<bool>(all) == std::vector<bool>{false});
}

TEST_CASE(
    "abax apply repeat: a new axis takes its extent from --size, and a pattern may begin with an arrow"
) {
    const scratch_folder scratch;
    const auto x = saved<double>(scratch / "x.npy", {2, 3}, {2});
    const auto one = saved<double>(scratch / "one.npy", {7}, {});

    const auto y = applied(scratch, {"repeat", "a -> a b", x, "--size", "b=3"});
    const auto z = applied(scratch, {"repeat", "-> a", one, "--size", "a=2"});

    CHECK(values<double>(y) == std::vector<double>{2, 2, 2, 3, 3, 3});
    CHECK(y.shape().extents() == extents{2, 3});
    CHECK(values<double>(z) == std::vector<double>{7, 7});
}

TEST_CASE("abax apply einsum: multiplies two matrices") {
    const scratch_folder scratch;
    const auto x = saved<float>(scratch / "x.npy", {1, 2, 3, 4, 5, 6}, {2, 3});
    const auto y = saved<float>(scratch / "y.npy", {1, 0, 0, 1, 2, 3}, {3, 2});

    const auto z = applied(scratch, {"einsum", "i j, j k -> i k", x, y});

    CHECK(z.shape().extents() == extents{2, 2});
    CHECK(values<float>(z) == floats{7, 11, 16, 23});
}

TEST_CASE("abax apply: options stand anywhere among the arguments") {
    const scratch_folder scratch;
    const auto x = saved<std::int64_t>(scratch / "x.npy", {0, 1, 2, 3, 4, 5}, {6});
    const auto y = (scratch / "y.npy").string();
    for (const auto& line : std::to_array<arguments>({
             {"apply", "--size", "a=2", "rearrange", "(a b) -> b a", x, "-o", y},
             {"apply", "rearrange", "--size", "a=2", "--size", "b=3", "(a b) -> b a", "-o", y, x},
             {"apply", "-o", y, "rearrange", "(a b) -> b a", "--size=a=2", x},
             {"apply", "--output", y, "--size", "a=2", "--", "rearrange", "(a b) -> b a", x},
         })) {
        CAPTURE(joined(line));
        std::filesystem::remove(y);

        const outcome o = run_abax(line);

        CHECK(fault_of_success(o) == "");
        CHECK(values<std::int64_t>(abax::load_npy(y)) == integers{0, 3, 1, 4, 2, 5});
    }
}

TEST_CASE("abax apply: keeps the element type, and reads Fortran order") {
    const scratch_folder scratch;
    for (const auto type :
         {abax::dtype::float32,
          abax::dtype::float64,
          abax::dtype::int32,
          abax::dtype::int64,
          abax::dtype::boolean}) {
        const auto x = scratch / "x.npy";
        abax::save_npy(x, counted(type, {2, 3}));

        const auto y = applied(scratch, {"rearrange", "a b -> a b", x.string()});

        CHECK(same_tensor(y, counted(type, {2, 3})));
    }
    std::string header = "{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }";
    header.append(117 - header.size(), ' ').push_back('\n');
    std::string columns;  // 0 3 / 1 4 / 2 5
    for (const unsigned element : {0U, 3U, 1U, 4U, 2U, 5U})
        columns += little_endian(element, 4);
    const auto x = scratch.with(
        "fortran.npy",
        std::string("\x93NUMPY\x01\x00", 8) + little_endian(118, 2) + header + columns
    );

    const auto y = applied(scratch, {"rearrange", "a b -> (a b)", x.string()});

    CHECK(values<std::int32_t>(y) == std::vector<std::int32_t>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("abax apply: replaces an output that exists, and leaves nothing beside it") {
    const scratch_folder scratch;
    const auto x = saved<float>(scratch / "x.npy", {1, 2}, {2});
    (void)scratch.with("out.npy", "as it was");

    const auto y = applied(scratch, {"rearrange", "a -> a", x});

    CHECK(values<float>(y) == floats{1, 2});
    CHECK(scratch.count() == 2);
}

TEST_CASE("abax apply: refuses what cannot be applied, and leaves the output as it was") {
    const scratch_folder scratch;
    const auto x = saved<float>(scratch / "x.npy", {1, 2, 3, 4, 5, 6}, {2, 3});
    const auto other = saved<float>(scratch / "other.npy", {1, 2}, {2});
    const auto whole = saved<std::int64_t>(scratch / "whole.npy", {1, 2, 3, 4, 5, 6}, {2, 3});
    const auto out = scratch.with("out.npy", "as it was");
    struct rejected {
        arguments line;
        std::vector<std::string> words;
    };
    for (const auto& row : std::to_array<rejected>({
             {{"rearrange", "a b - b a", x}, {"\n  a b - b a\n", "  ^"}},
             {{"rearrange", "a b -> a", x}, {"'b'", "\n  a b -> a\n", "^\n"}},
             {{"rearrange", "a b c -> c b a", x}, {"3 axes, the tensor has 2", "^~~"}},
             {{"rearrange", "a (b c) -> a b c", x, "--size", "b=2"}, {"not divisible", "b=2"}},
             {{"rearrange", "a (b c) -> a b c", x}, {"'b' and 'c'"}},
             {{"rearrange", "a b -> b a", x, "--size", "a=3"}, {"'a' is 2, not 3", "  ^"}},
             {{"rearrange", "a b -> b a", x, "--size", "z=3"}, {"'z'"}},
             {{"rearrange", "a b -> b a", x, "--size", "a"}, {"NAME=NUMBER"}},
             {{"rearrange", "a b -> b a", x, "--size"}, {"--size"}},
             {{"rearrange", "n a b -> n b a", x, other}, {"stack"}},
             {{"rearrange", "n a b -> n b a", x, whole}, {"stack"}},
             {{"repeat", "a b -> a b c", x}, {"'c'"}},
             {{"repeat", "a b -> a b c", x, "--size", "c=999999999999999999"}, {"fit"}},
             {{"repeat", "a b -> a b c", x, "--size", "c=-1"}, {"'c' cannot be -1"}},
             {{"reduce", "a b -> a", x}, {"--reduction"}},
             {{"reduce", "a b -> a", x, "--reduction", "median"}, {"'median'", "min, max"}},
             {{"reduce", "a b -> a", x, "--reduction", "rearrange"}, {"'rearrange'"}},
             {{"reduce", "a b -> a", x, "--reduction", ""}, {"--reduction"}},
             {{"rearrange", "a b -> b a", x, "--reduction", "sum"}, {"reduce only"}},
             {{"reduce", "a b -> a", whole, "--reduction", "mean"}, {"mean"}},
             {{"einsum", "i j, j k -> i k", x}, {"2 terms"}},
             {{"einsum", "i j, j k -> i k", x, x}, {"'j'", "3", "2"}},
             {{"einsum", "i j -> j i", x, "--reduction", "sum"}, {"reduce only"}},
             {{"transpose", "a b -> b a", x}, {"'transpose'", "rearrange, reduce"}},
             {{"rearrange", "a b -> b a", (scratch / "none.npy").string()}, {"none.npy"}},
             {{"rearrange", "a b -> b a", scratch.path().string()}, {scratch.path().string()}},
             {{"rearrange", "a b -> b a", out.string() + "/x.npy"}, {"x.npy"}},
         })) {
        arguments line = row.line;
        line.insert(line.begin(), {"apply", "-o", out.string()});
        CAPTURE(joined(line));

        const outcome o = run_abax(line);

        CHECK(fault_of_refusal(o, row.words) == "");
        CHECK(content_of(out) == "as it was");
        CHECK(scratch.count() == 4);
    }
}

TEST_CASE("abax apply: an output is a file of its own, in a folder that exists") {
    const scratch_folder scratch;
    const auto x = saved<float>(scratch / "x.npy", {1, 2}, {2});
    const std::string before = content_of(x);
    std::filesystem::create_symlink(x, scratch / "link.npy");
    std::filesystem::create_hard_link(x, scratch / "hard.npy");
    std::filesystem::create_directory(scratch / "folder");
    struct rejected {
        std::string output;
        std::vector<std::string> words;
    };
    for (const auto& row : std::to_array<rejected>({
             {x, {"input", "x.npy"}},
             {(scratch / "folder/../x.npy").string(), {"input", "x.npy"}},
             {(scratch / "link.npy").string(), {"input", "link.npy"}},
             {(scratch / "hard.npy").string(), {"input", "hard.npy"}},
             {(scratch / "folder").string(), {"folder", "directory"}},
             {(scratch / "none/y.npy").string(), {"none/y.npy"}},
             {x + "/y.npy", {"x.npy/y.npy"}},
             {"-", {"--output", "'-'"}},
             {"", {"--output"}},
         })) {
        CAPTURE(row.output);

        const outcome o = run_abax({"apply", "rearrange", "a -> a", x, "-o", row.output});

        CHECK(fault_of_refusal(o, row.words) == "");
        CHECK(content_of(x) == before);
        CHECK(scratch.count() == 4);
    }
}

TEST_CASE("abax apply: refuses an npy file that was cut, or goes on, or asks for too much, by name"
) {
    const scratch_folder scratch;
    abax::save_npy(scratch / "good.npy", counted(abax::dtype::float32, {2, 3}));
    const std::string good = content_of(scratch / "good.npy");
    const auto with_header = [](std::string dictionary) {
        dictionary += '\n';
        return std::string("\x93NUMPY\x01\x00", 8) + little_endian(dictionary.size(), 2)
             + dictionary + std::string(24, '\0');
    };
    const auto described = [&](const std::string& descr, const std::string& shape) {
        return with_header(
            "{'descr': " + descr + ", 'fortran_order': False, 'shape': " + shape + ", }"
        );
    };
    struct bad_file {
        const char* name;
        std::string content;
        std::string word;
    };
    for (const auto& row : std::to_array<bad_file>({
             {"empty", "", "not an npy file"},
             {"text", "not an array", "not an npy file"},
             {"cut in its magic", good.substr(0, 5), "npy"},
             {"cut in its version", good.substr(0, 7), "version"},
             {"cut in its length", good.substr(0, 9), "length"},
             {"cut in its header", good.substr(0, 60), "header"},
             {"without elements", good.substr(0, 128), "ends within its elements"},
             {"a byte short", good.substr(0, good.size() - 1), "ends within its elements"},
             {"a byte long", good + 'x', "goes on"},
             {"length beyond the file", good.substr(0, 8) + "\xff\xff" + good.substr(10), "header"},
             {"length of 4 bytes beyond the file",
              std::string("\x93NUMPY\x02\x00", 8) + std::string(4, '\xff') + good.substr(10),
              "header"},
             {"version 9", good.substr(0, 6) + '\x09' + good.substr(7), "version"},
             {"no dictionary", with_header("(2, 3)"), ""},
             {"a key less", with_header("{'descr': '<f4', 'shape': (2, 3), }"), "fortran_order"},
             {"complex", described("'<c8'", "(3,)"), "'<c8'"},
             {"text elements", described("'<U1'", "(6,)"), "'<U1'"},
             {"pickled objects", described("'|O'", "(3,)"), "pickled"},
             {"a record", described("[('a', '<f4')]", "(6,)"), ""},
             {"unsigned 64", described("'<u8'", "(3,)"), "'<u8'"},
             {"negative extent", described("'<f4'", "(-6,)"), ""},
             {"extent overflow", described("'<f4'", "(99999999999999999999,)"), ""},
             {"volume overflow", described("'<f4'", "(4294967296, 4294967296)"), "64 bits"},
             {"volume wraps to the right size", described("'<f4'", "(4611686018427387910,)"), ""},
             {"more than memory", described("'<f4'", "(1099511627776,)"), "ends within"},
         })) {
        CAPTURE(row.name);
        const auto x = scratch.with("bad.npy", row.content).string();
        const auto out = scratch.with("out.npy", "as it was");

        const outcome o = run_abax({"apply", "rearrange", "... -> ...", x, "-o", out.string()});

        CHECK(fault_of_refusal(o, {x, row.word}) == "");
        CHECK(content_of(out) == "as it was");
        CHECK(scratch.count() == 3);
    }
}

TEST_CASE("abax apply: a write that fails half-way leaves the old file") {
    const scratch_folder scratch;
    const auto x = scratch / "x.npy";
    abax::save_npy(x, counted(abax::dtype::float32, {100, 100}));
    const auto out = scratch.with("out.npy", "as it was");
    const file_size_limit full_disk(1000);

    const outcome o =
        run_abax({"apply", "rearrange", "a b -> b a", x.string(), "-o", out.string()});

    CHECK(fault_of_refusal(o, {"out.npy"}) == "");
    CHECK(content_of(out) == "as it was");
    CHECK(scratch.count() == 2);
}
