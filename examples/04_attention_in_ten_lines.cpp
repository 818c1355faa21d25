// Causal attention with named axes, beside the loops it stands for, and what it costs as s grows.
#include <abax/abax.hpp>

#include <cmath>
#include <iostream>
#include <vector>

using namespace abax;

namespace {

// Scores of queries s against keys s', a softmax over the keys, a weighted sum of the values.
tensor<float> attention(
    const tensor<float>& q, const tensor<float>& k, const tensor<float>& v, const tensor<bool>& mask
) {
    const double scale = 1 / std::sqrt(static_cast<double>(q.extent("d")));
    const auto scores = dot(q, k, "d") * scale;        // b h s s'
    const auto weights = softmax(scores, "s'", mask);  // b h s s', each row over s' sums to 1
    return dot(weights, v, "s'");                      // b h s d
}

// The same with plain loops over row-major (b, h, s, d), in double.
std::vector<double> attention_by_loops(
    const float* q,
    const float* k,
    const float* v,
    std::size_t batch_heads,
    std::size_t s,
    std::size_t d
) {
    std::vector<double> out(batch_heads * s * d, 0);
    for (std::size_t n = 0; n < batch_heads; ++n)
        for (std::size_t i = 0; i < s; ++i) {
            std::vector<double> weight(i + 1);  // a query sees itself and what came before
            double sum = 0;
            for (std::size_t j = 0; j <= i; ++j) {
                double score = 0;
                for (std::size_t l = 0; l < d; ++l)
                    score += static_cast<double>(q[(n * s + i) * d + l]) * k[(n * s + j) * d + l];
                weight[j] = std::exp(score / std::sqrt(static_cast<double>(d)));
                sum += weight[j];
            }
            for (std::size_t j = 0; j <= i; ++j)
                for (std::size_t l = 0; l < d; ++l)
                    out[(n * s + i) * d + l] += weight[j] / sum * v[(n * s + j) * d + l];
        }
    return out;
}

}  // namespace

int main() {
    constexpr std::int64_t b = 2, h = 3, s = 4, d = 5;
    // Something that is neither constant nor large: waves.
    const auto wave = [](const shape& like, double frequency) {
        return sin(iota<float>(like) * frequency);
    };
    const auto q = wave(axes("b h s d", {b, h, s, d}), 0.7);
    const auto k = wave(axes("b h s' d", {b, h, s, d}), 1.1);
    const auto v = wave(axes("b h s' d", {b, h, s, d}), 1.3);

    ledger bill;
    tensor<float> y;
    {
        recording on(bill);
        const causal_mask counted(
            "s", "s'"
        );  // what the mask leaves is counted beside the full square
        y = attention(q, k, v, causal("s", s, "s'", s));
    }

    const auto expected = attention_by_loops(q.data(), k.data(), v.data(), b * h, s, d);
    double worst = 0;
    for (std::size_t i = 0; i < expected.size(); ++i)
        worst = std::max(worst, std::abs(expected[i] - static_cast<double>(y.data()[i])));
    std::cout << "result:             " << y.shape().str() << '\n';
    std::cout << "equal to the loops: " << std::boolalpha << (worst < 1e-6) << "\n\n";

    const cost price = bill.cost().total();
    std::cout << "products:    " << price.flops_mm.str() << '\n';
    std::cout << "of these useful: " << price.flops_mm_useful.str() << '\n';
    std::cout << "other FLOPs: " << price.flops_vec.str() << '\n';
    std::cout << "exponentials: " << price.specials.str() << "\n\n";

    // Keys are as many as queries: s' follows s, and the bill grows with its square.
    for (const std::int64_t positions : {4, 1024, 32768})
        std::cout << positions
                  << " positions: " << to_string(bill.cost().at({{"s", positions}}).flops())
                  << " FLOPs\n";
    // One new query against a cache of 32768 keys is another question. A mask for one query is all true.
    ledger step;
    {
        recording on(step);
        (void)attention(
            dry<float>(axes("b h s d", {b, h, 1, d})),
            dry<float>(axes("b h s' d", {b, h, 32768, d})),
            dry<float>(axes("b h s' d", {b, h, 32768, d})),
            dry<bool>(axes("s s'", {1, 32768}))
        );
    }
    std::cout << "one query, 32768 keys: " << to_string(step.total().flops()) << " FLOPs\n";
}
