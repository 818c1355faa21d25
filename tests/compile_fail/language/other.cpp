// What is in no other category: too many operands, and a merged axis in parse_shape.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: other | too_many_operands | ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,, -> "
// WRONG 2: other | too_many_operands | pattern | ,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,^, ->
void too_many_operands_in_einsum(const tensor<float>& x) {
#if WRONG == 1
    (void)einsum(",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,, -> ", x, x);
#elif WRONG == 2
    (void)einsum<",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,, -> ">(x, x);
#else
    (void)einsum("b, b -> b", x, x);
    (void)einsum<"b, b -> b">(x, x);
#endif
}

// WRONG 3: other | group_in_shape | "b (h w)"
// WRONG 4: other | group_in_shape | pattern | b ^(h w)
void group_in_shape_in_parse_shape(const tensor<float>& x) {
#if WRONG == 3
    (void)parse_shape(x, "b (h w)");
#elif WRONG == 4
    (void)parse_shape<"b (h w)">(x);
#else
    (void)parse_shape(x, "b m");
    (void)parse_shape<"b m">(x);
#endif
}

// WRONG 5: other | group_in_shape | "b (m: h)"
// WRONG 6: other | group_in_shape | pattern | b ^(m: h)
void group_in_shape_in_parse_shape_again(const tensor<float>& x) {
#if WRONG == 5
    (void)parse_shape(x, "b (m: h)");
#elif WRONG == 6
    (void)parse_shape<"b (m: h)">(x);
#else
    (void)parse_shape(x, "b (h 1)");
    (void)parse_shape<"b (h 1)">(x);
#endif
}
