#include <abax/kernels/take_along.hpp>
#include <abax/ops/movement.hpp>
#include <abax/ops/take_along.hpp>
#include <abax/plan/align.hpp>

#include <array>

namespace abax {

using namespace detail;  // what the movements share

namespace {

std::string both_shapes(const any_tensor& x, const any_tensor& ids) {
    return "(" + x.shape().str() + "), ids (" + ids.shape().str() + ")";
}

void require_ids(const any_tensor& x, const any_tensor& ids) {
    if (ids.type() != dtype::int64 && ids.type() != dtype::int32)
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = "take_along",
             .message = "ids hold " + std::string(to_string(ids.type())),
             .input = both_shapes(x, ids),
             .expected = "int64 or int32"}
        );
}

// x with its axes in the order of those of ids, where names tell which is which; else as it is.
layout in_order_of(const shape& wanted, const layout& x) {
    layout result{{}, {}, x.offset};
    if (wanted.rank() != x.rank())
        return x;
    for (const axis& a : wanted) {
        const auto at = a.label ? x.axes.find(a.label) : std::nullopt;
        if (!at)
            return x;
        result.axes.push_back(x.axes[*at]);
        result.stride.push_back(x.stride[*at]);
    }
    return result;
}

// "b=1 k=0", or "(1, 0)" where there are no names.
std::string place_of(const shape& axes, std::int64_t position) {
    std::vector<std::int64_t> at(axes.rank(), 0);
    for (std::size_t i = axes.rank(); i-- > 0; position /= axes[i].extent)
        at[i] = position % axes[i].extent;
    std::string text;
    for (std::size_t i = 0; i < axes.rank(); ++i) {
        text += i == 0 ? "" : axes.is_named() ? " " : ", ";
        text += axes.is_named() ? axis_text(axes[i]) + '=' : "";
        text += std::to_string(at[i]);
    }
    return axes.is_named() ? text : '(' + text + ')';
}

std::int64_t id_at(const any_tensor& ids, std::int64_t position) {
    const auto at = static_cast<std::size_t>(position);
    return ids.type() == dtype::int64 ? tensor<std::int64_t>(ids).to_vector()[at]
                                      : tensor<std::int32_t>(ids).to_vector()[at];
}

void require_inside(const any_tensor& x, const any_tensor& ids, const axis& over) {
    kernels::loops<2> nest;
    for (std::size_t i = 0; i < ids.rank(); ++i)
        nest.push_back({ids.shape()[i].extent, {0, ids.where().stride[i]}});
    const std::int64_t bad = kernels::first_outside(ids.type(), ids.data(), nest, over.extent);
    if (bad < 0)
        return;
    const std::int64_t id = id_at(ids, bad);
    throw error(
        {.kind = category::usage,
         .operation = "take_along",
         .message = "the id at " + place_of(ids.shape(), bad) + " is " + std::to_string(id)
                  + ", outside " + (over.label ? "'" + axis_text(over) + "'" : "the axis")
                  + " of extent " + std::to_string(over.extent),
         .axis = std::string(over.label.text()),
         .expected_extent = over.extent,
         .got_extent = id,
         .input = both_shapes(x, ids),
         .expected = over.extent == 0 ? "no ids: the axis is empty"
                                      : "ids from 0 to " + std::to_string(over.extent - 1)}
    );
}

}  // namespace

any_tensor take_along(const any_tensor& x, const any_tensor& ids, axis_argument over) {
    require_ids(x, ids);
    const axis along = x.shape()[position_of("take_along", x.shape(), over)];
    const layout from = in_order_of(ids.shape(), x.where());
    const std::size_t which = position_of("take_along", from.axes, over);
    require_same_axes("take_along", from.axes, ids.shape(), which);
    const bool dry = dry_run::is_on() || x.is_dry() || ids.is_dry();
    if (!dry)
        require_inside(x, ids, along);
    any_tensor result =
        dry ? any_tensor::dry(x.type(), ids.shape()) : any_tensor::empty(x.type(), ids.shape());
    perform(
        movement_cost{"take_along"},
        dry,
        [&] {
            // Only the elements that are named are read.
            return std::move(
                call(x.type())
                    .reads(ids.shape(), x.type())
                    .reads(ids)
                    .writes(ids.shape(), x.type())
                    .detail("(" + x.shape().axes_text() + ")[" + ids.shape().axes_text() + "]")
            );
        },
        [&] {
            kernels::loops<3> nest;
            for (std::size_t i = 0; i < ids.rank(); ++i)
                nest.push_back(
                    {ids.shape()[i].extent,
                     {result.where().stride[i],
                      i == which ? 0 : from.stride[i],
                      ids.where().stride[i]}}
                );
            kernels::take_along(
                x.type(),
                result.writable(),
                x.data(),
                ids.type(),
                ids.data(),
                nest,
                from.stride[which]
            );
        }
    );
    return result;
}

}  // namespace abax
