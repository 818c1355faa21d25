// Sums and contractions of unequal extents: Einsums/Einsums#253, and Eigen's tensors without assertions
// With equal names extents decide, in release builds too. Extents that differ for a reason have two names, and then the
// compiler decides:
// WRONG: unknown_axis | this_name_is_summed_but_the_right_operand_lacks_it | axis{k} | left{(i k)} | right{(k' j)}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "i k">& a, const tensor<float, "k' j">& b) {
    return dot<"k">(a, b);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 11: a transposed operand is read by name, and its bytes are on the bill") {
    const auto x = iota<float, "r c">(2, 3);
    const auto y = iota<float, "c r">(3, 2);
    ledger bill;

    const tensor<float, "r c"> sum = [&] {
        const recording on(bill);
        return x + y;
    }();

    CHECK(difference(sum, [&](auto r, auto c) { return x(r, c) + y(c, r); }) == "");
    CHECK(bill.total().bytes_read == 12 * sizeof(float));
    CHECK(bill.total().bytes_written == 6 * sizeof(float));
}

TEST_CASE("exhibit 11: equal names with other extents are refused while planning") {
    const auto x = iota<float, "r c">(2, 3);
    const auto y = iota<float, "r c">(3, 2);
    const auto a = iota<float, "i k">(2, 3);
    const auto b = iota<float, "k j">(5, 2);

    CHECK(outcome_of([&] { (void)(x + y); }, x, y) == "size_mismatch");
    CHECK(outcome_of([&] { (void)dot<"k">(a, b); }, a, b) == "size_mismatch");
    const auto dry_x = dry<float, "r c">(2, 3);
    const auto dry_a = dry<float, "i k">(2, 3);
    CHECK(outcome_of([&] { (void)(dry_x + y); }, y) == "size_mismatch");
    CHECK(outcome_of([&] { (void)dot<"k">(dry_a, b); }, b) == "size_mismatch");
}

TEST_CASE("exhibit 11: without names extents decide as well") {
    const auto x = iota<float>(shape::of({2, 3}));
    const auto y = iota<float>(shape::of({3, 2}));
    const auto b = iota<float>(shape::of({5, 2}));

    CHECK(outcome_of([&] { (void)(x + y); }, x, y) == "size_mismatch");
    CHECK(outcome_of([&] { (void)einsum("i k, k j -> i j", x, b); }, x, b) == "size_mismatch");
}
#endif
