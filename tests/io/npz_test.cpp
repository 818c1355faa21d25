#include <abax/io/crc32.hpp>
#include <abax/io/mapped_file.hpp>
#include <abax/io/npy.hpp>
#include <abax/io/npz.hpp>
#include <abax/io/utf8.hpp>
#include <abax/io/zip_directory.hpp>
#include <abax/io/zip_headers.hpp>
#include <abax/ops/create.hpp>

#include "scratch.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

using namespace abax;
using namespace abax::testing;

namespace {

const std::filesystem::path data = std::filesystem::path(ABAX_TEST_DATA) / "io";

std::vector<std::string> names_of(const std::vector<npz_entry>& tensors) {
    std::vector<std::string> names;
    for (const auto& entry : tensors)
        names.push_back(entry.first);
    return names;
}

constexpr auto all_types =
    std::to_array({dtype::float32, dtype::float64, dtype::int32, dtype::int64, dtype::boolean});

}  // namespace

TEST_CASE("npz: what is saved is loaded, in order, for every type and rank, extents of 0 included"
) {
    const scratch_folder folder;
    const std::vector<std::vector<std::int64_t>> shapes = {
        {}, {7}, {2, 3}, {2, 3, 5}, {0}, {2, 0, 3}, std::vector<std::int64_t>(32, 1)};
    std::vector<npz_entry> tensors;
    for (const dtype type : all_types)
        for (const auto& extents : shapes)
            tensors.emplace_back(
                std::string(to_string(type)) + std::to_string(tensors.size()),
                counted(type, extents)
            );

    save_npz(folder / "x.npz", tensors);
    const auto loaded = load_npz(folder / "x.npz");

    REQUIRE(names_of(loaded) == names_of(tensors));
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        CAPTURE(tensors[i].first);
        CHECK(same_tensor(loaded[i].second, tensors[i].second));
        CHECK(same_tensor(load_npz(folder / "x.npz", tensors[i].first), tensors[i].second));
    }
    CHECK(folder.count() == 1);
}

TEST_CASE("npz: the saved bytes are those that NumPy's savez writes") {
    const scratch_folder folder;
    const auto x = from(std::vector<float>{0, 1, 2, 3, 4, 5}, shape::of({2, 3}));
    const auto yes = from(std::vector<bool>{true}, shape{});

    save_npz(folder / "x.npz", {{"x", x}, {"\xC3\xA9", yes}});

    CHECK(content_of(folder / "x.npz") == content_of(data / "numpy_savez.npz"));
}

TEST_CASE("npz: every element type, byte order and order of axes that NumPy writes is read") {
    const auto tensors = load_npz(data / "numpy_types.npz");

    REQUIRE(tensors.size() == 38);  // 19 types in C and in Fortran order
    for (const auto& entry : tensors) {
        const std::string& name = entry.first;
        const any_tensor& x = entry.second;
        CAPTURE(name);
        CHECK(x.shape().extents() == std::vector<std::int64_t>{2, 3});
        CHECK(x.where().stride == (name.starts_with("f_") ? strides{1, 2} : strides{3, 1}));
        std::vector<double> numbers;
        with_element(x.type(), [&]<class T>(T) {
            for (const T value : values<T>(x))
                numbers.push_back(static_cast<double>(value));
        });
        if (name.ends_with("b1"))
            CHECK(numbers == std::vector<double>{0, 1, 1, 1, 0, 1});
        else if (name.substr(name.size() - 2, 1) == "u")
            CHECK(numbers == std::vector<double>{1, 2, 3, 4, 5, 200});
        else
            CHECK(numbers == std::vector<double>{-1, 2, 3, 4, 5, 100});
    }
}

TEST_CASE("npz: rank 0, rank 32, extents of 0 and Fortran order come from NumPy as they are") {
    const auto path = data / "numpy_shapes.npz";

    CHECK(load_npz<double>(path, "rank0").item() == 2.5);
    CHECK(load_npz(path, "empty").shape().str() == "3 0 2");
    CHECK(load_npz(path, "f_empty").shape().str() == "3 0");
    CHECK(load_npz(path, "rank32").rank() == 32);
    const any_tensor columns = load_npz(path, "f3");
    CHECK(columns.where().stride == strides{1, 2, 6});
    std::vector<std::int32_t> counted_up(24);
    for (std::size_t i = 0; i < counted_up.size(); ++i)
        counted_up[i] = static_cast<std::int32_t>(i);
    CHECK(values<std::int32_t>(columns) == counted_up);
}

