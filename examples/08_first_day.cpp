// The tutorial, docs/tutorial.md, as one program: from the first tensor to the first bill.
#include <abax/abax.hpp>

#include <filesystem>
#include <iostream>

using namespace abax;

namespace {

void make_and_print() {
    const auto x = from({{1, 2, 3}, {4, 5, 6}}, "row column");
    std::cout << x << "\n\n";

    const auto noise = randn<float>("b s m", {2, 3, 4}, 42);  // the seed is part of the call
    const auto steps = linspace<float>("t", 0, 1, 5);
    std::cout << noise.shape().str() << ": " << noise.bytes() << " bytes\n" << steps << '\n';
}

void read() {
    const auto x = iota<float>(axes("b s m", {2, 3, 4}));
    std::cout << x(1, 2, 3) << ' ' << x("m"_ax = 3, "b"_ax = 1, "s"_ax = 2) << '\n';

    float largest = 0;
    for (const float v : x.flat())
        largest = v > largest ? v : largest;
    std::cout << largest << ' ' << max(x, "b s m").item() << '\n';

    for (const auto row : along(x, "b"))
        std::cout << row.shape().str() << " sums to " << sum(row, "s m").item() << '\n';
}

void move() {
    const auto x = iota<float>(axes("b s m", {2, 3, 8}));
    const auto heads = rearrange(x, "b s (h d) -> b h s d", "h"_ax = 2);
    const auto last = at(heads, "s", -1);
    const auto back = rearrange(heads, "b h s d -> b s (h d)");
    std::cout << heads.shape().str() << " | " << last.shape().str() << " | " << back.shape().str()
              << '\n';

    const auto [packed, shapes] = pack("b *", reduce(x, "b s m -> b m", by::mean), x);
    const auto parts = unpack(packed, shapes, "b *");
    std::cout << packed.shape().str() << " -> " << parts[0].shape().str() << " | "
              << parts[1].shape().str() << '\n';
}

void compute() {
    const auto x = randn<float>("b s m", {2, 3, 8}, 1);
    const auto w = randn<float>("m o", {8, 4}, 2);
    const auto bias = ones<float>("o", {4});

    auto y = dot(x, w, "m") + bias;  // names decide what meets what
    y *= 0.5;
    const auto p = softmax(y, "o");
    std::cout << y.shape().str()
              << ", rows sum to 1: " << allclose(sum(p, "o"), ones_like(sum(p, "o"))) << '\n';
}

void be_wrong() {
    const auto scores = randn<float>("b h s s'", {1, 2, 4, 4}, 1);
    const auto values = randn<float>("b h s d", {1, 2, 4, 8}, 2);
    try {
        (void)dot(scores, values, "s'");
    } catch (const error& e) {
        std::cout << e.what() << '\n';
    }
    std::cout << dot(scores, rename(values, "s -> s'"), "s'").shape().str() << '\n';
}

void pay() {
    const auto x = randn<float>("b s m", {2, 16, 32}, 1);
    const auto w = randn<float>("m f", {32, 128}, 2);
    ledger bill;
    {
        const recording on(bill);
        const scope layer("mlp");
        (void)gelu(dot(x, w, "m"));
    }
    std::cout << bill.cost() << '\n';
    std::cout << "now:          " << to_string(bill.cost().at({{"s", 16}}).flops()) << " FLOPs\n";
    std::cout << "at 32k:       " << to_string(bill.cost().at({{"s", 32768}}).flops())
              << " FLOPs\n";
    std::cout << "bytes at 32k: " << to_string(bill.cost().at({{"s", 32768}}).bytes()) << '\n';
}

void ask_without_running() {
    const dry_run no_elements;
    const auto x = zeros<float>("b s m", {64, 32768, 8192});
    const auto w = zeros<float>("m f", {8192, 28672});
    ledger bill;
    {
        const recording on(bill);
        (void)silu(dot(x, w, "m"));
    }
    std::cout << to_string(bill.total().flops()) << " FLOPs, 0 bytes of memory\n";
}

void files() {
    const auto x = iota<float>(axes("b s m", {2, 3, 4}));
    save_npy("x.npy", x);
    const auto y =
        load_npy<float>("x.npy", "b s m");          // a file has no names: say them where it enters
    save_safetensors("x.safetensors", {{"x", x}});  // this one keeps them
    std::cout << equal(x, y) << ' ' << load_safetensors("x.safetensors")[0].second.shape().str()
              << '\n';
}

}  // namespace

int main() {
    std::cout << std::boolalpha;
    make_and_print();
    read();
    move();
    compute();
    be_wrong();
    pay();
    ask_without_running();
    files();
}
