#include <abax/core/error.hpp>
#include <abax/io/mapped_file.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace abax {

namespace {

/// Closes when it goes; the mapping outlives its descriptor.
struct descriptor {
    int number = -1;
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    explicit descriptor(int opened) noexcept : number(opened) {}
    ~descriptor() {
        if (number >= 0)
            ::close(number);
    }
};

[[noreturn]] void cannot_read(
    const std::filesystem::path& path, const char* operation, const std::string& why
) {
    throw error(
        {.kind = category::file,
         .operation = operation,
         .message = "cannot read the file: " + why,
         .expected = "a regular file that may be read",
         .file = path.string()}
    );
}

[[noreturn]] void system_refused(const std::filesystem::path& path, const char* operation) {
    cannot_read(path, operation, std::generic_category().message(errno));
}

}  // namespace

std::shared_ptr<const mapped_file> mapped_file::open(
    const std::filesystem::path& path, const char* operation
) {
    // O_NONBLOCK: opening a pipe must end in an error, not in waiting for somebody to write.
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (file.number < 0 || ::fstat(file.number, &status) != 0)
        system_refused(path, operation);
    if (S_ISDIR(status.st_mode))
        cannot_read(path, operation, "it is a directory");
    if (!S_ISREG(status.st_mode))
        cannot_read(path, operation, "it is not a regular file");

    const auto size = static_cast<std::size_t>(status.st_size);
    void* pages = nullptr;
    if (size > 0) {  // mmap refuses an empty mapping; an empty file is fine
        // No reserve: only the pages that are written to will ever need memory of their own.
        const int flags = MAP_PRIVATE | MAP_NORESERVE;
        pages = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, flags, file.number, 0);
        if (pages == MAP_FAILED)  // NOLINT(performance-no-int-to-ptr): the system's macro
            system_refused(path, operation);
    }
    // Not make_shared: the constructor is private.
    return std::shared_ptr<const mapped_file>(new mapped_file(static_cast<std::byte*>(pages), size)
    );
}

mapped_file::~mapped_file() {
    if (pages_ != nullptr)
        ::munmap(pages_, size_);
}

}  // namespace abax
