// Assignment and initialisation never permute or broadcast; forgetting is implicit, and never goes back.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: name_mismatch | assignment_never_permutes_or_broadcasts | (b (m: h d)) | (b m)
auto remembered(const tensor<float, "b m">& x) {
#if WRONG == 1
    return tensor<float, "b (m: h d)">(x);
#else
    const tensor<float, "b (m: h d)"> known;
    return tensor<float, "b m">(known);
#endif
}

// WRONG 2: name_mismatch | assignment_never_permutes_or_broadcasts | (b (m: h d)) | (b (m: d h))
auto remembered_otherwise(const tensor<float, "b (m: h d)">& x) {
#if WRONG == 2
    const tensor<float, "b (m: d h)"> y = x;
    return y;
#else
    const tensor<float, "b m"> y = x;
    return y;
#endif
}

// WRONG 3: name_mismatch | assignment_never_permutes_or_broadcasts | wanted | (s b) | tensor | (b s)
auto permuted(const tensor<float, "b s">& x) {
#if WRONG == 3
    const tensor<float, "s b"> y = x;
    return y;
#else
    const tensor<float, "s b"> y = permute<"s b">(x);
    return y;
#endif
}

// WRONG 4: rank_mismatch | assignment_keeps_the_rank | (b m) | (m)
auto broadcast(const tensor<float, "m">& x) {
#if WRONG == 4
    const tensor<float, "b m"> y = x;
    return y;
#else
    const tensor<float, "b m"> y = broadcast<"b">(x, 2);
    return y;
#endif
}

// WRONG 5: name_mismatch | assignment_never_permutes_or_broadcasts
void assigned_to_a_name(tensor<float, "s b">& y, const tensor<float, "b s">& x) {
#if WRONG == 5
    y = x;
#else
    y = permute<"s b">(x);
#endif
}

// WRONG 6: rank_mismatch | assignment_keeps_the_rank | wanted | (b m)
auto returned(const tensor<float, "b s m">& x) {
#if WRONG == 6
    return [&]() -> tensor<float, "b m"> {
        return x;
    }
    ();
#else
    return [&]() -> tensor<float, "b m"> {
        return sum<"s">(x);
    }
    ();
#endif
}

// WRONG 7: dtype_mismatch | the_operands_hold_other_types_of_elements__cast_one
auto other_elements(const tensor<float, "b s">& x) {
#if WRONG == 7
    const tensor<double, "b s"> y = x;
    return y;
#else
    const tensor<double, "b s"> y = cast<double>(x);
    return y;
#endif
}

// WRONG 8: name_mismatch | names_in_the_value_are_checked_by_as | (b s)
auto from_a_value(const tensor<float>& x) {
#if WRONG == 8
    const tensor<float, "b s"> y = x;
    return y;
#else
    const tensor<float, "b s"> y = as<"b s">(x);
    return y;
#endif
}

// WRONG 9: name_mismatch | assignment_never_permutes_or_broadcasts | left | (s b) | right | (b s)
void assigned_in_another_order(tensor<float, "s b">& y, const tensor<float, "b s">& x) {
#if WRONG == 9
    assign(y, x);
#else
    assign(y, permute<"s b">(x));
#endif
}

// WRONG 10: rank_mismatch | assignment_keeps_the_rank | (b s) | (s)
void assigned_with_another_rank(tensor<float, "b s">& y, const tensor<float, "s">& x) {
#if WRONG == 10
    assign(y, x);
#else
    assign(y, broadcast<"b">(x, 2));
#endif
}

// WRONG 11: name_mismatch | assignment_never_permutes_or_broadcasts
void assigned_to_a_part(tensor<float, "b s">& y, const tensor<float, "s b">& x) {
#if WRONG == 11
    assign<"s">(y, {0, 1}, x);
#else
    assign<"s">(y, {0, 1}, permute<"b s">(x));
#endif
}

// WRONG 12: dtype_mismatch | the_operands_hold_other_types_of_elements__cast_one
void assigned_other_elements(tensor<float, "b s">& y, const tensor<std::int64_t, "b s">& x) {
#if WRONG == 12
    assign(y, x);
#else
    assign(y, cast<float>(x));
#endif
}
