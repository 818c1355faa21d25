#include <abax/kernels/losses.hpp>
#include <abax/ops/losses.hpp>
#include <abax/ops/movement.hpp>
#include <abax/ops/row_wise.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/price.hpp>

#include <string>

namespace abax {

using namespace detail;  // what verbs ask of their operands

namespace {

// Prices are stated in N, the elements, and R, the rows.
struct log_softmax_cost {
    [[nodiscard]] std::string_view operation() const { return "log_softmax"; }
    [[nodiscard]] op_class kind() const { return op_class::normalization; }
    [[nodiscard]] cost price(const call& c) const {
        const polynomial n = c.volume(c.operands().back().axes);
        const polynomial r = c.volume(c.known().front());
        return c.with_bytes(4 * n - 2 * r, n + r);
    }
};

// Known are the logits and the rows.
struct cross_entropy_cost {
    std::string_view label;
    bool averages;

    [[nodiscard]] std::string_view operation() const { return label; }
    [[nodiscard]] op_class kind() const { return op_class::reduction; }
    [[nodiscard]] cost price(const call& c) const {
        const polynomial n = c.volume(c.known()[0]);
        const polynomial r = c.volume(c.known()[1]);
        return c.with_bytes(averages ? 3 * n + r : 3 * n, n + r);
    }
};

/// One call of a cross-entropy: what its checks speak about, and what they find out.
struct classification {
    std::string_view operation;
    const any_tensor& logits;
    const any_tensor& targets;
    std::optional<std::int64_t> ignored;
    std::size_t at;         ///< the classes' axis of the logits
    shape rest;             ///< the axes of the rows
    strides logit_stride;   ///< along `rest`
    strides target_stride;  ///< likewise

    [[nodiscard]] error fault(diagnosis what) const {
        what.operation = operation;
        what.input = "(" + logits.shape().str() + "), targets (" + targets.shape().str() + ")";
        return error(std::move(what));
    }
    [[nodiscard]] const axis& classes() const { return logits.shape()[at]; }
    [[nodiscard]] kernels::target_ids ids() const {
        return {targets.type(), targets.data(), ignored};
    }

