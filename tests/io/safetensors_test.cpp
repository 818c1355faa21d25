#include <abax/io/safetensors.hpp>

#include "scratch.hpp"

#include <array>
#include <limits>
#include <memory>

using namespace abax;
using namespace abax::testing;

namespace {

using named_tensors = std::vector<std::pair<std::string, any_tensor>>;

std::string file_of(std::string header, const std::string& data) {
    return little_endian(header.size(), 8) + header + data;
}

constexpr auto all_types =
    std::to_array({dtype::float32, dtype::float64, dtype::int32, dtype::int64, dtype::boolean});

}  // namespace

TEST_CASE(
    "safetensors: what is saved is loaded, for every type and rank, extents of 0 and 1 included"
) {
    const scratch_folder folder;
    const std::vector<std::vector<std::int64_t>> shapes = {
        {}, {7}, {2, 3}, {2, 3, 5}, {1, 2, 1, 3}, {0}, {2, 0, 3}, std::vector<std::int64_t>(32, 1)};
    named_tensors tensors;
    for (const dtype type : all_types)
        for (const auto& extents : shapes)
            tensors.emplace_back(
                std::string(to_string(type)) + '.' + std::to_string(tensors.size()),
                counted(type, extents)
            );

    save_safetensors(folder / "x.safetensors", tensors);
    const auto file = safetensors::open(folder / "x.safetensors");

    REQUIRE(file.names().size() == tensors.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const std::string& name = tensors[i].first;
        const any_tensor& x = tensors[i].second;
        CAPTURE(name);
        CHECK(file.names()[i] == name);
        CHECK(file.contains(name));
        CHECK(file.entry(name).extents == x.shape().extents());
        CHECK(same_tensor(file.load(name), x));
    }
    CHECK(folder.count() == 1);
}

TEST_CASE("safetensors: strided tensors are saved in row-major logical order") {
    const scratch_folder folder;
    const any_tensor x = counted(dtype::float64, {2, 3});
    const named_tensors tensors = {
        {"x'", x.viewed({shape::of({3, 2}), {1, 3}, 0})},
        {"back", x.viewed({shape::of({6}), {-1}, 5})}};

    save_safetensors(folder / "x.safetensors", tensors);
    const auto file = safetensors::open(folder / "x.safetensors");

    CHECK(values<double>(file.load("x'")) == std::vector<double>{1, 4, 2, 5, 3, 6});
    CHECK(values<double>(file.load("back")) == std::vector<double>{6, 5, 4, 3, 2, 1});
}

TEST_CASE("safetensors: the saved bytes are those of the format") {
    const scratch_folder folder;

    save_safetensors(
        folder / "x.safetensors",
        named_tensors{{"x", counted(dtype::int32, {1})}},
        {{"format", "pt"}}
    );

    const std::string header =
        R"({"__metadata__":{"format":"pt"},"x":{"data_offsets":[0,4],"dtype":"I32","shape":[1]}})";
    const std::string padded = header + std::string((8 - header.size() % 8) % 8, ' ');
    CHECK(content_of(folder / "x.safetensors") == file_of(padded, {"\x01\x00\x00\x00", 4}));
}

TEST_CASE("safetensors: names and metadata are any UTF-8, and come back as they were") {
    const scratch_folder folder;
    const std::map<std::string, std::string> metadata = {
        {"format", "pt"}, {"quote \" \\ \n", "\xCE\xB1\xCE\xB2\xCE\xB1\xCE\xBE"}, {"", ""}};

    save_safetensors(
        folder / "x.safetensors",
        named_tensors{{"\xCE\xB1\"\t", counted(dtype::float32, {2})}},
        metadata
    );
    const auto file = safetensors::open(folder / "x.safetensors");

    CHECK(file.metadata() == metadata);
    CHECK(file.names() == std::vector<std::string>{"\xCE\xB1\"\t"});
}

TEST_CASE("safetensors: a file without tensors is a file") {
    const scratch_folder folder;

    save_safetensors(folder / "x.safetensors", {});
    const auto file = safetensors::open(folder / "x.safetensors");

    CHECK(file.names().empty());
    CHECK(file.metadata().empty());
    CHECK_FALSE(file.contains("x"));
}

TEST_CASE("safetensors: F16 and BF16 are widened to float32") {
    const scratch_folder folder;
    const std::string header =
        R"({"half":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},"brain":{"dtype":"BF16","shape":[2],"data_offsets":[6,10]}})";
    const auto path = folder.with(
        "x.safetensors", file_of(header, {"\x00\x3E\x00\xFC\x01\x00\xC0\x3F\x00\xC0", 10})
    );

    const auto file = safetensors::open(path);

    CHECK(
        values<float>(file.load("half"))
        == std::vector<float>{1.5F, -std::numeric_limits<float>::infinity(), 0x1p-24F}
    );
    CHECK(values<float>(file.load("brain")) == std::vector<float>{1.5F, -2.0F});
    CHECK(file.entry("brain").dtype == "BF16");
}

TEST_CASE("safetensors: bool bytes other than 0 are true") {
    const scratch_folder folder;
    const std::string header = R"({"x":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]}})";
    const auto path = folder.with("x.safetensors", file_of(header, {"\x00\x01\x02\xFF", 4}));

    const any_tensor x = safetensors::open(path).load("x");

    CHECK(
        std::string_view(reinterpret_cast<const char*>(x.data()), 4)
        == std::string_view("\x00\x01\x01\x01", 4)
    );
}

