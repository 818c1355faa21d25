#include <abax/ops/along.hpp>
#include <abax/ops/movement.hpp>
#include <abax/plan/align.hpp>

namespace abax::detail {

any_tensor axis_walk::view(std::int64_t position) const {
    layout where = advanced(whole.where(), axis, position);
    where.axes.erase(axis);
    where.stride.erase(axis);
    return whole.viewed(std::move(where));
}

void axis_walk::require_position(std::int64_t position) const {
    if (position >= 0 && position < extent())
        return;
    const shape& axes = whole.shape();
    throw error(
        {.kind = category::usage,
         .operation = "along",
         .message = std::to_string(position) + " lies outside " + label_or_position(axes, axis)
                  + " of extent " + std::to_string(extent()),
         .axis = std::string(axes[axis].label.text()),
         .expected_extent = extent(),
         .got_extent = position,
         .input = axes.str(),
         .expected = extent() > 0 ? "0 to " + std::to_string(extent() - 1) : "no position",
         .got = std::to_string(position)}
    );
}

axis_walk walk_along(const any_tensor& x, const axis_argument& which) {
    axis_walk walk{x, position_of("along", x.shape(), which)};
    // One verb, one record, however many views are taken.
    perform(
        view_cost{"along"},
        true,
        [&] { return std::move(call(x.type()).knows(x.shape()).detail(x.shape().axes_text())); },
        [] {}
    );
    return walk;
}

}  // namespace abax::detail
