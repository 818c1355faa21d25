#pragma once

#include <abax/kernels/reference.hpp>

namespace abax::kernels::reference {

/// Two comparisons an element.
template <class T>
void clip(T* out, const T* in, const T& low, const T& high, const loops<2>& nest) {
    visit(nest, [&](const auto& at) {
        const T x = in[at[1]];
        const bool is_below = x < low;
        const bool is_above = high < x;
        out[at[0]] = is_below ? low : is_above ? high : x;
    });
}

}  // namespace abax::kernels::reference
