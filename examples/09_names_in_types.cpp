// Names in types: the compiler checks which axes meet, and what is left for the run is how long they are.
#include <abax/abax.hpp>

#include <cmath>
#include <concepts>
#include <filesystem>
#include <iostream>

using namespace abax;

namespace {

// Attention in ten lines. The types say what goes in and out. Keys whose positions are called s, too, cannot be passed, and dot<"h">
// in place of dot<"d"> does not compile: its axes are not those of scores.
tensor<float, "b h s d"> attention(
    const tensor<float, "b h s d">& q,
    const tensor<float, "b h s' d">& k,
    const tensor<float, "b h s' d">& v
) {
    const auto mask = causal<"s", "s'">(extent<"s">(q), extent<"s'">(k));
    const double scale = 1 / std::sqrt(static_cast<double>(extent<"d">(q)));
    const tensor<float, "b h s s'"> scores = dot<"d">(q, k) * scale;
    return dot<"s'">(softmax<"s'">(scores, mask), v);
}

// Any tensor with an axis s will do, whatever else it has and wherever s stands: the others come through.
auto centred(const with_axes<"s ..."> auto& x) {
    return x - mean<"s">(x);
}

// At a function's door: names while compiling, extents once when it runs, and both as variables.
tensor<float, "b s f"> project(const tensor<float, "b s m">& x, const tensor<float, "m f">& w) {
    const auto [b, s, m, f] = expect<"b s m, m f">(x, w);
    std::cout << "project: b=" << b << " s=" << s << " m=" << m << " f=" << f << '\n';
    return dot<"m">(x, w);
}

// A pattern is a value, too: it can be taken back and composed, and the compiler can prove what comes of it.
constexpr arrangement heads_apart("b s (h d) -> b h s d");
constexpr arrangement heads_together = inverse(heads_apart);
static_assert(heads_together == arrangement("b h s d -> b s (h d)"));
static_assert(compose(heads_together, heads_apart) == identity);

}  // namespace

int main() {
    // A file has no names: as<> says them where values become types, and what it says is checked.
    const std::filesystem::path file = "names_in_types.npy";
    save_npy(file, randn<float>("b s m", {2, 4, 6}, 42));
    const auto x = as<"b s (m: h d)">(load_npy<float>(file), "h"_ax = 2);
    std::filesystem::remove(file);
    std::cout << "from the file: " << x.shape().str() << '\n';

    // The axis m remembers h and d, so that heads need no size; view_of promises that nothing is copied.
    const tensor<float, "b h s d"> q = view_of<heads_apart>(x);
    const auto k = rename<"s -> s'">(q);
    const auto y = attention(q, k, k);
    std::cout << "attention:     " << y.shape().str() << '\n';

    // Merging the heads again would copy: d is one element apart, h a whole plane.
    try {
        (void)view_of<heads_together>(y);
    } catch (const error& e) {
        std::cout << '\n' << e.what() << "\n\n";
    }
    const tensor<float, "b s (h d)"> merged = rearrange<heads_together>(y);

    // One generic function, any number of types.
    static_assert(std::same_as<decltype(centred(y)), tensor<float, "b h s d">>);
    static_assert(std::same_as<decltype(centred(merged)), tensor<float, "b s (h d)">>);
    const auto left_over = abs(mean<"s">(centred(merged)));
    std::cout << "centred:       " << std::boolalpha << (max(left_over).item() < 1e-6) << '\n';

    // Names agree in both calls; that 5 is not 6 only a run can tell.
    const auto w = randn<float, "m f">({6, 3}, 1);
    (void)project(rename<"(h d) -> m">(merged), w);
    try {
        (void)project(x, randn<float, "m f">({5, 3}, 1));
    } catch (const error& e) {
        std::cout << '\n' << e.what() << '\n';
    }
}
