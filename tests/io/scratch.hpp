#pragma once

#include <abax/core/error.hpp>
#include <abax/shape/any_tensor.hpp>

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace abax::testing {

/// A folder of its own for one test, gone with all that is in it when the test ends.
class scratch_folder {
public:
    scratch_folder() {
        std::string name = (std::filesystem::temp_directory_path() / "abax-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no folder for the test");
        path_ = name;
    }
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
        return path_ / name;
    }

    /// The number of files in it.
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(path_), {})
        );
    }

    /// A new file with this content.
    [[nodiscard]] std::filesystem::path with(std::string_view name, std::string_view content)
        const {
        std::ofstream(path_ / name, std::ios::binary) << content;
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

/// While one lives, no file of this process grows beyond `bytes`: writing more fails, as on a full disk.
class file_size_limit {
public:
    explicit file_size_limit(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        if (::getrlimit(RLIMIT_FSIZE, &old_limit_) != 0)
            throw std::runtime_error("no limit for the test");
        const rlimit limit = {bytes, old_limit_.rlim_max};
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0)
            throw std::runtime_error("no limit for the test");
    }
    ~file_size_limit() {
        (void)::setrlimit(RLIMIT_FSIZE, &old_limit_);
        (void)std::signal(SIGXFSZ, old_handler_);
    }
    file_size_limit(const file_size_limit&) = delete;
    file_size_limit& operator=(const file_size_limit&) = delete;

private:
    rlimit old_limit_ = {};
    void (*old_handler_)(int);
};

[[nodiscard]] inline std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

[[nodiscard]] inline std::span<const std::byte> as_bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

/// The abax::error that `body` throws; fails the test if it throws none.
template <class Body>
[[nodiscard]] error error_of(Body&& body) {
    try {
        std::forward<Body>(body)();
    } catch (const error& thrown) {
        return thrown;
    }
    FAIL("no error was thrown");
    return error({});
}

/// `count` in `bytes` bytes, little endian.
[[nodiscard]] inline std::string little_endian(std::uint64_t count, std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes; ++i)
        text += static_cast<char>(count >> (8 * i) & 0xFFU);
    return text;
}

/// A tensor whose elements are 1, 2, 3, ... in row-major order (for bool: true, false, true, ...).
[[nodiscard]] inline any_tensor counted(dtype type, const std::vector<std::int64_t>& counts) {
    any_tensor x = any_tensor::empty(type, shape::of(counts));
    with_element(type, [&]<class T>(T) {
        for (std::int64_t i = 0; i < x.volume(); ++i)
            reinterpret_cast<T*>(x.writable())[i] =
                std::is_same_v<T, bool> ? static_cast<T>(i % 2 == 0) : static_cast<T>(i + 1);
    });
    return x;
}

/// All elements in row-major logical order, whatever the layout.
template <element T>
[[nodiscard]] std::vector<T> values(const any_tensor& x) {
    REQUIRE(x.type() == dtype_of<T>);
    std::vector<T> result;
    for (std::int64_t i = 0; i < x.volume(); ++i) {
        std::int64_t rest = i;
        std::int64_t offset = 0;
        for (std::size_t axis = x.rank(); axis-- > 0;) {
            offset += rest % x.shape()[axis].extent * x.where().stride[axis];
            rest /= x.shape()[axis].extent;
        }
        result.push_back(reinterpret_cast<const T*>(x.data())[offset]);
    }
    return result;
}

/// Same type, shape and elements.
[[nodiscard]] inline bool same_tensor(const any_tensor& a, const any_tensor& b) {
    return a.type() == b.type() && a.shape().extents() == b.shape().extents()
        && with_element(a.type(), [&]<class T>(T) { return values<T>(a) == values<T>(b); });
}

}  // namespace abax::testing
