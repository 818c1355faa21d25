#include <abax/io/npz.hpp>
#include <abax/io/zip_directory.hpp>

#include "scratch.hpp"

using namespace abax;
using namespace abax::testing;

namespace {

const std::filesystem::path data = std::filesystem::path(ABAX_TEST_DATA) / "io";

/// A good archive of two tensors, 'x' and 'y', in bytes.
std::string good() {
    const scratch_folder folder;
    save_npz(
        folder / "x.npz", {{"x", counted(dtype::float32, {2})}, {"y", counted(dtype::boolean, {3})}}
    );
    return content_of(folder / "x.npz");
}

std::string with(std::string text, std::size_t at, std::string_view bytes) {
    text.replace(at, bytes.size(), bytes);
    return text;
}

struct places {
    std::size_t second;     // local header of y
    std::size_t directory;  // central record of x
    std::size_t other;      // central record of y
    std::size_t end;        // the end record
};

places places_in(const std::string& text) {
    const std::string local("PK\x03\x04", 4);
    const std::string central("PK\x01\x02", 4);
    const std::size_t directory = text.find(central);
    return {text.find(local, 1), directory, text.find(central, directory + 1), text.size() - 22};
}

error error_of_bytes(const std::string& bytes) {
    const scratch_folder folder;
    return error_of([&] { (void)load_npz(folder.with("bad.npz", bytes)); });
}

struct broken {
    std::string what;
    std::string bytes;
    std::string_view message;
};

}  // namespace

TEST_CASE("npz: each lie of the directory is found and named") {
    const std::string whole = good();
    const places at = places_in(whole);
    const std::string two("\x02\x00", 2);
    const std::string far("\xFF\xFF\x00\x00", 4);
    const std::string_view contradicts = "the member's own header contradicts the directory";
    const std::string_view disks = "the archive is split over several files";
    const std::vector<broken> table = {
        {"empty", "", "this is not an npz file"},
        {"npy", "\x93NUMPY", "this is not an npz file"},
        {"behind", whole + "x", "the file does not end with the end record of a zip file"},
        {"in front",
         "PK\x03\x04" + whole,
         "the central directory is not where the end record says"},
        {"disk", with(whole, at.end + 4, two), disks},
        {"disk of the directory", with(whole, at.end + 6, two), disks},
        {"members here", with(whole, at.end + 8, std::string("\x01\x00", 2)), disks},
        {"one member",
         with(whole, at.end + 8, std::string("\x01\x00\x01\x00", 4)),
         "the end record counts the members otherwise than the directory lists them"},
        {"directory size",
         with(whole, at.end + 12, far),
         "the central directory is not where the end record says"},
        {"directory place",
         with(whole, at.end + 16, far),
         "the central directory is not where the end record says"},
        {"comment",
         with(whole, at.end + 20, two),
         "the end record announces a comment that is not there"},
        {"no mark", with(whole, at.directory, "XX"), "the central directory is malformed"},
        {"flags", with(whole, 6, two), contradicts},
        {"method", with(whole, 8, std::string("\x08\x00", 2)), contradicts},
        {"crc", with(whole, 14, "abcd"), contradicts},
        {"sizes", with(whole, 18, std::string("\x01\x00\x00\x00", 4)), contradicts},
        {"zip64 sizes", with(whole, 30 + 5 + 4, "a"), contradicts},
        {"name", with(whole, 30, "z"), contradicts},
        {"name in both",
         with(with(whole, 30, "y"), at.directory + 46, "y"),
         "the member 'y.npy' is there twice"},
        {"latin name",
         with(with(whole, 30, "\xE9"), at.directory + 46, "\xE9"),
         "the name of a member is not UTF-8, or not marked so"},
        {"place",
         with(whole, at.directory + 42, std::string("\x01\x00", 2)),
         "there is no member where the directory says"},
        {"place behind",
         with(whole, at.directory + 42, far),
         "there is no member where the directory says"},
        {"disk of a member", with(whole, at.directory + 34, two), disks},
        {"central size", with(whole, at.directory + 20, far), contradicts},
        {"extra",
         with(whole, at.second + 30 + 5 + 2, std::string("\xFF\x00", 2)),
         "a record of the archive is cut short"},
        {"extra length",
         with(whole, at.other + 30, std::string("\xFF\xFF", 2)),
         "a record of the archive is cut short"},
    };
    for (const broken& row : table) {
        CAPTURE(row.what);
        const error thrown = error_of_bytes(row.bytes);
        CHECK(thrown.kind() == category::file);
        CHECK(thrown.details().operation == "load_npz");
        CHECK(thrown.details().file.find("bad.npz") != std::string::npos);
        CHECK(thrown.details().message == row.message);
    }
}

