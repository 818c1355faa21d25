// The kernels beside what bounds them: memcpy for moves and maps, Eigen on one thread for products.
//
//     abax-bench --benchmark_filter=contract
//     OMP_NUM_THREADS=1 abax-bench --benchmark_repetitions=5
//
// GB/s counts each element read and written once; GFLOP/s counts a multiply-add as 2.

#include <abax/kernels/kernels.hpp>
#include <abax/storage/buffer.hpp>

#include <benchmark/benchmark.h>

#define EIGEN_DONT_PARALLELIZE
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <Eigen/Core>

#include <cstdint>
#include <cstring>
#include <random>
#include <string>

namespace kernels = abax::kernels;
using abax::dtype;

namespace {

/// Pooled floats with random content: fresh pages would be faulted in while the clock runs.
class floats {
public:
    explicit floats(std::int64_t count)
        : bytes_(abax::buffer::allocate(static_cast<std::size_t>(count) * sizeof(float))) {
        std::minstd_rand random(1);
        for (std::int64_t i = 0; i < count; ++i)
            data()[i] = static_cast<float>(random() % 2001) / 1000.0F - 1.0F;
    }
    [[nodiscard]] float* data() const { return reinterpret_cast<float*>(bytes_.data()); }

private:
    abax::buffer bytes_;
};

void set_flops(benchmark::State& state, double flops) {
    state.counters["FLOP/s"] =
        benchmark::Counter(flops, benchmark::Counter::kIsIterationInvariantRate);
}

void set_bytes(benchmark::State& state, std::int64_t bytes) {
    state.SetBytesProcessed(state.iterations() * bytes);
}

// ---- products: (m, k) by (k, n); `b` stored (k, n), or (n, k) as the weights of an LM head are

struct sizes {
    std::int64_t batch, m, k, n;
    bool b_is_n_by_k;
};

sizes sizes_of(const benchmark::State& state) {
    return {state.range(0), state.range(1), state.range(2), state.range(3), state.range(4) != 0};
}

void contract(benchmark::State& state) {
    const auto [batch, m, k, n, transposed] = sizes_of(state);
    const floats a(batch * m * k);
    const floats b(batch * k * n);
    const floats out(batch * m * n);
    for (auto _ : state) {
        kernels::contract(
            dtype::float32,
            out.data(),
            a.data(),
            b.data(),
            {{batch, {m * n, m * k, k * n}}},
            {{m, {n, k, 0}}},
            {{n, {1, 0, transposed ? k : 1}}},
            {{k, {0, 1, transposed ? 1 : n}}}
        );
        benchmark::ClobberMemory();
    }
    set_flops(state, 2.0 * static_cast<double>(batch * m * k) * static_cast<double>(n));
    set_bytes(state, 4 * batch * (m * k + k * n + m * n));
}

void contract_eigen_one_thread(benchmark::State& state) {
    using row_major = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const auto [batch, m, k, n, transposed] = sizes_of(state);
    const floats a(batch * m * k);
    const floats b(batch * k * n);
    const floats out(batch * m * n);
    for (auto _ : state) {
        for (std::int64_t i = 0; i < batch; ++i) {
            const Eigen::Map<const row_major> left(a.data() + i * m * k, m, k);
            Eigen::Map<row_major> to(out.data() + i * m * n, m, n);
            if (transposed)
                to.noalias() = left * Eigen::Map<const Eigen::MatrixXf>(b.data() + i * k * n, k, n);
            else
                to.noalias() = left * Eigen::Map<const row_major>(b.data() + i * k * n, k, n);
        }
        benchmark::ClobberMemory();
    }
    set_flops(state, 2.0 * static_cast<double>(batch * m * k) * static_cast<double>(n));
}

void products(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"batch", "m", "k", "n", "nk"})->UseRealTime()->Unit(benchmark::kMicrosecond);
    bench->Args({1, 512, 768, 2304, 0})->Args({1, 512, 768, 3072, 0})->Args({1, 512, 3072, 768, 0});
    bench->Args({1, 512, 768, 50257, 1})
        ->Args({1, 128, 768, 50257, 1})
        ->Args({1, 1024, 1024, 1024, 0});
    bench->Args({48, 128, 64, 128, 1})->Args({48, 128, 128, 64, 0});
    bench->Args({1, 1, 768, 2304, 0})->Args({1, 1, 3072, 768, 0})->Args({1, 1, 768, 50257, 1});
    bench->Args({1, 4, 768, 50257, 1})->Args({12, 1, 64, 512, 1});
}
BENCHMARK(contract)->Apply(products);
BENCHMARK(contract_eigen_one_thread)->Apply(products);

