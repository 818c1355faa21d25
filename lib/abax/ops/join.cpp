#include <abax/ops/join.hpp>
#include <abax/ops/movement.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/transform.hpp>

namespace abax {

using namespace detail;  // what the movements share

namespace {

// Named parts may have their axes in another order: they are read in that of the first.
any_tensor in_order_of(const shape& axes, const any_tensor& x) {
    if (!axes.is_named() || axes.rank() != x.rank())
        return x;
    layout where{{}, {}, x.where().offset};
    for (const axis& a : axes) {
        const auto at = x.shape().find(a.label);
        if (!at)
            return x;
        where.axes.push_back(x.shape()[*at]);
        where.stride.push_back(x.where().stride[*at]);
    }
    return x.viewed(std::move(where));
}

std::vector<any_tensor> in_one_order(
    std::string_view operation, std::span<const any_tensor> parts
) {
    if (parts.empty())
        throw error(
            {.kind = category::other,
             .operation = std::string(operation),
             .message = "there are no tensors to put together",
             .expected = "at least one tensor"}
        );
    std::vector<any_tensor> aligned;
    for (const any_tensor& x : parts)
        aligned.push_back(in_order_of(parts[0].shape(), x));
    return aligned;
}

void check_stackable(const any_tensor& first, const any_tensor& x) {
    const std::string both = "(" + first.shape().str() + "), (" + x.shape().str() + ")";
    const auto fault = [&](category kind, std::string message) {
        return error(
            {.kind = kind,
             .operation = "stack",
             .message = std::move(message),
             .input = both,
             .expected = "tensors of equal shapes"}
        );
    };
    if (x.rank() != first.rank())
        throw fault(category::rank_mismatch, "tensors of different ranks do not stack");
    for (std::size_t i = 0; i < x.rank(); ++i) {
        if (x.shape()[i].extent != first.shape()[i].extent)
            throw fault(category::size_mismatch, "tensors of different extents do not stack");
        if (x.shape()[i].label != first.shape()[i].label
            || !x.shape()[i].remembers_like(first.shape()[i]))
            throw fault(category::name_mismatch, "tensors of different names do not stack");
    }
}

}  // namespace

any_tensor concat(std::span<const any_tensor> given, axis_argument along) {
    const std::vector<any_tensor> parts = in_one_order("concat", given);
    const std::size_t which = position_of("concat", parts[0].shape(), along);
    require_divisible_name("concat", parts[0].shape(), which);
    shape axes = parts[0].shape();
    axes[which] = {axes[which].label, 0, nullptr};
    const dtype type = common_dtype("concat", parts);
    for (const any_tensor& x : parts) {
        require_same_axes("concat", parts[0].shape(), x.shape(), which);
        axes[which].extent = checked_add(axes[which].extent, x.shape()[which].extent, "an extent");
    }
    any_tensor result = result_for(type, axes, parts);
    perform(
        movement_cost{"concat"},
        result.is_dry(),
        [&] {
            call c(type);
            for (const any_tensor& x : parts)
                c.reads(x);
            return std::move(c.writes(axes, type).detail(axes.axes_text()));
        },
        [&] {
            layout target = result.where();
            for (const any_tensor& x : parts) {
                if (x.volume() > 0)
                    kernels::move(
                        type,
                        result.viewed(target).writable(),
                        x.data(),
                        copy_nest(target, x.where())
                    );
                target.offset += x.shape()[which].extent * target.stride[which];
            }
        }
    );
    return result;
}

any_tensor stack(std::span<const any_tensor> given, std::string_view label) {
    const std::vector<any_tensor> parts = in_one_order("stack", given);
    const dtype type = common_dtype("stack", parts);
    for (const any_tensor& x : parts)
        check_stackable(parts[0], x);
    if (!label.empty())  // a name has to be one, and none comes to unnamed tensors
        (void)added_axis("stack", parts[0].shape(), label, static_cast<std::int64_t>(parts.size()));
    shape axes{axis{name(label), static_cast<std::int64_t>(parts.size()), nullptr}};
    for (const axis& a : parts[0].shape())
        axes.push_back(a);
    check_distinct({"stack", nullptr, axes.str()}, axes);
    any_tensor result = result_for(type, axes, parts);
    perform(
        movement_cost{"stack"},
        result.is_dry(),
        [&] {
            call c(type);
            for (const any_tensor& x : parts)
                c.reads(x);
            return std::move(c.writes(axes, type).detail(axes.axes_text()));
        },
        [&] {
            const strides& dense = result.where().stride;
            std::byte* out = result.writable();
            for (const any_tensor& x : parts) {
                kernels::loops<2> nest;
                for (std::size_t i = 0; i < x.rank(); ++i)
                    nest.push_back({x.shape()[i].extent, {dense[i + 1], x.where().stride[i]}});
                kernels::move(type, out, x.data(), nest);
                out += static_cast<std::size_t>(x.volume()) * size_of(type);
            }
        }
    );
    return result;
}

}  // namespace abax
