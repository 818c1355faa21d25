#include <abax/ops/movement.hpp>
#include <abax/ops/select.hpp>
#include <abax/plan/align.hpp>

namespace abax {

using namespace detail;  // what the movements share

any_tensor slice(const any_tensor& x, const range& which) {
    return viewed("slice", x, part_of("slice", x, which));
}

any_tensor at(const any_tensor& x, axis_argument along, std::int64_t position) {
    const std::size_t which = position_of("at", x.shape(), along);
    const std::int64_t extent = x.shape()[which].extent;
    const std::int64_t from_start = position < 0 ? position + extent : position;
    if (from_start < 0 || from_start >= extent)
        outside("at", x.shape(), which, position, {});
    layout where = x.where();
    where.offset += from_start * where.stride[which];
    where.axes.erase(which);
    where.stride.erase(which);
    return viewed("at", x, std::move(where));
}

std::vector<any_tensor> split(
    const any_tensor& x, axis_argument along, const std::vector<std::int64_t>& extents
) {
    const std::size_t which = position_of("split", x.shape(), along);
    require_divisible_name("split", x.shape(), which);
    std::int64_t total = 0;
    for (const std::int64_t extent : extents) {
        if (extent < 0)
            outside("split", x.shape(), which, extent, "the extent of a part cannot be negative");
        total = checked_add(total, extent, "the sum of the parts");
    }
    if (total != x.shape()[which].extent)
        throw error(
            {.kind = category::size_mismatch,
             .operation = "split",
             .message = "the parts add up to " + std::to_string(total) + ", but "
                      + label_or_position(x.shape(), which) + " is "
                      + std::to_string(x.shape()[which].extent),
             .axis = std::string(x.shape()[which].label.text()),
             .expected_extent = x.shape()[which].extent,
             .got_extent = total,
             .input = x.shape().str()}
        );
    std::vector<any_tensor> parts;
    std::int64_t from = 0;
    for (const std::int64_t extent : extents) {
        layout where = x.where();
        where.offset += extent > 0 ? from * where.stride[which] : 0;
        where.axes[which] = {x.shape()[which].label, extent, nullptr};
        parts.push_back(x.viewed(std::move(where)));
        from += extent;
    }
    // One verb, one record, however many parts.
    perform(
        view_cost{"split"},
        true,
        [&] { return std::move(call(x.type()).knows(x.shape()).detail(x.shape().axes_text())); },
        [] {}
    );
    return parts;
}

}  // namespace abax
