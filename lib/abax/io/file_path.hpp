#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace abax {

/// Where a file is: what functions that read and write files take, so that their headers need no `<filesystem>`.
///
/// Text or a `std::filesystem::path`: `load_npy("x.npy")`, `load_npy(folder / "x.npy")`. The bytes are handed to the
/// system as they are.
class file_path {
public:
    ///@{
    /// Text, as the system spells paths.
    template <std::convertible_to<std::string_view> Text>
    file_path(const Text& text) : text_(std::string_view(text)) {}    // NOLINT(*-explicit-*)
    file_path(std::string text) noexcept : text_(std::move(text)) {}  // NOLINT(*-explicit-*)
    ///@}
    /// Text in UTF-8.
    template <std::convertible_to<std::u8string_view> Text>
    file_path(const Text& text) {  // NOLINT(*-explicit-*)
        const std::u8string_view units(text);
        text_.assign(units.begin(), units.end());
    }
    /// A `std::filesystem::path`.
    template <class Path>
    requires requires(const Path& path) {
        { path.string() } -> std::convertible_to<std::string>;
        path.root_directory();
    }
    file_path(const Path& path) : text_(path.string()) {}  // NOLINT(*-explicit-*)
    /// What has one: a `std::filesystem::directory_entry`.
    template <class Entry>
    requires requires(const Entry& entry) {
        { entry.path().string() } -> std::convertible_to<std::string>;
    }
    file_path(const Entry& entry) : text_(entry.path().string()) {}  // NOLINT(*-explicit-*)

    /// As it was given.
    [[nodiscard]] const std::string& string() const noexcept { return text_; }

private:
    std::string text_;
};

}  // namespace abax
