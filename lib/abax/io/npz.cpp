#include <abax/core/error.hpp>
#include <abax/io/atomic_file.hpp>
#include <abax/io/crc32.hpp>
#include <abax/io/declared.hpp>
#include <abax/io/file_fault.hpp>
#include <abax/io/mapped_file.hpp>
#include <abax/io/npy.hpp>
#include <abax/io/npy_header.hpp>
#include <abax/io/npz.hpp>
#include <abax/io/utf8.hpp>
#include <abax/io/write_elements.hpp>
#include <abax/io/zip_headers.hpp>

#include <algorithm>
#include <set>

namespace abax {

namespace {

constexpr std::string_view suffix = ".npy";

std::string_view key_of(const io::zip_member& member) {
    std::string_view key = member.name;
    if (key.ends_with(suffix))
        key.remove_suffix(suffix.size());
    return key;
}

void require_readable(const io::zip_member& member, std::string_view where) {
    const auto rejected = [&](io::fault what) {
        io::throw_file_fault("load_npz", where, std::move(what));
    };
    if (member.encrypted())
        rejected(
            {.message = "the member is encrypted",
             .expected = "a member stored as it is",
             .help = "write the file again with numpy.savez"}
        );
    if (member.method != io::zip::stored)
        rejected(
            {.message = "the member is compressed, and abax reads only what is stored as it is",
             .expected = "method 0 (stored)",
             .got = "method " + std::to_string(member.method)
                  + (member.method == 8 ? " (deflate)" : ""),
             .help = "save with numpy.savez instead of numpy.savez_compressed"}
        );
    if (!member.name.ends_with(suffix))
        rejected(
            {.message = "the member " + io::shown(member.name) + " is no npy file",
             .expected = "names that end with '.npy'",
             .help = "save arrays only, with numpy.savez"}
        );
}

any_tensor load_member(
    std::span<const std::byte> file, const io::zip_member& member, std::string_view path
) {
    const std::string where = io::tensor_in(path, key_of(member));
    require_readable(member, where);
    const auto bytes = file.subspan(member.data_at, member.bytes);
    if (!dry_run::is_on()) {  // which looks at headers only
        io::crc32 sum;
        sum.add(bytes);
        if (sum.value() != member.crc)
            io::throw_file_fault(
                "load_npz",
                where,
                {.message = "the member is damaged: its checksum is wrong",
                 .expected = "CRC-32 " + std::to_string(member.crc),
                 .got = std::to_string(sum.value()),
                 .help = "write or copy the file again"}
            );
    }
    try {
        return parse_npy(bytes, where);
    } catch (const error& thrown) {
        diagnosis details = thrown.details();
        details.operation = "load_npz";
        throw error(std::move(details));
    }
}

std::string some_names(const std::vector<io::zip_member>& members) {
    constexpr std::size_t most = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(members.size(), most); ++i)
        text += (i > 0 ? ", " : "") + io::shown(key_of(members[i]));
    return text + (members.size() > most ? ", ..." : "");
}

/// What stands in the file before the elements of a tensor, and the member as the directory will list it.
struct prepared {
    io::zip_member member;
    std::string npy_header;
};

prepared prepare(const std::string& name, const any_tensor& x) {
    prepared result;
    result.npy_header = io::format_npy_header(x.type(), x.shape().extents());
    io::crc32 sum;
    sum.add(std::as_bytes(std::span(result.npy_header)));
    std::uint64_t bytes = result.npy_header.size();
    io::visit_elements(x, [&](std::span<const std::byte> piece) {
        sum.add(piece);
        bytes += piece.size();
    });
    result.member = {
        .name = name + std::string(suffix),
        .flags = io::is_ascii(name) ? std::uint16_t{0} : io::zip::name_is_utf8,
        .crc = sum.value(),
        .packed = bytes,
        .bytes = bytes};
    return result;
}

// All that can be refused is refused before a file is made.
void require_names_and_elements(const file_path& path, std::span<const npz_entry> tensors) {
    const auto rejected = [&](std::string message, std::string expected) {
        throw error(
            {.kind = category::usage,
             .operation = "save_npz",
             .message = std::move(message),
             .expected = std::move(expected),
             .file = path.string()}
        );
    };
    constexpr std::size_t most_bytes = 65535 - suffix.size();
    std::set<std::string_view> names;
    for (const auto& [name, x] : tensors) {
        if (!io::is_utf8(name) || name.find('\0') != std::string::npos)
            rejected("a name is not valid UTF-8, or has a zero byte", "UTF-8");
        if (name.size() > most_bytes)
            rejected("the name " + io::shown(name) + " is too long", "at most 65531 bytes");
        if (!names.insert(name).second)
            rejected("the name " + io::shown(name) + " is there twice", "names that differ");
        (void)x.data();  // a dry tensor is refused
    }
}

}  // namespace

std::vector<npz_entry> load_npz(const file_path& path) {
    const auto file = mapped_file::open(path.string(), "load_npz");
    std::vector<npz_entry> result;
    for (const io::zip_member& member : io::parse_zip_directory(file->bytes(), path.string()))
        result.emplace_back(key_of(member), load_member(file->bytes(), member, path.string()));
    return result;
}

any_tensor load_npz(const file_path& path, std::string_view name) {
    const auto file = mapped_file::open(path.string(), "load_npz");
    const auto members = io::parse_zip_directory(file->bytes(), path.string());
    for (const io::zip_member& member : members)
        if (member.name.ends_with(suffix) && key_of(member) == name)
            return load_member(file->bytes(), member, path.string());
    io::throw_file_fault(
        "load_npz",
        io::tensor_in(path.string(), name),
        {.message = "the file has no tensor " + io::shown(name),
         .expected = members.empty() ? "a file with tensors" : "one of " + some_names(members)}
    );
}

any_tensor load_npz(
    const file_path& path, std::string_view name, std::string_view axes, axis_sizes sizes
) {
    return io::with_declared_names(
        load_npz(path, name), axes, sizes, "load_npz", io::tensor_in(path.string(), name)
    );
}

void save_npz(const file_path& path, std::span<const npz_entry> tensors) {
    require_names_and_elements(path, tensors);
    atomic_file out(path.string(), "save_npz");
    std::vector<io::zip_member> members;
    std::uint64_t at = 0;
    for (const auto& [name, x] : tensors) {
        prepared made = prepare(name, x);
        made.member.header_at = at;
        const std::string header = io::format_local_header(made.member);
        out.write(header + made.npy_header);
        io::write_elements(out, x);
        at += header.size() + made.member.bytes;
        members.push_back(std::move(made.member));
    }
    out.write(io::format_zip_directory(members, at));
    out.commit();
}

void save_npz(const file_path& path, std::initializer_list<npz_entry> tensors) {
    save_npz(path, std::span<const npz_entry>(tensors.begin(), tensors.size()));
}

}  // namespace abax
