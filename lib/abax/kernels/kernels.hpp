#pragma once

#include <abax/core/dtype.hpp>
#include <abax/kernels/loops.hpp>

#include <cstddef>
#include <cstdint>

/// The kernels: what touches elements. They trust their arguments: everything was checked while planning.
/// All strides are in elements. Results are the same bits for any number of threads. Operands never
/// overlap the result unless a kernel says so.
namespace abax::kernels {

/// Functions of one element. Order counts: from is_nan on they give bools.
enum class unary : std::uint8_t {
    negate,
    absolute,
    exp,
    log,
    sqrt,
    rsqrt,
    tanh,
    erf,
    sin,
    cos,
    sigmoid,
    silu,
    relu,
    gelu_erf,
    gelu_tanh,
    floor,
    ceil,
    round,
    trunc,
    sign,
    square,
    reciprocal,
    exp2,
    expm1,
    log2,
    log10,
    log1p,
    tan,
    asin,
    acos,
    atan,
    sinh,
    cosh,
    logical_not,
    is_nan,
    is_infinite,
    is_finite
};
/// Functions of two elements. Order counts: from equal on they give bools.
enum class binary : std::uint8_t {
    add,
    subtract,
    multiply,
    divide,
    minimum,
    maximum,
    power,
    remainder,
    fmod,
    atan2,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    logical_and,
    logical_or,
    logical_xor
};
/// What becomes of many elements; see `by` for each. min and max of none are not asked for.
enum class reduction : std::uint8_t { min, max, sum, mean, prod, any, all };

/// out = in, element by element; any strides (0 repeats an element). `loops` need not be fused.
void move(dtype type, void* out, const void* in, const loops<2>& nest);

/// out = in converted: float to integer truncates, anything to bool is "not 0".
void cast(dtype to, void* out, dtype from, const void* in, const loops<2>& nest);

/// out = value everywhere; `value` points to one element.
void fill(dtype type, void* out, const void* value, const loops<1>& nest);

/// out = op(in). `out` may be `in` with the same strides. logical_not on bool only; negate, absolute, relu, sign and square
/// on all but bool; all others on float and double. is_nan, is_infinite and is_finite write bool, all else `type`.
/// round goes to the even one of two equally near; the sign of NaN is NaN.
void map(unary op, dtype type, void* out, const void* in, const loops<2>& nest);

/// out = op(a, b); comparisons and logical ones write bool, all else `type`. `out` may be an operand with the same strides.
/// minimum and maximum propagate NaN. Integers wrap around; integer division by 0 gives 0, lowest / -1 gives lowest.
/// What division leaves: fmod has the sign of a, remainder that of b; of integers divided by 0 it is 0. atan2 on float and double only.
void map(binary op, dtype type, void* out, const void* a, const void* b, const loops<3>& nest);

/// out = condition ? a : b. Operands: out, condition (bool), a, b.
void select(
    dtype type, void* out, const void* condition, const void* a, const void* b, const loops<4>& nest
);

/// The dtype that reducing `type` gives: any, all bool; sum, prod of integers and bool int64; min, max as they came; mean floating.
[[nodiscard]] dtype result_of(reduction how, dtype type);

/// Reduces `reduced` loops for each iteration of `kept` loops. Operand 0 is out (its stride in `reduced` is 0), 1 is in.
/// min and max propagate NaN. Of no elements: sum 0, prod 1, any false, all true, mean NaN; min and max are not called so.
/// float sums are accumulated so that the error does not grow with the length (several partial sums or double).
void reduce(
    reduction how,
    dtype type,
    void* out,
    const void* in,
    const loops<2>& kept,
    const loops<2>& reduced
);

/// out[kept] = position of the largest element along one axis of `extent` elements, `stride` apart; the lowest
/// position on a tie; the first NaN counts as largest. `out` is int64. extent >= 1.
void argmax(
    dtype type,
    std::int64_t* out,
    const void* in,
    const loops<2>& kept,
    std::int64_t extent,
    std::int64_t stride
);

/// out[batch, m, n] = sum over k of a[batch, m, k] * b[batch, k, n]. Operands: out, a, b; each group of loops holds the strides of
/// all three (those an operand lacks are 0; `m` has 0 for b, `n` has 0 for a, `k` has 0 for out). bool: or of ands.
/// `accumulate`: out += ... instead of out = ... An empty k gives 0 (or leaves out as it is).
void contract(
    dtype type,
    void* out,
    const void* a,
    const void* b,
    const loops<3>& batch,
    const loops<3>& m,
    const loops<3>& n,
    const loops<3>& k,
    bool accumulate = false
);

/// One axis of a row-wise operation: `extent` elements, `out_stride` and `in_stride` apart.
struct row {
    std::int64_t extent = 0;      ///< elements in the row
    std::int64_t out_stride = 1;  ///< between neighbours in the result, in elements
    std::int64_t in_stride = 1;   ///< the same in the operand
};

/// Softmax of each row. float and double. A row with +inf or NaN gives NaN as the formula does; an empty row is nothing.
void softmax(dtype type, void* out, const void* in, const loops<2>& rows, row along);

/// Softmax of each row over the positions where `mask` is true; masked positions get 0; a row with nothing
/// unmasked gets 0 everywhere. Operands of `rows`: out, in, mask (bool).
void masked_softmax(
    dtype type,
    void* out,
    const void* in,
    const bool* mask,
    const loops<3>& rows,
    row along,
    std::int64_t mask_stride
);

/// (x - mean) / sqrt(variance + epsilon) * gain + bias for each row; gain and bias have strides of their own along the row.
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
);

/// x / sqrt(mean of x^2 + epsilon) * gain for each row; gain has a stride of its own along the row.
void rms_norm(
    dtype type,
    void* out,
    const void* in,
    const void* gain,
    double epsilon,
    const loops<2>& rows,
    row along,
    std::int64_t gain_stride
);

/// out[i, inner] = table[ids[i], inner]. `outer` has operands out, ids; `inner` has out, table; `table_stride` between rows.
/// Ids are int64 or int32 and were checked by `first_outside`.
void take(
    dtype type,
    void* out,
    const void* table,
    dtype id_type,
    const void* ids,
    const loops<2>& outer,
    const loops<2>& inner,
    std::int64_t table_stride
);

/// Position (in loop order) of the first id outside 0..extent-1, or -1. `nest` has operands: nothing, ids.
[[nodiscard]] std::int64_t first_outside(
    dtype id_type, const void* ids, const loops<2>& nest, std::int64_t extent
);

/// Threads that the kernels use: OpenMP's maximum.
[[nodiscard]] int thread_count() noexcept;

}  // namespace abax::kernels
