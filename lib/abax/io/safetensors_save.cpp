#include <abax/core/checked.hpp>
#include <abax/core/error.hpp>
#include <abax/io/atomic_file.hpp>
#include <abax/io/file_fault.hpp>
#include <abax/io/safetensors.hpp>
#include <abax/io/write_elements.hpp>

#include <nlohmann/json.hpp>

#include <set>

namespace abax {

namespace {

[[noreturn]] void rejected(
    const std::filesystem::path& path, std::string message, std::string expected
) {
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

std::string quoted(const std::filesystem::path& path, const std::string& text) {
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

std::string header_of(
    const std::filesystem::path& path,
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
        const nlohmann::json about = {
            {"dtype", format_name(x.type())},
            {"shape", x.shape().extents()},
            {"data_offsets", {begin, end}}};
        header.add(quoted(path, name), about.dump());
    }
    return header.str();
}

}  // namespace

void save_safetensors(
    const std::filesystem::path& path,
    std::span<const std::pair<std::string, any_tensor>> tensors,
    const std::map<std::string, std::string>& metadata
) {
    constexpr std::size_t alignment = 8;
    std::string header = header_of(path, tensors, metadata);
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

    atomic_file out(path, "save_safetensors");
    out.write(length + header);
    for (const auto& named : tensors)
        io::write_elements(out, named.second);
    out.commit();
}

}  // namespace abax