TEST_CASE("npz: an archive written to a stream, with its sizes behind the data, is read") {
    const auto x = load_npz<float>(data / "numpy_stream.npz", "x");

    CHECK(x.to_vector() == std::vector<float>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("npy: versions 1, 2 and 3 of NumPy's own are read") {
    for (const int version : {1, 2, 3}) {
        CAPTURE(version);
        const auto file = data / ("numpy_version" + std::to_string(version) + ".npy");
        CHECK(load_npy<double>(file).to_vector() == std::vector<double>{0, 1, 2, 3, 4, 5});
    }
}

TEST_CASE("npy, npz: names of axes are declared where a tensor enters") {
    const scratch_folder folder;
    const any_tensor x = counted(dtype::float32, {12, 5});
    save_npy(folder / "x.npy", x);
    save_npz(folder / "x.npz", {{"w", x}});

    const auto from_npy = load_npy<float>(folder / "x.npy", "(h f r) m", {{"h", 2}, {"f", 3}});
    const auto from_npz = load_npz<float>(folder / "x.npz", "w", "s m");

    CHECK(from_npy.shape().str() == "(h f r)=12 m=5");
    REQUIRE(from_npy.shape()[0].memory != nullptr);
    CHECK(from_npy.shape()[0].memory->back().extent == 2);
    CHECK(from_npz.shape().str() == "s=12 m=5");
    CHECK(load_npy(folder / "x.npy", "a b").shape().str() == "a=12 b=5");
}

TEST_CASE("npy, npz: names or types that the file does not hold are refused with the file's name") {
    const scratch_folder folder;
    save_npy(folder / "x.npy", counted(dtype::float32, {12, 5}));
    save_npz(folder / "x.npz", {{"w", counted(dtype::float32, {12, 5})}});
    const std::string npy = (folder / "x.npy").string();
    const std::string npz = (folder / "x.npz").string();
    struct declared {
        std::string_view names;
        category kind;
    };
    const std::vector<declared> table = {
        {"a", category::rank_mismatch},
        {"a b c", category::rank_mismatch},
        {"a a", category::duplicate_axis},
        {"a (b=2 c)", category::not_divisible},
        {"a=13 b", category::size_mismatch},
        {"(a b) c", category::ambiguous_size},
        {"a (b", category::syntax},
    };
    for (const declared& row : table) {
        CAPTURE(row.names);
        const error of_npy = error_of([&] { (void)load_npy(npy, row.names); });
        CHECK(of_npy.kind() == row.kind);
        CHECK(of_npy.details().operation == "load_npy");
        CHECK(of_npy.details().file == npy);
        const error of_npz = error_of([&] { (void)load_npz(npz, "w", row.names); });
        CHECK(of_npz.kind() == row.kind);
        CHECK(of_npz.details().operation == "load_npz");
        CHECK(of_npz.details().file == npz + ": tensor 'w'");
    }
    const error type = error_of([&] { (void)load_npy<double>(npy); });
    CHECK(type.kind() == category::dtype_mismatch);
    CHECK(type.details().file == npy);
    CHECK(error_of([&] { (void)load_npz<bool>(npz, "w"); }).kind() == category::dtype_mismatch);
}

TEST_CASE("npz: names are keys and nothing else") {
    const scratch_folder folder;
    const std::vector<std::string> names = {
        "../x", "/etc/passwd", "", "a/b", "x.npy", "\xE2\x82\xAC", "a\nb"};
    std::vector<npz_entry> tensors;
    for (const std::string& name : names)
        tensors.emplace_back(name, counted(dtype::int32, {2}));

    save_npz(folder / "x.npz", tensors);

    CHECK(names_of(load_npz(folder / "x.npz")) == names);
    CHECK(folder.count() == 1);
}

TEST_CASE("npz: a strided tensor is saved in row-major logical order, also when it is large") {
    const scratch_folder folder;
    const any_tensor x = counted(dtype::int64, {257, 263});
    const any_tensor transposed = x.viewed({shape::of({263, 257}), {1, 263}, 0});
    const any_tensor backwards = x.viewed({shape::of({257 * 263}), {-1}, 257 * 263 - 1});
    const any_tensor repeated = x.viewed({shape::of({3, 2}), {0, 1}, 0});

    save_npz(folder / "x.npz", {{"t", transposed}, {"b", backwards}, {"r", repeated}});

    CHECK(same_tensor(load_npz(folder / "x.npz", "t"), transposed));
    CHECK(same_tensor(load_npz(folder / "x.npz", "b"), backwards));
    CHECK(same_tensor(load_npz(folder / "x.npz", "r"), repeated));
}

TEST_CASE("npz: more than 65535 tensors need and get the zip64 end record") {
    const scratch_folder folder;
    const any_tensor x = counted(dtype::boolean, {});
    std::vector<npz_entry> tensors;
    for (int i = 0; i < 65536; ++i)
        tensors.emplace_back(std::to_string(i), x);

    save_npz(folder / "x.npz", tensors);
    const auto loaded = load_npz(folder / "x.npz");

    REQUIRE(loaded.size() == 65536);
    CHECK(loaded.back().first == "65535");
}

TEST_CASE("npz: sizes and places beyond 4 GiB are written and read as zip64") {
    const scratch_folder folder;
    const std::uint64_t large = (std::uint64_t{5} << 30U) + 3;
    io::zip_member first{.name = "a.npy", .packed = large, .bytes = large};
    const std::string first_header = io::format_local_header(first);
    io::zip_member second{.name = "b.npy", .packed = 2, .bytes = 2};
    second.header_at = first_header.size() + large;
    const std::string second_header = io::format_local_header(second) + "xy";
    const std::uint64_t directory_at = second.header_at + second_header.size();
    const std::string directory = io::format_zip_directory({first, second}, directory_at);
    // The 5 GiB are a hole in the file, which takes no room.
    const auto path = folder / "x.npz";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const auto put = [&](const std::string& text, std::uint64_t at) {
        const auto count = ::pwrite(file, text.data(), text.size(), static_cast<off_t>(at));
        return count == static_cast<ssize_t>(text.size());
    };
    REQUIRE(put(first_header, 0));
    REQUIRE(put(second_header, second.header_at));
    REQUIRE(put(directory, directory_at));
    ::close(file);

    const auto mapped = mapped_file::open(path);
    const auto members = io::parse_zip_directory(mapped->bytes(), "x.npz");

    REQUIRE(members.size() == 2);
    CHECK(members[0].bytes == large);
    CHECK(members[0].data_at == first_header.size());
    CHECK(members[1].header_at == second.header_at);
    CHECK(members[1].data_at == directory_at - 2);
}

TEST_CASE("npz: a dry run reads shapes and allocates nothing; a dry tensor is not saved") {
    const dry_run dry;
    const any_tensor x = load_npz(data / "numpy_savez.npz", "x");
    CHECK(x.is_dry());
    CHECK(x.shape().str() == "2 3");

    const scratch_folder folder;
    const error thrown = error_of([&] { save_npz(folder / "x.npz", {{"x", x}}); });
    CHECK(thrown.kind() == category::dry);
    CHECK(folder.count() == 0);
}

TEST_CASE("npz: names that cannot be written are refused before a file is made") {
    const scratch_folder folder;
    const any_tensor x = counted(dtype::float32, {2});
    const std::vector<std::vector<npz_entry>> table = {
        {{"x", x}, {"x", x}},
        {{"\xFF", x}},
        {{std::string("a\0b", 3), x}},
        {{std::string(65532, 'x'), x}},
    };
    for (const auto& tensors : table) {
        CAPTURE(tensors.front().first.size());
        const error thrown = error_of([&] { save_npz(folder / "x.npz", tensors); });
        CHECK(thrown.kind() == category::usage);
        CHECK(thrown.details().operation == "save_npz");
        CHECK(folder.count() == 0);
    }
    CHECK_NOTHROW(save_npz(folder / "x.npz", {{std::string(65531, 'x'), x}}));
}

TEST_CASE("npz: a full disk leaves the file that was there before") {
    const scratch_folder folder;
    save_npz(folder / "x.npz", {{"x", counted(dtype::float32, {5})}});
    {
        const file_size_limit limit(1000);
        const error thrown = error_of([&] {
            save_npz(folder / "x.npz", {{"x", counted(dtype::float32, {500})}});
        });
        CHECK(thrown.kind() == category::file);
    }
    CHECK(load_npz(folder / "x.npz", "x").volume() == 5);
    CHECK(folder.count() == 1);
}

TEST_CASE("crc32: the known sum of '123456789', however it is cut into pieces") {
    const std::string digits = "123456789";
    for (std::size_t cut = 0; cut <= digits.size(); ++cut) {
        CAPTURE(cut);
        io::crc32 sum;
        sum.add(as_bytes(digits).first(cut));
        sum.add(as_bytes(digits).subspan(cut));
        CHECK(sum.value() == 0xCBF43926U);
    }
    CHECK(io::crc32().value() == 0);
}

TEST_CASE("utf8: the borders between well-formed and ill-formed text") {
    for (const std::string_view good :
         {"",
          "az",
          "\xC2\x80",
          "\xDF\xBF",
          "\xE0\xA0\x80",
          "\xED\x9F\xBF",
          "\xEE\x80\x80",
          "\xF0\x90\x80\x80",
          "\xF4\x8F\xBF\xBF"}) {
        CAPTURE(good);
        CHECK(io::is_utf8(good));
    }
    for (const std::string_view bad :
         {"\x80",
          "\xC1\xBF",
          "\xC2",
          "\xC2 ",
          "\xE0\x9F\xBF",
          "\xED\xA0\x80",
          "\xE0\xA0",
          "\xE0\xA0z",
          "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80",
          "\xF0\x90\x80",
          "\xFF"}) {
        CAPTURE(bad.size());
        CHECK_FALSE(io::is_utf8(bad));
    }
}
