#include <abax/ops/movement.hpp>
#include <abax/ops/views.hpp>
#include <abax/plan/align.hpp>

#include <algorithm>
#include <functional>

namespace abax {

using namespace detail;  // what the movements share

namespace {

// "'s' m", the axes whose positions are not among those listed.
std::string left_out(const shape& axes, const std::vector<std::size_t>& listed) {
    std::string text;
    for (std::size_t i = 0; i < axes.rank(); ++i)
        if (std::find(listed.begin(), listed.end(), i) == listed.end())
            text += (text.empty() ? "" : " ") + label_or_position(axes, i);
    return text;
}

// Where a new axis comes to stand by PyTorch's count: -1 is behind all others.
std::size_t place_for(const shape& axes, int position) {
    const auto rank = static_cast<int>(axes.rank());
    if (position < -rank - 1 || position > rank)
        throw error(
            {.kind = category::unknown_axis,
             .operation = "unsqueeze",
             .message = "there is no axis " + std::to_string(position) + " in rank "
                      + std::to_string(rank + 1),
             .input = axes.str(),
             .expected = std::to_string(-rank - 1) + " to " + std::to_string(rank),
             .got = std::to_string(position)}
        );
    return static_cast<std::size_t>(position < 0 ? position + rank + 1 : position);
}

any_tensor with_unit(const any_tensor& x, std::string_view label, std::size_t at) {
    const axis unit = added_axis("unsqueeze", x.shape(), label, 1);
    return viewed("unsqueeze", x, with_axis(x.where(), at, unit, 0));
}

any_tensor repeated(const any_tensor& x, std::string_view label, std::int64_t extent) {
    const axis added = added_axis("broadcast", x.shape(), label, extent);
    return viewed("broadcast", x, with_axis(x.where(), 0, added, 0));
}

}  // namespace

any_tensor permute(const any_tensor& x, const axes_argument& order) {
    const shape& axes = x.shape();
    // A tensor of rank 0 has an order too: the empty one.
    const auto listed = axes.rank() == 0 && order.axes().empty()
                          ? std::vector<std::size_t>{}
                          : positions_of("permute", axes, order);
    if (listed.size() != axes.rank())
        throw error(
            {.kind = category::rank_mismatch,
             .operation = "permute",
             .message = "the new order leaves out " + left_out(axes, listed),
             .expected_extent = static_cast<std::int64_t>(axes.rank()),
             .got_extent = static_cast<std::int64_t>(listed.size()),
             .input = axes.str(),
             .expected = "each axis once",
             .help = "permute lists every axis; no axis can be dropped by it"}
        );
    layout where{{}, {}, x.where().offset};
    for (const std::size_t i : listed) {
        where.axes.push_back(axes[i]);
        where.stride.push_back(x.where().stride[i]);
    }
    return viewed("permute", x, std::move(where));
}

any_tensor squeeze(const any_tensor& x, const axes_argument& which) {
    auto listed = positions_of("squeeze", x.shape(), which);
    for (const std::size_t i : listed)
        if (x.shape()[i].extent != 1)
            throw error(
                {.kind = category::size_mismatch,
                 .operation = "squeeze",
                 .message = label_or_position(x.shape(), i) + " has extent "
                          + std::to_string(x.shape()[i].extent) + ", not 1",
                 .axis = std::string(x.shape()[i].label.text()),
                 .expected_extent = 1,
                 .got_extent = x.shape()[i].extent,
                 .input = x.shape().str(),
                 .help = "choose one position (at), or reduce over the axis"}
            );
    layout where = x.where();
    std::sort(listed.begin(), listed.end(), std::greater<>());
    for (const std::size_t i : listed) {
        where.axes.erase(i);
        where.stride.erase(i);
    }
    return viewed("squeeze", x, std::move(where));
}

any_tensor unsqueeze(const any_tensor& x, axis_argument added) {
    if (!added.by_position()) {
        require_axis_name("unsqueeze", x.shape(), added.label());
        return with_unit(x, added.label(), 0);
    }
    return with_unit(x, {}, x.is_named() ? 0 : place_for(x.shape(), added.position()));
}

any_tensor unsqueeze(const any_tensor& x, std::string_view label, axis_argument before) {
    require_axis_name("unsqueeze", x.shape(), label);
    return with_unit(x, label, position_of("unsqueeze", x.shape(), before));
}

any_tensor broadcast(const any_tensor& x, std::string_view label, std::int64_t extent) {
    require_axis_name("broadcast", x.shape(), label);
    return repeated(x, label, extent);
}

any_tensor broadcast(const any_tensor& x, std::int64_t extent) {
    return repeated(x, {}, extent);
}

}  // namespace abax
