// Any bytes as a safetensors file. All tensors that load, save and load back equal, names of axes included.

#include <abax/io/safetensors.hpp>

#include "support.hpp"

#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace abax;
    static const fuzz::memory_file given;
    static const fuzz::memory_file saved;
    given.refill({data, size});

    std::vector<std::pair<std::string, any_tensor>> tensors;
    std::map<std::string, std::string> metadata;
    const bool is_file = fuzz::accepted({category::file}, [&] {
        const auto file = safetensors::open(given.path());
        for (const std::string& name : file.names())
            (void
            )fuzz::accepted({category::file}, [&] { tensors.emplace_back(name, file.load(name)); });
        metadata = file.metadata();
    });
    if (!is_file)
        return 0;

    saved.refill();
    save_safetensors(saved.path(), tensors, metadata);
    const auto again = safetensors::open(saved.path());
    fuzz::require(again.names().size() == tensors.size(), "as many tensors");
    fuzz::require(again.metadata() == metadata, "the same metadata");
    for (const auto& [name, x] : tensors)
        fuzz::require_same(again.load(name), x);
    return 0;
}
