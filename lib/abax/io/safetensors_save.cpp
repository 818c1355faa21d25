#include <abax/core/checked.hpp>
#include <abax/core/error.hpp>
#include <abax/io/atomic_file.hpp>
#include <abax/io/file_fault.hpp>
#include <abax/io/safetensors.hpp>
#include <abax/io/safetensors_axes.hpp>
#include <abax/io/write_elements.hpp>

#include <nlohmann/json.hpp>

#include <set>

namespace abax {

namespace {

[[noreturn]] void rejected(const file_path& path, std::string message, std::string expected) {
    throw error(
        {.kind = category::usage,
         .operation = "save_safetensors",
         .message = std::move(message),
         .expected = std::move(expected),
         .file = path.string()}
    );
}

std::string_view format_name(dtype type) {
    switch (type) {
    case dtype::float32: return "F32";
    case dtype::float64: return "F64";
    case dtype::int32: return "I32";
    case dtype::int64: return "I64";
    case dtype::boolean: break;
    }
    return "BOOL";
}

std::string quoted(const file_path& path, const std::string& text) {
    try {
        return nlohmann::json(text).dump();
    } catch (const nlohmann::json::type_error&) {
        rejected(path, "a name or a piece of metadata is not valid UTF-8", "UTF-8");
    }
}

// {"k": "v", ...}; nlohmann's own objects sort their keys or search them one by one, and we keep the order.
class object_text {
public:
    void add(const std::string& quoted_key, const std::string& value) {
        text_ += text_.size() > 1 ? "," : "";
        text_ += quoted_key + ':' + value;
    }
    [[nodiscard]] std::string str() const { return text_ + '}'; }

private:
    std::string text_ = "{";
};

std::string list_text(const std::vector<std::int64_t>& numbers) {
    std::string text = "[";
    for (const std::int64_t number : numbers)
        text += (text.size() > 1 ? "," : "") + std::to_string(number);
    return text + ']';
}

// Text by hand, and no tree of JSON values: destroying one allocates, and ends the program when memory is out.
std::string entry_text(const any_tensor& x, std::int64_t begin, std::int64_t end) {
    return R"({"data_offsets":)" + list_text({begin, end}) + R"(,"dtype":")"
         + std::string(format_name(x.type())) + R"(","shape":)" + list_text(x.shape().extents())
         + '}';
}

std::string axes_text(const file_path& path, const std::string& name, const shape& axes) {
    if (auto text = io::format_axes(axes))
        return *std::move(text);
    rejected(
        path,
        "tensor " + io::shown(name) + " has an axis whose name no pattern can spell: " + axes.str(),
        "names as patterns have them"
    );
}

// The metadata as the file holds it: the caller's, and the axes of named tensors.
std::map<std::string, std::string> with_axes(
    const file_path& path,
    std::span<const std::pair<std::string, any_tensor>> tensors,
    std::map<std::string, std::string> metadata
) {
    for (const auto& pair : metadata)
        if (pair.first.starts_with(io::axes_key))
            rejected(
                path,
                "the metadata " + io::shown(pair.first) + " is reserved for the names of axes",
                "other keys; name the tensor's axes instead"
            );
    for (const auto& [name, x] : tensors)
        if (x.is_named())
            metadata.emplace(std::string(io::axes_key) + name, axes_text(path, name, x.shape()));
    return metadata;
}

std::string header_of(
    const file_path& path,
    std::span<const std::pair<std::string, any_tensor>> tensors,
    const std::map<std::string, std::string>& metadata
) {
    object_text header;
    if (!metadata.empty()) {
        object_text pairs;
        for (const auto& [key, value] : metadata)
            pairs.add(quoted(path, key), quoted(path, value));
        header.add("\"__metadata__\"", pairs.str());
    }

    std::set<std::string_view> names = {"__metadata__"};
    std::int64_t end = 0;
    for (const auto& [name, x] : tensors) {
        if (!names.insert(name).second)
            rejected(
                path,
                "the name " + io::shown(name) + " is there twice, or reserved",
                "names that differ"
            );
        (void)x.data();  // a dry tensor is refused before a file is made
        const std::int64_t begin = end;
        end = checked_add(
            begin,
            checked_mul(x.volume(), static_cast<std::int64_t>(size_of(x.type()))),
            "the size of the file"
        );
        header.add(quoted(path, name), entry_text(x, begin, end));
    }
    return header.str();
}

}  // namespace

void save_safetensors(
    const file_path& path,
    std::span<const std::pair<std::string, any_tensor>> tensors,
    const std::map<std::string, std::string>& metadata
) {
    constexpr std::size_t alignment = 8;
    std::string header = header_of(path, tensors, with_axes(path, tensors, metadata));
    header.append((alignment - header.size() % alignment) % alignment, ' ');
    if (header.size() > safetensors_header::most_bytes)
        rejected(
            path,
            "the names and shapes need more than the format allows for its header",
            "at most 100000000 bytes"
        );

    std::string length;
    for (std::size_t i = 0; i < alignment; ++i)
        length += static_cast<char>(header.size() >> (8 * i) & 0xFFU);

    atomic_file out(path.string(), "save_safetensors");
    out.write(length + header);
    for (const auto& named : tensors)
        io::write_elements(out, named.second);
    out.commit();
}

void save_safetensors(
    const file_path& path,
    std::initializer_list<std::pair<std::string, any_tensor>> tensors,
    const std::map<std::string, std::string>& metadata
) {
    save_safetensors(path, std::span(tensors.begin(), tensors.size()), metadata);
}

}  // namespace abax
