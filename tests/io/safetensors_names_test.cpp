#include <abax/io/safetensors.hpp>
#include <abax/io/safetensors_axes.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/rearrange.hpp>

#include "scratch.hpp"

using namespace abax;
using namespace abax::testing;

namespace {

using named_tensors = std::vector<std::pair<std::string, any_tensor>>;

/// A file with one tensor x of floats whose metadata say `text` about its axes.
std::string file_with_axes(
    const std::string& text, const std::string& extents, std::size_t volume
) {
    const std::string header = R"({"__metadata__":{"abax.axes.x":")" + text
                             + R"("},"x":{"dtype":"F32","shape":)" + extents
                             + R"(,"data_offsets":[0,)" + std::to_string(4 * volume) + "]}}";
    return little_endian(header.size(), 8) + header + std::string(4 * volume, '\0');
}

tensor<float> heads() {
    return iota<float>(axes("b s (m: h d)", {2, 3, 12}, {{"h", 4}}));
}

}  // namespace

TEST_CASE("safetensors: the names of axes come back, with the factors they remember") {
    const scratch_folder folder;
    const auto x = heads();
    const named_tensors tensors = {
        {"plain", iota<float>(axes("s s' t''", {2, 3, 5}))},
        {"called", x},
        {"group", rename(rearrange(x, "b s (m: h d) -> s b (h d)"), "b -> c")},
        {"one", iota<float>(axes("(m: h) n", {4, 2}))},
        {"empty", iota<float>(axes("b (m: h d)", {3, 0}, {{"h", 0}, {"d", 7}}))},
        {"unit", rearrange(iota<float>(axes("a b", {2, 3})), "a b -> a 1 b")},
        {"turned", rearrange(x, "b s m -> m s b")},
        {"unnamed", iota<float>(shape::of({2, 3}))},
        {"rank 0", iota<float>(shape{})},
    };

    save_safetensors(folder / "x.safetensors", tensors);
    const auto file = safetensors::open(folder / "x.safetensors");

    for (const auto& entry : tensors) {
        const std::string& name = entry.first;
        CAPTURE(name);
        const any_tensor loaded = file.load(name);
        CHECK(loaded.shape() == entry.second.shape());
        CHECK(same_tensor(loaded, entry.second));
    }
}

TEST_CASE("safetensors: all tensors are loaded at once, in the order of the file, with their names"
) {
    const scratch_folder folder;
    const auto x = heads();
    const auto y = iota<std::int64_t>(shape::of({2}));
    save_safetensors(folder / "x.safetensors", {{"y", y}, {"x", x}});

    const auto all = load_safetensors(folder / "x.safetensors");

    REQUIRE(all.size() == 2);
    CHECK((all[0].first == "y" && all[1].first == "x"));
    CHECK(same_tensor(all[0].second, y));
    CHECK(all[1].second.shape() == x.shape());
}

TEST_CASE("safetensors: a factor may be called as another axis, or as its own axis, or occur twice"
) {
    const scratch_folder folder;
    const auto x = heads();
    const auto y = rename(iota<float>(axes("c (n: h e)", {2, 8}, {{"h", 4}})), "n -> d");
    const named_tensors tensors = {
        {"another", rename(rename(x, "m -> k"), "b -> h")},
        {"own", rename(x, "m -> h")},
        {"twice", einsum("b s m, c d -> b s m c d", x, y)},
    };

    save_safetensors(folder / "x.safetensors", tensors);
    const auto file = safetensors::open(folder / "x.safetensors");

    for (const auto& entry : tensors) {
        CAPTURE(entry.first);
        CHECK(file.load(entry.first).shape() == entry.second.shape());
    }
}

TEST_CASE("safetensors: axes are text that people can read, under a key of the metadata") {
    const scratch_folder folder;
    save_safetensors(folder / "x.safetensors", {{"wq", heads()}}, {{"k", "v"}});

    const std::string bytes = content_of(folder / "x.safetensors");

    CHECK(
        bytes.find(R"json("__metadata__":{"abax.axes.wq":"b s (m: h=4 d=3)","k":"v"})json")
        != std::string::npos
    );
}

TEST_CASE(
    "safetensors: the caller's metadata are the caller's: axes neither show up nor may be given"
) {
    const scratch_folder folder;
    const std::map<std::string, std::string> metadata = {{"format", "pt"}};
    save_safetensors(folder / "x.safetensors", named_tensors{{"x", heads()}}, metadata);

    CHECK(safetensors::open(folder / "x.safetensors").metadata() == metadata);

    const error thrown = error_of([&] {
        save_safetensors(
            folder / "y.safetensors", named_tensors{{"x", heads()}}, {{"abax.axes.x", "b"}}
        );
    });
    CHECK(thrown.kind() == category::usage);
    CHECK(folder.count() == 1);
}

