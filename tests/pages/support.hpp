#pragma once

#include <abax/core/error.hpp>
#include <abax/ops/compare.hpp>
#include <abax/shape/tensor.hpp>

#include <doctest/doctest.h>

#include <iostream>
#include <ostream>
#include <sstream>
#include <streambuf>
#include <string>
#include <utility>

/// What the pages for people from elsewhere are checked with. Each expression in the middle column of a page's
/// tables stands in the page's test word for word; cmake/check_tables.cmake looks them up.
namespace abax::testing {

/// Whether two tensors are the same; if not, it prints where they differ.
struct verdict {
    std::string difference;

    explicit operator bool() const { return difference.empty(); }
    friend std::ostream& operator<<(std::ostream& out, const verdict& v) {
        return out << v.difference;
    }
};

/// Same axes, names and elements.
template <element T>
[[nodiscard]] verdict same(const tensor<T>& got, const tensor<T>& expected) {
    return {difference(got, expected).value_or("")};
}

/// Same axes and names, and elements up to rounding.
template <element T>
[[nodiscard]] verdict near(const tensor<T>& got, const tensor<T>& expected) {
    return {difference(got, expected, {1e-5, 1e-6}).value_or("")};
}

/// The category of the error that `body` throws, or `category::other` with a failed test.
template <class Body>
[[nodiscard]] category fault_of(Body&& body) {
    try {
        std::forward<Body>(body)();
    } catch (const error& e) {
        return e.kind();
    }
    FAIL("no error was thrown");
    return category::other;
}

/// What is written to std::cout while it lives.
class captured_output {
public:
    captured_output() : before_(std::cout.rdbuf(text_.rdbuf())) {}
    ~captured_output() { std::cout.rdbuf(before_); }
    captured_output(const captured_output&) = delete;
    captured_output& operator=(const captured_output&) = delete;

    [[nodiscard]] std::string text() const { return text_.str(); }

private:
    std::ostringstream text_;
    std::streambuf* before_;
};

}  // namespace abax::testing
