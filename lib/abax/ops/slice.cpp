#include <abax/ops/movement.hpp>
#include <abax/ops/select.hpp>
#include <abax/plan/align.hpp>

namespace abax {

using namespace detail;  // what the movements share

any_tensor slice(const any_tensor& x, const range& which) {
    return viewed("slice", x, part_of("slice", x, which));
}

any_tensor slice(const any_tensor& x, std::initializer_list<range> which) {
    any_tensor part = x;
    for (const range& one : which)
        part = slice(part, one);
    return part;
}

any_tensor at(const any_tensor& x, axis_argument along, std::int64_t position) {
    const std::size_t which = position_of("at", x.shape(), along);
    const std::int64_t extent = x.shape()[which].extent;
    const std::int64_t from_start = position < 0 ? position + extent : position;
    if (from_start < 0 || from_start >= extent)
        outside("at", x.shape(), which, position, {}, extent - 1);
    layout where = advanced(x.where(), which, from_start);
    where.axes.erase(which);
    where.stride.erase(which);
    return viewed("at", x, std::move(where));
}

namespace {

// Consecutive parts of one axis, which they add up to. One verb, one record, however many parts.
std::vector<any_tensor> parts_of(
    std::string_view operation,
    const any_tensor& x,
    std::size_t along,
    const std::vector<std::int64_t>& extents
) {
    std::vector<any_tensor> parts;
    std::int64_t from = 0;
    for (const std::int64_t extent : extents) {
        layout where = extent > 0 ? advanced(x.where(), along, from) : x.where();
        where.axes[along] = {x.shape()[along].label, extent, nullptr};
        parts.push_back(x.viewed(std::move(where)));
        from += extent;
    }
    perform(
        view_cost{operation},
        true,
        [&] { return std::move(call(x.type()).knows(x.shape()).detail(x.shape().axes_text())); },
        [] {}
    );
    return parts;
}

}  // namespace

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
    return parts_of("split", x, which, extents);
}

std::vector<any_tensor> chunk(const any_tensor& x, axis_argument along, std::int64_t count) {
    const std::size_t which = position_of("chunk", x.shape(), along);
    require_divisible_name("chunk", x.shape(), which);
    const axis& whole = x.shape()[which];
    if (count < 1)
        throw error(
            {.kind = category::usage,
             .operation = "chunk",
             .message = "an axis cannot be cut into " + std::to_string(count) + " parts",
             .axis = std::string(whole.label.text()),
             .input = x.shape().str(),
             .expected = "1 part or more",
             .got = std::to_string(count)}
        );
    if (whole.extent % count != 0)
        throw error(
            {.kind = category::not_divisible,
             .operation = "chunk",
             .message = "extent " + std::to_string(whole.extent) + " of "
                      + label_or_position(x.shape(), which) + " is not divisible by "
                      + std::to_string(count),
             .axis = std::string(whole.label.text()),
             .expected_extent = count,
             .got_extent = whole.extent,
             .input = x.shape().str(),
             .expected = "an extent divisible by " + std::to_string(count),
             .got = std::to_string(whole.extent),
             .help = "split makes parts of unequal extents"}
        );
    const std::vector<std::int64_t> extents(static_cast<std::size_t>(count), whole.extent / count);
    return parts_of("chunk", x, which, extents);
}

}  // namespace abax
