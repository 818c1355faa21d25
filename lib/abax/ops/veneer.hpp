#pragma once

#include <abax/shape/tensor.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace abax::detail {

/// Gives a result the static type of the operand it came from, whose axes it has if they are part of the type.
template <tensor_like X>
[[nodiscard]] X typed(any_tensor result) {
    if constexpr (axes_in_type<X>)
        return X(trusted{}, std::move(result));
    else
        return X(std::move(result));
}

/// The same for a call that gives one.
template <tensor_like X>
[[nodiscard, gnu::always_inline]] inline X typed(const pending& call) {
    if constexpr (axes_in_type<X>)
        return X(trusted{}, call);
    else
        return X(call);
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

/// tensor<U> for a tensor<T>, with the same axes in its type; any_tensor for any_tensor.
template <tensor_like X, element U>
struct with_type {
    using type = any_tensor;
};
template <element T, static_axes Axes, element U>
struct with_type<tensor<T, Axes>, U> {
    using type = tensor<U, Axes>;
};
template <tensor_like X, element U>
using retyped = typename with_type<X, U>::type;

///@{
/// The element type of a tensor<T>, and the axes of its type: `names_in_value` if they are not there.
template <class X>
struct tensor_traits;
template <element T, static_axes Axes>
struct tensor_traits<tensor<T, Axes>> {
    using value_type = T;
    static constexpr static_axes axes = Axes;
};
template <class X>
using element_of = typename tensor_traits<X>::value_type;
template <class X>
inline constexpr static_axes axes_of = tensor_traits<X>::axes;
///@}

/// The same without axes in its type: what a verb gives whose pattern is an argument.
template <tensor_like X>
struct without_axes {
    using type = X;
};
template <element T, static_axes Axes>
struct without_axes<tensor<T, Axes>> {
    using type = tensor<T>;
};
template <tensor_like X>
using dynamic = typename without_axes<X>::type;

/// `any_tensor` if it is among these types, else void: what a verb on several operands gives that are not all typed.
/// Typed ones alone stay with the verb that makes the compiler compare their types.
template <class... Xs>
using any_among = std::conditional_t<(std::same_as<Xs, any_tensor> || ...), any_tensor, void>;

}  // namespace abax::detail
