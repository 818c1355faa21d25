#include <abax/ops/movement.hpp>
#include <abax/ops/views.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/transform.hpp>

#include <algorithm>

/// The views that combine strides, turn them round or step over them.
namespace abax {

using namespace detail;  // what the movements share

namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos
             ? std::string_view{}
             : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Two axes become one, in the place of the first.
any_tensor on_diagonal(
    const any_tensor& x, std::size_t first, std::size_t second, name called, std::string pattern
) {
    const shape& axes = x.shape();
    const call_site site{"diagonal", nullptr, axes.str()};
    if (axes[first].extent != axes[second].extent)
        throw site.anywhere(
            {.kind = category::size_mismatch,
             .message = label_or_position(axes, first) + " is " + std::to_string(axes[first].extent)
                      + " and " + label_or_position(axes, second) + " is "
                      + std::to_string(axes[second].extent),
             .pattern = std::move(pattern),
             .axis = std::string(axes[second].label.text()),
             .expected_extent = axes[first].extent,
             .got_extent = axes[second].extent,
             .expected = "equal extents",
             .help = "slice the longer one first"}
        );
    layout where = x.where();
    where.axes[first] = {called, axes[first].extent, nullptr};
    if (x.volume() > 0 && axes[first].extent > 1)
        where.stride[first] += where.stride[second];
    where.axes.erase(second);
    where.stride.erase(second);
    check_distinct(site, where.axes);
    return viewed("diagonal", x, std::move(where));
}

void require_at_least_1(
    const shape& axes, std::size_t at, std::string_view what, std::int64_t count
) {
    if (count < 1)
        throw error(
            {.kind = category::usage,
             .operation = "unfold",
             .message = "the " + std::string(what) + " must be 1 or more",
             .axis = std::string(axes[at].label.text()),
             .input = axes.str(),
             .got = std::to_string(count)}
        );
}

any_tensor windows(
    const any_tensor& x,
    axis_argument along,
    std::string_view label,
    std::int64_t window,
    std::int64_t step
) {
    const shape& axes = x.shape();
    const std::size_t at = position_of("unfold", axes, along);
    require_divisible_name("unfold", axes, at, "a window");
    require_at_least_1(axes, at, "window", window);
    require_at_least_1(axes, at, "step", step);
    const axis added = added_axis("unfold", axes, label, window);
    const std::int64_t extent = axes[at].extent;
    if (window > extent)
        throw error(
            {.kind = category::size_mismatch,
             .operation = "unfold",
             .message = "a window of " + std::to_string(window) + " does not fit "
                      + label_or_position(axes, at) + " of extent " + std::to_string(extent),
             .axis = std::string(axes[at].label.text()),
             .expected_extent = extent,
             .got_extent = window,
             .input = axes.str(),
             .expected = "a window of at most " + std::to_string(extent),
             .got = std::to_string(window),
             .help = "pad the axis first"}
        );
    layout where = x.where();
    const std::int64_t stride = where.stride[at];
    const std::int64_t count = (extent - window) / step + 1;
    where.axes[at] = {axes[at].label, count, nullptr};
    if (count > 1 && x.volume() > 0)  // so that no step, however long, overflows
        where.stride[at] *= step;
    return viewed("unfold", x, with_axis(std::move(where), x.rank(), added, stride));
}

}  // namespace

any_tensor diagonal(const any_tensor& x, std::string_view pattern) {
    const std::size_t arrow = pattern.find("->");
    const axes_argument left(pattern.substr(0, std::min(arrow, pattern.size())));
    if (arrow == std::string_view::npos || left.axes().size() != 2)
        throw error(
            {.kind = category::syntax,
             .operation = "diagonal",
             .message = "a diagonal reads 'a b -> c': two axes, and what their diagonal is called",
             .pattern = std::string(pattern),
             .input = x.shape().str(),
             .help = "other axes are carried along, and not written"}
        );
    const auto of = positions_of("diagonal", x.shape(), left);
    const std::string_view called = trimmed(pattern.substr(arrow + 2));
    require_axis_name("diagonal", x.shape(), called);
    return on_diagonal(x, of[0], of[1], name(called), std::string(pattern));
}

any_tensor diagonal(const any_tensor& x, int first, int second) {
    const auto of = positions_of("diagonal", x.shape(), {first, second});
    return on_diagonal(x, of[0], of[1], {}, {});
}

any_tensor flip(const any_tensor& x, const axes_argument& which) {
    const auto listed = positions_of("flip", x.shape(), which);
    layout where = x.where();
    for (const std::size_t i : listed) {
        require_divisible_name("flip", x.shape(), i, "the reverse");
        where.axes[i] = x.shape()[i].forgotten();
        if (x.shape()[i].extent < 2)
            continue;
        where = advanced(std::move(where), i, x.shape()[i].extent - 1);
        where.stride[i] = -where.stride[i];
    }
    return viewed("flip", x, std::move(where));
}

any_tensor unfold(
    const any_tensor& x,
    axis_argument along,
    std::string_view label,
    std::int64_t window,
    std::int64_t step
) {
    require_axis_name("unfold", x.shape(), label);
    return windows(x, along, label, window, step);
}

any_tensor unfold(
    const any_tensor& x, axis_argument along, std::int64_t window, std::int64_t step
) {
    return windows(x, along, {}, window, step);
}

}  // namespace abax
