#include <abax/kernels/row_walk.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace abax::kernels {
namespace {

using detail::contiguous_rows;
using detail::element_pointer;
using detail::lanes;
using detail::transform_rows;
using detail::vec;
using detail::with_floating;

/// out = exp(in - shift); returns the sum. As in detail::sum_of, blocks are summed in T and added in double.
template <class T>
double exp_and_sum(T* out, const T* in, std::int64_t count, T shift) {
    constexpr std::int64_t block = 64 * lanes<T>;
    double total = 0;
    for (std::int64_t first = 0; first < count; first += block) {
        const std::int64_t last = std::min(count, first + block);
        vec<T> sum = {};
        std::int64_t i = first;
        for (; i + lanes<T> <= last; i += lanes<T>) {
            const vec<T> e = detail::exp(detail::load(in + i) - shift);
            detail::store<T>(out + i, e);
            sum += e;
        }
        if (i < last) {
            // Padding that exp turns into 0, unless the shift makes it NaN; then the row is NaN anyway.
            const vec<T> e =
                detail::exp(detail::load_part(in + i, last - i, detail::lowest<T>) - shift);
            detail::store_part<T>(out + i, e, last - i);
            sum += e;
        }
        total +=
            static_cast<double>(detail::across<T>(sum, [](vec<T> x, vec<T> y) { return x + y; }));
    }
    return total;
}

template <class T>
double softmax_row(T* out, const T* in, std::int64_t count) {
    const double sum = exp_and_sum(out, in, count, detail::largest(in, count));
    const T scale = static_cast<T>(1 / sum);
    detail::transform(out, out, count, [scale](vec<T> e) { return e * scale; });
    return sum;
}

/// out = in where the mask is true, -inf elsewhere; returns whether it is true anywhere.
template <class T>
bool masked(T* out, const T* in, const bool* mask, std::int64_t mask_stride, std::int64_t count) {
    std::int64_t i = 0;
    bool some = false;
    if (mask_stride == 1) {
        typedef std::uint8_t open_bytes __attribute__((vector_size(lanes<T>)));
        some = std::memchr(mask, 1, static_cast<std::size_t>(count)) != nullptr;
        for (; i + lanes<T> <= count; i += lanes<T>) {
            open_bytes bytes;
            std::memcpy(&bytes, mask + i, sizeof bytes);
            const auto open = __builtin_convertvector(bytes, detail::words<T>) != 0;
            detail::store<T>(
                out + i, open ? detail::load(in + i) : detail::splat(detail::lowest<T>)
            );
        }
    }
    for (; i < count; ++i) {
        const bool open = mask[i * mask_stride];
        some |= open;
        out[i] = open ? in[i] : detail::lowest<T>;
    }
    return some;
}

template <class T>
void masked_softmax_row(
    T* out, const T* in, const bool* mask, std::int64_t mask_stride, std::int64_t count
) {
    // exp turns -inf into 0, unless the row holds nothing finite: then NaN must not reach the masked positions.
    const bool some = masked(out, in, mask, mask_stride, count);
    const double sum = some ? softmax_row(out, out, count) : 0;
    if (some && !std::isnan(sum))
        return;
    for (std::int64_t i = 0; i < count; ++i)
        if (!mask[i * mask_stride])
            out[i] = T{0};
}

/// Mean first, then the variance about it: the one-pass formula subtracts two large numbers.
template <class T>
void layer_norm_row(
    T* out, const T* in, const T* gain, const T* bias, double epsilon, std::int64_t count
) {
    const auto n = static_cast<double>(count);
    const T mean = static_cast<T>(detail::sum(in, count) / n);
    const double squares =
        detail::sum_of(in, count, mean, [mean](vec<T> x) { return (x - mean) * (x - mean); });
    const T scale = static_cast<T>(1 / std::sqrt(squares / n + epsilon));
    std::int64_t i = 0;
    for (; i + lanes<T> <= count; i += lanes<T>)
        detail::store<T>(
            out + i,
            (detail::load(in + i) - mean) * scale * detail::load(gain + i) + detail::load(bias + i)
        );
    if (const std::int64_t rest = count - i; rest > 0)
        detail::store_part<T>(
            out + i,
            (detail::load_part(in + i, rest, mean) - mean) * scale
                    * detail::load_part(gain + i, rest, T{0})
                + detail::load_part(bias + i, rest, T{0}),
            rest
        );
}

/// The squares are summed as in detail::sum_of, so that a long row loses no more than a short one.
template <class T>
void rms_norm_row(T* out, const T* in, const T* gain, double epsilon, std::int64_t count) {
    const double squares = detail::sum_of(in, count, T{0}, [](vec<T> x) { return x * x; });
    const T scale = static_cast<T>(1 / std::sqrt(squares / static_cast<double>(count) + epsilon));
    std::int64_t i = 0;
    for (; i + lanes<T> <= count; i += lanes<T>)
        detail::store<T>(out + i, detail::load(in + i) * scale * detail::load(gain + i));
    if (const std::int64_t rest = count - i; rest > 0)
        detail::store_part<T>(
            out + i,
            detail::load_part(in + i, rest, T{0}) * scale * detail::load_part(gain + i, rest, T{0}),
            rest
        );
}

}  // namespace

