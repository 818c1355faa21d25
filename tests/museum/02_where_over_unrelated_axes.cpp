// `where` over unrelated axes makes a table of 30 GB: pydata/xarray#1217
// WRONG: name_mismatch | nothing_stretches | only_left{t1} | only_right{t2}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<bool, "t1">& small, const tensor<float, "t2">& x) {
    return where(small, x, 0);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 2: where chooses along the axis that both have") {
    const auto a = iota<float, "t1">(4);
    const auto x = iota<float, "t1">({4}, 10);

    const tensor<float, "t1"> chosen = where(a < 2, x, 0);

    CHECK(difference(chosen, [&](auto t) { return a(t) < 2 ? x(t) : 0; }) == "");
}

TEST_CASE("exhibit 2: a table of two times is asked for") {
    const auto a = iota<float, "t1">(4);
    const auto x = iota<float, "t2">({4}, 1);

    const tensor<float, "t1 t2"> table = outer(a, x);

    CHECK(difference(table, [&](auto t1, auto t2) { return a(t1) * x(t2); }) == "");
}

TEST_CASE("exhibit 2: names in values are refused before the table is allocated") {
    const auto small = zeros<bool>(axes("t1", {1000}));
    const auto x = iota<float>(axes("t2", {1000}));
    const std::size_t live = storage().live_bytes;
    reset_peak_bytes();

    CHECK(message_of([&] { (void)where(small, x, 0); }).find("t1") != std::string::npos);

    CHECK(storage().peak_bytes - live < 1000);  // the table would take 4'000'000
    CHECK(outcome_of([&] { (void)where(small, x, 0); }, small, x) == "name_mismatch");
}
#endif
