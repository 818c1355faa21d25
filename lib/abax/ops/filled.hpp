#pragma once

#include <abax/ops/movement.hpp>
#include <abax/shape/any_tensor.hpp>

#include <string_view>
#include <utility>

namespace abax::detail {

/// A new tensor whose elements `write` puts down: no arithmetic, and each element is written once. Dry if `dry`, or in
/// a dry run. Private to this floor.
template <class Write>
[[nodiscard]] any_tensor filled(
    std::string_view operation, dtype type, const shape& axes, Write&& write, bool dry = false
) {
    any_tensor result = dry ? any_tensor::dry(type, axes) : any_tensor::empty(type, axes);
    perform(
        movement_cost{operation},
        result.is_dry(),
        [&] { return std::move(call(type).writes(axes, type).detail(axes.axes_text())); },
        [&] { std::forward<Write>(write)(result); }
    );
    return result;
}

}  // namespace abax::detail
