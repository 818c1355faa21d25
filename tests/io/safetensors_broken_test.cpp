#include <abax/io/safetensors.hpp>

#include "scratch.hpp"

using namespace abax;
using namespace abax::testing;

namespace {

struct broken {
    std::string text;
    std::string_view message;
    std::string_view tensor = {};  // the one the error names, if any
};

std::string file_of(const std::string& header, std::size_t data_bytes = 0) {
    return little_endian(header.size(), 8) + header + std::string(data_bytes, '\1');
}

/// A file with the one tensor 'a', which has these fields.
std::string tensor_of(const std::string& fields, std::size_t data_bytes = 8) {
    return file_of("{\"a\":{" + fields + "}}", data_bytes);
}

std::string shaped(const std::string& shape) {
    return tensor_of(R"("dtype":"F32","data_offsets":[0,8],"shape":)" + shape);
}

std::string placed(const std::string& offsets) {
    return tensor_of(R"("dtype":"F32","shape":[2],"data_offsets":)" + offsets);
}

/// Two tensors 'a' and 'b' of one F32 each, at these offsets.
std::string pair_of(const std::string& a, const std::string& b, std::size_t data_bytes) {
    const std::string fields = R"({"dtype":"F32","shape":[1],"data_offsets":)";
    return file_of("{\"a\":" + fields + a + "},\"b\":" + fields + b + "}}", data_bytes);
}

void check_rejected(const std::vector<broken>& table) {
    for (const broken& row : table) {
        CAPTURE(row.text.substr(0, 200));
        const error thrown = error_of([&] {
            (void)parse_safetensors_header(as_bytes(row.text), "bad.safetensors");
        });
        CHECK(thrown.kind() == category::file);
        CHECK(thrown.details().operation == "safetensors");
        CHECK(thrown.details().message == row.message);
        CHECK(
            thrown.details().file
            == (row.tensor.empty() ? "bad.safetensors"
                                   : "bad.safetensors: tensor '" + std::string(row.tensor) + '\'')
        );
        CHECK(std::string_view(thrown.what()).find("bad.safetensors") != std::string_view::npos);
    }
}

const std::string whole = file_of(
    R"({"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"I64","shape":[],"data_offsets":[8,16]}} )",
    16
);

}  // namespace

TEST_CASE("safetensors: a file that ends too early is refused, wherever it ends") {
    REQUIRE_NOTHROW((void)parse_safetensors_header(as_bytes(whole), "x"));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        const error thrown = error_of([&] {
            (void)parse_safetensors_header(as_bytes(whole.substr(0, size)), "bad.safetensors");
        });
        CHECK(thrown.kind() == category::file);
        CHECK(thrown.details().file.starts_with("bad.safetensors"));
    }
}

TEST_CASE(
    "safetensors: any byte of the header may be anything, and nothing worse than an error happens"
) {
    for (std::size_t at = 0; at < whole.size() - 16; ++at)
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = whole;
            changed[at] = static_cast<char>(byte);
            try {
                (void)parse_safetensors_header(as_bytes(changed), "bad.safetensors");
            } catch (const error& thrown) {
                CHECK(thrown.kind() == category::file);
            }
        }
}

TEST_CASE("safetensors: the length of the header must be believable") {
    const auto with_length = [](std::uint64_t length) { return little_endian(length, 8) + "{}"; };
    const std::string_view too_long =
        "the header is longer than the format allows, or this is not a safetensors file";
    check_rejected({
        {"", "the file ends within the length of its header"},
        {"1234567", "the file ends within the length of its header"},
        {with_length(3), "the file ends within its header"},
        {with_length(100'000'000), "the file ends within its header"},
        {with_length(100'000'001), too_long},
        {with_length(std::uint64_t{1} << 63U), too_long},
        {with_length(0xFFFFFFFFFFFFFFFF), too_long},
        {with_length(0xFFFFFFFFFFFFFFF8), too_long},  // 8 more is 0
        {"PK\x03\x04 not such a file", too_long},
        {with_length(0), "the header does not begin with '{'"},
        {with_length(1), "the header is not valid JSON"},
    });
}

