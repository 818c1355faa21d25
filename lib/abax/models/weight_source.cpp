#include <abax/core/checked.hpp>
#include <abax/models/weight_source.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/rearrange.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <random>
#include <utility>
#include <vector>

namespace abax::models {

namespace {

std::string extents_text(const shape& axes) {
    std::string text = "[";
    for (const std::int64_t extent : axes.extents())
        text += (text.size() == 1 ? "" : ", ") + std::to_string(extent);
    return text + ']';
}

}  // namespace

weight_source dry_weights() {
    return [](const std::string&, const shape& axes) { return dry<float>(axes); };
}

weight_source random_weights(std::uint64_t seed) {
    return [generator =
                std::mt19937_64(seed)](const std::string& file_name, const shape& axes) mutable {
        if (file_name.ends_with(".bias"))
            return zeros<float>(axes);
        if (axes.rank() == 1)
            return full<float>(axes, 1);
        std::normal_distribution<float> draw(0, 0.02F);
        tensor<float> w = zeros<float>(axes);
        float* out = w.mut();
        for (std::int64_t i = 0; i < w.volume(); ++i)
            out[i] = draw(generator);
        return w;
    };
}

weight_file::weight_file(std::string family, const file_path& folder, const std::string& prefix)
    : family_(std::move(family)),
      path_((std::filesystem::path(folder.string()) / "model.safetensors").string()),
      file_(safetensors::open(path_)) {
    const auto names = file_.names();
    if (std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            return name.starts_with(prefix);
        }))
        prefix_ = prefix;
}

std::string weight_file::full_name(const std::string& file_name) const {
    return file_name == head_name ? file_name : prefix_ + file_name;
}

std::string weight_file::in_file(const std::string& file_name) const {
    return path_ + ": tensor '" + full_name(file_name) + "'";
}

tensor<float> weight_file::operator()(const std::string& file_name, const shape& axes) const {
    const std::string full = full_name(file_name);
    if (!file_.contains(full))
        throw error(
            {.kind = category::config,
             .operation = family_,
             .message = "the config asks for a tensor that the file lacks",
             .expected = axes.str(),
             .file = in_file(file_name)}
        );
    const any_tensor raw = file_.load(full);
    if (raw.shape().extents() != axes.extents())
        throw error(
            {.kind = category::config,
             .operation = family_,
             .message = "the tensor's shape contradicts the config",
             .expected = extents_text(axes) + " (" + axes.str() + ")",
             .got = extents_text(raw.shape()),
             .file = in_file(file_name)}
        );
    if (raw.type() != dtype::float32)
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = family_,
             .message = "a weight must be F32, F16 or BF16",
             .got = std::string(to_string(raw.type())),
             .file = in_file(file_name)}
        );
    layout where = raw.where();
    where.axes = axes;
    return tensor<float>(raw.viewed(std::move(where)));
}

void weight_file::refuse(
    const std::string& file_name, const std::string& message, const std::string& expected
) const {
    if (file_.contains(full_name(file_name)))
        throw error(
            {.kind = category::config,
             .operation = family_,
             .message = message,
             .expected = expected,
             .file = in_file(file_name)}
        );
}

tensor<float> weight_reader::get(const std::string& file_name, std::string_view names) const {
    tensor<float> w = source_(file_name, axes_of(names));
    std::string split(names);
    std::erase_if(split, [](char c) { return c == '(' || c == ')'; });
    if (split == names)
        return w;
    return rearrange(w, pattern_text(std::string(names) + " -> " + split));
}

// Each name's extent is the config's, that of a merged axis the product of its factors'.
shape weight_reader::axes_of(std::string_view names) const {
    std::vector<std::int64_t> extents;
    std::vector<axis_size> factors;
    std::int64_t product = 0;  // of the group that is open; 0 outside
    for (const char& c : names) {
        if (c == '(')
            product = 1;
        else if (c == ')')
            extents.push_back(std::exchange(product, 0));
        else if (c != ' ' && product > 0) {
            product = checked_mul(product, extents_.at(c), "the extent of a weight");
            factors.push_back({std::string_view(&c, 1), extents_.at(c)});
        } else if (c != ' ')
            extents.push_back(extents_.at(c));
    }
    return axes(names, extents, factors);
}

}  // namespace abax::models
