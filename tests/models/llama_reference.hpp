#pragma once

#include <abax/models/llama.hpp>
#include <abax/ops/create.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

/// A Llama by loops in double, one position at a time, that nobody tunes.
namespace abax::testing {

using vector = std::vector<double>;

/// Weights that matter, biases included: a deviation of about 1 for what comes out of each linear map.
[[nodiscard]] inline models::llama_weights drawn_weights(const models::llama_config& c) {
    std::mt19937 random(11);
    const auto draw_into = [&]<fixed_text F, fixed_text A>(
                               models::weight<F, A>& w, const std::vector<std::int64_t>& room
                           ) {
        using held = typename models::weight<F, A>::held;
        std::normal_distribution<float> draw(0.1F, 0.4F);
        held drawn = as<held::static_names>(zeros<float>(room));
        std::generate_n(drawn.mut(), drawn.volume(), [&] { return draw(random); });
        w = drawn;
    };
    const std::int64_t g = c.kv_heads;
    const std::int64_t r = c.queries_per_group();
    const std::int64_t d = c.head_extent;
    const std::int64_t m = c.width;
    models::llama_weights all;
    draw_into(all.token, {c.vocabulary, m});
    for (std::int64_t i = 0; i < c.layers; ++i) {
        models::llama_block b;
        draw_into(b.attention_gain, {m});
        draw_into(b.w_q, {g, r, d, m});
        draw_into(b.w_k, {g, d, m});
        draw_into(b.w_v, {g, d, m});
        draw_into(b.w_o, {m, g, r, d});
        if (c.bias != models::attention_bias::none) {
            draw_into(b.b_q.emplace(), {g, r, d});
            draw_into(b.b_k.emplace(), {g, d});
            draw_into(b.b_v.emplace(), {g, d});
        }
        if (c.bias == models::attention_bias::all)
            draw_into(b.b_o.emplace(), {m});
        draw_into(b.mlp_gain, {m});
        draw_into(b.w_gate, {c.inner, m});
        draw_into(b.w_up, {c.inner, m});
        draw_into(b.w_down, {m, c.inner});
        all.blocks.push_back(b);
    }
    draw_into(all.norm_gain, {m});
    if (c.tied)
        all.head = all.token;
    else
        draw_into(all.head, {c.vocabulary, m});
    return all;
}

// A weight as rows of outputs, whatever its axes are called: row-major order is that of the file.
[[nodiscard]] inline vector times(
    const tensor<float>& w, const vector& x, const std::optional<tensor<float>>& bias = {}
) {
    const auto flat = w.to_vector();
    const auto added = bias ? bias->to_vector() : std::vector<float>();
    vector y(flat.size() / x.size(), 0);
    for (std::size_t o = 0; o < y.size(); ++o) {
        for (std::size_t i = 0; i < x.size(); ++i)
            y[o] += double(flat[o * x.size() + i]) * x[i];
        y[o] += bias ? double(added[o]) : 0;
    }
    return y;
}

[[nodiscard]] inline vector normed(const vector& x, const tensor<float>& gain, double epsilon) {
    double squares = 0;
    for (const double element : x)
        squares += element * element;
    vector y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        y[i] = x[i] / std::sqrt(squares / double(x.size()) + epsilon)
             * double(gain(static_cast<std::int64_t>(i)));
    return y;
}

/// Heads of extent d side by side, each turned as a position wants it: element i with element i + d/2.
inline void turn(vector& heads, std::size_t d, std::size_t position, const vector& frequencies) {
    for (std::size_t head = 0; head < heads.size(); head += d)
        for (std::size_t i = 0; i < d / 2; ++i) {
            const double angle = double(position) * frequencies[i];
            const double x = heads[head + i];
            const double y = heads[head + i + d / 2];
            heads[head + i] = x * std::cos(angle) - y * std::sin(angle);
            heads[head + i + d / 2] = y * std::cos(angle) + x * std::sin(angle);
        }
}

/// The query heads of the last position, attending to all positions. Query head h reads key head h / (heads / kv_heads).
[[nodiscard]] inline vector attended(
    const vector& q,
    const std::vector<vector>& keys,
    const std::vector<vector>& values,
    std::size_t d,
    std::size_t queries_per_group
) {
    vector z(q.size(), 0);
    for (std::size_t h = 0; h < q.size() / d; ++h) {
        const std::size_t at = h / queries_per_group * d;
        vector odds;
        double sum = 0;
        for (const vector& k : keys) {
            double score = 0;
            for (std::size_t i = 0; i < d; ++i)
                score += q[h * d + i] * k[at + i];
            odds.push_back(std::exp(score / std::sqrt(double(d))));
            sum += odds.back();
        }
        for (std::size_t j = 0; j < odds.size(); ++j)
            for (std::size_t i = 0; i < d; ++i)
                z[h * d + i] += odds[j] / sum * values[j][at + i];
    }
    return z;
}

/// The logits of all positions, one position after the other.
[[nodiscard]] inline vector reference_logits(
    const models::llama& model, const std::vector<std::int64_t>& ids
) {
    const auto& c = model.config();
    const auto d = static_cast<std::size_t>(c.head_extent);
    const auto r = static_cast<std::size_t>(c.queries_per_group());
    const vector frequencies = rotary_frequencies(c);
    const auto add = [](vector& x, const vector& y) {
        for (std::size_t i = 0; i < x.size(); ++i)
            x[i] += y[i];
    };
    std::vector<std::vector<vector>> keys(model.weights().blocks.size());
    auto values = keys;
    vector logits;
    for (std::size_t s = 0; s < ids.size(); ++s) {
        vector x;
        for (std::int64_t m = 0; m < c.width; ++m)
            x.push_back(double(model.weights().token(ids[s], m)));
        for (std::size_t layer = 0; layer < keys.size(); ++layer) {
            const auto& w = model.weights().blocks[layer];
            const vector y = normed(x, w.attention_gain, c.epsilon);
            vector q = times(w.w_q, y, w.b_q);
            vector k = times(w.w_k, y, w.b_k);
            turn(q, d, s, frequencies);
            turn(k, d, s, frequencies);
            keys[layer].push_back(k);
            values[layer].push_back(times(w.w_v, y, w.b_v));
            add(x, times(w.w_o, attended(q, keys[layer], values[layer], d, r), w.b_o));

            const vector z = normed(x, w.mlp_gain, c.epsilon);
            vector hidden = times(w.w_gate, z);
            const vector up = times(w.w_up, z);
            for (std::size_t f = 0; f < hidden.size(); ++f)
                hidden[f] = hidden[f] / (1 + std::exp(-hidden[f])) * up[f];
            add(x, times(w.w_down, hidden));
        }
        const vector row =
            times(model.weights().head, normed(x, model.weights().norm_gain, c.epsilon));
        logits.insert(logits.end(), row.begin(), row.end());
    }
    return logits;
}

}  // namespace abax::testing
