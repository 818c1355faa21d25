#include <abax/io/npy.hpp>
#include <abax/io/npy_header.hpp>

#include "scratch.hpp"

#include <array>

using namespace abax;
using namespace abax::testing;

namespace {

std::string npy(const std::string& dictionary, const std::string& elements, int version = 1) {
    const std::string length = little_endian(dictionary.size(), version == 1 ? 2 : 4);
    return "\x93NUMPY" + std::string{static_cast<char>(version), '\0'} + length + dictionary
         + elements;
}

std::string dictionary(
    const std::string& descr, const std::string& shape, const std::string& fortran = "False"
) {
    return "{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
}

any_tensor parsed(const std::string& file) {
    return parse_npy(as_bytes(file), "x.npy");
}

constexpr auto all_types =
    std::to_array({dtype::float32, dtype::float64, dtype::int32, dtype::int64, dtype::boolean});

}  // namespace

TEST_CASE("npy: what is saved is loaded, for every type and rank, extents of 0 and 1 included") {
    const scratch_folder folder;
    const std::vector<std::vector<std::int64_t>> shapes = {
        {}, {7}, {2, 3}, {2, 3, 5}, {1, 2, 1, 3}, {0}, {2, 0, 3}, std::vector<std::int64_t>(32, 1)};
    for (const dtype type : all_types)
        for (const auto& extents : shapes) {
            const any_tensor x = counted(type, extents);
            CAPTURE(to_string(type));
            CAPTURE(x.shape().str());

            save_npy(folder / "x.npy", x);
            const any_tensor y = load_npy(folder / "x.npy");

            CHECK(same_tensor(x, y));
            CHECK(y.is_contiguous());
            CHECK_FALSE(y.is_named());
        }
    CHECK(folder.count() == 1);
}

TEST_CASE("npy: the saved bytes are those that NumPy writes") {
    const scratch_folder folder;

    save_npy(folder / "x.npy", counted(dtype::float32, {2, 1}));

    std::string expected = std::string("\x93NUMPY\x01\x00\x76\x00", 10)
                         + "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }";
    expected.append(127 - expected.size(), ' ');
    expected += '\n';
    expected.append("\x00\x00\x80\x3F\x00\x00\x00\x40", 8);
    CHECK(content_of(folder / "x.npy") == expected);
}

TEST_CASE("npy: the header that is written reads back, and elements begin at a multiple of 64 bytes"
) {
    for (std::size_t rank = 0; rank <= 32; ++rank) {
        CAPTURE(rank);
        io::npy_header header{
            "<f8", rank % 2 == 0, std::vector<std::int64_t>(rank, 9223372036854775807), 0};

        const std::string text = io::format_npy_header(header);

        header.data_begin = text.size();
        CHECK(io::parse_npy_header(as_bytes(text), "x.npy") == header);
        CHECK(text.size() % 64 == 0);
    }
}

TEST_CASE("npy: a strided tensor is saved in row-major logical order") {
    const scratch_folder folder;
    const any_tensor x = counted(dtype::int32, {2, 3});
    const shape transposed = shape::of({3, 2});
    struct view {
        layout where;
        std::vector<std::int32_t> values;
    };
    const std::vector<view> table = {
        {{transposed, {1, 3}, 0}, {1, 4, 2, 5, 3, 6}},
        {{shape::of({2, 2}), {3, 2}, 0}, {1, 3, 4, 6}},
        {{shape::of({2, 2}), {3, 1}, 1}, {2, 3, 5, 6}},
        {{shape::of({2, 3}), {-3, -1}, 5}, {6, 5, 4, 3, 2, 1}},
        {{shape::of({2, 3}), {0, 1}, 3}, {4, 5, 6, 4, 5, 6}},
    };
    for (const view& row : table) {
        CAPTURE(row.where.axes.str());
        save_npy(folder / "x.npy", x.viewed(row.where));

        CHECK(values<std::int32_t>(load_npy(folder / "x.npy")) == row.values);
    }
}

TEST_CASE("npy: a strided tensor larger than one piece of the writer is saved whole") {
    const scratch_folder folder;
    const any_tensor x = counted(dtype::int64, {257, 263});
    const any_tensor transposed = x.viewed({shape::of({263, 257}), {1, 263}, 0});

    save_npy(folder / "x.npy", transposed);

    CHECK(same_tensor(load_npy(folder / "x.npy"), transposed));
}

TEST_CASE("npy: a large strided tensor without elements is saved at once") {
    const scratch_folder folder;
    const std::int64_t huge = std::int64_t{1} << 60;
    const any_tensor x = counted(dtype::float32, {1}).viewed({shape::of({huge, 0}), {0, 0}, 0});

    save_npy(folder / "x.npy", x);

    CHECK(load_npy(folder / "x.npy").shape().extents() == std::vector<std::int64_t>{huge, 0});
}

TEST_CASE("npy: Fortran order has the same logical values") {
    // 1 2 3
    // 4 5 6   lies in the file as 1 4 2 5 3 6
    const std::string columns({1, 4, 2, 5, 3, 6});

    const any_tensor x = parsed(npy(dictionary("|i1", "(2, 3)", "True"), columns));

    CHECK(values<std::int32_t>(x) == std::vector<std::int32_t>{1, 2, 3, 4, 5, 6});
    CHECK(x.where().stride == strides{1, 2});
}

