#pragma once

#include <abax/kernels/reference.hpp>

namespace abax::kernels::reference {

template <class T, class Id>
void take_along(T* out, const T* in, const Id* ids, const loops<3>& nest, std::int64_t stride) {
    visit(nest, [&](const auto& at) { out[at[0]] = in[at[1] + ids[at[2]] * stride]; });
}

}  // namespace abax::kernels::reference
