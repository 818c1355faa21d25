#include <abax/kernels/iterate.hpp>
#include <abax/kernels/kernels.hpp>
#include <abax/kernels/product.hpp>
#include <abax/storage/buffer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace abax::kernels {
namespace {

constexpr std::size_t out_operand = 0;
constexpr std::size_t a_operand = 1;
constexpr std::size_t b_operand = 2;

/// The four groups of loops, and how far each operand was moved when loops were turned round.
struct groups {
    loops<3> batch, m, n, k;
    detail::offsets<3> start = {};
};

loops<3> ordered_group(const loops<3>& group, std::size_t leader, detail::offsets<3>& start) {
    auto result = detail::ordered(group, leader);
    for (std::size_t i = 0; i < start.size(); ++i)
        start[i] += result.start[i];
    return result.nest;
}

/// Rows that do not chain, (b s) in a view of (b h s d) say, become batches of long enough rows: no copy is needed.
void outer_loops_to_batch(loops<3>& group, loops<3>& batch) {
    constexpr std::int64_t long_enough = 32;
    if (group.size() < 2 || group.back().extent < long_enough
        || batch.size() + group.size() > max_rank)
        return;
    const loop<3> inner = group.back();
    group.pop_back();
    for (const auto& l : group)
        batch.push_back(l);
    group = {inner};
}

groups ordered_groups(
    const loops<3>& batch, const loops<3>& m, const loops<3>& n, const loops<3>& k
) {
    groups g;
    g.batch = ordered_group(batch, out_operand, g.start);
    g.m = ordered_group(m, out_operand, g.start);
    g.n = ordered_group(n, out_operand, g.start);
    g.k = ordered_group(k, a_operand, g.start);
    outer_loops_to_batch(g.m, g.batch);
    outer_loops_to_batch(g.n, g.batch);
    return g;
}

constexpr std::int64_t no_stride = -1;

/// The one stride with which an operand walks a whole group, if there is one that Eigen can take.
std::int64_t single_stride(const loops<3>& group, std::size_t operand) {
    std::int64_t stride = 1;
    bool walks = false;
    for (const auto& l : group) {
        if (l.extent == 1)
            continue;
        if (walks && stride != l.stride[operand] * l.extent)
            return no_stride;
        stride = l.stride[operand];
        walks = true;
    }
    return std::max(stride, no_stride);
}

/// One operand as a matrix of `rows` by `columns` for each batch: in place, or as a row-major copy.
template <class T>
class matrix {
public:
    /// Decides; `batch` gets the copy's strides if there is to be one.
    matrix(
        T* data,
        std::size_t operand,
        const loops<3>& rows,
        const loops<3>& columns,
        loops<3>& batch,
        bool needs_unit_stride
    )
        : data_(data) {
        const std::int64_t by_row = single_stride(rows, operand);
        const std::int64_t by_column = single_stride(columns, operand);
        if (by_row >= 0 && by_column >= 0
            && (!needs_unit_stride || by_row == 1 || by_column == 1)) {
            row_stride_ = by_row;
            column_stride_ = by_column;
            return;
        }
        std::int64_t packed = 1;
        pack(columns, operand, packed);
        row_stride_ = iterations(rows) == 1 ? 1 : packed;
        pack(rows, operand, packed);
        for (std::size_t d = batch.size(); d-- > 0;) {
            if (batch[d].stride[operand] == 0)
                continue;  // broadcast: one copy serves the whole loop
            copy_.insert(0, {batch[d].extent, {packed, batch[d].stride[operand]}});
            batch[d].stride[operand] = packed;
            packed *= batch[d].extent;
        }
        scratch_ = buffer::allocate(static_cast<std::size_t>(packed) * sizeof(T));
    }

    [[nodiscard]] T* data() const {
        return scratch_.data() == nullptr ? data_ : reinterpret_cast<T*>(scratch_.data());
    }
    [[nodiscard]] std::int64_t row_stride() const { return row_stride_; }
    [[nodiscard]] std::int64_t column_stride() const { return column_stride_; }

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
    void pack(const loops<3>& group, std::size_t operand, std::int64_t& packed) {
        for (std::size_t d = group.size(); d-- > 0;) {
            copy_.insert(0, {group[d].extent, {packed, group[d].stride[operand]}});
            packed *= group[d].extent;
        }
    }

    T* data_;
    std::int64_t row_stride_ = 1;
    std::int64_t column_stride_ = 1;
    buffer scratch_;
    loops<2> copy_;  // scratch, data
};

/// Few rows are read past b once each; more of them repay Eigen's packing of b.
constexpr std::int64_t few_rows = 4;

template <class T>
void multiply(detail::product<T>& p) {
    if constexpr (!std::is_floating_point_v<T>) {
        detail::multiply_exactly(p);
    } else {
        const bool few = std::min(p.m, p.n) <= few_rows;
        if (few ? p.n < p.m : p.out_n != 1)
            p.transpose();
        if (few)
            detail::multiply_few_rows(p);
        else
            detail::multiply_matrices(p);
    }
}

template <class T>
void contract_elements(T* out, const T* a, const T* b, groups& g, bool accumulate) {
    constexpr bool floating = std::is_floating_point_v<T>;
    const matrix<T> to(out + g.start[0], out_operand, g.m, g.n, g.batch, floating);
    const matrix<T> left(const_cast<T*>(a) + g.start[1], a_operand, g.m, g.k, g.batch, floating);
    const matrix<T> right(const_cast<T*>(b) + g.start[2], b_operand, g.k, g.n, g.batch, floating);
    if (accumulate)
        to.read();
    left.read();
    right.read();
    detail::product<T> p{
        to.data(),
        left.data(),
        right.data(),
        fused(g.batch),
        iterations(g.m),
        iterations(g.n),
        iterations(g.k),
        to.row_stride(),
        to.column_stride(),
        left.row_stride(),
        left.column_stride(),
        right.row_stride(),
        right.column_stride(),
        accumulate};
    multiply(p);
    to.write();
}

/// All loops that the result has, as one nest.
loops<3> result_nest(const loops<3>& batch, const loops<3>& m, const loops<3>& n) {
    loops<3> nest = batch;
    for (const auto& l : m)
        nest.push_back(l);
    for (const auto& l : n)
        nest.push_back(l);
    return nest;
}

void fill_zero(dtype type, void* out, const loops<3>& nest) {
    loops<1> walked;
    for (const auto& l : nest)
        walked.push_back({l.extent, {l.stride[out_operand]}});
    constexpr std::int64_t zero = 0;  // the bytes of 0 in every element type
    fill(type, out, &zero, walked);
}

}  // namespace

void contract(
    dtype type,
    void* out,
    const void* a,
    const void* b,
    const loops<3>& batch,
    const loops<3>& m,
    const loops<3>& n,
    const loops<3>& k,
    bool accumulate
) {
    if (iterations(batch) * iterations(m) * iterations(n) == 0)
        return;
    if (iterations(k) == 0) {
        if (!accumulate)
            fill_zero(type, out, result_nest(batch, m, n));
        return;
    }
    if (iterations(k) == 1 && !accumulate && type != dtype::boolean)  // nothing is summed
        return map(binary::multiply, type, out, a, b, result_nest(batch, m, n));
    groups g = ordered_groups(batch, m, n, k);
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        contract_elements(
            static_cast<T*>(out), static_cast<const T*>(a), static_cast<const T*>(b), g, accumulate
        );
    });
}

}  // namespace abax::kernels
