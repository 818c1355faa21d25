#include <abax/ops/print.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

template <class X>
std::string printed(const X& x) {
    std::ostringstream text;
    text << x;
    return text.str();
}

// Without the header.
template <class T>
std::string elements_of(const tensor<T>& x) {
    const std::string text = to_string(x.any());
    return text.substr(text.find('\n') + 1);
}

std::size_t longest_line(const std::string& text) {
    std::istringstream in(text);
    std::size_t longest = 0;
    for (std::string line; std::getline(in, line);)
        longest = std::max(longest, line.size());
    return longest;
}

tensor<float> repeated(float value, const extents& shape_of_x) {
    const auto one = full<float>(shape{}, value);
    return tensor<float>(
        one.any().viewed({shape::of(shape_of_x), strides(shape_of_x.size(), std::int64_t{0}), 0})
    );
}

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("printing: the header has element type, names and extents") {
    CHECK(printed(counted<std::int32_t>(axes("b s'", {1, 2}))) == "int32 (b=1 s'=2)\n[[1 2]]");
    CHECK(printed(counted<float>(shape::of({2}))) == "float32 (2)\n[1 2]");
    CHECK(
        printed(counted<float>(axes("b (m: h d)", {1, 2}, {{"h", 2}})))
        == "float32 (b=1 (m: h d)=2)\n[[1 2]]"
    );
    CHECK(printed(full<double>(shape{}, 3.5)) == "float64 ()\n3.5");
    CHECK(printed(dry<float>(axes("b", {2}))) == "float32 (b=2) dry");
    CHECK(printed(dry<bool>(shape{})) == "bool () dry");
}

TEST_CASE("printing: all floating elements have one format, and their points one column") {
    struct row {
        std::vector<double> elements;
        std::string text;
    };
    const std::vector<row> table = {
        {{0, 1, 10}, "[ 0  1 10]"},
        {{0.5, -0.25, 1.125}, "[ 0.500 -0.250  1.125]"},
        {{1.0 / 3, 2}, "[0.3333 2.0000]"},
        {{1.0 / 3, 0.5}, "[0.33333 0.50000]"},
        {{123.456, 2.5}, "[123.456   2.500]"},
        {{12345.678, 2.5}, "[12345.68     2.50]"},
        {{0.00012, -0.00014, 0}, "[ 0.00012 -0.00014  0.00000]"},
        {{1, not_a_number, -inf, -0.0, inf}, "[   1  nan -inf   -0  inf]"},
        {{0.5, not_a_number, -inf}, "[ 0.5  nan -inf]"},
        {{not_a_number, -not_a_number}, "[nan nan]"},
        {{inf}, "[inf]"},
        {{-0.0}, "[-0]"},
        {{99999999, 1}, "[99999999        1]"},
        // An exponent: too large, too small, or something that would look like 0.
        {{1e8, 1}, "[1e+08 1e+00]"},
        {{1e-8, 1e8, 3, 0, not_a_number}, "[1e-08 1e+08 3e+00 0e+00   nan]"},
        {{1.5e-6, 0}, "[1.5e-06 0.0e+00]"},
        {{1e-6, 0.5}, "[1e-06 5e-01]"},
        {{1.0 / 3 * 1e9}, "[3.3333e+08]"},
        {{-1e300, 5e-324}, "[-1.0000e+300  4.9407e-324]"},
        {{1.7976931348623157e308}, "[1.7977e+308]"},
    };
    for (const row& r : table) {
        CAPTURE(r.text);
        CHECK(elements_of(from(r.elements, shape::of({std::ssize(r.elements)}))) == r.text);
    }
}

TEST_CASE("printing: a float shows no digits that it does not have") {
    CHECK(elements_of(from<float>({0.1F, 0.2F})) == "[0.1 0.2]");
    CHECK(elements_of(from<float>({123.456F, 2.5F})) == "[123.456   2.500]");
    CHECK(elements_of(from<float>({3.4028235e38F})) == "[3.4028e+38]");
}

TEST_CASE("printing: integers in full, bools as words, in columns") {
    using limits = std::numeric_limits<std::int64_t>;
    CHECK(
        elements_of(from<std::int64_t>({limits::min(), -1, limits::max()}))
        == "[-9223372036854775808                   -1  9223372036854775807]"
    );
    CHECK(
        elements_of(from<std::int32_t>({1, -20, 300, 4}, shape::of({2, 2})))
        == "[[  1 -20]\n [300   4]]"
    );
    CHECK(elements_of(from<bool>({true, false, true})) == "[ true false  true]");
    CHECK(elements_of(from<bool>({true, true})) == "[true true]");
}

