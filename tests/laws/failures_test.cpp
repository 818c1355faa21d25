#include <abax/account/ledger.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/join.hpp>
#include <abax/ops/masks.hpp>
#include <abax/ops/rope.hpp>
#include <abax/ops/views.hpp>

#include "verbs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace abax;
using namespace abax::laws;
using testing::bill_of;

namespace {

// Runs a verb that must throw; says what went wrong with that, or nothing.
std::string refused(const verb_case& v, const parts& in, const site& s) {
    std::vector<std::string> before;
    for (const any_tensor& x : in)
        before.push_back(bits_of(x));
    std::string fault = "nothing was thrown";
    const ledger bill = bill_of([&] {
        try {
            (void)v.run(in, s);
        } catch (const error& e) {
            fault = e.details().operation.empty() || e.details().message.empty()
                      ? "an error that does not say what and where: " + std::string(e.what())
                      : "";
        }
    });
    for (std::size_t i = 0; i < in.size(); ++i)
        if (bits_of(in[i]) != before[i])
            fault += "; an operand has changed";
    if (!bill.empty())
        fault += "; the bill has " + std::to_string(bill.size()) + " records";
    return fault;
}

// An axis of the last operand that the first one has too: others may be as long as they like, and called anything.
std::size_t common_axis(const std::vector<spec>& all, const site& s) {
    const labels& names = all.back().names;
    if (!s.named)
        return s.pick(91, names.size());
    const labels& first = all.front().names;
    std::size_t at = 0;
    while (at < names.size() && std::find(first.begin(), first.end(), names[at]) == first.end())
        ++at;
    return at;
}

std::string axes_of(const any_tensor& x) {
    return x.shape().str();
}

}  // namespace

TEST_CASE("laws: an axis that is not there is refused, by name and by position, and nothing happens"
) {
    std::map<std::string, int> times;
    for_each_site(1, [&](const verb_case& v, const site& s) {
        if (!v.takes_axis)
            return;
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);
        site wrong = s;
        wrong.wrong_axis = true;

        CHECK(refused(v, in, wrong) == "");
        ++times[v.label];
    });
    CHECK(times.size() >= 30);
}

TEST_CASE(
    "laws: what is no name of an axis becomes none, and unnamed tensors get no axis with a name"
) {
    const site s{{2, 3}, true, dtype::float32, 1, false};
    const any_tensor x = made(s.x(), lie::packed, 1);
    const any_tensor plain = made({s.type, {"", ""}, s.shape, 0}, lie::packed, 1);
    using testing::category_of;
    for (const char* label : {"x y", "1", "...", "(x y)", "x-y"}) {
        CAPTURE(label);
        CHECK(category_of([&] { (void)stack(parts{x, x}, label); }) == "syntax");
        CHECK(category_of([&] { (void)broadcast(x, label, 2); }) == "syntax");
        CHECK(category_of([&] { (void)unsqueeze(x, label); }) == "syntax");
        CHECK(category_of([&] { (void)unfold(x, "a", label, 2); }) == "syntax");
        CHECK(category_of([&] { (void)causal(label, 2, "k", 2); }) == "syntax");
        CHECK(category_of([&] { (void)causal("q", 2, label, 2); }) == "syntax");
        CHECK(category_of([&] { (void)windowed("q", 2, label, 2, 1); }) == "syntax");
        CHECK(category_of([&] { (void)rope_angles<float>(label, 2, 4); }) == "syntax");
    }
    CHECK(category_of([&] { (void)stack(parts{plain, plain}, "n"); }) == "name_mismatch");
    CHECK(category_of([&] { (void)broadcast(plain, "n", 2); }) == "name_mismatch");
    CHECK(category_of([&] { (void)unsqueeze(plain, "n"); }) == "name_mismatch");
    CHECK(category_of([&] { (void)causal("q", -1, "k", 2); }) == "usage");
    CHECK(category_of([&] { (void)windowed("q", -1, "k", 2, 1); }) == "usage");
}

TEST_CASE("laws: elements that a verb is not defined on are refused, and nothing happens") {
    std::map<std::string, int> times;
    for_each_site(1, [&](const verb_case& v, const site& s) {
        for (const dtype type : all_types) {
            site other = s;
            other.type = type;
            if (contains(v.takes, type) || v.operands(other).empty() || s.pick(90, 4) != 0)
                continue;
            const std::string where = text_of(v, other);
            CAPTURE(where);

            CHECK(refused(v, operands_at(v, other), other) == "");
            ++times[v.label];
        }
    });
    CHECK(times.size() >= 60);
}

