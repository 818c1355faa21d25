#include <abax/io/npy.hpp>
#include <abax/io/npz.hpp>
#include <abax/io/safetensors.hpp>
#include <abax/ops/create.hpp>

#include "../io/scratch.hpp"
#include "every_allocation.hpp"

using namespace abax;
using namespace abax::testing;

namespace {

using named_tensors = std::vector<std::pair<std::string, any_tensor>>;

struct files {
    scratch_folder folder;
    any_tensor x = iota<float>(axes("b (m: h=2 d)", {3, 4}));
    any_tensor turned = x.viewed({axes("m b", {4, 3}), {1, 4}, 0});
    named_tensors tensors = {{"x", x}, {"turned", turned}};
    std::filesystem::path npy = folder / "x.npy";
    std::filesystem::path npz = folder / "x.npz";
    std::filesystem::path safe = folder / "x.safetensors";

    files() {
        save_npy(npy, x);
        save_npz(npz, tensors);
        save_safetensors(safe, tensors, {{"k", "v"}});
    }
};

}  // namespace

TEST_CASE("allocation: whichever allocation of reading a file fails, nothing is kept") {
    const files f;
    const std::vector<any_tensor> operands = {f.x};

    CHECK(fail_every_allocation(operands, 0, [&] { (void)load_npy(f.npy); }) > 5);
    CHECK(
        fail_every_allocation(operands, 0, [&] { (void)load_npy<float>(f.npy, "b (m: h d=2)"); })
        > 5
    );
    CHECK(fail_every_allocation(operands, 0, [&] { (void)load_npz(f.npz); }) > 5);
    CHECK(
        fail_every_allocation(operands, 0, [&] { (void)load_npz<float>(f.npz, "x", "b m"); }) > 5
    );
    CHECK(
        fail_every_allocation(
            operands,
            0,
            [&] {
                const auto file = safetensors::open(f.safe);
                (void)file.load("x");
                (void)file.load("turned");
            }
        )
        > 5
    );
}

TEST_CASE(
    "allocation: whichever allocation of writing a file fails, the old file stays and no other is left"
) {
    const files f;
    const std::vector<any_tensor> operands = {f.x};
    const std::string npy = content_of(f.npy);
    const std::string npz = content_of(f.npz);
    const std::string safe = content_of(f.safe);
    const auto other = full<double>(axes("b", {5}), 1.0);

    const auto check = [&](const auto& write) {
        for (std::int64_t n = 1;; ++n) {
            CAPTURE(n);
            bool survived = false;
            {
                const failing_allocation fails(n);
                try {
                    write();
                    survived = true;
                } catch (const std::bad_alloc&) {
                } catch (const error& thrown) {
                    survived = thrown.kind() != category::allocation;
                }
            }
            CHECK(f.folder.count() == 3);
            if (survived)
                return !failing_allocation::happened();
            CHECK(content_of(f.npy) == npy);
            CHECK(content_of(f.npz) == npz);
            CHECK(content_of(f.safe) == safe);
        }
    };
    CHECK(check([&] { save_npy(f.npy, other); }));
    save_npy(f.npy, f.x);
    CHECK(check([&] { save_npz(f.npz, {{"other", other}, {"turned", f.turned}}); }));
    save_npz(f.npz, f.tensors);
    CHECK(check([&] { save_safetensors(f.safe, named_tensors{{"other", other}}); }));
}
