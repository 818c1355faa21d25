#include "probe.hpp"

#include <abax/account/ledger.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>

#include <algorithm>

namespace cli {

namespace {

// The best of a few runs: other work on the machine can only slow one down.
template <class Work, class Rate>
double best_rate(int runs, Work&& work, Rate&& rate) {
    double best = 0;
    for (int i = 0; i < runs; ++i) {
        abax::ledger bill;
        {
            const abax::recording on(bill);
            work();
        }
        best = std::max(best, rate(bill.total()) / bill.at(0).seconds);
    }
    return best;
}

}  // namespace

abax::machine probe_machine() {
    constexpr std::int64_t edge = 768;
    constexpr std::int64_t elements = std::int64_t{1} << 24U;
    const auto a = abax::full<float>(abax::axes("m k", {edge, edge}), 1);
    const auto b = abax::full<float>(abax::axes("k n", {edge, edge}), 1);
    const auto x = abax::full<float>(abax::axes("n", {elements}), 1);
    return {
        best_rate(
            5,
            [&] { (void)abax::dot(a, b, "k"); },
            [](const abax::counters& c) { return static_cast<double>(c.flops_mm); }
        ),
        best_rate(
            3,
            [&] { (void)(x * 2); },
            [](const abax::counters& c) { return static_cast<double>(c.bytes()); }
        ),
        "this machine"};
}

}  // namespace cli
