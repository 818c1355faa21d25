#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace abax {

/// A whole file, mapped into memory; pages are read when they are first touched.
///
/// The mapping is private: what is written through `private_pages()` stays in this process and never
/// reaches the file. Shared by whoever uses the bytes; the last one unmaps.
/// A file that somebody else shortens while it is mapped makes reading the lost part a bus error, as for
/// every mapping; files replaced by renaming, as `atomic_file` does, are safe.
class mapped_file {
public:
    /// Maps `path`, which may be empty. `operation` is named in errors.
    ///
    /// @throws abax::error  file: missing, not readable, a directory, or anything else that is not a regular file
    /// @cost   no bytes are read yet
    [[nodiscard]] static std::shared_ptr<const mapped_file> open(
        const std::filesystem::path& path, const char* operation = "open"
    );

    mapped_file(const mapped_file&) = delete;
    mapped_file& operator=(const mapped_file&) = delete;
    ~mapped_file();

    [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return {pages_, size_}; }

    /// The same bytes for writing, copied page by page on the first write. For tensors, which own what they
    /// hold: the caller makes sure that nobody else reads these bytes.
    [[nodiscard]] std::byte* private_pages() const noexcept { return pages_; }

private:
    mapped_file(std::byte* pages, std::size_t size) noexcept : pages_(pages), size_(size) {}

    std::byte* pages_;
    std::size_t size_;
};

}  // namespace abax