void softmax(dtype type, void* out, const void* in, const loops<2>& rows, row along) {
    if (along.extent == 0 || iterations(rows) == 0)
        return;
    with_floating(type, [&](auto zero) {
        using T = decltype(zero);
        transform_rows<T>(out, in, rows, along, [&](T* to, const T* from, const auto&) {
            softmax_row<T>(to, from, along.extent);
        });
    });
}

void masked_softmax(
    dtype type,
    void* out,
    const void* in,
    const bool* mask,
    const loops<3>& rows,
    row along,
    std::int64_t mask_stride
) {
    if (along.extent == 0 || iterations(rows) == 0)
        return;
    with_floating(type, [&](auto zero) {
        using T = decltype(zero);
        transform_rows<T>(out, in, rows, along, [&](T* to, const T* from, const auto& at) {
            masked_softmax_row<T>(to, from, mask + at[2], mask_stride, along.extent);
        });
    });
}

void layer_norm(
    dtype type,
    void* out,
    const void* in,
    const void* gain,
    const void* bias,
    double epsilon,
    const loops<2>& rows,
    row along,
    std::int64_t gain_stride,
    std::int64_t bias_stride
) {
    if (along.extent == 0 || iterations(rows) == 0)
        return;
    with_floating(type, [&](auto zero) {
        using T = decltype(zero);
        loops<2> none;
        const contiguous_rows gains(element_pointer<T>(gain), none, 1, along.extent, gain_stride);
        const contiguous_rows biases(element_pointer<T>(bias), none, 1, along.extent, bias_stride);
        gains.read();
        biases.read();
        transform_rows<T>(out, in, rows, along, [&](T* to, const T* from, const auto&) {
            layer_norm_row<T>(to, from, gains.rows(), biases.rows(), epsilon, along.extent);
        });
    });
}

void rms_norm(
    dtype type,
    void* out,
    const void* in,
    const void* gain,
    double epsilon,
    const loops<2>& rows,
    row along,
    std::int64_t gain_stride
) {
    if (along.extent == 0 || iterations(rows) == 0)
        return;
    with_floating(type, [&](auto zero) {
        using T = decltype(zero);
        loops<2> none;
        const contiguous_rows gains(element_pointer<T>(gain), none, 1, along.extent, gain_stride);
        gains.read();
        transform_rows<T>(out, in, rows, along, [&](T* to, const T* from, const auto&) {
            rms_norm_row<T>(to, from, gains.rows(), epsilon, along.extent);
        });
    });
}

}  // namespace abax::kernels
