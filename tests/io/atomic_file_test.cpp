#include <abax/io/atomic_file.hpp>

#include "scratch.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace abax;
using namespace abax::testing;

TEST_CASE("atomic_file: a committed file holds what was written, and nothing lies beside it") {
    const scratch_folder folder;

    atomic_file out(folder / "x.bin");
    out.write("one ");
    out.write(as_bytes("two"));
    CHECK_FALSE(std::filesystem::exists(folder / "x.bin"));
    out.commit();

    CHECK(content_of(folder / "x.bin") == "one two");
    CHECK(folder.count() == 1);
}

TEST_CASE("atomic_file: without a commit the older file stays and the new one is removed") {
    const scratch_folder folder;
    const auto path = folder.with("x.bin", "older");

    {
        atomic_file out(path);
        out.write("newer");
    }

    CHECK(content_of(path) == "older");
    CHECK(folder.count() == 1);
}

TEST_CASE("atomic_file: a replaced file keeps its permissions") {
    const scratch_folder folder;
    const auto path = folder.with("x.bin", "older");
    REQUIRE(::chmod(path.c_str(), 0640) == 0);

    atomic_file out(path);
    out.write("newer");
    out.commit();

    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 07777U) == 0640U);
    CHECK(content_of(path) == "newer");
}

TEST_CASE("atomic_file: a symbolic link stays a link, and the file it leads to is replaced") {
    const scratch_folder folder;
    std::filesystem::create_directory(folder / "elsewhere");
    const auto target = folder.with("elsewhere/x.bin", "older");
    std::filesystem::create_symlink("elsewhere/x.bin", folder / "link.bin");

    atomic_file out(folder / "link.bin");
    out.write("newer");
    out.commit();

    CHECK(std::filesystem::is_symlink(folder / "link.bin"));
    CHECK(content_of(target) == "newer");
}

// A pipe stands for all that cannot be replaced. Never a device: run by the superuser, the very mistake that this
// test looks for would replace the machine's own /dev/null.
TEST_CASE("atomic_file: what is no regular file is written to, not replaced") {
    const scratch_folder folder;
    const auto pipe = folder / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
    REQUIRE(reader >= 0);

    atomic_file out(pipe);
    out.write("abax");
    out.commit();
    std::string received(8, '?');
    const auto count = ::read(reader, received.data(), received.size());
    ::close(reader);

    CHECK(std::filesystem::is_fifo(pipe));
    CHECK(count == 4);
    CHECK(received == "abax????");
    CHECK(folder.count() == 1);
}

TEST_CASE("atomic_file: a write that fails leaves the older file, and nothing beside it") {
    const scratch_folder folder;
    const auto path = folder.with("x.bin", "older");
    const file_size_limit limit(100);

    const error thrown = error_of([&] {
        atomic_file out(path);
        out.write(std::string(1000, 'x'));
        out.commit();
    });

    CHECK(thrown.kind() == category::file);
    CHECK(thrown.details().message == "cannot write the file: File too large");
    CHECK(thrown.details().file == path.string());
    CHECK(content_of(path) == "older");
    CHECK(folder.count() == 1);
}

TEST_CASE("atomic_file: an open stream of this process is written to, not replaced") {
    const scratch_folder folder;
    const auto path = folder.with("log.txt", "before ");
    const int stream = ::open(path.c_str(), O_WRONLY | O_APPEND);
    REQUIRE(stream >= 0);

    atomic_file out("/proc/self/fd/" + std::to_string(stream));
    out.write("within ");
    out.commit();
    const auto written = ::write(stream, "after", 5);
    ::close(stream);

    CHECK(written == 5);
    CHECK(content_of(path) == "before within after");
}

TEST_CASE("atomic_file: a place that cannot be written is an error that names it and says why") {
    struct unwritable {
        std::string path;
        std::string_view why;
    };
    const scratch_folder folder;
    (void)folder.with("file", "");
    const std::vector<unwritable> table = {
        {folder / "none/x.bin", "No such file or directory"},
        {folder / "file/x.bin", "Not a directory"},
        {folder.path(), "Is a directory"},
    };
    for (const unwritable& row : table) {
        CAPTURE(row.path);
        const error thrown = error_of([&] {
            atomic_file out(row.path, "save_npy");
            out.write("x");
            out.commit();
        });
        CHECK(thrown.kind() == category::file);
        CHECK(thrown.details().operation == "save_npy");
        CHECK(thrown.details().file == row.path);
        CHECK(thrown.details().message.find(row.why) != std::string::npos);
        CHECK(folder.count() == 1);
    }
}

TEST_CASE("atomic_file: a write-protected file is not replaced") {
    if (::geteuid() == 0)
        return;  // to the superuser nothing is write-protected
    const scratch_folder folder;
    const auto path = folder.with("x.bin", "older");
    REQUIRE(::chmod(path.c_str(), 0444) == 0);

    const error thrown = error_of([&] { atomic_file out(path); });

    CHECK(thrown.kind() == category::file);
    CHECK(content_of(path) == "older");
    CHECK(folder.count() == 1);
}
