// Attention over the batch, since the encoder expects (seq, batch, features): IBM/TabFormer#14,
// DaoyuanLi2816/Molecule-Generator#22, Exorust/TorchLeet#5
// WRONG: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{^s b m} | tensor{(b s m)} | hint{b s m -> s b m}
#include <abax/ops/expect.hpp>

#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b s m">& x) {
    const auto [s, b, m] = expect<"s b m">(x);
    return s * b * m;
}
#else
using namespace abax::museum;

namespace {

// Self-attention of the axis s, for callers whose tensors have their names in types or in values.
template <class X>
tensor<float, "s b m"> encoded(const X& x) {
    (void)expect<"s b m">(x);
    const auto q = as<"s b m">(x);
    const auto k = rename<"s -> s'">(q);
    return permute<"s b m">(dot<"s'">(softmax<"s'">(dot<"m">(q, k) * 0.01F), k));
}

}  // namespace

TEST_CASE("exhibit 14: the positions of a sample see each other, and no other sample") {
    const auto x = iota<float, "b s m">(3, 3, 4) * 0.1F;

    const tensor<float, "s b m"> y = encoded(rearrange<"b s m -> s b m">(x));

    const auto attended = [](const auto& row, auto at, auto m) {
        float weights = 0;
        float sum = 0;
        for (int t = 0; t < 3; ++t) {
            float score = 0;
            for (int i = 0; i < 4; ++i)
                score += row(at, i) * row(t, i);
            weights += std::exp(score * 0.01F);
            sum += std::exp(score * 0.01F) * row(t, m);
        }
        return sum / weights;
    };
    const auto right = [&](auto s, auto b, auto m) {
        return attended([&](auto t, auto i) { return x(b, t, i); }, s, m);
    };
    CHECK(difference(y, right) == "");
    const auto theirs = [&](auto s, auto b, auto m) {
        return attended([&](auto t, auto i) { return x(t, s, i); }, b, m);
    };
    CHECK(difference(y, theirs) != "");
}

TEST_CASE("exhibit 14: a door refuses values in another order and lists what it found") {
    const auto x = iota<float>(axes("b s m", {3, 3, 4}));

    CHECK(outcome_of([&] { (void)encoded(x); }, x) == "name_mismatch");
    const std::string message = message_of([&] { (void)encoded(x); });
    CAPTURE(message);
    CHECK(message.find("b=3 s=3 m=4") != std::string::npos);
    CHECK(message.find("b s m -> s b m") != std::string::npos);
}
#endif
