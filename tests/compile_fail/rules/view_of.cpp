// The rearrange that must be a view, and plans in words, are checked as the verbs are.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>
#include <abax/ops/explain.hpp>
#include <abax/ops/typed_arrangement.hpp>

using namespace abax;

// WRONG 1: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{b ^t m -> t b m} | says{t} | has{s}
auto another_name(const tensor<float, "b s m">& x) {
#if WRONG == 1
    return view_of<"b t m -> t b m">(x);
#else
    return view_of<"b s m -> s b m">(x);
#endif
}

// WRONG 2: rank_mismatch | the_pattern_has_another_rank_than_the_tensor | tensor{(b s m)}
bool another_rank(const tensor<float, "b s m">& x) {
#if WRONG == 2
    return is_view<"b s -> s b">(x);
#else
    return is_view<"b s m -> s b m">(x);
#endif
}

// WRONG 3: unknown_axis | one_sided_name | "b s m -> s b"
auto one_sided(const tensor<float>& x) {
#if WRONG == 3
    return view_of(x, "b s m -> s b");
#else
    return view_of(x, "b s m -> s b m");
#endif
}

// WRONG 4: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{b ^t m -> m t b} | has{s}
constexpr arrangement backwards("b s m -> m s b");
#if WRONG == 4
constexpr arrangement applied("b t m -> m t b");
#else
constexpr arrangement applied = inverse(inverse(backwards));
#endif
auto arranged(const tensor<float, "b s m">& x) {
    return rearrange<applied>(x);
}

// WRONG 5: unknown_axis | one_sided_name | "b s m -> b s c"
auto explained(const tensor<float>& x) {
#if WRONG == 5
    return explain(x, "b s m -> b s c");
#else
    return explain(x, "b s m -> b s m c", {{"c", 3}});
#endif
}

// WRONG 6: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{b ^t m -> b} | has{s}
auto explained_by_type(const tensor<float, "b s m">& x) {
#if WRONG == 6
    return explain<"b t m -> b">(x, by::sum);
#else
    return explain<"b s m -> b">(x, by::sum);
#endif
}
