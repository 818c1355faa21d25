#pragma once

#include <abax/core/dtype.hpp>
#include <abax/kernels/kernels.hpp>
#include <abax/plan/price.hpp>
#include <abax/shape/any_tensor.hpp>
#include <abax/shape/layout.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace abax {

/// What a step of a plan does.
enum class step_kind : std::uint8_t {
    view,      ///< another layout over the same buffer: no element is touched
    copy,      ///< each element read and written once
    convert,   ///< a copy that changes the element type
    reduce,    ///< a reduction over one operand's axes
    contract,  ///< a product of two operands, summed over axes that both have
    multiply   ///< a product of two operands with nothing summed
};

/// As in `enum step_kind`, as `explain` writes it.
[[nodiscard]] std::string_view to_string(step_kind kind) noexcept;

/// One elementary axis that a step loops over.
struct step_axis {
    static constexpr int lacks = -1;  ///< the position of an axis that an operand does not have

    axis what = {};       ///< name, extent and memory
    bool summed = false;  ///< or reduced: the result lacks it
    std::array<std::int64_t, 2> stride =
        {};  ///< on each operand, in elements; 0 where it lacks the axis
    std::array<int, 2> position = {
        lacks, lacks};  ///< among the operand's axes, as a reader sees them
    name shown = {};    ///< in the pattern: all that an unnamed axis has

    /// Whether operand k has the axis.
    [[nodiscard]] bool has(std::size_t k) const { return position[k] != lacks; }
};

/// One step: operands, loops, and where the result lies.
struct step {
    step_kind kind = step_kind::view;  ///< which members below count
    std::vector<std::size_t> operands =
        {};  ///< the plan's operands come first, then the results of its steps
    std::vector<step_axis> axes =
        {};              ///< kept ones in the order of the result, and the summed ones
    layout result = {};  ///< a view's lies in the buffer of its operand, others are row-major
    dtype type = dtype::float32;                       ///< of the result
    kernels::reduction how = kernels::reduction::sum;  ///< of a reduce
    std::vector<equation> equations = {};  ///< m = h*d, where a named axis was split or merged
};

/// What will be done, resolved for given shapes, strides and element types.
///
/// A plan holds no pointers: it can be printed, compared, kept and run on any operands of these layouts.
struct plan {
    std::string operation = {};         ///< the verb
    std::string pattern = {};           ///< its text, if it has one
    std::vector<layout> operands = {};  ///< which the operands must have when it runs
    dtype type = dtype::float32;        ///< of the operands
    std::vector<step> steps = {};       ///< at least one; the last one's result is the plan's

    /// Where the result lies; for a view, in the buffer of the operand.
    [[nodiscard]] const layout& result() const { return steps.back().result; }
    /// The element type of the result, which a reduction may change.
    [[nodiscard]] dtype result_type() const { return steps.back().type; }

    /// Whether no element is moved.
    [[nodiscard]] bool is_view() const;
};

/// The price of a step, without its operands' buffers.
[[nodiscard]] cost price_of(const plan& p, std::size_t step);

/// The sum over the steps of a plan.
[[nodiscard]] cost price_of(const plan& p);

///@{
/// Runs a plan on operands that have its layouts and element type, and puts it on the bill: one record, with a
/// child for each step if there are several. Dry operands give a dry result. @throws abax::error allocation
[[nodiscard]] any_tensor execute(const plan& p, std::span<const any_tensor> operands);
[[nodiscard]] any_tensor execute(const plan& p, std::span<const any_tensor* const> operands);
///@}

/// The plan in words: a line a step, with what it reads, whether it is a view or a copy, and its bytes.
[[nodiscard]] std::string explain(const plan& p);

}  // namespace abax