    void check_types() const;
    void check_axes() const;
    void check_ids() const;
};

void classification::check_types() const {
    require_floating(operation, logits);
    if (targets.type() != dtype::int64 && targets.type() != dtype::int32)
        throw fault(
            {.kind = category::dtype_mismatch,
             .message = "targets hold " + std::string(to_string(targets.type())),
             .expected = "int64 or int32"}
        );
}

void classification::check_axes() const {
    if (classes().label && targets.shape().find(classes().label))
        throw fault(
            {.kind = category::name_mismatch,
             .message = "the targets have the axis '" + axis_text(classes())
                      + "', over which they are to choose",
             .axis = std::string(classes().label.text()),
             .expected = "the axes " + rest.axes_text(),
             .got = targets.shape().axes_text(),
             .help = "targets are the positions along it: argmax gives them"}
        );
    if (targets.rank() > 0 && rest.rank() > 0 && targets.is_named() != rest.is_named())
        throw fault(
            {.kind = category::name_mismatch,
             .message = "a named tensor does not meet an unnamed one",
             .help = "name its axes (named), in the order in which they stand"}
        );
    for (const axis& a : rest)
        if (a.label && !targets.shape().find(a.label))
            throw fault(
                {.kind = category::name_mismatch,
                 .message = "the targets lack '" + axis_text(a) + "': each row needs one",
                 .axis = std::string(a.label.text()),
                 .expected = "the axes " + rest.axes_text(),
                 .got = targets.rank() == 0 ? "rank 0" : targets.shape().axes_text()}
            );
    if (targets.rank() != rest.rank() && !rest.is_named())
        throw fault(
            {.kind = category::rank_mismatch,
             .message = "targets of rank " + std::to_string(targets.rank()) + " for rows of rank "
                      + std::to_string(rest.rank()),
             .expected_extent = static_cast<std::int64_t>(rest.rank()),
             .got_extent = static_cast<std::int64_t>(targets.rank()),
             .expected = "a target for each row"}
        );
}

// The id at a position, row-major: asked for only when it is wrong.
std::int64_t id_at(const any_tensor& ids, std::size_t position) {
    return ids.type() == dtype::int64 ? tensor<std::int64_t>(ids).to_vector()[position]
                                      : tensor<std::int32_t>(ids).to_vector()[position];
}

void classification::check_ids() const {
    const std::int64_t extent = classes().extent;
    const std::int64_t wrong =
        kernels::first_wrong_target(ids(), loops_over(targets.where()), extent);
    if (wrong < 0)
        return;
    const std::int64_t id = id_at(targets, static_cast<std::size_t>(wrong));
    throw fault(
        {.kind = category::usage,
         .message = "target number " + std::to_string(wrong) + " is " + std::to_string(id)
                  + ", outside " + label_or_position(logits.shape(), at) + " of extent "
                  + std::to_string(extent),
         .axis = std::string(classes().label.text()),
         .expected_extent = extent,
         .got_extent = id,
         .expected = extent == 0 ? "an axis with classes"
                                 : "targets from 0 to " + std::to_string(extent - 1),
         .help = id < 0 ? "to leave out rows, say what marks them: " + std::string(operation)
                              + "(logits, over, targets, " + std::to_string(id) + ")"
                        : ""}
    );
}

classification checked(
    std::string_view operation,
    const any_tensor& logits,
    const axis_argument& over,
    const any_tensor& targets,
    std::optional<std::int64_t> ignored
) {
    const std::size_t at = position_of(operation, logits.shape(), over);
    const shape rest = without(logits.shape(), at);
    classification c{operation, logits, targets, ignored, at, rest, logits.where().stride, {}};
    c.logit_stride.erase(at);
    c.check_types();
    c.check_axes();
    c.target_stride = strides_along(operation, "targets", targets.where(), c.rest);
    if (!any_dry({&logits, &targets}))
        c.check_ids();
    return c;
}

// A result of these axes, which kernel(result) computes.
template <class Kernel>
any_tensor computed(
    const classification& c, const cross_entropy_cost& op, const shape& axes, const Kernel& kernel
) {
    const dtype type = c.logits.type();
    const bool dry = any_dry({&c.logits, &c.targets});
    any_tensor result = made(type, axes, dry);
    perform(
        op,
        dry,
        [&] {
            return std::move(call(type)
                                 .reads(c.logits)
                                 .reads(c.targets)
                                 .writes(axes, type)
                                 .knows(c.logits.shape())
                                 .knows(c.rest)
                                 .detail(c.logits.shape().axes_text()));
        },
        [&] { kernel(result); }
    );
    return result;
}

}  // namespace

any_tensor log_softmax(const any_tensor& x, axis_argument over) {
    require_floating("log_softmax", x);
    const std::size_t at = position_of("log_softmax", x.shape(), over);
    return row_wise(
        log_softmax_cost{},
        x,
        at,
        {},
        [&](auto* to, const auto& rows, const auto& along) {
            kernels::log_softmax(x.type(), to, x.data(), rows, along);
        }
    );
}

any_tensor cross_entropy(
    const any_tensor& logits,
    axis_argument over,
    const any_tensor& targets,
    std::optional<std::int64_t> ignored
) {
    const classification c = checked("cross_entropy", logits, over, targets, ignored);
    return computed(c, {"cross_entropy", true}, {}, [&](any_tensor& result) {
        kernels::loops<2> rows;
        for (std::size_t i = 0; i < c.rest.rank(); ++i)
            rows.push_back({c.rest[i].extent, {c.logit_stride[i], c.target_stride[i]}});
        kernels::cross_entropy_mean(
            logits.type(),
            result.writable(),
            logits.data(),
            c.ids(),
            rows,
            c.classes().extent,
            logits.where().stride[c.at]
        );
    });
}

any_tensor cross_entropy_rows(
    const any_tensor& logits,
    axis_argument over,
    const any_tensor& targets,
    std::optional<std::int64_t> ignored
) {
    const classification c = checked("cross_entropy_rows", logits, over, targets, ignored);
    return computed(c, {"cross_entropy_rows", false}, c.rest, [&](any_tensor& result) {
        kernels::loops<3> rows;
        for (std::size_t i = 0; i < c.rest.rank(); ++i)
            rows.push_back(
                {c.rest[i].extent,
                 {result.where().stride[i], c.logit_stride[i], c.target_stride[i]}}
            );
        kernels::cross_entropy_rows(
            logits.type(),
            result.writable(),
            logits.data(),
            c.ids(),
            rows,
            c.classes().extent,
            logits.where().stride[c.at]
        );
    });
}

}  // namespace abax
