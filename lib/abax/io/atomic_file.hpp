#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace abax {

/// A file that appears whole or not at all: written beside its target, renamed onto it by `commit()`.
///
///     atomic_file out("x.npy");   // creates ./.abax-4711-0.tmp
///     out.write(header);
///     out.write(elements);
///     out.commit();               // x.npy is the new file from one moment to the next
///
/// Without `commit()` the destructor removes what was written and an older `x.npy` stays as it was.
/// A symbolic link stays a link; the file it leads to is replaced, keeping its permissions.
/// What exists and is no regular file (/dev/null, a pipe), and any standard stream (/dev/stdout), cannot
/// be replaced: it is written to directly, at its end, and is not atomic.
class atomic_file {
public:
    /// Prepares to write `path`. `operation` is named in errors.
    /// @throws abax::error  file: no such folder, a directory, no permission, ...
    explicit atomic_file(std::filesystem::path path, std::string operation = "write");
    ~atomic_file();
    atomic_file(const atomic_file&) = delete;
    atomic_file& operator=(const atomic_file&) = delete;

    ///@{
    /// Appends bytes. One call is one system call: hand over large pieces. @throws abax::error file: disk full, ...
    void write(std::span<const std::byte> bytes);
    void write(std::string_view text) { write(std::as_bytes(std::span(text))); }
    ///@}

    /// Makes the file appear under its name, safely on disk. At most once, and nothing is written after it.
    /// @throws abax::error  file; the target is then as it was before
    void commit();

private:
    void open_directly();
    void open_beside();
    [[noreturn]] void fail(const std::string& what, int error_number) const;

    std::filesystem::path path_;       // as the caller wrote it, for errors
    std::filesystem::path target_;     // where the links lead
    std::filesystem::path temporary_;  // empty when written to directly
    std::string operation_;
    int descriptor_ = -1;
};

}  // namespace abax