TEST_CASE("npz: two members that share bytes are refused, as are a member and the directory") {
    const std::string whole = good();
    const places at = places_in(whole);
    // x says in both places that it is 4 bytes longer, and so reaches into y.
    const std::string grown = little_endian(at.second - 55 + 4, 4);
    std::string overlapping = with(with(whole, 18, grown), 22, grown);
    overlapping = with(with(overlapping, at.directory + 20, grown), at.directory + 24, grown);

    CHECK(error_of_bytes(overlapping).details().message == "the member overlaps member 'x.npy'");

    const std::string far = little_endian(whole.size(), 4);
    std::string beyond = with(with(whole, 18, far), 22, far);
    beyond = with(with(beyond, at.directory + 20, far), at.directory + 24, far);
    CHECK(error_of_bytes(beyond).details().message == "the member goes beyond the directory");
}

TEST_CASE("npz: a member stored as it is has one size") {
    const std::string whole = good();
    const places at = places_in(whole);
    const std::string small = little_endian(4, 4);

    const error thrown = error_of_bytes(with(with(whole, 22, small), at.directory + 24, small));

    CHECK(thrown.details().message == "the member is stored as it is, yet has two sizes");
}

TEST_CASE("npz: a byte that changed is found by its checksum, and the other tensor still loads") {
    const std::string whole = good();
    const places at = places_in(whole);
    const scratch_folder folder;
    const auto path = folder.with("bad.npz", with(whole, at.second - 1, "!"));

    const error thrown = error_of([&] { (void)load_npz(path, "x"); });

    CHECK(thrown.kind() == category::file);
    CHECK(thrown.details().message == "the member is damaged: its checksum is wrong");
    CHECK(thrown.details().file == path.string() + ": tensor 'x'");
    CHECK(load_npz(path, "y").volume() == 3);
}

TEST_CASE("npz: compressed members are refused by name, with what to do instead") {
    const error thrown = error_of([] { (void)load_npz(data / "numpy_savez_compressed.npz"); });

    CHECK(thrown.kind() == category::file);
    CHECK(thrown.details().file == (data / "numpy_savez_compressed.npz").string() + ": tensor 'x'");
    CHECK(thrown.details().got == "method 8 (deflate)");
    CHECK(thrown.details().help == "save with numpy.savez instead of numpy.savez_compressed");
}

TEST_CASE("npz: pickled objects are refused by name and never read; what lies beside them loads") {
    const auto path = data / "numpy_object.npz";
    const error thrown = error_of([&] { (void)load_npz(path); });

    CHECK(thrown.kind() == category::file);
    CHECK(thrown.details().operation == "load_npz");
    CHECK(thrown.details().file == path.string() + ": tensor 'w'");
    CHECK(thrown.details().message.find("pickled Python objects") != std::string::npos);
    CHECK(values<std::int32_t>(load_npz(path, "fine")) == std::vector<std::int32_t>{0, 1});
}

TEST_CASE("npz: encrypted members and members that are no npy file are refused by name") {
    const std::string whole = good();
    const places at = places_in(whole);
    const std::string one("\x01\x00", 2);
    CHECK(
        error_of_bytes(with(with(whole, 6, one), at.directory + 8, one)).details().message
        == "the member is encrypted"
    );
    CHECK(
        error_of_bytes(with(with(whole, 33, "x"), at.directory + 49, "x")).details().message
        == "the member 'x.nxy' is no npy file"
    );
}

TEST_CASE("npz: a name that is not there is refused with those that are") {
    const error thrown = error_of([] { (void)load_npz(data / "numpy_savez.npz", "q"); });

    CHECK(thrown.kind() == category::file);
    CHECK(thrown.details().message == "the file has no tensor 'q'");
    CHECK(thrown.details().expected == "one of 'x', '\xC3\xA9'");
}

TEST_CASE("npz: a file that ends too early is refused, wherever it ends") {
    const std::string whole = good();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        CHECK(error_of_bytes(whole.substr(0, size)).kind() == category::file);
    }
}

TEST_CASE("npz: any byte may be another, and nothing worse than an error or another dtype happens"
) {
    const std::string whole = good();
    const scratch_folder folder;
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
            const auto byte = static_cast<unsigned char>(whole[at]);
            const char changed = static_cast<char>(byte ^ flip);
            const auto path = folder.with("bad.npz", with(whole, at, {&changed, 1}));
            try {
                (void)load_npz(path);
            } catch (const error& thrown) {
                CHECK(thrown.kind() == category::file);
            }
        }
}
