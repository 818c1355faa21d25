// Any bytes as an npz file. What loads, saves and loads back equal, one by one and all at once.

#include <abax/io/npz.hpp>

#include "support.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace abax;
    static const fuzz::memory_file given;
    static const fuzz::memory_file saved;
    given.refill({data, size});

    std::vector<npz_entry> tensors;
    if (!fuzz::accepted({category::file}, [&] { tensors = load_npz(given.path()); }))
        return 0;

    saved.refill();
    save_npz(saved.path(), tensors);
    const auto again = load_npz(saved.path());
    fuzz::require(again.size() == tensors.size(), "as many tensors");
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        fuzz::require(again[i].first == tensors[i].first, "the same names in the same order");
        fuzz::require_same(again[i].second, tensors[i].second);
        fuzz::require_same(load_npz(given.path(), tensors[i].first), tensors[i].second);
    }
    return 0;
}
