#pragma once

#include <abax/kernels/losses.hpp>
#include <abax/kernels/reference.hpp>
#include <abax/kernels/rope.hpp>

#include <cmath>
#include <cstdint>
#include <optional>

/// The oracle for the rows that a Transformer needs beside softmax and layer norm.
namespace abax::kernels::reference {

template <class T>
void rms_norm_row(
    T* out, const T* in, const T* gain, T epsilon, row along, std::int64_t gain_stride
) {
    T squares = in[0] * in[0];
    for (std::int64_t i = 1; i < along.extent; ++i)
        squares = squares + in[i * along.in_stride] * in[i * along.in_stride];
    const T scale = rsqrt(squares / T(static_cast<double>(along.extent)) + epsilon);
    for (std::int64_t i = 0; i < along.extent; ++i)
        out[i * along.out_stride] = in[i * along.in_stride] * scale * gain[i * gain_stride];
}

template <class T>
void rms_norm(
    T* out,
    const T* in,
    const T* gain,
    double epsilon,
    const loops<2>& rows,
    row along,
    std::int64_t gain_stride
) {
    if (along.extent > 0)
        visit(rows, [&](const auto& at) {
            rms_norm_row(out + at[0], in + at[1], gain, T(epsilon), along, gain_stride);
        });
}

template <class T>
void rotate(
    T* out,
    const T* in,
    const T* cosines,
    const T* sines,
    const loops<4>& rows,
    row along,
    pairing pairs,
    angles tables
) {
    const std::int64_t half = along.extent / 2;
    visit(rows, [&](const auto& at) {
        for (std::int64_t i = 0; i < half; ++i) {
            const std::int64_t first = pairs == pairing::halves ? i : 2 * i;
            const std::int64_t second = pairs == pairing::halves ? i + half : 2 * i + 1;
            const auto entry = [&](const T* table, std::int64_t stride, std::int64_t element) {
                return table[(tables.for_each_element ? element : i) * stride];
            };
            const T a = in[at[1] + first * along.in_stride];
            const T b = in[at[1] + second * along.in_stride];
            out[at[0] + first * along.out_stride] =
                a * entry(cosines + at[2], tables.cosine_stride, first)
                - b * entry(sines + at[3], tables.sine_stride, first);
            out[at[0] + second * along.out_stride] =
                b * entry(cosines + at[2], tables.cosine_stride, second)
                + a * entry(sines + at[3], tables.sine_stride, second);
        }
    });
}

/// `T` is what the angles are computed in.
template <class T>
void rotation_tables(
    T* cosines,
    T* sines,
    std::int64_t first,
    std::int64_t positions,
    const T* frequencies,
    std::int64_t count
) {
    using std::cos, std::sin;
    for (std::int64_t p = 0; p < positions; ++p)
        for (std::int64_t i = 0; i < count; ++i) {
            const T angle = T(static_cast<double>(first + p)) * frequencies[i];
            cosines[p * count + i] = cos(angle);
            sines[p * count + i] = sin(angle);
        }
}

template <class T>
T largest_of(const T* in, std::int64_t extent, std::int64_t stride) {
    T largest = in[0];
    for (std::int64_t i = 1; i < extent; ++i)
        largest = largest < in[i * stride] ? in[i * stride] : largest;
    return largest;
}

template <class T>
T log_of_sum_of_exp(const T* in, T largest, std::int64_t extent, std::int64_t stride) {
    using std::exp, std::log;
    T sum = exp(in[0] - largest);
    for (std::int64_t i = 1; i < extent; ++i)
        sum = sum + exp(in[i * stride] - largest);
    return log(sum);
}

template <class T>
void log_softmax_row(T* out, const T* in, row along) {
    using std::exp, std::log;
    const T largest = largest_of(in, along.extent, along.in_stride);
    T sum = T(0);
    for (std::int64_t i = 0; i < along.extent; ++i) {
        T& shifted = out[i * along.out_stride];
        shifted = in[i * along.in_stride] - largest;
        const T e = exp(shifted);
        sum = i == 0 ? e : sum + e;
    }
    const T log_sum = log(sum);
    for (std::int64_t i = 0; i < along.extent; ++i)
        out[i * along.out_stride] = out[i * along.out_stride] - log_sum;
}

template <class T>
void log_softmax(T* out, const T* in, const loops<2>& rows, row along) {
    if (along.extent > 0)
        visit(rows, [&](const auto& at) { log_softmax_row(out + at[0], in + at[1], along); });
}

template <class T>
T cross_entropy_row(const T* in, std::int64_t target, std::int64_t extent, std::int64_t stride) {
    const T largest = largest_of(in, extent, stride);
    return log_of_sum_of_exp(in, largest, extent, stride) + largest - in[target * stride];
}

template <class T, class Id>
void cross_entropy_rows(
    T* out,
    const T* in,
    const Id* targets,
    std::optional<std::int64_t> ignored,
    const loops<3>& rows,
    std::int64_t extent,
    std::int64_t stride
) {
    visit(rows, [&](const auto& at) {
        const std::int64_t target = targets[at[2]];
        out[at[0]] =
            target == ignored ? T(0) : cross_entropy_row(in + at[1], target, extent, stride);
    });
}

template <class T, class Id>
void cross_entropy_mean(
    T* out,
    const T* in,
    const Id* targets,
    std::optional<std::int64_t> ignored,
    const loops<2>& rows,
    std::int64_t extent,
    std::int64_t stride
) {
    T sum = T(0);
    std::int64_t counted = 0;
    visit(rows, [&](const auto& at) {
        const std::int64_t target = targets[at[1]];
        if (target == ignored)
            return;
        const T loss = cross_entropy_row(in + at[0], target, extent, stride);
        sum = counted == 0 ? loss : sum + loss;
        ++counted;
    });
    *out = sum / T(static_cast<double>(counted));
}

}  // namespace abax::kernels::reference
