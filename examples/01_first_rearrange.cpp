// A first rearrange: what the pattern says, and the plain loops that it stands for.
#include <abax/abax.hpp>

#include <iostream>
#include <vector>

using namespace abax;

int main() {
    // A tiny picture of 2 by 3 pixels with 2 channels. Each element is its own offset, so that a swapped axis shows.
    const auto picture = iota<float>(axes("h w c", {2, 3, 2}));
    std::cout << picture << "\n\n";

    // Channels first, and all pixels of a channel in one row. The left side names the axes that there are, the
    // right side says how they shall lie; (h w) merges two axes into one.
    const auto rows = rearrange(picture, "h w c -> c (h w)");
    std::cout << rows << "\n\n";

    // The same by hand: where does each element of the result come from?
    constexpr std::size_t h = 2, w = 3, c = 2;
    std::vector<float> by_hand(c * h * w);
    for (std::size_t k = 0; k < c; ++k)
        for (std::size_t i = 0; i < h; ++i)
            for (std::size_t j = 0; j < w; ++j)
                by_hand[k * (h * w) + (i * w + j)] = picture.data()[(i * w + j) * c + k];
    std::cout << "equal to the loops: " << std::boolalpha << (rows.to_vector() == by_hand) << '\n';

    // The way back needs no sizes: the merged axis remembers what it was made of.
    std::cout << "merged axis:        " << rows.shape().str() << '\n';
    const auto back = rearrange(rows, "c (h w) -> h w c");
    std::cout << "there and back:     " << equal(back, picture) << '\n';
}
