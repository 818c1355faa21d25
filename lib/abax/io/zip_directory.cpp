#include <abax/io/utf8.hpp>
#include <abax/io/zip_directory.hpp>
#include <abax/io/zip_end.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace abax::io {

namespace {

[[noreturn]] void rejected(std::string_view where, fault what) {
    throw_file_fault("load_npz", where, std::move(what));
}

/// The content of the zip64 extra field, if there is one.
std::optional<bytes_view> zip64_field_in(bytes_view extra, std::string_view where) {
    fields all(extra, where);
    std::optional<bytes_view> found;
    while (!all.rest().empty()) {
        const std::uint16_t id = all.u16();
        const bytes_view content = all.take(all.u16());
        if (id != zip::zip64_field)
            continue;
        if (found)
            rejected(where, {"the zip64 field is there twice"});
        found = content;
    }
    return found;
}

/// Replaces the numbers that do not fit 32 bits by those of the zip64 field, which holds them in this order.
template <class... Numbers>
void widen(bytes_view extra, std::string_view where, Numbers&... numbers) {
    const auto field = zip64_field_in(extra, where);
    if (!field)
        return;
    fields wide(*field, where);
    ((numbers = numbers == zip::elsewhere32 ? wide.u64() : numbers), ...);
}

void check_name(const zip_member& member, std::string_view where) {
    const std::string& name = member.name;
    const bool says_utf8 = (member.flags & zip::name_is_utf8) != 0;
    if (name.find('\0') != std::string::npos || !is_utf8(name) || !(is_ascii(name) || says_utf8))
        rejected(
            where,
            {"the name of a member is not UTF-8, or not marked so",
             "names in UTF-8 without zero bytes"}
        );
}

zip_member parse_central(fields& directory, std::string_view where) {
    if (directory.u32() != zip::central_mark)
        rejected(where, {"the central directory is malformed", "the mark of a member's record"});
    zip_member member;
    directory.skip(4);  // versions
    member.flags = directory.u16();
    member.method = directory.u16();
    directory.skip(4);  // time and date
    member.crc = directory.u32();
    member.packed = directory.u32();
    member.bytes = directory.u32();
    const std::size_t name_bytes = directory.u16();
    const std::size_t extra_bytes = directory.u16();
    const std::size_t comment_bytes = directory.u16();
    const std::uint16_t disk = directory.u16();
    directory.skip(6);  // attributes
    member.header_at = directory.u32();
    member.name = directory.text(name_bytes);
    check_name(member, where);  // first, so that errors can show it
    const std::string in_member = tensor_in(where, member.name);
    widen(directory.take(extra_bytes), in_member, member.bytes, member.packed, member.header_at);
    directory.skip(comment_bytes);
    if (disk != 0)
        several_disks(in_member);
    return member;
}

/// `room` is what is left of the file from the data on to the directory.
void check_sizes(const zip_member& member, std::size_t room, std::string_view where) {
    if (member.packed > room)
        rejected(
            where,
            {"the member goes beyond the directory",
             "at most " + std::to_string(room) + " bytes",
             std::to_string(member.packed)}
        );
    if (member.method == zip::stored && !member.encrypted() && member.packed != member.bytes)
        rejected(
            where,
            {"the member is stored as it is, yet has two sizes",
             std::to_string(member.bytes) + " bytes",
             std::to_string(member.packed)}
        );
}

/// Reads the local header of a member, which must say the same, and finds where its data begins.
void find_data(zip_member& member, bytes_view file, std::uint64_t limit, std::string_view where) {
    const std::string in_member = tensor_in(where, member.name);
    if (member.header_at > limit || limit - member.header_at < zip::local_bytes
        || !begins_with(file.subspan(member.header_at), zip::local_mark))
        rejected(in_member, {"there is no member where the directory says"});
    fields header(file.subspan(member.header_at, limit - member.header_at), in_member);
    header.skip(6);  // mark and version
    const std::uint16_t flags = header.u16();
    const std::uint16_t method = header.u16();
    header.skip(4);  // time and date
    const std::uint32_t crc = header.u32();
    std::uint64_t packed = header.u32();
    std::uint64_t bytes = header.u32();
    const std::size_t name_bytes = header.u16();
    const std::size_t extra_bytes = header.u16();
    const std::string name = header.text(name_bytes);
    widen(header.take(extra_bytes), in_member, bytes, packed);

    // A writer to a stream knows the sizes only afterwards.
    const bool unknown = (flags & zip::sizes_follow) != 0 && crc == 0 && packed == 0 && bytes == 0;
    const bool sizes_agree =
        unknown || (crc == member.crc && packed == member.packed && bytes == member.bytes);
    if (flags != member.flags || method != member.method || name != member.name || !sizes_agree)
        rejected(
            in_member,
            {.message = "the member's own header contradicts the directory",
             .expected = "the same name, sizes, checksum and method in both"}
        );
    member.data_at = limit - header.rest().size();
    check_sizes(member, header.rest().size(), in_member);
}

void check_overlaps(const std::vector<zip_member>& members, std::string_view where) {
    std::vector<const zip_member*> by_place;
    for (const zip_member& member : members)
        by_place.push_back(&member);
    std::sort(by_place.begin(), by_place.end(), [](const auto* a, const auto* b) {
        return a->header_at < b->header_at;
    });
    for (std::size_t i = 1; i < by_place.size(); ++i) {
        const zip_member& before = *by_place[i - 1];
        if (by_place[i]->header_at < before.data_at + before.packed)
            rejected(
                tensor_in(where, by_place[i]->name),
                {"the member overlaps member " + shown(before.name)}
            );
    }
    if (!by_place.empty() && by_place.front()->header_at != 0)
        rejected(where, {"there is something in front of the first member", "a member at byte 0"});
}

}  // namespace

std::vector<zip_member> parse_zip_directory(bytes_view file, std::string_view where) {
    const end_record end = parse_zip_end(file, where);
    fields directory(file.subspan(end.at, end.size), where);
    std::vector<zip_member> members;
    std::set<std::string> names;
    while (!directory.rest().empty()) {
        zip_member member = parse_central(directory, where);
        if (!names.insert(member.name).second)
            rejected(
                where, {"the member " + shown(member.name) + " is there twice", "each name once"}
            );
        find_data(member, file, end.at, where);
        members.push_back(std::move(member));
    }
    if (members.size() != end.count)
        rejected(
            where,
            {"the end record counts the members otherwise than the directory lists them",
             std::to_string(end.count),
             std::to_string(members.size())}
        );
    check_overlaps(members, where);
    return members;
}

}  // namespace abax::io
