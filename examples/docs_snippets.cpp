// What the pages in docs/ show and no lesson here contains. Each ```cpp block of README.md and docs/ stands
// verbatim in a file of this folder; the test examples.snippets compares them.
#include <abax/abax.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

using namespace abax;

namespace {

void attention(const tensor<float>& x, const tensor<float>& weights) {
    (void)dot(x, weights, "m");
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-result"
// clang-format off
void the_page_about_the_ledger(const tensor<float>& x, const tensor<float>& weights) {
    ledger bill;
    {
        recording on(bill);
        scope layer("attention");
        attention(x, weights);
    }
    std::cout << bill.table();              // for people
    std::ofstream("bill.json") << bill.json();  // for programs
    bill.cost().at({{"s", 32768}});         // what would it have been at 32768 positions
}
// clang-format on
#pragma GCC diagnostic pop

void the_page_about_patterns(const tensor<float>& x) {
    const auto a = rearrange(x, "b s (h d) -> b h s d", "h"_ax = 12);
    const auto b = rearrange(x, "b s (h d) -> b h s d", {{"h", 12}});
    const auto c = rearrange(x, "b s (h=12 d) -> b h s d");

    const std::string line = "b s m -> s b m";  // known only at run time
    const auto d = rearrange(x, pattern_text(line));
    std::cout << equal(a, b) << equal(a, c) << ' ' << d.shape().str() << '\n';
}

void the_page_about_names_in_types() {
    const auto x = iota<float, "b s m">(2, 4, 24);
    const auto q = rearrange<"b s (h d) -> b h s d">(x, "h"_ax = 3);  // tensor<float, "b h s d">
    const auto k = rename<"s -> s'">(q);
    const auto a = softmax<"s'">(dot<"d">(q, k));  // tensor<float, "b h s s'">
    const tensor<float, "b h s d"> z =
        dot<"s'">(a, k);  // the type says what is meant, and is checked
    (void)z;
}
void the_page_about_names() {
    const auto x = iota<float>(axes("b s m", {2, 4, 24}));  // names by construction
    const auto y = named(iota<float>(shape::of({2, 4, 24})), "b s m");
    const auto k = rename(x, "s -> s'");
    std::cout << equal(x, y) << ' ' << k.shape().str() << '\n';

    const auto q = rearrange(x, "b s (h d) -> b h s d", "h"_ax = 3);
    const auto merged = rearrange(q, "b h s d -> b s (h d)");  // the axis (h d) remembers h=3 d=8
    const auto back = rearrange(merged, "b s (h d) -> b h s d");  // so no size is needed
    const auto called = rearrange(q, "b h s d -> b s (m: h d)");  // the same axis, called m
    const auto plain = forget(called, "m");                       // m, which remembers nothing
    std::cout << equal(back, q) << ' ' << plain.shape().str() << '\n';
}

void the_page_about_models(const std::filesystem::path& folder) {
    const auto model = models::gpt2::load(folder);
    const auto ids = from<std::int64_t>({84, 104, 105, 115}, axes("b s", {1, 4}));
    const auto logits = model.forward(ids);  // b s v
    const auto text = models::generate(model, {84, 104, 105, 115}, 8, {.temperature = 0});
    std::cout << logits.shape().str() << ", " << text.tokens.size() << " new tokens\n";
}

}  // namespace

int main(int argc, char** argv) {
    std::cout << std::boolalpha;
    {
        const dry_run no_clock;  // so that the table has no seconds
        the_page_about_the_ledger(
            dry<float>(axes("b s m", {2, 8, 16})), dry<float>(axes("m o", {16, 16}))
        );
    }
    the_page_about_patterns(iota<float>(shape::of({2, 4, 24})));
    the_page_about_names();
    the_page_about_names_in_types();
    if (argc > 1)
        the_page_about_models(argv[1]);
}
