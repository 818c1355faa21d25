#pragma once

#include <abax/plan/arguments.hpp>
#include <abax/shape/tensor.hpp>

#include <concepts>
#include <type_traits>

/// Calls that read well in NumPy or PyTorch and could mean two things. They do not compile, and the compiler says what to
/// write instead: it quotes the declaration, whose result is a type that is called by the advice.
namespace abax {

/// Advice as types: what to write instead of a call that is refused.
namespace instead {
/// `equal(a, b)` is one answer about the whole, and false where the axes differ; `equal_to(a, b)` compares elements.
struct write_equal_for_one_answer_equal_to_for_many {};
/// `!equal(a, b)` is one answer about the whole; `not_equal_to(a, b)` compares elements.
struct write_equal_for_one_answer_not_equal_to_for_many {};
/// Of -7 and 3 `remainder` leaves 2, as % in Python; `fmod` leaves -1, as % in C++, where `/` truncates.
struct write_remainder_as_in_python_or_fmod_as_in_cpp {};
/// There is no default axis: softmax(x, "m"), or softmax(x, -1) of an unnamed tensor.
struct name_the_axis_as_in_softmax_x_m {};
/// The position of the largest element of all has no axis to lie on: argmax(x, "m"), or merge the axes first.
struct name_the_axis_as_in_argmax_x_m {};
/// There is no default axis: layer_norm(x, "m", gain, bias), rms_norm(x, "m", gain).
struct name_the_axis_as_in_layer_norm_x_m_gain_bias {};
/// `n` parts in NumPy, parts of extent n in PyTorch: chunk(x, "m", 3), or split(x, "m", {2, 2, 2}).
struct write_chunk_for_n_parts_or_split_with_a_list_of_extents {};
/// A tag tells the type of the result: reduce(x, "b s m -> b m", by::mean); of text known only at run time,
/// reduce(x.any(), pattern, reduction_named(text)).
struct write_the_reduction_as_a_tag_by_mean {};
}  // namespace instead

namespace detail {

/// What stands beside a tensor in an expression: a number, or another tensor.
template <class X>
concept number = std::is_arithmetic_v<X>;
template <class X>
concept tensor_or_number = tensor_like<X> || number<X>;

}  // namespace detail

///@{
/// Refused: whether a == b is one answer or many, nobody can see.
template <tensor_like A, detail::tensor_or_number B>
instead::write_equal_for_one_answer_equal_to_for_many operator==(const A&, const B&) = delete;
template <tensor_like A, detail::tensor_or_number B>
instead::write_equal_for_one_answer_not_equal_to_for_many operator!=(const A&, const B&) = delete;
template <detail::number A, tensor_like B>
instead::write_equal_for_one_answer_equal_to_for_many operator==(const A&, const B&) = delete;
template <detail::number A, tensor_like B>
instead::write_equal_for_one_answer_not_equal_to_for_many operator!=(const A&, const B&) = delete;
///@}

///@{
/// Refused: of a negative operand Python and C++ differ.
template <tensor_like A, detail::tensor_or_number B>
instead::write_remainder_as_in_python_or_fmod_as_in_cpp operator%(const A&, const B&) = delete;
template <detail::number A, tensor_like B>
instead::write_remainder_as_in_python_or_fmod_as_in_cpp operator%(const A&, const B&) = delete;
///@}

///@{
/// Refused: the wrong axis among several is the bug that names are for, so there is no default.
template <tensor_like X>
instead::name_the_axis_as_in_softmax_x_m softmax(const X&) = delete;
template <tensor_like X>
instead::name_the_axis_as_in_softmax_x_m log_softmax(const X&) = delete;
template <tensor_like X>
instead::name_the_axis_as_in_argmax_x_m argmax(const X&) = delete;
template <tensor_like X>
instead::name_the_axis_as_in_argmax_x_m argmin(const X&) = delete;
template <tensor_like X, tensor_like... Parameters>
instead::name_the_axis_as_in_layer_norm_x_m_gain_bias layer_norm(const X&, const Parameters&...) =
    delete;
template <tensor_like X, tensor_like... Parameters>
instead::name_the_axis_as_in_layer_norm_x_m_gain_bias rms_norm(const X&, const Parameters&...) =
    delete;
///@}

/// Refused: NumPy and PyTorch read the number in two ways.
template <tensor_like X, std::integral Count>
instead::write_chunk_for_n_parts_or_split_with_a_list_of_extents split(
    const X&, axis_argument, Count
) = delete;

/// Refused: the type of the result would hang on a text.
template <element T, std::size_t N>
instead::write_the_reduction_as_a_tag_by_mean reduce(
    const tensor<T>&, const pattern_literal<verb::reduce>&, const char (&how)[N]
) = delete;

}  // namespace abax
