#include <abax/io/declared.hpp>
#include <abax/io/file_fault.hpp>
#include <abax/io/mapped_file.hpp>
#include <abax/io/safetensors.hpp>
#include <abax/io/safetensors_axes.hpp>
#include <abax/io/stored_type.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <utility>

namespace abax {

struct safetensors::contents {
    std::shared_ptr<const mapped_file> file;
    std::string path;
    safetensors_header header;
    std::map<std::string, std::string> metadata;  // without the axes

    // One buffer for each tensor that can be used in place. Held here, and not made anew by each load, so that
    // a buffer which two loads share says so: writing to one tensor then copies, and the other keeps its values.
    std::vector<buffer> in_place;

    [[nodiscard]] std::span<const std::byte> bytes_of(const safetensors_entry& entry) const {
        return file->bytes().subspan(header.data_begin + entry.begin, entry.end - entry.begin);
    }
};

namespace {

std::optional<io::stored_type> stored_type_of(std::string_view dtype) {
    if (dtype == "F32")
        return io::stored_type::f32;
    if (dtype == "F64")
        return io::stored_type::f64;
    if (dtype == "I32")
        return io::stored_type::i32;
    if (dtype == "I64")
        return io::stored_type::i64;
    if (dtype == "BOOL")
        return io::stored_type::boolean;
    if (dtype == "F16")
        return io::stored_type::f16;
    if (dtype == "BF16")
        return io::stored_type::bf16;
    return std::nullopt;
}

bool is_widened(io::stored_type type) {
    return type == io::stored_type::f16 || type == io::stored_type::bf16;
}

// The format is little endian; so are we wherever elements are used in place.
bool can_stay_in_place(const safetensors_entry& entry, const std::byte* first) {
    const auto type = stored_type_of(entry.dtype);
    return std::endian::native == std::endian::little && type && !is_widened(*type)
        && entry.begin < entry.end && std::bit_cast<std::uintptr_t>(first) % size_of(*type) == 0;
}

bool are_bools(std::span<const std::byte> bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b <= std::byte{1}; });
}

// "wte.weight" for "transformer.wte.weight", and the other way: checkpoints differ in their prefix.
std::string similar_name(const safetensors_header& header, std::string_view wanted) {
    const auto ends_as = [](std::string_view longer, std::string_view shorter) {
        return longer.ends_with(shorter)
            && longer.substr(0, longer.size() - shorter.size()).ends_with('.');
    };
    for (const safetensors_entry& entry : header.entries)
        if (ends_as(entry.name, wanted) || ends_as(wanted, entry.name))
            return "there is a tensor " + io::shown(entry.name);
    return {};
}

// The axes of a tensor, named if the file keeps names for them.
shape axes_in(
    const safetensors_header& header, const safetensors_entry& entry, std::string_view path
) {
    const std::string key = std::string(io::axes_key) + entry.name;
    const auto found = header.metadata.find(key);
    if (found == header.metadata.end())
        return shape::of(entry.extents);
    try {
        return io::parse_axes(found->second, entry.extents);
    } catch (const error& thrown) {
        if (thrown.kind() == category::allocation)
            throw;
        io::throw_file_fault(
            "safetensors",
            io::tensor_in(path, entry.name),
            {"the names of the axes in the metadata do not fit the tensor: "
                 + thrown.details().message,
             "one name for each axis of " + shape::of(entry.extents).str(),
             io::shown(found->second),
             "save the file again, or remove " + io::shown(key) + " from its metadata"}
        );
    }
}

}  // namespace

safetensors safetensors::open(const file_path& path) {
    auto opened = std::make_shared<contents>();
    opened->path = path.string();
    opened->file = mapped_file::open(path.string(), "safetensors");
    opened->header = parse_safetensors_header(opened->file->bytes(), opened->path);

    for (const auto& [key, value] : opened->header.metadata)
        if (!key.starts_with(io::axes_key))
            opened->metadata.emplace(key, value);

    for (const safetensors_entry& entry : opened->header.entries) {
        std::byte* first = opened->file->private_pages() + opened->header.data_begin + entry.begin;
        // The release does nothing by itself: holding the file is its whole purpose.
        opened->in_place.push_back(
            can_stay_in_place(entry, first)
                ? buffer::adopt(first, entry.end - entry.begin, [file = opened->file] {})
                : buffer()
        );
    }
    return safetensors(std::move(opened));
}

std::vector<std::string> safetensors::names() const {
    std::vector<std::string> result;
    for (const safetensors_entry& entry : contents_->header.entries)
        result.push_back(entry.name);
    return result;
}

bool safetensors::contains(std::string_view name) const {
    return contents_->header.at.contains(name);
}

const safetensors_entry& safetensors::entry(std::string_view name) const {
    const auto found = contents_->header.at.find(name);
    if (found == contents_->header.at.end())
        io::throw_file_fault(
            "safetensors",
            io::tensor_in(contents_->path, name),
            {"the file has no tensor " + io::shown(name),
             "one of its " + std::to_string(contents_->header.entries.size()) + " tensors",
             {},
             similar_name(contents_->header, name)}
        );
    return contents_->header.entries[found->second];
}

any_tensor safetensors::load(std::string_view name) const {
    const safetensors_entry& found = entry(name);
    const auto stored = stored_type_of(found.dtype);
    if (!stored)
        io::throw_file_fault(
            "safetensors",
            io::tensor_in(contents_->path, name),
            {"abax has no element type for dtype " + io::shown(found.dtype),
             "F32, F64, I32, I64, BOOL, F16 or BF16",
             found.dtype + " of shape " + shape::of(found.extents).str(),
             "convert the tensor before it is saved"}
        );

    const dtype type = io::read_as(*stored);
    shape axes = axes_in(contents_->header, found, contents_->path);
    if (dry_run::is_on())
        return any_tensor::dry(type, std::move(axes));
    const std::span<const std::byte> bytes = contents_->bytes_of(found);
    const buffer& in_place = contents_->in_place[contents_->header.at.find(name)->second];
    if (in_place.data() != nullptr && (type != dtype::boolean || are_bools(bytes)))
        return {type, layout::row_major(std::move(axes)), in_place};

    any_tensor result = any_tensor::empty(type, std::move(axes));
    io::decode(*stored, std::endian::little, bytes, result.writable());
    return result;
}

any_tensor safetensors::load(std::string_view name, std::string_view axes, axis_sizes sizes) const {
    return io::with_declared_names(
        load(name), axes, sizes, "safetensors", io::tensor_in(contents_->path, name)
    );
}

any_tensor safetensors::as_declared(any_tensor x, std::string_view name, dtype wanted) const {
    return io::with_declared_type(
        std::move(x), wanted, "safetensors", io::tensor_in(contents_->path, name)
    );
}

any_tensor safetensors::with_axes(
    const any_tensor& x, std::string_view name, std::string_view axes, axis_sizes sizes
) const {
    return io::with_declared_axes(
        x, axes, sizes, "safetensors", io::tensor_in(contents_->path, name)
    );
}

const std::map<std::string, std::string>& safetensors::metadata() const noexcept {
    return contents_->metadata;
}

std::vector<std::pair<std::string, any_tensor>> load_safetensors(const file_path& path) {
    const auto file = safetensors::open(path);
    std::vector<std::pair<std::string, any_tensor>> result;
    for (const std::string& name : file.names())
        result.emplace_back(name, file.load(name));
    return result;
}

}  // namespace abax
