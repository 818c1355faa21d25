// One block of a GPT-2, written line by line as the paper draws it, and what each part of it costs.
#include <abax/abax.hpp>

#include <iostream>

using namespace abax;

namespace {

// x W + b, as a scope of its own: one line of the bill.
tensor<float> linear(
    const char* label,
    const tensor<float>& x,
    const tensor<float>& w,
    const tensor<float>& b,
    const char* over
) {
    const scope here(label);
    return dot(x, w, over) + b;
}

// x: b s m. Queries stand at the positions s and keys at s': two names, since each query meets each key.
tensor<float> attention(const models::gpt2_block& w, const tensor<float>& x) {
    const scope here("attention");
    const auto y = layer_norm(x, "m", w.ln_1_gain, w.ln_1_bias);               // b s m
    const auto q = linear("q", y, w.w_q, w.b_q, "m");                          // b s h d
    const auto k = rename(linear("k", y, w.w_k, w.b_k, "m"), "s -> s'");       // b s' h d
    const auto v = rename(linear("v", y, w.w_v, w.b_v, "m"), "s -> s'");       // b s' h d
    return linear("out", nn::causal_attention(q, k, v), w.w_o, w.b_o, "h d");  // b s m
}

tensor<float> mlp(const models::gpt2_block& w, const tensor<float>& x) {
    const scope here("mlp");
    const auto y = layer_norm(x, "m", w.ln_2_gain, w.ln_2_bias);                      // b s m
    const auto hidden = gelu(linear("up", y, w.w_up, w.b_up, "m"), gelu_form::tanh);  // b s f
    return linear("down", hidden, w.w_down, w.b_down, "f");                           // b s m
}

tensor<float> block(const models::gpt2_block& w, tensor<float> x) {
    x = x + attention(w, x);
    return x + mlp(w, x);
}

}  // namespace

int main() {
    // The width and heads of GPT-2 small; one layer, and a vocabulary that is not used here.
    const models::gpt2_config config{
        .layers = 1, .width = 768, .heads = 12, .inner = 3072, .context = 16, .vocabulary = 256};
    const auto model = models::gpt2::random(config, 1);
    const models::gpt2_block& w = model.weights().blocks.front();
    const auto x = sin(iota<float>(axes("b s m", {1, 16, config.width})));

    ledger wet;
    tensor<float> y;
    {
        recording on(wet);
        y = block(w, x);
    }
    std::cout << "result: " << y.shape().str() << '\n';

    // Causal: what happens at the last position changes nothing before it.
    auto other = x;
    assign(other, {"s", 15, 16}, slice(x, {"s", 15, 16}) * -1);
    const range before{"s", 0, 15};
    std::cout << std::boolalpha;
    std::cout << "positions before the last one: same "
              << equal(slice(block(w, other), before), slice(y, before)) << '\n';
    std::cout << "the last one:                  same "
              << equal(at(block(w, other), "s", 15), at(y, "s", 15)) << "\n\n";

    // The bill needs no elements: a dry block of the same shapes costs the same, count by count.
    const auto dry_model = models::gpt2::dry(config);
    ledger bill;
    {
        const dry_run no_elements;
        recording on(bill);
        (void)block(dry_model.weights().blocks.front(), dry<float>(x.shape()));
    }
    bool same = bill.size() == wet.size();
    for (std::size_t i = 0; same && i < bill.size(); ++i)
        same = bill.counted(i) == wet.counted(i);
    std::cout << "the dry bill equals the one that ran: " << same << "\n\n";
    std::cout << bill.table() << '\n';

    std::cout << "products:           " << bill.cost().total().flops_mm.str() << '\n';
    std::cout << "at 1024 positions:  " << to_string(bill.cost().at({{"s", 1024}}).flops_mm)
              << '\n';
}
