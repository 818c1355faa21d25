// GPT-2 124M beside PyTorch, in one process, in turn: forward passes of the same shape on random weights.
// Built when libtorch is found and ABAX_BENCH_PEERS is on:
//     cmake --preset release -DABAX_BENCH_PEERS=ON && cmake --build --preset release --target abax-bench-torch
//     OPENBLAS_CORETYPE=SkylakeX build/release/bin/abax-bench-torch
#include <abax/account/ledger.hpp>

#include "gpt2_forward.hpp"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

namespace {

constexpr std::int64_t batch = 4;
constexpr std::int64_t seq = 128;
constexpr int rounds = 7;
constexpr int ledger_pairs = 20;

struct torch_block {
    torch::Tensor ln_1_gain, ln_1_bias, w_qkv, b_qkv, w_o, b_o, ln_2_gain, ln_2_bias, w_up, b_up,
        w_down, b_down;
};

class torch_gpt2 {
public:
    explicit torch_gpt2(const abax::models::gpt2_config& c) : config_(c) {
        const auto normal = [](std::initializer_list<std::int64_t> shape) {
            return torch::randn(shape) * 0.02;
        };
        token_ = normal({c.vocabulary, c.width});
        position_ = normal({c.context, c.width});
        for (std::int64_t i = 0; i < c.layers; ++i)
            blocks_.push_back(
                {torch::ones({c.width}),
                 torch::zeros({c.width}),
                 normal({c.width, 3 * c.width}),
                 torch::zeros({3 * c.width}),
                 normal({c.width, c.width}),
                 torch::zeros({c.width}),
                 torch::ones({c.width}),
                 torch::zeros({c.width}),
                 normal({c.width, c.inner}),
                 torch::zeros({c.inner}),
                 normal({c.inner, c.width}),
                 torch::zeros({c.width})}
            );
        gain_ = torch::ones({c.width});
        bias_ = torch::zeros({c.width});
        hidden_ = torch::ones({c.context, c.context}, torch::kBool).triu(1);
    }

    torch::Tensor forward(const torch::Tensor& ids) const {
        const std::int64_t b = ids.size(0);
        const std::int64_t s = ids.size(1);
        const std::int64_t m = config_.width;
        const std::int64_t h = config_.heads;
        const std::int64_t d = config_.head_extent();
        const auto hidden = hidden_.slice(0, 0, s).slice(1, 0, s);
        auto x = torch::embedding(token_, ids) + position_.slice(0, 0, s);
        for (const torch_block& w : blocks_) {
            auto y = torch::layer_norm(x, {m}, w.ln_1_gain, w.ln_1_bias, config_.epsilon)
                         .view({b * s, m});
            const auto qkv =
                torch::addmm(w.b_qkv, y, w.w_qkv).view({b, s, 3, h, d}).permute({2, 0, 3, 1, 4});
            auto a = torch::matmul(qkv[0], qkv[1].transpose(-1, -2))
                   * (1 / std::sqrt(static_cast<double>(d)));
            a = torch::softmax(a.masked_fill(hidden, -std::numeric_limits<float>::infinity()), -1);
            const auto z = torch::matmul(a, qkv[2]).permute({0, 2, 1, 3}).reshape({b * s, m});
            x = x + torch::addmm(w.b_o, z, w.w_o).view({b, s, m});
            y = torch::layer_norm(x, {m}, w.ln_2_gain, w.ln_2_bias, config_.epsilon)
                    .view({b * s, m});
            const auto up = torch::gelu(torch::addmm(w.b_up, y, w.w_up), "tanh");
            x = x + torch::addmm(w.b_down, up, w.w_down).view({b, s, m});
        }
        x = torch::layer_norm(x, {m}, gain_, bias_, config_.epsilon);
        return torch::matmul(x, token_.t());
    }

private:
    abax::models::gpt2_config config_;
    torch::Tensor token_, position_, gain_, bias_, hidden_;
    std::vector<torch_block> blocks_;
};

template <class Work>
double seconds(Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void forward_billed(const abax::models::gpt2& model, const abax::tensor<std::int64_t>& ids) {
    abax::ledger bill;
    const abax::recording on(bill);
    (void)model.forward(ids);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main() {
    const torch::NoGradGuard no_gradients;
    torch::set_num_threads(2);
    const auto config = bench::gpt2_small();
    const auto ours = abax::models::gpt2::random(config, 1);
    const torch_gpt2 theirs(config);
    const auto ids = bench::some_ids(batch, seq, config.vocabulary);
    const auto torch_ids =
        torch::from_blob(const_cast<std::int64_t*>(ids.data()), {batch, seq}, torch::kInt64)
            .clone();
    const auto tokens = static_cast<double>(batch * seq);
    (void)ours.forward(ids);
    (void)theirs.forward(torch_ids);

    std::vector<double> mine, peers, ratios, billed;
    for (int i = 0; i < rounds; ++i) {
        mine.push_back(seconds([&] { (void)ours.forward(ids); }));
        peers.push_back(seconds([&] { (void)theirs.forward(torch_ids); }));
        ratios.push_back(peers.back() / mine.back());
    }
    // Pairs in alternating order: a machine that slows down or speeds up favours neither.
    for (int i = 0; i < ledger_pairs; ++i) {
        double with_bill = 0;
        if (i % 2 == 0)
            with_bill = seconds([&] { forward_billed(ours, ids); });
        const double without = seconds([&] { (void)ours.forward(ids); });
        if (i % 2 == 1)
            with_bill = seconds([&] { forward_billed(ours, ids); });
        billed.push_back(with_bill / without);
    }
    std::printf(
        "GPT-2 124M, batch %ld, sequence %ld, 2 threads, median of %d\n", batch, seq, rounds
    );
    std::printf("abax        %7.1f tokens/s\n", tokens / median(mine));
    std::printf("PyTorch     %7.1f tokens/s\n", tokens / median(peers));
    std::printf(
        "abax / PyTorch         %.2f (pair by pair: %.2f to %.2f)\n",
        median(ratios),
        *std::min_element(ratios.begin(), ratios.end()),
        *std::max_element(ratios.begin(), ratios.end())
    );
    std::printf(
        "ledger on / ledger off %.4f in time, median of %d pairs\n", median(billed), ledger_pairs
    );
}