TEST_CASE("safetensors: axes that do not fit their tensor are an error of the file") {
    const scratch_folder folder;
    struct broken {
        std::string text;
        std::string extents;
        std::size_t volume;
    };
    const std::vector<broken> table = {
        {"b", "[2,6]", 12},
        {"b s m", "[2,6]", 12},
        {"", "[2,6]", 12},
        {"b b", "[2,6]", 12},
        {"b (m: h=2 d=4)", "[2,6]", 12},
        {"b (m: h d)", "[2,6]", 12},
        {"b (h d)", "[2,6]", 12},
        {"b m=7", "[2,6]", 12},
        {"b  m", "[2,6]", 12},
        {"b m ", "[2,6]", 12},
        {" b m", "[2,6]", 12},
        {"b 5", "[2,6]", 12},
        {"b ...", "[2,6]", 12},
        {"b (m: h=2 d=3", "[2,6]", 12},
        {"b (m n: h=2 d=3)", "[2,6]", 12},
        {"b ((m): h=2 d=3)", "[2,6]", 12},
        {"b (m: h=2 h=3)", "[2,6]", 12},
        {"b (: h=2 d=3)", "[2,6]", 12},
        {"b m_", "[2,6]", 12},
        {"b \\u00e9", "[2,6]", 12},
        {"b \\u0000", "[2,6]", 12},
        {"b m", "[]", 1},
        {"b " + std::string(70000, 'm'), "[2,6]", 12},
    };
    for (const broken& row : table) {
        CAPTURE(row.text.substr(0, 40));
        const auto path =
            folder.with("bad.safetensors", file_with_axes(row.text, row.extents, row.volume));
        const auto file = safetensors::open(path);
        const error thrown = error_of([&] { (void)file.load("x"); });
        CHECK(thrown.kind() == category::file);
        CHECK(thrown.details().operation == "safetensors");
        CHECK(thrown.details().file == path.string() + ": tensor 'x'");
        CHECK(thrown.details().message.starts_with(
            "the names of the axes in the metadata do not fit the tensor: "
        ));
        CHECK(thrown.details().help.find("'abax.axes.x'") != std::string::npos);
    }
}

TEST_CASE("safetensors: axes of a tensor that is not there concern nobody") {
    const scratch_folder folder;
    const std::string header =
        R"({"__metadata__":{"abax.axes.gone":"b s"},"x":{"dtype":"F32","shape":[],"data_offsets":[0,4]}})";
    const auto path =
        folder.with("x.safetensors", little_endian(header.size(), 8) + header + "abcd");

    CHECK_FALSE(safetensors::open(path).load("x").is_named());
}

TEST_CASE("safetensors: a dry run restores names as well") {
    const scratch_folder folder;
    save_safetensors(folder / "x.safetensors", named_tensors{{"x", heads()}});

    const dry_run dry;
    const any_tensor x = safetensors::open(folder / "x.safetensors").load("x");

    CHECK(x.is_dry());
    CHECK(x.shape() == heads().shape());
}

TEST_CASE("safetensors: a name that no pattern can spell is refused before a file is made") {
    const scratch_folder folder;
    for (const std::string_view label : {"two words", "3", "a_", "(h d)", "x:y", "\xC3\xA9"}) {
        CAPTURE(label);
        shape odd = shape::of({2, 3});
        odd[0].label = name(label);
        odd[1].label = name("b");
        const any_tensor x = counted(dtype::float32, {2, 3}).viewed(layout::row_major(odd));
        const error thrown = error_of([&] {
            save_safetensors(folder / "x.safetensors", named_tensors{{"w", x}});
        });
        CHECK(thrown.kind() == category::usage);
        CHECK(thrown.details().operation == "save_safetensors");
        CHECK(folder.count() == 0);
    }
}

TEST_CASE("safetensors: the text of axes reads back for any axes that verbs can make") {
    struct written {
        std::string text;
        std::vector<std::int64_t> extents;
    };
    const std::vector<written> table = {
        {"", {}},
        {"b", {5}},
        {"b s s'", {5, 6, 7}},
        {"(m: h=2 d=3)", {6}},
        {"(h=2 d=3)", {6}},
        {"a (m: h=1 d=1 e=1) 4", {2, 1, 4}},
        {"a 0", {2, 0}},
        {"(h: h=2 h'=3)", {6}},
    };
    for (const written& row : table) {
        CAPTURE(row.text);
        const shape read = io::parse_axes(row.text, row.extents);
        CHECK(io::format_axes(read) == row.text);
    }
}
