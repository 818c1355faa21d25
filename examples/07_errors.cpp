// Every category of error, and the shortest program that meets it. docs/errors.md shows these programs with what
// they print; the last line checks that no category is missing.
#include <abax/abax.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <set>
#include <string>

using namespace abax;

namespace {

std::set<category> seen;

// Runs a program that must fail, and prints what it is told.
template <class Program>
void show(const Program& program) {
    try {
        program();
    } catch (const error& e) {
        seen.insert(e.kind());
        std::cout << to_string(e.kind()) << ":\n" << e.what() << "\n\n";
        return;
    }
    throw std::logic_error("this program was to fail");
}

}  // namespace

// Each program stands on a line of its own, so that the page can show it.
// clang-format off
int main() {
    const auto x = iota<float>(shape::of({2, 6, 4}));              // no names: as in einops
    const auto q = iota<float>(axes("b s d", {2, 6, 4}));
    const auto ids = from<std::int64_t>({0, 5, 9});

    show([&] {
        (void)rearrange(x, pattern_text("b (h w c -> b h w c"));
    });
    show([&] {
        (void)rearrange(x, pattern_text("b s s -> b s"));
    });
    show([&] {
        (void)rearrange(x, pattern_text("b s d -> b d s k"));
    });
    show([&] {
        (void)rearrange(x, "b s -> s b");
    });
    show([&] {
        (void)rearrange(x, "b (h w) d -> b h w d", {{"h", 2}, {"w", 2}});
    });
    show([&] {
        (void)rearrange(x, "b (h w) d -> b h w d", "h"_ax = 4);
    });
    show([&] {
        (void)rearrange(x, "b (h w) d -> b h w d");
    });
    show([&] {
        (void)repeat(x, "b s d -> b s d n");
    });
    show([&] {
        (void)rearrange(x, pattern_text("b ... -> b"));
    });
    show([&] {
        (void)rearrange(x, pattern_text("b 6 d -> b d 6"));
    });
    show([&] {
        (void)rearrange(x, "b s d -> s b d", "h"_ax = 4);
    });
    show([&] {
        (void)reduce(iota<std::int64_t>(shape::of({2, 3})), "a b -> a", by::mean);
    });
    show([&] {
        (void)rearrange(q, "b d s -> b s d");
    });
    show([&] {
        (void)(ids * 0.5);
    });
    show([&] {
        (void)load_npy("no-such-file.npy");
    });
    show([&] {
        std::filesystem::create_directory("model");
        std::ofstream("model/config.json") << R"({"model_type": "gpt2", "n_layer": 0})";
        (void)models::gpt2::load("model");
    });
    show([&] {
        (void)at(q, "s", 6);
    });
    show([&] {
        (void)repeat(x, "b s d -> b s d n", "n"_ax = std::numeric_limits<std::int64_t>::max());
    });
    show([&] {
        (void)zeros<float>(axes("b s", {1 << 30, 1 << 20}));  // 4 PiB
    });
    show([&] {
        (void)dry<float>(axes("b s", {2, 3}))(0, 0);
    });

    for (int i = 0; i <= static_cast<int>(category::dry); ++i)
        if (!seen.contains(static_cast<category>(i)))
            std::cout << "no program for " << to_string(static_cast<category>(i)) << '\n';
}
