#include <abax/kernels/losses.hpp>
#include <abax/kernels/row_walk.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace abax::kernels {
namespace {

using detail::contiguous_rows;
using detail::element_pointer;
using detail::vec;

/// The sum of exp(in - shift), in double over blocks.
template <class T>
double sum_of_exp(const T* in, std::int64_t count, T shift) {
    return detail::sum_of(in, count, detail::lowest<T>, [shift](vec<T> x) {
        return detail::exp(x - shift);
    });
}

/// (x - largest) - log(sum), not x - (largest + log(sum)): for logits about 1e4 the latter would round the logarithm.
template <class T>
void log_softmax_row(T* out, const T* in, std::int64_t count) {
    const T most = detail::largest(in, count);
    const T log_sum = static_cast<T>(std::log(sum_of_exp(in, count, most)));
    detail::transform(out, in, count, [=](vec<T> x) { return (x - most) - log_sum; });
}

template <class T>
double cross_entropy_row(const T* in, std::int64_t count, std::int64_t target) {
    const T most = detail::largest(in, count);
    const double above = static_cast<double>(in[target]) - static_cast<double>(most);
    return std::log(sum_of_exp(in, count, most)) - above;
}

std::int64_t target_at(const target_ids& targets, std::int64_t offset) {
    return targets.type == dtype::int64 ? static_cast<const std::int64_t*>(targets.data)[offset]
                                        : static_cast<const std::int32_t*>(targets.data)[offset];
}

template <class Out, class T>
void each_cross_entropy(
    Out* out,
    const void* in,
    const target_ids& targets,
    loops<3> rows,
    std::int64_t extent,
    std::int64_t stride
) {
    const contiguous_rows from(element_pointer<T>(in), rows, 1, extent, stride);
    from.read();
    detail::for_each_row(rows, extent, [&](const auto& at) {
        const std::int64_t target = target_at(targets, at[2]);
        out[at[0]] =
            target == targets.ignored
                ? Out{0}
                : static_cast<Out>(cross_entropy_row<T>(from.rows() + at[1], extent, target));
    });
}

}  // namespace

void log_softmax(dtype type, void* out, const void* in, const loops<2>& rows, row along) {
    if (along.extent == 0 || iterations(rows) == 0)
        return;
    detail::with_floating(type, [&](auto zero) {
        using T = decltype(zero);
        detail::transform_rows<T>(out, in, rows, along, [&](T* to, const T* from, const auto&) {
            log_softmax_row<T>(to, from, along.extent);
        });
    });
}

void cross_entropy_rows(
    dtype type,
    void* out,
    const void* in,
    const target_ids& targets,
    const loops<3>& rows,
    std::int64_t extent,
    std::int64_t stride
) {
    detail::with_floating(type, [&](auto zero) {
        using T = decltype(zero);
        each_cross_entropy<T, T>(static_cast<T*>(out), in, targets, rows, extent, stride);
    });
}

void cross_entropy_mean(
    dtype type,
    void* out,
    const void* in,
    const target_ids& targets,
    const loops<2>& rows,
    std::int64_t extent,
    std::int64_t stride
) {
    const std::int64_t count = iterations(rows);
    const buffer scratch = buffer::allocate(static_cast<std::size_t>(count) * sizeof(double));
    auto* const losses = reinterpret_cast<double*>(scratch.data());
    loops<3> nest;
    std::int64_t packed = 1;
    for (std::size_t d = rows.size(); d-- > 0;) {
        nest.insert(0, {rows[d].extent, {packed, rows[d].stride[0], rows[d].stride[1]}});
        packed *= rows[d].extent;
    }
    std::int64_t counted = 0;
    detail::walk(rows, 0, count, {}, [&](const auto& at, const auto&) {
        counted += target_at(targets, at[1]) != targets.ignored ? 1 : 0;
    });
    detail::with_floating(type, [&](auto zero) {
        using T = decltype(zero);
        each_cross_entropy<double, T>(losses, in, targets, nest, extent, stride);
        *static_cast<T*>(out) =
            static_cast<T>(detail::sum(losses, count) / static_cast<double>(counted));
    });
}

std::int64_t first_wrong_target(
    const target_ids& targets, const loops<1>& nest, std::int64_t extent
) {
    std::int64_t position = 0;
    std::int64_t wrong = -1;
    detail::walk(nest, 0, iterations(nest), {}, [&](const auto& at, const auto&) {
        const std::int64_t id = target_at(targets, at[0]);
        if (wrong < 0 && id != targets.ignored && (id < 0 || id >= extent))
            wrong = position;
        ++position;
    });
    return wrong;
}

}  // namespace abax::kernels
