// A padding mask hides queries, not keys: lsdefine/attention-is-all-you-need-keras#16
// WRONG: name_mismatch | the_mask_lacks_the_axis_of_the_softmax__rename_its_axis | axis{s'} | has{(b s)} | tensor{(b h s s')}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b h s s'">& a, const tensor<bool, "b s">& pad) {
    return softmax<"s'">(a, pad);
}
#else
using namespace abax::museum;

namespace {

tensor<float, "b h s s'"> scores() {
    return iota<float, "b h s s'">(3, 3, 4, 4) * 0.01F;
}

// Of the last sample every key but the first is padding.
tensor<bool, "b s"> unpadded() {
    return iota<float, "b s">(3, 4) <= 8;
}

}  // namespace

TEST_CASE("exhibit 27: the padded keys of a sample get no weight") {
    const auto a = scores();
    const auto kept = unpadded();

    const tensor<float, "b h s s'"> weights = softmax<"s'">(a, rename<"s -> s'">(kept));

    const auto right = [&](auto b, auto h, auto s, auto t) {
        float sum = 0;
        for (int k = 0; k < 4; ++k)
            sum += kept(b, k) ? std::exp(a(b, h, s, k)) : 0;
        return kept(b, t) ? std::exp(a(b, h, s, t)) / sum : 0;
    };
    CHECK(difference(weights, right) == "");
    // Hiding queries leaves no row of keys shorter.
    const auto theirs = [&](auto b, auto h, auto s, auto t) {
        float sum = 0;
        for (int k = 0; k < 4; ++k)
            sum += std::exp(a(b, h, s, k));
        return kept(b, s) ? std::exp(a(b, h, s, t)) / sum : 0.25F;
    };
    CHECK(difference(weights, theirs) != "");
}

TEST_CASE("exhibit 27: a mask of queries is refused where keys are weighed") {
    const tensor<float> a = scores();
    const tensor<bool> kept = unpadded();

    CHECK(outcome_of([&] { (void)softmax(a, "s'", kept); }, a, kept) == "name_mismatch");
    const std::string message = message_of([&] { (void)softmax(a, "s'", kept); });
    CAPTURE(message);
    CHECK(message.find("s -> s'") != std::string::npos);
}

TEST_CASE("exhibit 27: where takes a mask of queries, which only softmax can doubt") {
    CHECK(where(unpadded(), scores(), -1e9F).rank() == 4);
}
#endif
