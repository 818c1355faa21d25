// Three programs that were wrong and ran. Here they are written with names, and each is caught.
//
// The extents are those that hid the bugs: where two axes are equally long, sizes alone cannot tell them apart.
#include <abax/abax.hpp>

#include <functional>
#include <iostream>

using namespace abax;

namespace {

void catch_it(const char* title, const std::function<void()>& wrong) {
    std::cout << "-- " << title << '\n';
    try {
        wrong();
        std::cout << "nothing noticed\n\n";
    } catch (const error& e) {
        std::cout << e.what() << "\n\n";
    }
}

// The mean of squared differences.
float loss(const tensor<float>& prediction, const tensor<float>& truth) {
    const auto difference = prediction - truth;
    return mean(difference * difference, "n o").item();
}

}  // namespace

int main() {
    // 1. y is (b, h, s, d); somebody wrote y.reshape(b, s, h*d). The numbers fit, the heads are mixed with
    //    positions, and the training loss still went down.
    const auto y = iota<float>(axes("b h s d", {2, 4, 4, 8}));
    catch_it("heads merged without transposing back", [&] {
        (void)rearrange(y, "b s h d -> b s (h d)");
    });
    std::cout << "right: " << rearrange(y, "b h s d -> b s (h d)").shape().str() << "\n\n";

    // 2. The values still have the axis s, the weights are over keys s'. A dot that sums what it finds would sum
    //    the weights alone (to 1) and multiply: right shape, wrong numbers.
    const auto weights = softmax(iota<float>(axes("b h s s'", {2, 4, 4, 4})), "s'");
    const auto v = iota<float>(axes("b h s d", {2, 4, 4, 8}));
    catch_it("a summed name that only one operand has", [&] { (void)dot(weights, v, "s'"); });
    std::cout << "right: " << dot(weights, rename(v, "s -> s'"), "s'").shape().str() << "\n\n";

    // 3. pred is (n, 1) and the truth is (n): the difference becomes (n, n), and its mean is a number like any
    //    other.
    const auto prediction = iota<float>(axes("n o", {5, 1}));
    const auto truth = iota<float>(axes("i", {5})) * 2;
    catch_it("a loss between n and another axis", [&] { (void)loss(prediction, truth); });
    std::cout << "right: " << loss(prediction, rename(truth, "i -> n")) << '\n';
}
