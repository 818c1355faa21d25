// Any bytes as the config.json of a model. What is accepted is a model whose numbers make sense.

#include <abax/models/gpt2_config.hpp>
#include <abax/models/llama_config.hpp>

#include "support.hpp"

#include <stdlib.h>

#include <filesystem>

namespace {

using namespace abax;
using fuzz::require;

/// A folder whose config.json leads to a file in memory.
class model_folder {
public:
    model_folder() {
        std::string text = (std::filesystem::temp_directory_path() / "abax-fuzz-XXXXXX").string();
        require(::mkdtemp(text.data()) != nullptr, "there is a folder");
        path_ = text;
        std::filesystem::create_symlink(config_.path(), path_ / "config.json");
    }
    ~model_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    model_folder(const model_folder&) = delete;
    model_folder& operator=(const model_folder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void refill(std::span<const std::uint8_t> bytes) const { config_.refill(bytes); }

private:
    fuzz::memory_file config_;
    std::filesystem::path path_;
};

bool is_extent(std::int64_t extent) {
    return extent >= 1 && extent <= std::int64_t{1} << 42U;
}

void require_sense(const models::gpt2_config& config) {
    for (const auto extent :
         {config.layers,
          config.width,
          config.heads,
          config.inner,
          config.context,
          config.vocabulary})
        require(is_extent(extent), "extents are those of a model");
    require(config.head_extent() * config.heads == config.width, "the heads divide the width");
    require(config.epsilon > 0 && config.epsilon < 1, "epsilon is a small number");
}

void require_sense(const models::llama_config& config) {
    for (const auto extent :
         {config.layers,
          config.width,
          config.heads,
          config.kv_heads,
          config.head_extent,
          config.inner,
          config.context,
          config.vocabulary})
        require(is_extent(extent), "extents are those of a model");
    require(config.queries_per_group() * config.kv_heads == config.heads, "heads divide in groups");
    require(config.epsilon > 0 && config.theta > 0, "epsilon and theta are positive");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const model_folder folder;
    folder.refill({data, size});
    (void)fuzz::accepted({category::file, category::config}, [] {
        require_sense(models::load_gpt2_config(folder.path()));
    });
    (void)fuzz::accepted({category::file, category::config}, [] {
        require_sense(models::load_llama_config(folder.path()));
    });
    return 0;
}
