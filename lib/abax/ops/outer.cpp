#include <abax/ops/movement.hpp>
#include <abax/ops/operands.hpp>
#include <abax/ops/outer.hpp>

#include <array>

namespace abax {

using namespace detail;  // what verbs ask of their operands

namespace {

// As an einsum that sums over nothing: a multiplication for each element of the result.
struct outer_cost {
    [[nodiscard]] static std::string_view operation() { return "outer"; }
    [[nodiscard]] static op_class kind() { return op_class::elementwise; }
    [[nodiscard]] static cost price(const call& c) {
        return c.with_bytes(c.volume(c.operands().back().axes));
    }
};

shape axes_of_both(const any_tensor& a, const any_tensor& b) {
    const std::string input = "(" + a.shape().str() + "), (" + b.shape().str() + ")";
    if (a.rank() > 0 && b.rank() > 0 && a.is_named() != b.is_named())
        throw error(
            {.kind = category::name_mismatch,
             .operation = "outer",
             .message = "a named tensor does not meet an unnamed one",
             .input = input,
             .help = "name its axes (named), in the order in which they stand"}
        );
    shape axes = a.shape();
    for (const axis& x : b.shape()) {
        if (a.shape().find(x.label)) {
            const std::string label(x.label.text());
            throw error(
                {.kind = category::duplicate_axis,
                 .operation = "outer",
                 .message = "both operands have an axis '" + label + "'",
                 .axis = label,
                 .input = input,
                 .expected = "no name in both",
                 .help = "rename one of them: rename(b, \"" + label + " -> "
                       + (label.starts_with('(') ? "m" : label + "'") + "\"); to multiply along '"
                       + label + "', use * or dot"}
            );
        }
        axes.push_back(x);
    }
    return axes;
}

// a moves along its own axes and b along its own; each stands still along the other's.
kernels::loops<3> nest_of(const strides& dense, const any_tensor& a, const any_tensor& b) {
    kernels::loops<3> nest;
    for (std::size_t i = 0; i < a.rank(); ++i)
        nest.push_back({a.shape()[i].extent, {dense[i], a.where().stride[i], 0}});
    for (std::size_t i = 0; i < b.rank(); ++i)
        nest.push_back({b.shape()[i].extent, {dense[a.rank() + i], 0, b.where().stride[i]}});
    return nest;
}

}  // namespace

any_tensor outer(const any_tensor& a, const any_tensor& b) {
    const dtype type = common_dtype("outer", std::array{a, b});
    const shape axes = axes_of_both(a, b);
    any_tensor result = made(type, axes, any_dry({&a, &b}));
    perform(
        outer_cost{},
        result.is_dry(),
        [&] {
            return std::move(call(type)
                                 .reads(a)
                                 .reads(b)
                                 .writes(axes, type)
                                 .detail(a.shape().axes_text() + ", " + b.shape().axes_text()));
        },
        [&] {
            const auto product =
                type == dtype::boolean ? kernels::binary::logical_and : kernels::binary::multiply;
            kernels::map(
                product,
                type,
                result.writable(),
                a.data(),
                b.data(),
                nest_of(result.where().stride, a, b)
            );
        }
    );
    return result;
}

}  // namespace abax
