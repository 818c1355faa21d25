// More axes than a tensor may have: category rank_mismatch.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: rank_mismatch | too_many_axes | "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a1
// WRONG 2: rank_mismatch | too_many_axes | pattern | 4 a25 a26 a27 a28 a29 a30 a31 ^a32 -> b
void too_many_axes_in_rearrange(const tensor<float>& x) {
#if WRONG == 1
    (void)rearrange(
        x,
        "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31 a32 -> b"
    );
#elif WRONG == 2
    (void)rearrange<
        "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31 a32 -> b">(
        x
    );
#else
    (void)rearrange(x, "a0 a1 a2 -> a0 a1 a2");
    (void)rearrange<"a0 a1 a2 -> a0 a1 a2">(x);
#endif
}

// WRONG 3: rank_mismatch | too_many_axes | "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a1
// WRONG 4: rank_mismatch | too_many_axes | pattern | 4 a25 a26 a27 a28 a29 a30 a31 ^a32, b -> b
void too_many_axes_in_einsum(const tensor<float>& x) {
#if WRONG == 3
    (void)einsum(
        "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31 a32, b -> b",
        x,
        x
    );
#elif WRONG == 4
    (void)einsum<
        "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31 a32, b -> b">(
        x, x
    );
#else
    (void)einsum("a b, b -> a", x, x);
    (void)einsum<"a b, b -> a">(x, x);
#endif
}

// WRONG 5: rank_mismatch | too_many_axes | pattern | 4 a25 a26 a27 a28 a29 a30 a31 ^a32
void too_many_axes_in_a_type(const tensor<float>& x) {
#if WRONG == 5
    (void)as<
        "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31 a32">(
        x
    );
#else
    (void)as<"a0 a1 a2">(x);
#endif
}

// WRONG 6: rank_mismatch | too_many_axes | "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a1
// WRONG 7: rank_mismatch | too_many_axes | pattern | 4 a25 a26 a27 a28 a29 a30 a31 ^a32 *
void too_many_axes_in_pack(const tensor<float>& x) {
#if WRONG == 6
    (void)pack(
        "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31 a32 *",
        x,
        x
    );
#elif WRONG == 7
    (void)pack<
        "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31 a32 *">(
        x, x
    );
#else
    (void)pack("a0 a1 a2 *", x, x);
    (void)pack<"a0 a1 a2 *">(x, x);
#endif
}

// WRONG 8: rank_mismatch | too_many_axes | "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a1
// WRONG 9: rank_mismatch | too_many_axes | pattern | 4 a25 a26 a27 a28 a29 a30 a31 ^a32
void too_many_axes_in_parse_shape(const tensor<float>& x) {
#if WRONG == 8
    (void)parse_shape(
        x,
        "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31 a32"
    );
#elif WRONG == 9
    (void)parse_shape<
        "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31 a32">(
        x
    );
#else
    (void)parse_shape(x, "a0 a1 a2");
    (void)parse_shape<"a0 a1 a2">(x);
#endif
}