TEST_CASE("laws: operands of two element types do not meet, and nothing happens") {
    std::map<std::string, int> times;
    for_each_site(1, [&](const verb_case& v, const site& s) {
        std::vector<spec> all = v.operands(s);
        if (all.size() < 2 || v.label == "where with a number")
            return;  // that one has a single operand beside the condition
        const std::string where = text_of(v, s);
        CAPTURE(where);
        parts in = operands_at(v, s);
        // Ids and targets may be of two types; no verb takes float32 there and none float64 beside float32.
        const dtype had = in.back().type();
        all.back().type = had == dtype::float64 ? dtype::float32 : dtype::float64;
        all.back().below = 0;
        in.back() = made(all.back(), lie::packed, s.seed);

        CHECK(refused(v, in, s) == "");
        ++times[v.label];
    });
    CHECK(times.size() >= 30);
}

TEST_CASE("laws: an operand that is longer than the others is refused, and nothing happens") {
    std::map<std::string, int> times;
    for_each_site(1, [&](const verb_case& v, const site& s) {
        std::vector<spec> all = v.operands(s);
        if (!v.meets || all.size() < 2 || all.back().shape.empty() || all.front().shape.empty())
            return;
        const std::size_t at = common_axis(all, s);
        // In an einsum of unnamed operands only the pattern knows which axes are one.
        if (at == all.back().names.size() || (!s.named && v.label.starts_with("einsum")))
            return;
        // There may be any number of ids along the axis on which they count.
        if (v.label == "take_along"
            && (s.named ? all.back().names[at] == s.label(s.at()) : at == s.at()))
            return;
        const std::string where = text_of(v, s);
        CAPTURE(where);
        parts in = operands_at(v, s);
        // An extent of 1 is the one that other libraries stretch.
        all.back().shape[at] = all.back().shape[at] == 1 ? 2
                             : s.pick(91, 2) == 0        ? 1
                                                         : all.back().shape[at] + 1;
        in.back() = made(all.back(), all_lies[s.pick(92, all_lies.size())], s.seed);
        const std::string wrong = axes_of(in.back());
        CAPTURE(wrong);

        CHECK(refused(v, in, s) == "");
        ++times[v.label];
    });
    CHECK(times.size() >= 25);
}

TEST_CASE("laws: an operand with another name than the others have is refused, and nothing happens"
) {
    std::map<std::string, int> times;
    for_each_site(1, [&](const verb_case& v, const site& s) {
        std::vector<spec> all = v.operands(s);
        if (!v.meets || !s.named || all.size() < 2 || all.back().shape.empty()
            || all.front().shape.empty() || v.label == "dot")
            return;  // of dot's second operand only the summed name must be there
        const std::string where = text_of(v, s);
        CAPTURE(where);
        parts in = operands_at(v, s);
        const std::size_t at = common_axis(all, s);
        if (at == all.back().names.size())
            return;
        all.back().names[at] = "w";
        in.back() = made(all.back(), all_lies[s.pick(92, all_lies.size())], s.seed);
        const std::string wrong = axes_of(in.back());
        CAPTURE(wrong);

        CHECK(refused(v, in, s) == "");
        ++times[v.label];
    });
    CHECK(times.size() >= 25);
}

TEST_CASE("laws: an unnamed operand of another rank is refused, and nothing happens") {
    std::map<std::string, int> times;
    for_each_site(1, [&](const verb_case& v, const site& s) {
        std::vector<spec> all = v.operands(s);
        if (!v.meets || s.named || all.size() < 2 || all.front().shape.empty()
            || all.back().shape.empty())
            return;
        const std::string where = text_of(v, s);
        CAPTURE(where);
        parts in = operands_at(v, s);
        all.back().names.emplace_back();
        all.back().shape.insert(all.back().shape.begin(), 1);
        in.back() = made(all.back(), all_lies[s.pick(92, all_lies.size())], s.seed);

        CHECK(refused(v, in, s) == "");
        ++times[v.label];
    });
    CHECK(times.size() >= 25);
}

TEST_CASE("laws: a named operand does not meet an unnamed one, and nothing happens") {
    std::map<std::string, int> times;
    for_each_site(1, [&](const verb_case& v, const site& s) {
        std::vector<spec> all = v.operands(s);
        if (!v.meets || !s.named || all.size() < 2 || all.back().shape.empty() || s.shape.empty()
            || all.front().shape.empty())
            return;
        const std::string where = text_of(v, s);
        CAPTURE(where);
        parts in = operands_at(v, s);
        for (std::string& label : all.back().names)
            label.clear();
        in.back() = made(all.back(), all_lies[s.pick(92, all_lies.size())], s.seed);

        CHECK(refused(v, in, s) == "");
        ++times[v.label];
    });
    CHECK(times.size() >= 25);
}
