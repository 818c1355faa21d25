#include <abax/core/error.hpp>
#include <abax/io/atomic_file.hpp>
#include <abax/io/declared.hpp>
#include <abax/io/file_fault.hpp>
#include <abax/io/mapped_file.hpp>
#include <abax/io/npy.hpp>
#include <abax/io/npy_header.hpp>
#include <abax/io/stored_type.hpp>
#include <abax/io/write_elements.hpp>

#include <array>
#include <bit>
#include <optional>
#include <string>
#include <utility>

namespace abax {

namespace {

struct descr_code {
    std::string_view code;  // without the byte order
    io::stored_type type;
};

constexpr auto descr_codes = std::to_array<descr_code>({
    {"f2", io::stored_type::f16},
    {"f4", io::stored_type::f32},
    {"f8", io::stored_type::f64},
    {"i1", io::stored_type::i8},
    {"i2", io::stored_type::i16},
    {"i4", io::stored_type::i32},
    {"i8", io::stored_type::i64},
    {"u1", io::stored_type::u8},
    {"u2", io::stored_type::u16},
    {"u4", io::stored_type::u32},
    {"b1", io::stored_type::boolean},
});

struct stored_order {
    io::stored_type type;
    std::endian order;
};

[[noreturn]] void rejected(std::string_view where, io::fault what) {
    io::throw_file_fault("load_npy", where, std::move(what));
}

// '<f4', '>f4', '|b1', '=i8' or 'f4': a mark for the byte order, then the type. '|' says that there is no order.
std::optional<stored_order> understand(std::string_view descr) {
    const bool has_mark =
        !descr.empty() && std::string_view("<>|=").find(descr.front()) != std::string_view::npos;
    const char mark = has_mark ? descr.front() : '=';
    const std::string_view code = has_mark ? descr.substr(1) : descr;
    for (const descr_code& known : descr_codes)
        if (known.code == code && (mark != '|' || size_of(known.type) == 1))
            return stored_order{
                known.type,
                mark == '<'   ? std::endian::little
                : mark == '>' ? std::endian::big
                              : std::endian::native};
    return std::nullopt;
}

stored_order require_type(const std::string& descr, std::string_view where) {
    if (const auto found = understand(descr))
        return *found;
    const bool is_object = descr.ends_with('O') || descr.starts_with("|O");
    rejected(
        where,
        {.message = is_object ? "the array holds pickled Python objects (dtype " + io::shown(descr)
                                    + "), which abax never reads"
                              : "abax has no element type for dtype " + io::shown(descr),
         .expected = "f2, f4, f8, i1, i2, i4, i8, u1, u2, u4 or b1",
         .got = io::shown(descr),
         .help = is_object ? "save the numbers themselves, as an array of floats"
                           : "save the array as one of these, with x.astype('<f4') for example"}
    );
}

shape require_shape(
    const io::npy_header& header,
    io::stored_type type,
    std::size_t data_bytes,
    std::string_view where
) {
    if (header.extents.size() > max_rank)
        rejected(
            where,
            {.message = "the array has " + std::to_string(header.extents.size()) + " axes",
             .expected = "at most " + std::to_string(max_rank)}
        );
    shape axes = shape::of(header.extents);
    std::int64_t wanted = 0;
    try {
        wanted = checked_mul(axes.volume(), static_cast<std::int64_t>(size_of(type)));
    } catch (const error&) {  // too many elements to count are a fault of the file, as any wrong number
        rejected(
            where,
            {.message = "the number of bytes of the array does not fit 64 bits",
             .got = "shape " + axes.str()}
        );
    }
    if (static_cast<std::uint64_t>(wanted) != data_bytes)
        rejected(
            where,
            {.message = static_cast<std::uint64_t>(wanted) > data_bytes
                          ? "the npy file ends within its elements"
                          : "the npy file goes on after its elements",
             .expected = std::to_string(wanted) + " bytes for shape " + axes.str() + " of dtype "
                       + io::shown(header.descr),
             .got = std::to_string(data_bytes) + " bytes"}
        );
    return axes;
}

// (2, 3) in Fortran order: element (i, j) lies at i + 2 j.
layout column_major(shape axes) {
    layout result = layout::row_major(std::move(axes));
    std::int64_t step = 1;
    for (std::size_t i = 0; i < result.rank(); ++i) {
        result.stride[i] = step;
        // Cannot overflow unless the volume is 0, and then no stride is ever used.
        if (__builtin_mul_overflow(step, result.axes[i].extent, &step))
            step = 0;
    }
    return result;
}

}  // namespace

any_tensor parse_npy(std::span<const std::byte> file, std::string_view where) {
    const io::npy_header header = io::parse_npy_header(file, where);
    const stored_order stored = require_type(header.descr, where);
    const std::span<const std::byte> elements = file.subspan(header.data_begin);
    // Before anything is allocated: no header can ask for more memory than its file has bytes, but for widening.
    shape axes = require_shape(header, stored.type, elements.size(), where);

    any_tensor result = any_tensor::empty(io::read_as(stored.type), axes);
    if (!result.is_dry())
        io::decode(stored.type, stored.order, elements, result.writable());
    return header.fortran_order ? result.viewed(column_major(std::move(axes))) : result;
}

any_tensor load_npy(const file_path& path) {
    const auto file = mapped_file::open(path.string(), "load_npy");
    return parse_npy(file->bytes(), path.string());
}

any_tensor load_npy(const file_path& path, std::string_view names, axis_sizes sizes) {
    return io::with_declared_names(load_npy(path), names, sizes, "load_npy", path.string());
}

void save_npy(const file_path& path, const any_tensor& x) {
    (void)x.data();  // a dry tensor is refused before a file is made
    atomic_file out(path.string(), "save_npy");
    out.write(io::format_npy_header(x.type(), x.shape().extents()));
    io::write_elements(out, x);
    out.commit();
}

}  // namespace abax
