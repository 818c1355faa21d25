#include <abax/core/error.hpp>
#include <abax/io/atomic_file.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace abax {

namespace {

namespace fs = std::filesystem;

struct destination {
    fs::path path;
    bool is_stream = false;  // one of this process's open files, by way of /proc
};

// Follows links one by one, because those in /proc/self/fd show the path of a file that another process
// (the shell, for `> out.npy`) has open: replacing that file would leave the other with the old one.
destination follow_links(fs::path path) {
    constexpr int most_links = 40;  // as the kernel allows
    for (int followed = 0; followed < most_links; ++followed) {
        std::error_code failed;
        const fs::path folder =
            fs::canonical(path.has_parent_path() ? path.parent_path() : ".", failed);
        if (!failed && folder.native().starts_with("/proc/"))
            return {path, true};
        const fs::path next = fs::read_symlink(path, failed);
        if (failed)
            break;
        path = next.is_absolute() ? next : path.parent_path() / next;
    }
    return {path, false};
}

}  // namespace

atomic_file::atomic_file(fs::path path, std::string operation)
    : path_(std::move(path)), operation_(std::move(operation)) {
    const destination found = follow_links(path_);
    target_ = found.path;

    struct stat status {};
    const bool exists = ::stat(target_.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode))
        fail("write the file", EISDIR);
    if (exists && (found.is_stream || !S_ISREG(status.st_mode))) {
        open_directly();
        return;
    }
    // Renaming onto a write-protected file would succeed, and surprise.
    if (exists && ::access(target_.c_str(), W_OK) != 0)
        fail("write the file", errno);
    open_beside();
    if (exists)  // where the permissions are not ours to change, those of a new file serve
        (void)::fchmod(descriptor_, status.st_mode & 07777U);
}

atomic_file::~atomic_file() {
    if (descriptor_ >= 0)
        ::close(descriptor_);
    if (!temporary_.empty())
        ::unlink(temporary_.c_str());
}

void atomic_file::open_directly() {
    // At the end: a stream may hold lines that were printed before.
    descriptor_ = ::open(target_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (descriptor_ < 0)
        fail("write the file", errno);
}

void atomic_file::open_beside() {
    static std::atomic<unsigned> counter = 0;
    // The same folder, since renaming does not cross file systems. Exclusive: no other's file is taken over.
    do {
        const std::string unique = std::to_string(::getpid()) + '-' + std::to_string(counter++);
        temporary_ = target_.parent_path() / (".abax-" + unique + ".tmp");
        descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor_ < 0 && errno == EEXIST);
    if (descriptor_ < 0) {
        const int why = errno;
        temporary_.clear();
        fail("create a file in its folder", why);
    }
}

void atomic_file::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            fail("write the file", errno);
        if (count > 0)
            bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

void atomic_file::commit() {
    // Without the sync a power cut after the rename can leave the new name on an empty file.
    if (!temporary_.empty() && ::fsync(descriptor_) != 0)
        fail("write the file", errno);
    // Some file systems report a full disk only here.
    if (::close(std::exchange(descriptor_, -1)) != 0)
        fail("write the file", errno);
    if (temporary_.empty())
        return;
    if (std::rename(temporary_.c_str(), target_.c_str()) != 0)
        fail("give the file its name", errno);
    temporary_.clear();
}

void atomic_file::fail(const std::string& what, int error_number) const {
    throw error(
        {.kind = category::file,
         .operation = operation_,
         .message = "cannot " + what + ": " + std::generic_category().message(error_number),
         .expected = "a path that may be written",
         .file = path_.string()}
    );
}

}  // namespace abax