TEST_CASE("safetensors: the header must be one JSON object in UTF-8") {
    check_rejected({
        {file_of(" {}"), "the header does not begin with '{'"},
        {file_of("\xEF\xBB\xBF{}"), "the header does not begin with '{'"},
        {file_of("[]"), "the header does not begin with '{'"},
        {file_of("null"), "the header does not begin with '{'"},
        {file_of("{\"a\"}"), "the header is not valid JSON"},
        {file_of("{} {}"), "the header is not valid JSON"},
        {file_of("{}x"), "the header is not valid JSON"},
        {file_of("{,}"), "the header is not valid JSON"},
        {file_of("{'a':1}"), "the header is not valid JSON"},
        {file_of("{/**/}"), "the header is not valid JSON"},
        {file_of(std::string("{}\0", 3)), "the header is not valid JSON"},
        {file_of(std::string("{}\0 hidden", 10)), "the header is not valid JSON"},
        {file_of("{\"\xFF\":{}}"), "the header is not valid UTF-8"},
        {file_of("{\"\xC3\":{}}"), "the header is not valid UTF-8"},
        {file_of("{\"\xED\xA0\x80\":{}}"), "the header is not valid UTF-8"},
        {file_of("{\"\\ud800\":{}}"), "the header is not valid JSON"},
        {file_of("{\"a\":{\"dtype\":\"\xFF\"}}"), "the header is not valid UTF-8", "a"},
        {file_of("{\"a\":{\"dtype\":\"" + std::string(100'000, 'F')),
         "the header is not valid JSON",
         "a"},
    });
}

TEST_CASE("safetensors: every value must be of its type, and nothing nests") {
    check_rejected({
        {file_of(R"({"a":1})"), "the value of 'a' is of the wrong type"},
        {file_of(R"({"a":null})"), "the value of 'a' is of the wrong type"},
        {file_of(R"({"a":"F32"})"), "the value of 'a' is of the wrong type"},
        {file_of("{\"a\":" + std::string(1'000'000, '[')), "the value of 'a' is of the wrong type"},
        {file_of(R"({"__metadata__":[]})"), "the value of '__metadata__' is of the wrong type"},
        {file_of(R"({"__metadata__":{"k":1}})"), "the metadata 'k' is of the wrong type"},
        {file_of(R"({"__metadata__":{"k":{}}})"), "the metadata 'k' is of the wrong type"},
        {file_of(R"({"__metadata__":{"k":null}})"), "the metadata 'k' is of the wrong type"},
        {tensor_of(R"("dtype":32)"), "'dtype' is of the wrong type", "a"},
        {tensor_of(R"("dtype":["F32"])"), "'dtype' is of the wrong type", "a"},
        {tensor_of(R"("dtype":-1)"), "'dtype' is of the wrong type", "a"},
        {tensor_of(R"("dtype":1.5)"), "'dtype' is of the wrong type", "a"},
        {tensor_of(R"("dtype":true)"), "'dtype' is of the wrong type", "a"},
        {shaped("2"), "'shape' is of the wrong type", "a"},
        {shaped("\"2\""), "'shape' is of the wrong type", "a"},
        {shaped("{}"), "'shape' is of the wrong type", "a"},
        {shaped("[[2]]"), "'shape' holds something of the wrong type", "a"},
        {shaped("[\"2\"]"), "'shape' holds something of the wrong type", "a"},
        {shaped("[null]"), "'shape' holds something of the wrong type", "a"},
        {shaped("[false]"), "'shape' holds something of the wrong type", "a"},
        {shaped("[" + std::string(1'000'000, '{')),
         "'shape' holds something of the wrong type",
         "a"},
        {placed("{\"begin\":0}"), "'data_offsets' is of the wrong type", "a"},
    });
}

TEST_CASE("safetensors: keys that are twice, missing or unknown are refused") {
    const std::string a = R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
    check_rejected({
        {file_of("{" + a + "," + a + "}", 8), "the header has this tensor twice", "a"},
        {file_of(R"({"\u0061":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)" + a + "}", 8),
         "the header has this tensor twice",
         "a"},
        {file_of(R"({"__metadata__":{},"__metadata__":{}})"),
         "the header has the key '__metadata__' twice"},
        {file_of(R"({"__metadata__":{"k":"1","k":"2"}})"), "the header has the key 'k' twice"},
        {tensor_of(R"("dtype":"F32","dtype":"F32")"), "the header has the key 'dtype' twice", "a"},
        {tensor_of(R"("shape":[],"shape":[])"), "the header has the key 'shape' twice", "a"},
        {tensor_of(R"("data_offsets":[0,8],"data_offsets":[0,8])"),
         "the header has the key 'data_offsets' twice",
         "a"},
        {tensor_of(""), "the tensor lacks the key 'dtype'", "a"},
        {tensor_of(R"("shape":[2],"data_offsets":[0,8])"), "the tensor lacks the key 'dtype'", "a"},
        {tensor_of(R"("dtype":"F32","data_offsets":[0,8])"),
         "the tensor lacks the key 'shape'",
         "a"},
        {tensor_of(R"("dtype":"F32","shape":[2])"), "the tensor lacks the key 'data_offsets'", "a"},
        {tensor_of(R"("dtype":"F32","shape":[2],"data_offsets":[0,8],"strides":[1])"),
         "the tensor has an unknown key 'strides'",
         "a"},
    });
}

TEST_CASE("safetensors: an unknown data type is named") {
    check_rejected({
        {tensor_of(R"("dtype":"F128","shape":[2],"data_offsets":[0,8])"),
         "the format has no data type 'F128'",
         "a"},
        {tensor_of(R"("dtype":"f32","shape":[2],"data_offsets":[0,8])"),
         "the format has no data type 'f32'",
         "a"},
        {tensor_of(R"("dtype":"","shape":[2],"data_offsets":[0,8])"),
         "the format has no data type ''",
         "a"},
    });
}

TEST_CASE("safetensors: extents that are no counts, or do not fit, are refused") {
    std::string ones = "[1";
    for (int i = 0; i < 32; ++i)
        ones += ",1";
    check_rejected({
        {shaped("[-2]"), "'shape' holds a negative number", "a"},
        {shaped("[-0]"), "'shape' holds a negative number", "a"},
        {shaped("[2.0]"), "'shape' holds a number that is no integer of 64 bits", "a"},
        {shaped("[2e0]"), "'shape' holds a number that is no integer of 64 bits", "a"},
        {shaped("[1e999]"), "the header is not valid JSON", "a"},
        {shaped("[18446744073709551616]"),
         "'shape' holds a number that is no integer of 64 bits",
         "a"},
        {shaped("[18446744073709551615]"), "an extent in 'shape' does not fit 63 bits", "a"},
        {shaped("[9223372036854775808]"), "an extent in 'shape' does not fit 63 bits", "a"},
        {shaped("[4294967296,4294967296]"), "the size of the tensor does not fit 64 bits", "a"},
        {shaped("[2305843009213693952]"), "the size of the tensor does not fit 64 bits", "a"},
        {shaped("[4611686018427387904,4,1]"), "the size of the tensor does not fit 64 bits", "a"},
        {shaped("[3]"), "'data_offsets' does not fit the shape", "a"},
        {shaped("[]"), "'data_offsets' does not fit the shape", "a"},
        {shaped("[2,0]"), "'data_offsets' does not fit the shape", "a"},
        {shaped(ones + "]"), "the tensor has more than 32 axes", "a"},
        {tensor_of(R"("dtype":"F4","shape":[3],"data_offsets":[0,1])"),
         "the elements do not fill whole bytes",
         "a"},
    });
}

TEST_CASE("safetensors: data offsets must be two, in order, and within the file") {
    check_rejected({
        {placed("[]"), "'data_offsets' has too few numbers", "a"},
        {placed("[0]"), "'data_offsets' has too few numbers", "a"},
        {placed("[0,8,8]"), "'data_offsets' has too many numbers", "a"},
        {placed("[-8,0]"), "'data_offsets' holds a negative number", "a"},
        {placed("[0,8.0]"), "'data_offsets' holds a number that is no integer of 64 bits", "a"},
        {placed("[8,0]"), "'data_offsets' ends before it begins", "a"},
        {placed("[18446744073709551615,7]"), "'data_offsets' ends before it begins", "a"},
        {placed("[0,9]"), "'data_offsets' goes beyond the end of the file", "a"},
        {placed("[8,16]"), "'data_offsets' goes beyond the end of the file", "a"},
        {placed("[18446744073709551607,18446744073709551615]"),
         "'data_offsets' goes beyond the end of the file",
         "a"},
        {placed("[0,7]"), "'data_offsets' does not fit the shape", "a"},
        {placed("[1,8]"), "'data_offsets' does not fit the shape", "a"},
    });
}

TEST_CASE("safetensors: tensors must cover the data without overlap or hole") {
    check_rejected({
        {pair_of("[0,4]", "[0,4]", 4), "the tensor overlaps tensor 'a'", "b"},
        {pair_of("[0,4]", "[2,6]", 6), "the tensor overlaps tensor 'a'", "b"},
        {pair_of("[2,6]", "[0,4]", 6), "the tensor overlaps tensor 'b'", "a"},
        {pair_of("[0,4]", "[8,12]", 12), "there is a hole before the tensor", "b"},
        {pair_of("[4,8]", "[8,12]", 12), "there is a hole before the tensor", "a"},
        {pair_of("[0,4]", "[4,8]", 9), "the file goes on after its last tensor"},
        {file_of("{}", 1), "the file goes on after its last tensor"},
        {file_of(R"({"z":{"dtype":"F32","shape":[0],"data_offsets":[1,1]}})", 1),
         "there is a hole before the tensor",
         "z"},
    });
    CHECK_NOTHROW((void)parse_safetensors_header(as_bytes(pair_of("[4,8]", "[0,4]", 8)), "x"));
}

TEST_CASE("safetensors: open names the file it was given") {
    const scratch_folder folder;
    const auto path = folder.with("bad.safetensors", placed("[8,0]"));

    CHECK(
        error_of([&] { (void)safetensors::open(path); }).details().file
        == path.string() + ": tensor 'a'"
    );
    CHECK(
        error_of([&] { (void)safetensors::open(folder / "none"); }).details().operation
        == "safetensors"
    );
}

TEST_CASE("safetensors: a name too long to show is cut between characters") {
    std::string name;
    for (int i = 0; i < 100; ++i)
        name += "\xE2\x82\xAC";  // 3 bytes each

    const error thrown = error_of([&] {
        (void)parse_safetensors_header(as_bytes(file_of("{\"" + name + "x\":{}}")), "bad");
    });

    CHECK(thrown.details().file == "bad: tensor '" + name.substr(0, 60) + "...'");
}
