// What a call costs when there is next to nothing to compute: tensors of a few elements, plans that are kept.
//
//     abax-bench --benchmark_filter=small_
//
// Each call is measured without a recording, and with one (`recorded`), in which it becomes a record of a bill.

#include <abax/account/ledger.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/typed_create.hpp>
#include <abax/ops/typed_patterns.hpp>
#include <abax/ops/typed_reductions.hpp>
#include <abax/ops/typed_select.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <optional>

namespace {

using namespace abax;

/// A bill of this many records is begun anew, so that its growth stays out of the measurement.
constexpr std::int64_t most_records = 1 << 14;

/// Measures `call()`, which returns what it makes.
template <class Call>
void measure(benchmark::State& state, bool recorded, const Call& call) {
    std::optional<ledger> bill;
    std::optional<recording> on;
    const auto begin_bill = [&] {
        on.reset();
        bill.emplace();
        on.emplace(*bill);
    };
    std::int64_t until_full = 0;
    for (auto _ : state) {
        if (recorded && until_full-- == 0) {
            state.PauseTiming();
            begin_bill();
            until_full = most_records;
            state.ResumeTiming();
        }
        auto made = call();
        benchmark::DoNotOptimize(made);
    }
}

/// Both measurements of one call.
#define ABAX_SMALL_CALL(name)                                                                      \
    BENCHMARK_CAPTURE(name, unrecorded, false);                                                    \
    BENCHMARK_CAPTURE(name, recorded, true)

void small_rearrange_view(benchmark::State& state, bool recorded) {
    const auto x = iota<float>(axes("b s m", {2, 3, 5}));
    measure(state, recorded, [&] { return rearrange(x, "b s m -> b m s"); });
}
ABAX_SMALL_CALL(small_rearrange_view);

void small_rearrange_copy(benchmark::State& state, bool recorded) {
    const auto x = iota<float>(axes("b s m", {2, 3, 5}));
    measure(state, recorded, [&] { return rearrange(x, "b s m -> m (s b)"); });
}
ABAX_SMALL_CALL(small_rearrange_copy);

void small_slice(benchmark::State& state, bool recorded) {
    const auto x = iota<float>(axes("b s m", {2, 3, 5}));
    measure(state, recorded, [&] { return slice(x, {"s", 1, 3}); });
}
ABAX_SMALL_CALL(small_slice);

void small_add(benchmark::State& state, bool recorded) {
    const auto a = iota<float>(axes("r c", {2, 3}));
    const auto b = iota<float>(axes("r c", {2, 3}));
    measure(state, recorded, [&] { return a + b; });
}
ABAX_SMALL_CALL(small_add);

/// An operand that lacks an axis has to be lined up.
void small_add_row(benchmark::State& state, bool recorded) {
    const auto a = iota<float>(axes("r c", {2, 3}));
    const auto row = iota<float>(axes("c", {3}));
    measure(state, recorded, [&] { return a + row; });
}
ABAX_SMALL_CALL(small_add_row);

void small_sum(benchmark::State& state, bool recorded) {
    const auto x = iota<float>(axes("r c", {2, 3}));
    measure(state, recorded, [&] { return sum(x, "c"); });
}
ABAX_SMALL_CALL(small_sum);

void small_dot(benchmark::State& state, bool recorded) {
    const auto a = iota<float>(axes("i d", {2, 3}));
    const auto b = iota<float>(axes("d j", {3, 4}));
    measure(state, recorded, [&] { return dot(a, b, "d"); });
}
ABAX_SMALL_CALL(small_dot);

void small_einsum(benchmark::State& state, bool recorded) {
    const auto a = iota<float>(axes("i d", {2, 3}));
    const auto b = iota<float>(axes("d j", {3, 4}));
    measure(state, recorded, [&] { return einsum("i d, d j -> i j", a, b); });
}
ABAX_SMALL_CALL(small_einsum);

// The same with names in types: no dearer than the calls above.

void small_typed_rearrange_view(benchmark::State& state, bool recorded) {
    const auto x = iota<float, "b s m">(2, 3, 5);
    measure(state, recorded, [&] { return rearrange<"b s m -> b m s">(x); });
}
ABAX_SMALL_CALL(small_typed_rearrange_view);

void small_typed_slice(benchmark::State& state, bool recorded) {
    const auto x = iota<float, "b s m">(2, 3, 5);
    measure(state, recorded, [&] { return slice<"s">(x, 1, 3); });
}
ABAX_SMALL_CALL(small_typed_slice);

void small_typed_add(benchmark::State& state, bool recorded) {
    const auto a = iota<float, "r c">(2, 3);
    const auto b = iota<float, "r c">(2, 3);
    measure(state, recorded, [&] { return a + b; });
}
ABAX_SMALL_CALL(small_typed_add);

void small_typed_sum(benchmark::State& state, bool recorded) {
    const auto x = iota<float, "r c">(2, 3);
    measure(state, recorded, [&] { return sum<"c">(x); });
}
ABAX_SMALL_CALL(small_typed_sum);

void small_typed_dot(benchmark::State& state, bool recorded) {
    const auto a = iota<float, "i d">(2, 3);
    const auto b = iota<float, "d j">(3, 4);
    measure(state, recorded, [&] { return dot<"d">(a, b); });
}
ABAX_SMALL_CALL(small_typed_dot);

void small_typed_einsum(benchmark::State& state, bool recorded) {
    const auto a = iota<float, "i d">(2, 3);
    const auto b = iota<float, "d j">(3, 4);
    measure(state, recorded, [&] { return einsum<"i d, d j -> i j">(a, b); });
}
ABAX_SMALL_CALL(small_typed_einsum);

}  // namespace
