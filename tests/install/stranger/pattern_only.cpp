// The parser alone, without tensors.
#include <abax/pattern/pattern.hpp>

#include <iostream>

int main() {
    std::cout << abax::parse("b s (h d) -> b h s d", abax::verb::rearrange).str() << '\n';
}
