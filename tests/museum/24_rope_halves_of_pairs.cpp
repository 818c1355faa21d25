// Rotary positions turn halves of weights that were trained in pairs: karpathy/nanochat#264, keras-team/keras-hub#1416,
// henrywoo/pyllama#83
// WRONG: name_mismatch | the_axis_remembers_other_factors | pattern{b s ^(h r f) -> r b h s f} | says{(h r f)} | has{(h f r)}
#include <abax/io/typed_load.hpp>

#include "../io/scratch.hpp"
#include "museum.hpp"

#include <filesystem>

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b s m">& x, const tensor<float, "(h f r) m">& wq) {
    const auto q = dot<"m">(x, wq);
    return rearrange<"b s (h r f) -> r b h s f">(q);
}
#else
using namespace abax::museum;

namespace {

// The file of a weight whose features go (h f r): 3 heads, 2 frequencies, the two numbers of a rotated pair side by side.
class weight_file {
public:
    weight_file() { save_npy(path(), iota<float>(shape::of({12, 4}))); }
    [[nodiscard]] std::filesystem::path path() const { return folder_ / "wq.npy"; }

private:
    testing::scratch_folder folder_;
};

tensor<float, "b s m"> inputs() {
    return iota<float, "b s m">(3, 4, 4);
}

}  // namespace

TEST_CASE("exhibit 24: weights that were trained in pairs are split into pairs") {
    const weight_file file;
    const auto x = inputs();
    const auto plain = load_npy<float, "o m">(file.path());
    const auto wq = load_npy<float, "(h f r) m">(file.path(), {{"h", 3}, {"f", 2}});

    const tensor<float, "r b h s f"> pairs = rearrange<"b s (h f r) -> r b h s f">(dot<"m">(x, wq));

    const auto feature = [&](auto b, auto s, auto o) {
        float sum = 0;
        for (int m = 0; m < 4; ++m)
            sum += x(b, s, m) * plain(o, m);
        return sum;
    };
    const auto right = [&](auto r, auto b, auto h, auto s, auto f) {
        return feature(b, s, h * 4 + f * 2 + r);
    };
    CHECK(difference(pairs, right) == "");
    const auto theirs = [&](auto r, auto b, auto h, auto s, auto f) {
        return feature(b, s, h * 4 + r * 2 + f);
    };
    CHECK(difference(pairs, theirs) != "");
}

TEST_CASE("exhibit 24: a value that was loaded in pairs is not split into halves") {
    const weight_file file;
    const auto wq = load_npy<float>(file.path(), "(h f r) m", {{"h", 3}, {"f", 2}});
    const auto q = dot(inputs(), wq, "m");

    const auto mistake = [&] { (void)rearrange(q, "b s (h r f) -> r b h s f"); };
    CHECK(outcome_of(mistake, q) == "name_mismatch");
}

TEST_CASE("exhibit 24: of a weight that was loaded without factors nothing can be noticed") {
    const weight_file file;
    const auto q = dot<"m">(inputs(), load_npy<float, "o m">(file.path()));

    CHECK(rearrange<"b s (h r f) -> r b h s f">(q, "h"_ax = 3, "f"_ax = 2).rank() == 5);
}
#endif
