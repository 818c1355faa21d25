// Any bytes as an npy file. What loads, saves and loads back equal.

#include <abax/io/npy.hpp>

#include "support.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace abax;
    const auto bytes = std::as_bytes(std::span(data, size));
    any_tensor x;
    if (!fuzz::accepted({category::file}, [&] { x = parse_npy(bytes, "x.npy"); }))
        return 0;

    static const fuzz::memory_file saved;
    saved.refill();
    save_npy(saved.path(), x);
    fuzz::require_same(load_npy(saved.path()), x);
    return 0;
}
