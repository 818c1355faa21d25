#include <abax/core/checked.hpp>

#include <algorithm>
#include <ostream>

namespace abax {

std::string to_string(int128 value) {
    __extension__ using unsigned128 = unsigned __int128;
    // Negating in the unsigned type is defined for the lowest value too.
    auto rest = value < 0 ? -static_cast<unsigned128>(value) : static_cast<unsigned128>(value);
    std::string digits;
    do {
        digits += static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    } while (rest != 0);
    if (value < 0)
        digits += '-';
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::ostream& operator<<(std::ostream& out, int128 value) {
    return out << to_string(value);
}

}  // namespace abax
