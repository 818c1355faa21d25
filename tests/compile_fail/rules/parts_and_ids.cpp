// Outer products, look-ups and tensors that are put together.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: name_mismatch | a_named_tensor_does_not_meet_an_unnamed_one__name_its_axes | (b) | (_)
auto outer_of_an_unnamed_one(const tensor<float, "b">& x, const tensor<float, "2">& y) {
#if WRONG == 1
    return outer(x, y);
#else
    return outer(x, as<"s">(tensor<float>(y.any())));
#endif
}

// WRONG 2: dtype_mismatch | the_operands_hold_other_types_of_elements__cast_one
auto outer_of_other_elements(const tensor<float, "b">& x, const tensor<std::int64_t, "s">& y) {
#if WRONG == 2
    return outer(x, y);
#else
    return outer(x, cast<float>(y));
#endif
}

// WRONG 3: name_mismatch | a_named_tensor_does_not_meet_an_unnamed_one__name_its_axes | (v m) | (_)
auto ids_without_a_name(const tensor<float, "v m">& x, const tensor<std::int64_t, "3">& i) {
#if WRONG == 3
    return take<"v">(x, i);
#else
    return take<"v">(x, as<"s">(tensor<std::int64_t>(i.any())));
#endif
}

// WRONG 4: dtype_mismatch | ids_are_int64_or_int32__cast_them
auto ids_that_are_floats(const tensor<float, "v m">& x, const tensor<float, "b">& i) {
#if WRONG == 4
    return take<"v">(x, i);
#else
    return take<"v">(x, cast<std::int64_t>(i));
#endif
}

// WRONG 5: rank_mismatch | the_ids_must_have_the_axes_of_the_tensor_they_count_on | (s m) | (s)
auto ids_of_other_axes(const tensor<float, "s m">& x, const tensor<std::int64_t, "s">& i) {
#if WRONG == 5
    return take_along<"s">(x, i);
#else
    return take_along<"s">(x, argsort<"s">(x));
#endif
}

// WRONG 6: name_mismatch | the_ids_must_have_the_axes_of_the_tensor_they_count_on | (s d)
auto ids_of_other_names(const tensor<float, "s m">& x, const tensor<std::int64_t, "s d">& i) {
#if WRONG == 6
    return take_along<"s">(x, i);
#else
    return take_along<"s">(x, rename<"d -> m">(i));
#endif
}

// WRONG 7: name_mismatch | the_parts_are_of_several_types__bring_them_to_one_by_permute_rename_as_or_cast
auto joined_of_two_types(const tensor<float, "b s">& x, const tensor<float, "s b">& y) {
#if WRONG == 7
    return concat<"s">({x, y});
#else
    return concat<"s">({x, permute<"b s">(y)});
#endif
}

// WRONG 8: name_mismatch | the_parts_are_of_several_types__bring_them_to_one_by_permute_rename_as_or_cast
auto stacked_of_two_types(const tensor<float, "b s">& x, const tensor<double, "b s">& y) {
#if WRONG == 8
    return stack<"n">({x, y});
#else
    return stack<"n">({x, cast<float>(y)});
#endif
}

// WRONG 9: overflow | a_tensor_has_at_most_32_axes
auto too_many_axes(
    const tensor<float, "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19">& x,
    const tensor<float, "b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13 b14 b15 b16 b17 b18 b19">& y
) {
#if WRONG == 9
    return outer(x, y);
#else
    return outer(sum<"a0">(x), sum<"b8 b9 b10 b11 b12 b13 b14 b15 b16 b17 b18 b19">(y));
#endif
}
