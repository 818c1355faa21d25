#pragma once

#include <abax/core/error.hpp>
#include <abax/shape/any_tensor.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

/// What a fuzzer calls for each input; `replay_main.cpp` calls it for saved ones.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace abax::fuzz {

/// Ends the program, as the fuzzer wants it, when what must hold does not.
inline void require(bool holds, std::string_view what) {
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
}

/// Runs `body`; an `error` of one of these categories is an answer too. Anything else that is thrown ends the program.
/// @return  whether it returned
template <class Body>
[[nodiscard]] bool accepted(std::initializer_list<category> refusals, Body&& body) {
    try {
        std::forward<Body>(body)();
        return true;
    } catch (const error& thrown) {
        for (const category kind : refusals)
            if (thrown.kind() == kind)
                return false;
        std::fprintf(stderr, "%s\n", thrown.what());
        require(false, "the error has a category that bad input may have");
    }
    return false;
}

/// A file without a disk: thousands of runs a second write one.
class memory_file {
public:
    memory_file() : descriptor_(::memfd_create("abax-fuzz", MFD_CLOEXEC)) {
        require(descriptor_ >= 0, "the system has memory for a file");
    }
    ~memory_file() { ::close(descriptor_); }
    memory_file(const memory_file&) = delete;
    memory_file& operator=(const memory_file&) = delete;

    [[nodiscard]] std::string path() const {
        return "/proc/self/fd/" + std::to_string(descriptor_);
    }

    /// The file is empty again, and then holds these bytes.
    void refill(std::span<const std::uint8_t> bytes = {}) const {
        require(::ftruncate(descriptor_, 0) == 0, "the file can be emptied");
        const auto count = ::pwrite(descriptor_, bytes.data(), bytes.size(), 0);
        require(count == static_cast<ssize_t>(bytes.size()), "the file can be written");
    }

private:
    int descriptor_;
};

/// The elements in row-major logical order, as bytes: NaNs are compared bit by bit.
[[nodiscard]] inline std::string elements_of(const any_tensor& x) {
    const std::size_t size = size_of(x.type());
    std::string bytes;
    for (std::int64_t i = 0; i < x.volume(); ++i) {
        std::int64_t rest = i;
        std::int64_t offset = 0;
        for (std::size_t axis = x.rank(); axis-- > 0;) {
            offset += rest % x.shape()[axis].extent * x.where().stride[axis];
            rest /= x.shape()[axis].extent;
        }
        const std::byte* element = x.data() + offset * static_cast<std::int64_t>(size);
        bytes.append(reinterpret_cast<const char*>(element), size);
    }
    return bytes;
}

/// Same type, axes (names and what they remember, too) and elements.
inline void require_same(const any_tensor& a, const any_tensor& b) {
    require(a.type() == b.type(), "the same type");
    require(a.shape() == b.shape(), "the same axes");
    require(elements_of(a) == elements_of(b), "the same elements");
}

}  // namespace abax::fuzz
