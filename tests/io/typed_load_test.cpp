#include <abax/io/npy.hpp>
#include <abax/io/npz.hpp>
#include <abax/io/safetensors.hpp>
#include <abax/io/typed_load.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>

#include "scratch.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>

using namespace abax;
using namespace abax::testing;

namespace {

template <class Body>
[[nodiscard]] diagnosis refused(const Body& body) {
    try {
        body();
    } catch (const error& e) {
        return e.details();
    }
    FAIL("nothing was thrown");
    return {};
}

}  // namespace

TEST_CASE("typed load: an npy file's array gets the names of the type") {
    const scratch_folder folder;
    const auto x = iota<float>({2, 12});
    save_npy(folder / "x.npy", x);

    const auto plain = load_npy<float, "b m">(folder / "x.npy");
    const auto merged = load_npy<float, "b (h d)">(folder / "x.npy", {{"h", 3}});
    const tensor<float, "b (m: h d)"> called =
        load_npy<float, "b (m: h d)">(folder / "x.npy", {{"h", 3}});

    static_assert(std::is_same_v<decltype(plain), const tensor<float, "b m">>);
    CHECK(plain.shape() == axes("b m", {2, 12}));
    CHECK(merged.shape() == axes("b (h d)", {2, 12}, {{"h", 3}}));
    CHECK(called.shape() == axes("b (m: h d)", {2, 12}, {{"h", 3}}));
    CHECK(plain.to_vector() == x.to_vector());
}

TEST_CASE("typed load: what the file does not hold is said of the file") {
    const scratch_folder folder;
    save_npy(folder / "x.npy", iota<float>({2, 12}));
    const std::string path = (folder / "x.npy").string();

    const auto rank = refused([&] { (void)load_npy<float, "b s m">(path); });
    CHECK(rank.kind == category::rank_mismatch);
    CHECK(rank.operation == "load_npy");
    CHECK(rank.file == path);
    const auto type = refused([&] { (void)load_npy<double, "b m">(path); });
    CHECK(type.kind == category::dtype_mismatch);
    const auto factors = refused([&] { (void)load_npy<float, "b (h d)">(path); });
    CHECK(factors.kind == category::ambiguous_size);
    CHECK(factors.file == path);
    const auto uneven = refused([&] { (void)load_npy<float, "b (h d)">(path, {{"h", 5}}); });
    CHECK(uneven.kind == category::not_divisible);
}

TEST_CASE("typed load: a member of an npz file") {
    const scratch_folder folder;
    save_npz(folder / "x.npz", {{"w", iota<float>({2, 3})}});
    const auto w = load_npz<float, "i o">(folder / "x.npz", "w");
    static_assert(std::is_same_v<decltype(w), const tensor<float, "i o">>);
    CHECK(w.shape() == axes("i o", {2, 3}));
    CHECK(
        refused([&] { (void)load_npz<float, "i">(folder / "x.npz", "w"); }).kind
        == category::rank_mismatch
    );
}

TEST_CASE("typed load: names that a safetensors file keeps must be those of the type") {
    const scratch_folder folder;
    save_safetensors(
        folder / "x.safetensors",
        {{"w", iota<float>(axes("i (m: h d)", {2, 6}, {{"h", 2}}))}, {"v", iota<float>({2, 6})}}
    );
    const auto file = safetensors::open(folder / "x.safetensors");

    const auto w = file.load<float, "i (m: h d)">("w");
    const auto v = file.load<float, "i (m: h d)">("v", {{"h", 3}});

    static_assert(std::is_same_v<decltype(w), const tensor<float, "i (m: h d)">>);
    CHECK(w.shape() == axes("i (m: h d)", {2, 6}, {{"h", 2}}));
    CHECK(v.shape() == axes("i (m: h d)", {2, 6}, {{"h", 3}}));
    CHECK(file.load<float, "i m">("w").shape() == axes("i m", {2, 6}));
    const auto other = refused([&] { (void)file.load<float, "i o">("w"); });
    CHECK(other.kind == category::name_mismatch);
    CHECK(other.file.find("w") != std::string::npos);
    CHECK(
        refused([&] { (void)file.load<float, "i (m: d h)">("w"); }).kind == category::name_mismatch
    );
    CHECK(refused([&] { (void)file.load<double, "i m">("w"); }).kind == category::dtype_mismatch);
}
