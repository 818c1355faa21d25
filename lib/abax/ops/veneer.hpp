#pragma once

#include <abax/shape/tensor.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace abax::detail {

/// Gives a result the static type of the operand it came from.
template <tensor_like X>
[[nodiscard]] X typed(any_tensor result) {
    return X(std::move(result));
}

[[nodiscard]] inline const any_tensor& untyped(const any_tensor& x) noexcept {
    return x;
}
template <element T>
[[nodiscard]] const any_tensor& untyped(const tensor<T>& x) noexcept {
    return x.any();
}
[[nodiscard]] inline any_tensor& untyped(any_tensor& x) noexcept {
    return x;
}
template <element T>
[[nodiscard]] any_tensor& untyped(tensor<T>& x) noexcept {
    return x.any();
}

/// tensor<U> for a typed operand, any_tensor for an untyped one.
template <tensor_like X, element U>
struct with_type {
    using type = tensor<U>;
};
template <element U>
struct with_type<any_tensor, U> {
    using type = any_tensor;
};
template <tensor_like X, element U>
using retyped = typename with_type<X, U>::type;

/// `any_tensor` if it is among these types, else void: what a verb on several operands gives that are not all typed.
/// Typed ones alone stay with the verb that makes the compiler compare their types.
template <class... Xs>
using any_among = std::conditional_t<(std::same_as<Xs, any_tensor> || ...), any_tensor, void>;

}  // namespace abax::detail