TEST_CASE(
    "safetensors: what lies at a multiple of its element size is used in place, the rest is copied"
) {
    const scratch_folder folder;
    const named_tensors tensors = {
        {"first", counted(dtype::float64, {2})},
        {"odd", counted(dtype::boolean, {3})},
        {"after", counted(dtype::float32, {5})}};
    save_safetensors(folder / "x.safetensors", tensors);
    const auto file = safetensors::open(folder / "x.safetensors");
    const std::size_t before = storage().live_bytes;

    const any_tensor first = file.load("first");
    const any_tensor odd = file.load("odd");
    CHECK(storage().live_bytes == before);
    const any_tensor after = file.load("after");
    CHECK(storage().live_bytes == before + 20);

    CHECK(same_tensor(first, tensors[0].second));
    CHECK(same_tensor(odd, tensors[1].second));
    CHECK(same_tensor(after, tensors[2].second));
    CHECK(reinterpret_cast<std::uintptr_t>(after.data()) % alignof(float) == 0);
}

TEST_CASE("safetensors: tensors outlive the file object, and the file itself") {
    const scratch_folder folder;
    const any_tensor x = counted(dtype::float32, {2, 3});
    save_safetensors(folder / "x.safetensors", named_tensors{{"x", x}});

    const any_tensor loaded = safetensors::open(folder / "x.safetensors").load("x");
    std::filesystem::remove(folder / "x.safetensors");

    CHECK(same_tensor(loaded, x));
}

TEST_CASE("safetensors: a tensor that is in use elsewhere is not the writer's own") {
    const scratch_folder folder;
    save_safetensors(folder / "x.safetensors", named_tensors{{"x", counted(dtype::float32, {2})}});

    // The door for writing copies every buffer that is not unique; these two are the same memory, and must say so.
    auto file = std::make_unique<safetensors>(safetensors::open(folder / "x.safetensors"));
    any_tensor a = file->load("x");
    CHECK_FALSE(a.storage().is_unique());
    file.reset();
    CHECK(a.storage().is_unique());
}

TEST_CASE("safetensors: writing to a loaded tensor does not reach the file") {
    const scratch_folder folder;
    const auto path = folder / "x.safetensors";
    save_safetensors(path, named_tensors{{"x", counted(dtype::float32, {2})}});
    const std::string content = content_of(path);

    any_tensor x = safetensors::open(path).load("x");
    reinterpret_cast<float*>(x.writable())[0] = 7;

    CHECK(values<float>(x) == std::vector<float>{7, 2});
    CHECK(content_of(path) == content);
    CHECK(values<float>(safetensors::open(path).load("x")) == std::vector<float>{1, 2});
}

TEST_CASE("safetensors: a dry run loads shapes alone") {
    const scratch_folder folder;
    save_safetensors(folder / "x.safetensors", named_tensors{{"x", counted(dtype::int64, {2, 3})}});
    const auto file = safetensors::open(folder / "x.safetensors");

    const dry_run dry;
    const any_tensor x = file.load("x");

    CHECK(x.is_dry());
    CHECK(x.type() == dtype::int64);
    CHECK(x.shape().str() == "2 3");
}

TEST_CASE("safetensors: a missing tensor is named, with one that differs by its prefix") {
    const scratch_folder folder;
    const auto path = folder / "x.safetensors";
    save_safetensors(path, named_tensors{{"transformer.wte.weight", counted(dtype::float32, {2})}});
    const auto file = safetensors::open(path);

    const error thrown = error_of([&] { (void)file.load("wte.weight"); });

    CHECK(thrown.kind() == category::file);
    CHECK(thrown.details().message == "the file has no tensor 'wte.weight'");
    CHECK(thrown.details().file == path.string() + ": tensor 'wte.weight'");
    CHECK(thrown.details().help == "there is a tensor 'transformer.wte.weight'");
    CHECK(error_of([&] { (void)file.entry("weight2"); }).details().help.empty());
}

TEST_CASE("safetensors: a data type that abax does not have stops that tensor only") {
    const scratch_folder folder;
    const std::string header =
        R"({"q":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"x":{"dtype":"I32","shape":[],"data_offsets":[4,8]}})";
    const auto path = folder.with("x.safetensors", file_of(header, {"abcd\x05\x00\x00\x00", 8}));
    const auto file = safetensors::open(path);

    const error thrown = error_of([&] { (void)file.load("q"); });

    CHECK(thrown.kind() == category::file);
    CHECK(thrown.details().message == "abax has no element type for dtype 'U8'");
    CHECK(thrown.details().file == path.string() + ": tensor 'q'");
    CHECK(values<std::int32_t>(file.load("x")) == std::vector<std::int32_t>{5});
}

TEST_CASE(
    "safetensors: names that a file cannot have are a mistake of the caller, and no file is made"
) {
    const scratch_folder folder;
    const any_tensor x = counted(dtype::float32, {2});
    const std::vector<named_tensors> table = {
        {{"x", x}, {"x", x}}, {{"__metadata__", x}}, {{"\xFF", x}}};
    for (const named_tensors& row : table) {
        CAPTURE(row.front().first.size());
        const error thrown = error_of([&] { save_safetensors(folder / "x.safetensors", row); });
        CHECK(thrown.kind() == category::usage);
        CHECK(thrown.details().operation == "save_safetensors");
        CHECK(folder.count() == 0);
    }
}

TEST_CASE("safetensors: a dry tensor is not saved, and no file is made") {
    const scratch_folder folder;
    const named_tensors tensors = {{"x", any_tensor::dry(dtype::float32, shape::of({2}))}};

    CHECK(
        error_of([&] { save_safetensors(folder / "x.safetensors", tensors); }).kind()
        == category::dry
    );
    CHECK(folder.count() == 0);
}
