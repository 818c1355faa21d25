// Targets of losses, and the tables of rotary positions.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: name_mismatch | the_targets_have_the_axis_over_which_they_choose | v
auto target_for_each_class(
    const tensor<float, "b s v">& x, const tensor<std::int64_t, "b s v">& t
) {
#if WRONG == 1
    return cross_entropy<"v">(x, t);
#else
    return cross_entropy<"v">(x, at<"v">(t, 0));
#endif
}

// WRONG 2: name_mismatch | the_targets_lack_an_axis_of_the_rows__each_row_needs_one | s
auto target_for_each_batch(const tensor<float, "b s v">& x, const tensor<std::int64_t, "b">& t) {
#if WRONG == 2
    return cross_entropy<"v">(x, t);
#else
    return cross_entropy<"b">(
        rearrange<"b s v -> s v b">(x), broadcast<"v">(rename<"b -> s">(t), 2)
    );
#endif
}

// WRONG 3: name_mismatch | the_targets_have_an_axis_that_the_rows_lack | n
auto target_of_more(const tensor<float, "b s v">& x, const tensor<std::int64_t, "b s n">& t) {
#if WRONG == 3
    return cross_entropy_rows<"v">(x, t);
#else
    return cross_entropy_rows<"v">(x, at<"n">(t, 0));
#endif
}

// WRONG 4: dtype_mismatch | targets_are_positions__int64_or_int32
auto target_that_is_a_float(const tensor<float, "b s v">& x, const tensor<float, "b s">& t) {
#if WRONG == 4
    return cross_entropy<"v">(x, t);
#else
    return cross_entropy<"v">(x, cast<std::int64_t>(t));
#endif
}

// WRONG 5: name_mismatch | the_tables_lack_the_axis_pair_which_holds_the_angles | pair
auto table_without_angles(const tensor<float, "b s d">& x, const rope_table<float, "s m">& table) {
#if WRONG == 5
    return rope_halves<"d">(x, table);
#else
    return rope_halves<"d">(x, rename<"m -> pair">(table));
#endif
}

// WRONG 6: rank_mismatch | the_tables_have_no_axis_of_positions
auto table_without_positions(
    const tensor<float, "b s d">& x, const rope_table<float, "pair">& table
) {
#if WRONG == 6
    return rope_pairs<"d">(x, table);
#else
    return rope_pairs<"d">(
        x,
        rope_table<float, "s pair">{
            broadcast<"s">(table.cosines, 2), broadcast<"s">(table.sines, 2)}
    );
#endif
}

// WRONG 7: name_mismatch | the_tables_have_both_pair_and_the_rotated_axis | d
auto table_with_both(const tensor<float, "b s d">& x, const rope_table<float, "d pair">& table) {
#if WRONG == 7
    return rope_halves<"d">(x, table);
#else
    return rope_halves<"d">(x, rename<"d -> s">(table));
#endif
}

// WRONG 8: name_mismatch | the_tables_have_an_axis_that_the_tensor_lacks__rename_theirs | s'
auto table_of_keys(const tensor<float, "b s d">& x, const rope_table<float, "s' pair">& table) {
#if WRONG == 8
    return rope_halves<"d">(x, table);
#else
    return rope_halves<"d">(x, rename<"s' -> s">(table));
#endif
}
