#include <abax/io/zip_directory.hpp>
#include <abax/io/zip_end.hpp>

#include <utility>

namespace abax::io {

namespace {

[[noreturn]] void rejected(std::string_view where, fault what) {
    throw_file_fault("load_npz", where, std::move(what));
}

end_record parse_end64(bytes_view file, std::uint64_t locator_at, std::string_view where) {
    fields locator(file.subspan(locator_at + 4, zip::locator_bytes - 4), where);
    const std::uint32_t disk = locator.u32();
    const std::uint64_t at = locator.u64();
    if (disk != 0 || locator.u32() > 1)
        several_disks(where);
    if (at > locator_at || locator_at - at != zip::end64_bytes
        || !begins_with(file.subspan(at), zip::end64_mark))
        rejected(where, {"the zip64 end record is not where its locator says"});
    fields end(file.subspan(at + 4, zip::end64_bytes - 4), where);
    if (end.u64() != zip::end64_bytes - 12)
        rejected(where, {"the zip64 end record has a length that is not its own", "44"});
    end.skip(4);  // versions
    const bool one_disk = end.u32() == 0 && end.u32() == 0;
    const std::uint64_t count_here = one_disk ? end.u64() : 0;
    const end_record found{end.u64(), end.u64(), end.u64(), at};
    if (!one_disk || count_here != found.count)
        several_disks(where);
    return found;
}

}  // namespace

[[noreturn]] void several_disks(std::string_view where) {
    rejected(where, {"the archive is split over several files", "one file"});
}

end_record parse_zip_end(bytes_view file, std::string_view where) {
    const bool is_zip = begins_with(file, zip::local_mark) || begins_with(file, zip::end_mark);
    if (!is_zip)
        rejected(
            where,
            {"this is not an npz file",
             "a zip file as numpy.savez writes it",
             std::to_string(file.size()) + " bytes that begin otherwise"}
        );
    if (file.size() < zip::end_bytes
        || !begins_with(file.subspan(file.size() - zip::end_bytes), zip::end_mark))
        rejected(
            where,
            {.message = "the file does not end with the end record of a zip file",
             .expected = "the end record, and no comment behind it",
             .help = "the file is cut short, or has a comment: write it again with numpy.savez"}
        );
    const std::uint64_t end_at = file.size() - zip::end_bytes;
    fields end(file.subspan(end_at + 4), where);
    const bool one_disk = end.u16() == 0 && end.u16() == 0;
    const std::uint64_t count_here = end.u16();
    end_record found{end.u16(), end.u32(), end.u32(), end_at};
    if (!one_disk || count_here != found.count)
        several_disks(where);
    if (end.u16() != 0)
        rejected(where, {"the end record announces a comment that is not there"});
    if (end_at >= zip::locator_bytes) {
        const std::uint64_t locator_at = end_at - zip::locator_bytes;
        const bool needs_64 = found.count == zip::elsewhere16 || found.size == zip::elsewhere32
                           || found.at == zip::elsewhere32;
        if (needs_64 && begins_with(file.subspan(locator_at), zip::locator_mark))
            found = parse_end64(file, locator_at, where);
    }
    if (found.at > found.behind || found.behind - found.at != found.size)
        rejected(
            where,
            {"the central directory is not where the end record says",
             std::to_string(found.size) + " bytes at byte " + std::to_string(found.at),
             "it must end at byte " + std::to_string(found.behind)}
        );
    return found;
}

}  // namespace abax::io