TEST_CASE("printing: rows are those of the logical order, whatever the strides") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        CHECK(
            elements_of(counted<std::int32_t>(axes("a b c", {2, 2, 3}), how))
            == "[[[ 1  2  3]\n  [ 4  5  6]]\n [[ 7  8  9]\n  [10 11 12]]]"
        );
    }
    CHECK(elements_of(repeated(7, {2, 2})) == "[[7 7]\n [7 7]]");
}

TEST_CASE("printing: a tensor without elements is [], however many rows it would have") {
    for (const extents& none :
         std::vector<extents>{{0}, {0, 3}, {3, 0}, {std::int64_t{1} << 50U, 0, 3}}) {
        CAPTURE(none.size());
        CHECK(elements_of(zeros<float>(shape::of(none))) == "[]");
    }
}

TEST_CASE("printing: of a large tensor the corners, and their columns are as wide as they need") {
    CHECK(
        elements_of(iota<float>(shape::of({1, 100000})))
        == "[[    0     1     2 ... 99997 99998 99999]]"
    );
    CHECK(
        elements_of(iota<std::int32_t>(shape::of({1001, 2})))
        == "[[   0    1]\n [   2    3]\n [   4    5]\n ...\n [1996 1997]\n [1998 1999]\n [2000 2001]]"
    );
    auto hidden = zeros<float>(shape::of({1001}));
    hidden.mut()[500] = 12345.5F;
    CHECK(elements_of(hidden) == "[0 0 0 ... 0 0 0]");
    CHECK(elements_of(zeros<float>(shape::of({1000}))).find("...") == std::string::npos);
}

TEST_CASE("printing: many axes or elements make no endless text") {
    const std::string corners = elements_of(iota<std::int32_t>(shape::of({8, 8, 8, 8, 8})));
    CHECK(corners.find("[[[[[   0    1    2 ...    5    6    7]") == 0);
    CHECK(corners.find("4095]]]]\n ...]") != std::string::npos);

    for (const std::int64_t extent : {2, 3, 7, 50}) {
        const std::size_t rank = extent < 4 ? 32 : 11;
        CAPTURE(extent);
        const std::string text = elements_of(repeated(5, extents(rank, extent)));
        CHECK(std::count(text.begin(), text.end(), '5') <= 1000);
        CHECK(text.size() < 50000);
        CHECK(
            std::count(text.begin(), text.end(), '[') == std::count(text.begin(), text.end(), ']')
        );
    }
    CHECK(elements_of(zeros<float>(shape::of(extents(32, 1)))).size() == 65);
}

TEST_CASE("printing: a long row goes on in the next line, indented, within 80 characters") {
    CHECK(
        elements_of(iota<std::int32_t>(shape::of({30})))
        == "[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25\n"
           " 26 27 28 29]"
    );
    for (const std::int64_t extent : {24, 25, 26, 27, 28, 39, 40, 41}) {
        const auto x = iota<std::int32_t>(shape::of({2, 3, extent}));
        CAPTURE(extent);
        CHECK(longest_line(elements_of(x)) <= 80);
    }
    CHECK(longest_line(elements_of(full<double>(shape::of({999}), -1e-300))) <= 80);
    // As many as fit with the closing bracket: 39 digits and 38 spaces.
    CHECK(longest_line(elements_of(full<float>(shape::of({39}), 1))) == 79);
    CHECK(longest_line(elements_of(full<float>(shape::of({40}), 1))) == 78);
}

TEST_CASE("printing: shapes, names, element types and prices go to a stream") {
    CHECK(printed(axes("b (m: h d)", {2, 6}, {{"h", 2}})) == "b=2 (m: h d)=6");
    CHECK(printed(shape{}) == "()");
    CHECK(printed(name("s'")) == "s'");
    CHECK(printed(dtype::boolean) == "bool");
    const polynomial n{name("n")};
    CHECK(printed(n * n + polynomial(1)) == "n^2 + 1");
    CHECK(
        printed(cost{.flops_vec = n, .bytes_read = polynomial(4) * n})
        == "flops_vec = n, bytes_read = 4*n"
    );
    CHECK(printed(cost{}) == "0");
}
