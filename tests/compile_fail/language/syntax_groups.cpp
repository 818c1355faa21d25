// Texts that are no pattern: parentheses.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: syntax | unclosed_group | "b (h w -> b h w"
// WRONG 2: syntax | unclosed_group | pattern | b (h w ^-> b h w
void unclosed_group_in_rearrange(const tensor<float>& x) {
#if WRONG == 1
    (void)rearrange(x, "b (h w -> b h w");
#elif WRONG == 2
    (void)rearrange<"b (h w -> b h w">(x);
#else
    (void)rearrange(x, "b (h w) -> b h w");
    (void)rearrange<"b (h w) -> b h w">(x);
#endif
}

// WRONG 3: syntax | unclosed_group | "b (i, i -> b"
// WRONG 4: syntax | unclosed_group | pattern | b (i^, i -> b
void unclosed_group_in_einsum(const tensor<float>& x) {
#if WRONG == 3
    (void)einsum("b (i, i -> b", x, x);
#elif WRONG == 4
    (void)einsum<"b (i, i -> b">(x, x);
#else
    (void)einsum("b i, i -> b", x, x);
    (void)einsum<"b i, i -> b">(x, x);
#endif
}

// WRONG 5: syntax | unclosed_group | pattern | b (h d^
void unclosed_group_in_a_type(const tensor<float>& x) {
#if WRONG == 5
    (void)as<"b (h d">(x);
#else
    (void)as<"b (h d)">(x);
#endif
}

// WRONG 6: syntax | nested_group | "b (h (w c)) -> b h w c"
// WRONG 7: syntax | nested_group | pattern | b (h ^(w c)) -> b h w c
void nested_group_in_rearrange(const tensor<float>& x) {
#if WRONG == 6
    (void)rearrange(x, "b (h (w c)) -> b h w c");
#elif WRONG == 7
    (void)rearrange<"b (h (w c)) -> b h w c">(x);
#else
    (void)rearrange(x, "b (h w c) -> b h w c");
    (void)rearrange<"b (h w c) -> b h w c">(x);
#endif
}

// WRONG 8: syntax | nested_group | pattern | (b ^(h d))
void nested_group_in_a_type(const tensor<float>& x) {
#if WRONG == 8
    (void)as<"(b (h d))">(x);
#else
    (void)as<"b (h d)">(x);
#endif
}

// WRONG 9: syntax | unopened_group | "b h) w -> b h w"
// WRONG 10: syntax | unopened_group | pattern | b h^) w -> b h w
void unopened_group_in_rearrange(const tensor<float>& x) {
#if WRONG == 9
    (void)rearrange(x, "b h) w -> b h w");
#elif WRONG == 10
    (void)rearrange<"b h) w -> b h w">(x);
#else
    (void)rearrange(x, "b h w -> b h w");
    (void)rearrange<"b h w -> b h w">(x);
#endif
}

// WRONG 11: syntax | unopened_group | pattern | b h d^)
void unopened_group_in_a_type(const tensor<float>& x) {
#if WRONG == 11
    (void)as<"b h d)">(x);
#else
    (void)as<"b h d">(x);
#endif
}

// WRONG 12: syntax | stray_colon | "m: h d -> h d"
// WRONG 13: syntax | stray_colon | pattern | m^: h d -> h d
void stray_colon_in_rearrange(const tensor<float>& x) {
#if WRONG == 12
    (void)rearrange(x, "m: h d -> h d");
#elif WRONG == 13
    (void)rearrange<"m: h d -> h d">(x);
#else
    (void)rearrange(x, "(m: h d) -> h d");
    (void)rearrange<"(m: h d) -> h d">(x);
#endif
}

// WRONG 14: syntax | stray_colon | pattern | b m^: h d
void stray_colon_in_a_type(const tensor<float>& x) {
#if WRONG == 14
    (void)as<"b m: h d">(x);
#else
    (void)as<"b (m: h d)">(x);
#endif
}

// WRONG 15: syntax | colon_without_space | "b (m:h d) -> b h d"
// WRONG 16: syntax | colon_without_space | pattern | b (m:^h d) -> b h d
void colon_without_space_in_rearrange(const tensor<float>& x) {
#if WRONG == 15
    (void)rearrange(x, "b (m:h d) -> b h d");
#elif WRONG == 16
    (void)rearrange<"b (m:h d) -> b h d">(x);
#else
    (void)rearrange(x, "b (m: h d) -> b h d");
    (void)rearrange<"b (m: h d) -> b h d">(x);
#endif
}

// WRONG 17: syntax | bad_label | "b (3: h d) -> b h d"
// WRONG 18: syntax | bad_label | pattern | b (^3: h d) -> b h d
void bad_label_in_rearrange(const tensor<float>& x) {
#if WRONG == 17
    (void)rearrange(x, "b (3: h d) -> b h d");
#elif WRONG == 18
    (void)rearrange<"b (3: h d) -> b h d">(x);
#else
    (void)rearrange(x, "b (m: h d) -> b h d");
    (void)rearrange<"b (m: h d) -> b h d">(x);
#endif
}

// WRONG 19: syntax | empty_label | "b (m: ) -> b"
// WRONG 20: syntax | empty_label | pattern | b ^(m: ) -> b
void empty_label_in_rearrange(const tensor<float>& x) {
#if WRONG == 19
    (void)rearrange(x, "b (m: ) -> b");
#elif WRONG == 20
    (void)rearrange<"b (m: ) -> b">(x);
#else
    (void)rearrange(x, "b () -> b");
    (void)rearrange<"b () -> b">(x);
#endif
}

// WRONG 21: syntax | empty_label | pattern | b ^(m: )
void empty_label_in_a_type(const tensor<float>& x) {
#if WRONG == 21
    (void)as<"b (m: )">(x);
#else
    (void)as<"b m">(x);
#endif
}