// ---- moves

void copy_memcpy(benchmark::State& state) {
    const std::int64_t count = state.range(0);
    const floats in(count);
    const floats out(count);
    for (auto _ : state) {
        std::memcpy(out.data(), in.data(), static_cast<std::size_t>(count) * sizeof(float));
        benchmark::ClobberMemory();
    }
    set_bytes(state, 8 * count);
}
BENCHMARK(copy_memcpy)->Arg(1 << 18)->Arg(1 << 24)->UseRealTime();

/// (a b c) -> (c b a) and the like: `first` is outermost in the result.
void move_permuted(benchmark::State& state, kernels::loops<2> nest) {
    const std::int64_t count = iterations(nest);
    const floats in(count);
    const floats out(count);
    for (auto _ : state) {
        kernels::move(dtype::float32, out.data(), in.data(), nest);
        benchmark::ClobberMemory();
    }
    set_bytes(state, 8 * count);
}
BENCHMARK_CAPTURE(move_permuted, copy_64MB, {{1 << 24, {1, 1}}})->UseRealTime();
BENCHMARK_CAPTURE(move_permuted, transpose_4096x4096, {{4096, {4096, 1}}, {4096, {1, 4096}}})
    ->UseRealTime();
BENCHMARK_CAPTURE(move_permuted, transpose_4100x4100, {{4100, {4100, 1}}, {4100, {1, 4100}}})
    ->UseRealTime();
BENCHMARK_CAPTURE(move_permuted, transpose_512x512, {{512, {512, 1}}, {512, {1, 512}}})
    ->UseRealTime();
BENCHMARK_CAPTURE(
    move_permuted,
    bshd_to_bhsd,
    {{4, {512 * 768, 512 * 768}}, {12, {512 * 64, 64}}, {512, {64, 768}}, {64, {1, 1}}}
)->UseRealTime();
BENCHMARK_CAPTURE(
    move_permuted, bhwc_to_bchw, {{64, {3 * 50176, 3 * 50176}}, {3, {50176, 1}}, {50176, {1, 3}}}
)->UseRealTime();

// ---- element-wise, reductions and rows, on (rows, 768)

constexpr std::int64_t width = 768;

void map_unary(benchmark::State& state, kernels::unary op) {
    const std::int64_t count = state.range(0) * width;
    const floats in(count);
    const floats out(count);
    for (auto _ : state) {
        kernels::map(op, dtype::float32, out.data(), in.data(), {{count, {1, 1}}});
        benchmark::ClobberMemory();
    }
    set_bytes(state, 8 * count);
}
BENCHMARK_CAPTURE(map_unary, exp, kernels::unary::exp)->Arg(512)->Arg(16384)->UseRealTime();
BENCHMARK_CAPTURE(map_unary, sqrt, kernels::unary::sqrt)->Arg(512)->UseRealTime();
BENCHMARK_CAPTURE(map_unary, tanh, kernels::unary::tanh)->Arg(512)->UseRealTime();
BENCHMARK_CAPTURE(map_unary, silu, kernels::unary::silu)->Arg(512)->UseRealTime();
BENCHMARK_CAPTURE(map_unary, gelu_tanh, kernels::unary::gelu_tanh)
    ->Arg(512)
    ->Arg(16384)
    ->UseRealTime();
