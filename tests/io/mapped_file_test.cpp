#include <abax/io/mapped_file.hpp>

#include "scratch.hpp"

#include <sys/stat.h>

#include <algorithm>

using namespace abax;
using namespace abax::testing;

TEST_CASE("mapped_file: its bytes are those of the file") {
    const scratch_folder folder;

    const auto file = mapped_file::open(folder.with("x.bin", "abax"));

    CHECK(std::ranges::equal(file->bytes(), as_bytes("abax")));
}

TEST_CASE("mapped_file: an empty file has no bytes") {
    const scratch_folder folder;

    CHECK(mapped_file::open(folder.with("empty", ""))->bytes().empty());
}

TEST_CASE("mapped_file: what is written to its pages does not reach the file") {
    const scratch_folder folder;
    const auto path = folder.with("x.bin", "abax");

    const auto file = mapped_file::open(path);
    file->private_pages()[0] = std::byte{'X'};

    CHECK(std::ranges::equal(file->bytes(), as_bytes("Xbax")));
    CHECK(content_of(path) == "abax");
}

TEST_CASE("mapped_file: keeps the bytes of a file that has been removed") {
    const scratch_folder folder;
    const auto path = folder.with("x.bin", "abax");

    const auto file = mapped_file::open(path);
    std::filesystem::remove(path);

    CHECK(std::ranges::equal(file->bytes(), as_bytes("abax")));
}

TEST_CASE("mapped_file: what is no readable file is an error that names it and says why") {
    struct unreadable {
        std::string path;
        std::string_view why;
    };
    const scratch_folder folder;
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    const std::vector<unreadable> table = {
        {folder / "none", "No such file or directory"},
        {folder.path(), "it is a directory"},
        {folder / "pipe", "it is not a regular file"},
    };
    for (const unreadable& row : table) {
        CAPTURE(row.path);
        const error thrown = error_of([&] { (void)mapped_file::open(row.path, "load_npy"); });
        CHECK(thrown.kind() == category::file);
        CHECK(thrown.details().operation == "load_npy");
        CHECK(thrown.details().file == row.path);
        CHECK(thrown.details().message.find(row.why) != std::string::npos);
    }
}