TEST_CASE("npy: Fortran order with rank 3, rank 0 and extents of 0") {
    std::string columns;
    for (char k = 0; k < 5; ++k)
        for (char j = 0; j < 3; ++j)
            for (char i = 0; i < 2; ++i)
                columns += static_cast<char>(1 + k + 5 * (j + 3 * i));

    CHECK(same_tensor(
        parsed(npy(dictionary("|u1", "(2, 3, 5)", "True"), columns)),
        counted(dtype::int32, {2, 3, 5})
    ));
    CHECK(
        values<std::int32_t>(parsed(npy(dictionary("|u1", "()", "True"), "\x07")))
        == std::vector<std::int32_t>{7}
    );
    CHECK(parsed(npy(dictionary("|u1", "(3, 0)", "True"), "")).volume() == 0);
}

TEST_CASE("npy: versions 1, 2 and 3 are read") {
    for (const int version : {1, 2, 3}) {
        CAPTURE(version);
        CHECK(
            values<bool>(parsed(npy(dictionary("|b1", "(2,)"), {"\x00\x01", 2}, version)))
            == std::vector<bool>{false, true}
        );
    }
}

TEST_CASE("npy: each element type is read as the smallest of ours that holds it") {
    struct stored {
        const char* descr;
        std::string bytes;  // of the number 2
        dtype type;
    };
    const std::vector<stored> table = {
        {"<f2", {"\x00\x40", 2}, dtype::float32},
        {">f2", {"\x40\x00", 2}, dtype::float32},
        {"<f4", {"\x00\x00\x00\x40", 4}, dtype::float32},
        {">f4", {"\x40\x00\x00\x00", 4}, dtype::float32},
        {"=f4", {"\x00\x00\x00\x40", 4}, dtype::float32},
        {"f4", {"\x00\x00\x00\x40", 4}, dtype::float32},
        {"<f8", {"\x00\x00\x00\x00\x00\x00\x00\x40", 8}, dtype::float64},
        {">f8", {"\x40\x00\x00\x00\x00\x00\x00\x00", 8}, dtype::float64},
        {"|i1", "\x02", dtype::int32},
        {"<i1", "\x02", dtype::int32},
        {"|u1", "\x02", dtype::int32},
        {"<i2", {"\x02\x00", 2}, dtype::int32},
        {">u2", {"\x00\x02", 2}, dtype::int32},
        {"<i4", {"\x02\x00\x00\x00", 4}, dtype::int32},
        {">i4", {"\x00\x00\x00\x02", 4}, dtype::int32},
        {"<u4", {"\x02\x00\x00\x00", 4}, dtype::int64},
        {">i8", {"\x00\x00\x00\x00\x00\x00\x00\x02", 8}, dtype::int64},
    };
    for (const stored& row : table) {
        CAPTURE(row.descr);
        const any_tensor x = parsed(npy(dictionary(row.descr, "()"), row.bytes));
        REQUIRE(x.type() == row.type);
        with_element(row.type, [&]<class T>(T) {
            CHECK(values<T>(x) == std::vector<T>{static_cast<T>(2)});
        });
    }
}

TEST_CASE("npy: keys come in any order, with any quotes and spaces") {
    const std::vector<std::string> dictionaries = {
        "{'shape': (2,), 'fortran_order': False, 'descr': '|i1'}",
        "  { \"descr\" :\t'|i1' , 'shape':( 2 , ), 'fortran_order' : False } \n",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (2L,), }",
    };
    for (const std::string& text : dictionaries) {
        CAPTURE(text);
        CHECK(values<std::int32_t>(parsed(npy(text, {1, 2}))) == std::vector<std::int32_t>{1, 2});
    }
}

TEST_CASE("npy: a dry run reads the shape and allocates nothing") {
    const scratch_folder folder;
    save_npy(folder / "x.npy", counted(dtype::float64, {2, 3}));

    const dry_run dry;
    const any_tensor x = load_npy(folder / "x.npy");

    CHECK(x.is_dry());
    CHECK(x.shape().str() == "2 3");
    CHECK(x.type() == dtype::float64);
}

TEST_CASE("npy: a dry tensor is not saved, and no file is made") {
    const scratch_folder folder;

    const error thrown = error_of([&] {
        save_npy(folder / "x.npy", any_tensor::dry(dtype::float32, shape::of({2})));
    });

    CHECK(thrown.kind() == category::dry);
    CHECK(folder.count() == 0);
}

TEST_CASE("npy: saving onto the file that was loaded replaces it") {
    const scratch_folder folder;
    const any_tensor x = counted(dtype::float32, {5});
    save_npy(folder / "x.npy", x);

    save_npy(folder / "x.npy", load_npy(folder / "x.npy"));

    CHECK(same_tensor(load_npy(folder / "x.npy"), x));
}

TEST_CASE("npy: saving where nothing can be written is an error of save_npy, and leaves nothing") {
    const scratch_folder folder;
    const any_tensor x = counted(dtype::float32, {500});
    const file_size_limit limit(1000);

    const error nowhere = error_of([&] { save_npy(folder / "none/x.npy", x); });
    const error full = error_of([&] { save_npy(folder / "x.npy", x); });

    CHECK(nowhere.kind() == category::file);
    CHECK(nowhere.details().operation == "save_npy");
    CHECK(full.kind() == category::file);
    CHECK(full.details().file == (folder / "x.npy").string());
    CHECK(folder.count() == 0);
}
