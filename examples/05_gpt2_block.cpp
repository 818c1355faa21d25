// One block of a GPT-2, written line by line as the paper draws it, its axes in its types, and what each part of it costs.
#include <abax/abax.hpp>

#include <iostream>

using namespace abax;

namespace {

using hidden = tensor<float, "b s m">;

// x W + b, as a scope of its own: one line of the bill. Over sums whichever axes the caller names.
template <static_axes Over>
auto linear(const char* label, const auto& x, const auto& w, const auto& b) {
    return within(label, [&] { return dot<Over>(x, w) + b; });
}

// Queries stand at the positions s and keys at s': two names, since each query meets each key.
hidden attention(const models::gpt2_block& w, const hidden& x) {
    const scope here("attention");
    const auto y = layer_norm<"m">(x, w.ln_1_gain, w.ln_1_bias);
    const tensor<float, "b s h d"> q = linear<"m">("q", y, w.w_q, w.b_q);
    const tensor<float, "b s' h d"> k = rename<"s -> s'">(linear<"m">("k", y, w.w_k, w.b_k));
    const tensor<float, "b s' h d"> v = rename<"s -> s'">(linear<"m">("v", y, w.w_v, w.b_v));
    return linear<"h d">("out", nn::causal_attention(q, k, v), w.w_o, w.b_o);
}

hidden mlp(const models::gpt2_block& w, const hidden& x) {
    const scope here("mlp");
    const auto y = layer_norm<"m">(x, w.ln_2_gain, w.ln_2_bias);
    const auto wide = gelu(linear<"m">("up", y, w.w_up, w.b_up), gelu_form::tanh);  // b s f
    return linear<"f">("down", wide, w.w_down, w.b_down);
}

hidden block(const models::gpt2_block& w, hidden x) {
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
    const hidden x = sin(iota<float, "b s m">(1, 16, config.width));

    ledger wet;
    hidden y;
    {
        recording on(wet);
        y = block(w, x);
    }
    std::cout << "result: " << y.shape().str() << '\n';

    // Causal: what happens at the last position changes nothing before it.
    hidden other = x;
    assign<"s">(other, {15, 16}, slice<"s">(x, 15, 16) * -1);
    std::cout << std::boolalpha;
    std::cout << "positions before the last one: same "
              << equal(slice<"s">(block(w, other), 0, 15), slice<"s">(y, 0, 15)) << '\n';
    std::cout << "the last one:                  same "
              << equal(at<"s">(block(w, other), 15), at<"s">(y, 15)) << "\n\n";

    // The bill needs no elements: a dry block of the same shapes costs the same, count by count.
    const auto dry_model = models::gpt2::dry(config);
    ledger bill;
    {
        const dry_run no_elements;
        recording on(bill);
        (void)block(dry_model.weights().blocks.front(), dry<float, "b s m">(1, 16, config.width));
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
