#pragma once

#include <abax/kernels/folds.hpp>
#include <abax/kernels/iterate.hpp>
#include <abax/kernels/kernels.hpp>
#include <abax/kernels/vectors.hpp>
#include <abax/storage/buffer.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

/// What the kernels that work row by row share.
namespace abax::kernels::detail {

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
[[nodiscard]] T* element_pointer(const void* data) {
    return static_cast<T*>(const_cast<void*>(data));
}

template <std::size_t Operands, class Body>
void for_each_row(const loops<Operands>& rows, std::int64_t extent, const Body& body) {
    const auto work = ordered(rows);
    parallel_for(iterations(work.nest), rows_per_task(extent), [&](auto begin, auto end) {
        walk(work.nest, begin, end, work.start, [&](const auto& at, const auto&) { body(at); });
    });
}

/// body(to, from, at) for each row of the result and of the operand, which are operands 0 and 1 of `rows`, in parallel. Both
/// are contiguous there; `at` has the offsets of what else is read.
template <class T, std::size_t Operands, class Body>
void transform_rows(
    void* out, const void* in, loops<Operands> rows, const row& along, const Body& body
) {
    const contiguous_rows to(static_cast<T*>(out), rows, 0, along.extent, along.out_stride);
    const contiguous_rows from(element_pointer<T>(in), rows, 1, along.extent, along.in_stride);
    from.read();
    for_each_row(rows, along.extent, [&](const auto& at) {
        body(to.rows() + at[0], from.rows() + at[1], at);
    });
    to.write();
}

/// The largest of a row; a NaN may be passed over.
template <class T>
[[nodiscard]] T largest(const T* in, std::int64_t count) {
    // A NaN need not win here: exp(NaN - m) brings it into the sum, whatever m is.
    const auto pick = [](vec<T> a, vec<T> x) { return x > a ? x : a; };
    const vec<T> m = fold(in, count, lowest<T>, lowest<T>, pick, pick);
    return across<T>(m, pick);
}

/// body(T{}) for the floating type that `type` names.
template <class Body>
void with_floating(dtype type, const Body& body) {
    if (type == dtype::float32)
        body(float{});
    else
        body(double{});
}

}  // namespace abax::kernels::detail
