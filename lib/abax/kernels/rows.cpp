#include <abax/kernels/folds.hpp>
#include <abax/kernels/iterate.hpp>
#include <abax/kernels/kernels.hpp>
#include <abax/kernels/vectors.hpp>
#include <abax/storage/buffer.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace abax::kernels {
namespace {

using detail::lanes;
using detail::vec;

/// One operand of a row-wise kernel with its rows made contiguous: in place if they are, else in scratch.
///
/// The copy goes through `move`, which transposes in blocks; walking a row with a large stride would
/// fetch a cache line for every element.
template <class T, std::size_t Operands>
class contiguous_rows {
public:
    contiguous_rows(
        T* data,
        loops<Operands>& rows,
        std::size_t operand,
        std::int64_t extent,
        std::int64_t stride
    )
        : data_(data) {
        if (stride == 1 || extent == 1)
            return;
        scratch_ =
            buffer::allocate(static_cast<std::size_t>(iterations(rows) * extent) * sizeof(T));
        std::int64_t packed = extent;
        for (std::size_t d = rows.size(); d-- > 0;) {
            copy_.insert(0, {rows[d].extent, {packed, rows[d].stride[operand]}});
            rows[d].stride[operand] = packed;
            packed *= rows[d].extent;
        }
        copy_.push_back({extent, {1, stride}});
    }

    [[nodiscard]] T* rows() const {
        return scratch_.data() == nullptr ? data_ : reinterpret_cast<T*>(scratch_.data());
    }
    void read() const {
        if (scratch_.data() != nullptr)
            move(dtype_of<T>, scratch_.data(), data_, copy_);
    }
    void write() const {
        if (scratch_.data() == nullptr)
            return;
        loops<2> back = copy_;
        for (auto& l : back)
            std::swap(l.stride[0], l.stride[1]);
        move(dtype_of<T>, data_, scratch_.data(), back);
    }

private:
    T* data_;
    buffer scratch_;
    loops<2> copy_;
};

/// `in` is only read; one class then serves both directions.
template <class T>
T* element_pointer(const void* data) {
    return static_cast<T*>(const_cast<void*>(data));
}

template <std::size_t Operands, class Body>
void for_each_row(const loops<Operands>& rows, std::int64_t extent, const Body& body) {
    const auto work = detail::ordered(rows);
    detail::parallel_for(
        iterations(work.nest),
        detail::rows_per_task(extent),
        [&](auto begin, auto end) {
            detail::walk(work.nest, begin, end, work.start, [&](const auto& at, const auto&) {
                body(at);
            });
        }
    );
}

template <class T>
T largest(const T* in, std::int64_t count) {
    // A NaN need not win here: exp(NaN - m) brings it into the sum, whatever m is.
    const auto pick = [](vec<T> a, vec<T> x) { return x > a ? x : a; };
    const vec<T> m = detail::fold(in, count, detail::lowest<T>, detail::lowest<T>, pick, pick);
    return detail::across<T>(m, pick);
}

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
    const double sum = exp_and_sum(out, in, count, largest(in, count));
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

template <class Body>
void with_floating(dtype type, const Body& body) {
    if (type == dtype::float32)
        body(float{});
    else
        body(double{});
}

}  // namespace

void softmax(dtype type, void* out, const void* in, const loops<2>& rows, row along) {
    if (along.extent == 0 || iterations(rows) == 0)
        return;
    with_floating(type, [&](auto zero) {
        using T = decltype(zero);
        loops<2> nest = rows;
        const contiguous_rows to(static_cast<T*>(out), nest, 0, along.extent, along.out_stride);
        const contiguous_rows from(element_pointer<T>(in), nest, 1, along.extent, along.in_stride);
        from.read();
        for_each_row(nest, along.extent, [&](const auto& at) {
            softmax_row<T>(to.rows() + at[0], from.rows() + at[1], along.extent);
        });
        to.write();
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
        loops<3> nest = rows;
        const contiguous_rows to(static_cast<T*>(out), nest, 0, along.extent, along.out_stride);
        const contiguous_rows from(element_pointer<T>(in), nest, 1, along.extent, along.in_stride);
        from.read();
        for_each_row(nest, along.extent, [&](const auto& at) {
            masked_softmax_row<T>(
                to.rows() + at[0], from.rows() + at[1], mask + at[2], mask_stride, along.extent
            );
        });
        to.write();
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
        loops<2> nest = rows;
        loops<2> none;
        const contiguous_rows to(static_cast<T*>(out), nest, 0, along.extent, along.out_stride);
        const contiguous_rows from(element_pointer<T>(in), nest, 1, along.extent, along.in_stride);
        const contiguous_rows gains(element_pointer<T>(gain), none, 1, along.extent, gain_stride);
        const contiguous_rows biases(element_pointer<T>(bias), none, 1, along.extent, bias_stride);
        from.read();
        gains.read();
        biases.read();
        for_each_row(nest, along.extent, [&](const auto& at) {
            layer_norm_row<T>(
                to.rows() + at[0],
                from.rows() + at[1],
                gains.rows(),
                biases.rows(),
                epsilon,
                along.extent
            );
        });
        to.write();
    });
}

}  // namespace abax::kernels