BENCHMARK_CAPTURE(map_unary, gelu_erf, kernels::unary::gelu_erf)
    ->Arg(512)
    ->Arg(16384)
    ->UseRealTime();

/// x + bias, the bias standing still along the rows.
void add_bias(benchmark::State& state) {
    const std::int64_t rows = state.range(0);
    const floats in(rows * width);
    const floats bias(width);
    const floats out(rows * width);
    for (auto _ : state) {
        kernels::map(
            kernels::binary::add,
            dtype::float32,
            out.data(),
            in.data(),
            bias.data(),
            {{rows, {width, width, 0}}, {width, {1, 1, 1}}}
        );
        benchmark::ClobberMemory();
    }
    set_bytes(state, 8 * rows * width);
}
BENCHMARK(add_bias)->Arg(512)->Arg(16384)->UseRealTime();

void reduce_sum(benchmark::State& state, bool along) {
    const std::int64_t rows = state.range(0);
    const floats in(rows * width);
    const floats out(rows + width);
    const kernels::loops<2> by_row = {{rows, {along ? 1 : 0, width}}};
    const kernels::loops<2> by_column = {{width, {along ? 0 : 1, 1}}};
    for (auto _ : state) {
        kernels::reduce(
            kernels::reduction::sum,
            dtype::float32,
            out.data(),
            in.data(),
            along ? by_row : by_column,
            along ? by_column : by_row
        );
        benchmark::ClobberMemory();
    }
    set_bytes(state, 4 * rows * width);
}
BENCHMARK_CAPTURE(reduce_sum, along_rows, true)->Arg(512)->Arg(16384)->UseRealTime();
BENCHMARK_CAPTURE(reduce_sum, across_rows, false)->Arg(512)->Arg(16384)->UseRealTime();

void softmax(benchmark::State& state) {
    const std::int64_t rows = state.range(0);
    const std::int64_t extent = state.range(1);
    const floats in(rows * extent);
    const floats out(rows * extent);
    for (auto _ : state) {
        kernels::softmax(
            dtype::float32, out.data(), in.data(), {{rows, {extent, extent}}}, {extent, 1, 1}
        );
        benchmark::ClobberMemory();
    }
    set_bytes(state, 8 * rows * extent);
}
BENCHMARK(softmax)
    ->Args({6144, 128})
    ->Args({512, 768})
    ->Args({16384, 768})
    ->Args({4, 50257})
    ->UseRealTime();

void masked_softmax(benchmark::State& state) {
    const std::int64_t extent = state.range(0);
    const std::int64_t rows = 48 * extent;
    const floats in(rows * extent);
    const floats out(rows * extent);
    const abax::buffer mask = abax::buffer::allocate(static_cast<std::size_t>(extent * extent));
    auto* const open = reinterpret_cast<bool*>(mask.data());
    for (std::int64_t i = 0; i < extent * extent; ++i)
        open[i] = i % extent <= i / extent;
    for (auto _ : state) {
        kernels::masked_softmax(
            dtype::float32,
            out.data(),
            in.data(),
            open,
            {{48, {extent * extent, extent * extent, 0}}, {extent, {extent, extent, extent}}},
            {extent, 1, 1},
            1
        );
        benchmark::ClobberMemory();
    }
    set_bytes(state, 8 * rows * extent);
}
BENCHMARK(masked_softmax)->Arg(128)->Arg(512)->UseRealTime();

void layer_norm(benchmark::State& state) {
    const std::int64_t rows = state.range(0);
    const floats in(rows * width);
    const floats out(rows * width);
    const floats gain(width);
    const floats bias(width);
    for (auto _ : state) {
        kernels::layer_norm(
            dtype::float32,
            out.data(),
            in.data(),
            gain.data(),
            bias.data(),
            1e-5,
            {{rows, {width, width}}},
            {width, 1, 1},
            1,
            1
        );
        benchmark::ClobberMemory();
    }
    set_bytes(state, 8 * rows * width);
}
BENCHMARK(layer_norm)->Arg(512)->Arg(16384)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
