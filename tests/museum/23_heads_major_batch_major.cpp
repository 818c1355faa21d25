// Rows go by heads first, their mask by samples first: lsdefine/attention-is-all-you-need-keras#36
// WRONG: name_mismatch | the_operands_merged_this_axis_from_other_factors | axis{n} | left{(n: h b)} | right{(n: b h)}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "(n: h b) s s'">& scores, const tensor<float, "b s'">& mask) {
    return scores + repeat<"b s' -> (n: b h) s'">(mask, "h"_ax = 3);
}
#else
using namespace abax::museum;

namespace {

tensor<float, "b h s s'"> scores_of_heads() {
    return iota<float, "b h s s'">(3, 3, 4, 4);
}

tensor<float, "b s'"> mask_of_samples() {
    return iota<float, "b s'">(3, 4) * 100;
}

}  // namespace

TEST_CASE("exhibit 23: a row that goes by heads first gets the mask of its own sample") {
    const auto heads = scores_of_heads();
    const auto mask = mask_of_samples();
    const auto scores = rearrange<"b h s s' -> (n: h b) s s'">(heads);

    const tensor<float, "(n: h b) s s'"> sum =
        scores + repeat<"b s' -> (n: h b) s'">(mask, "h"_ax = 3);

    const auto right = [&](auto n, auto s, auto t) {
        return heads(n % 3, n / 3, s, t) + mask(n % 3, t);
    };
    CHECK(difference(sum, right) == "");
    const auto theirs = [&](auto n, auto s, auto t) {
        return heads(n % 3, n / 3, s, t) + mask(n / 3, t);
    };
    CHECK(difference(sum, theirs) != "");
}

TEST_CASE("exhibit 23: what is never merged needs no order") {
    const auto heads = scores_of_heads();
    const auto mask = mask_of_samples();

    const tensor<float, "b h s s'"> sum = heads + mask;

    const auto right = [&](auto b, auto h, auto s, auto t) {
        return heads(b, h, s, t) + mask(b, t);
    };
    CHECK(difference(sum, right) == "");
}

TEST_CASE("exhibit 23: values whose rows were merged in other orders do not meet") {
    const tensor<float> scores = rearrange(scores_of_heads(), "b h s s' -> (n: h b) s s'");
    const tensor<float> rows = repeat(mask_of_samples(), "b s' -> (n: b h) s'", "h"_ax = 3);

    CHECK(outcome_of([&] { (void)(scores + rows); }, scores, rows) == "name_mismatch");
}
#endif
