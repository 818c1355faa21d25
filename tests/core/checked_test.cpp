#include <abax/core/checked.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

using abax::checked_add;
using abax::checked_mul;
using abax::int128;

namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_CASE("checked: results that fit are exact, at the very end too") {
    static_assert(checked_add<std::int64_t>(most - 1, 1) == most);
    static_assert(checked_mul<std::int64_t>(-1, most) == least + 1);
    CHECK(checked_mul<int128>(most, most) == int128{most} * most);
}

TEST_CASE("checked: what does not fit throws overflow and names what it was") {
    CHECK_THROWS_WITH_AS(
        (void)checked_add<std::int64_t>(most, 1, "the number of elements"),
        "abax: the number of elements does not fit",
        abax::error
    );
    CHECK_THROWS_AS((void)checked_mul<std::int64_t>(least, -1), abax::error);
}

TEST_CASE("checked: 128-bit integers print in decimal") {
    CHECK(abax::to_string(int128{0}) == "0");
    CHECK(abax::to_string(int128{-42}) == "-42");
    CHECK(abax::to_string(int128{most} * 10) == "92233720368547758070");
    int128 lowest = 1;
    lowest <<= 126U;
    lowest = -lowest - lowest;
    CHECK(abax::to_string(lowest) == "-170141183460469231731687303715884105728");
}
