// Texts that are no pattern: those of pack and unpack, which hold names and one '*'.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: syntax | missing_star | "b c"
// WRONG 2: syntax | missing_star | pattern | b c^
void missing_star_in_pack(const tensor<float>& x) {
#if WRONG == 1
    (void)pack("b c", x, x);
#elif WRONG == 2
    (void)pack<"b c">(x, x);
#else
    (void)pack("b * c", x, x);
    (void)pack<"b * c">(x, x);
#endif
}

// WRONG 3: syntax | missing_star | "b ..."
// WRONG 4: syntax | missing_star | pattern | b ^...
void missing_star_in_unpack(const tensor<float>& x, const packed_shapes& shapes) {
#if WRONG == 3
    (void)unpack(x, shapes, "b ...");
#elif WRONG == 4
    (void)unpack<"b ...">(x, shapes);
#else
    (void)unpack(x, shapes, "b *");
    (void)unpack<"b *">(x, shapes);
#endif
}

// WRONG 5: syntax | glued_star | "b* c"
// WRONG 6: syntax | glued_star | pattern | ^b* c
void glued_star_in_pack(const tensor<float>& x) {
#if WRONG == 5
    (void)pack("b* c", x, x);
#elif WRONG == 6
    (void)pack<"b* c">(x, x);
#else
    (void)pack("b * c", x, x);
    (void)pack<"b * c">(x, x);
#endif
}

// WRONG 7: syntax | not_packable | "(b c) *"
// WRONG 8: syntax | not_packable | pattern | ^(b c) *
void not_packable_in_pack(const tensor<float>& x) {
#if WRONG == 7
    (void)pack("(b c) *", x, x);
#elif WRONG == 8
    (void)pack<"(b c) *">(x, x);
#else
    (void)pack("b c *", x, x);
    (void)pack<"b c *">(x, x);
#endif
}

// WRONG 9: syntax | not_packable | "b 3 *"
// WRONG 10: syntax | not_packable | pattern | b ^3 *
void not_packable_in_unpack(const tensor<float>& x, const packed_shapes& shapes) {
#if WRONG == 9
    (void)unpack(x, shapes, "b 3 *");
#elif WRONG == 10
    (void)unpack<"b 3 *">(x, shapes);
#else
    (void)unpack(x, shapes, "b *");
    (void)unpack<"b *">(x, shapes);
#endif
}

// WRONG 11: syntax | bad_name | "_b *"
// WRONG 12: syntax | bad_name | pattern | ^_b *
void bad_name_in_pack(const tensor<float>& x) {
#if WRONG == 11
    (void)pack("_b *", x, x);
#elif WRONG == 12
    (void)pack<"_b *">(x, x);
#else
    (void)pack("b *", x, x);
    (void)pack<"b *">(x, x);
#endif
}

// WRONG 13: syntax | stray_character
// WRONG 14: syntax | stray_character
void stray_character_in_pack(const tensor<float>& x) {
#if WRONG == 13
    (void)pack("b \xC3\xA9 *", x, x);
#elif WRONG == 14
    (void)pack<"b \xC3\xA9 *">(x, x);
#else
    (void)pack("b e *", x, x);
    (void)pack<"b e *">(x, x);
#endif
}
