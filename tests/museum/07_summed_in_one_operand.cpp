// A name is summed that only one operand has: marin-community/haliax#20
// WRONG: unknown_axis | this_name_is_summed_but_the_right_operand_lacks_it | axis{s'} | left{(b h s s')} | right{(b h s d)}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b h s s'">& attn, const tensor<float, "b h s d">& v) {
    return dot<"s'">(attn, v);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 7: the weights of the keys meet the values of the keys") {
    const auto attn = softmax<"s'">(iota<float, "b h s s'">(3, 3, 4, 4));
    const auto v = iota<float, "b h s d">(3, 3, 4, 5);

    const tensor<float, "b h s d"> y = dot<"s'">(attn, rename<"s -> s'">(v));

    const auto right = [&](auto b, auto h, auto s, auto d) {
        float sum = 0;
        for (int t = 0; t < 4; ++t)
            sum += attn(b, h, s, t) * v(b, h, t, d);
        return sum;
    };
    CHECK(difference(y, right) == "");
    const auto theirs = [&](auto b, auto h, auto s, auto d) {
        float sum = 0;
        for (int t = 0; t < 4; ++t)
            sum += attn(b, h, s, t);
        return sum * v(b, h, s, d);
    };
    CHECK(difference(y, theirs) != "");
}

TEST_CASE("exhibit 7: a name that one value lacks is not summed; the message says how to go on") {
    const auto attn = iota<float>(axes("b h s s'", {3, 3, 4, 4}));
    const auto v = iota<float>(axes("b h s d", {3, 3, 4, 5}));

    CHECK(outcome_of([&] { (void)dot(attn, v, "s'"); }, attn, v) == "unknown_axis");
    const std::string message = message_of([&] { (void)dot(attn, v, "s'"); });
    CAPTURE(message);
    CHECK(message.find("s -> s'") != std::string::npos);
}
#endif
