#include <abax/io/npy.hpp>

#include "scratch.hpp"

using namespace abax;
using namespace abax::testing;

namespace {

struct broken {
    std::string text;
    std::string_view message;
};

std::string npy(const std::string& dictionary, const std::string& elements = {}) {
    return std::string("\x93NUMPY\x01\x00", 8) + little_endian(dictionary.size(), 2) + dictionary
         + elements;
}

std::string shaped(const std::string& shape) {
    return npy("{'descr': '|i1', 'fortran_order': False, 'shape': " + shape + ", }");
}

std::string typed(const std::string& descr, const std::string& elements = {}) {
    return npy("{'descr': " + descr + ", 'fortran_order': False, 'shape': (), }", elements);
}

void check_rejected(const std::vector<broken>& table) {
    for (const broken& row : table) {
        CAPTURE(row.text);
        const error thrown = error_of([&] { (void)parse_npy(as_bytes(row.text), "bad.npy"); });
        CHECK(thrown.kind() == category::file);
        CHECK(thrown.details().operation == "load_npy");
        CHECK(thrown.details().file == "bad.npy");
        CHECK(std::string_view(thrown.what()).find("bad.npy") != std::string_view::npos);
        CHECK(thrown.details().message == row.message);
    }
}

}  // namespace

TEST_CASE("npy: a file that ends too early is refused, wherever it ends") {
    const std::string whole =
        npy("{'descr': '<i4', 'fortran_order': False, 'shape': (2, 1), }\n", std::string(8, '\1'));
    REQUIRE_NOTHROW((void)parse_npy(as_bytes(whole), "x.npy"));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        const error thrown =
            error_of([&] { (void)parse_npy(as_bytes(whole.substr(0, size)), "bad.npy"); });
        CHECK(thrown.kind() == category::file);
        CHECK(thrown.details().file == "bad.npy");
    }
}

TEST_CASE("npy: any byte of the header may be anything, and nothing worse than an error happens") {
    const std::string whole =
        npy("{'descr': '<i4', 'fortran_order': False, 'shape': (2, 1), }\n", std::string(8, '\1'));
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = whole;
            changed[at] = static_cast<char>(byte);
            try {
                (void)parse_npy(as_bytes(changed), "bad.npy");
            } catch (const error& thrown) {
                CHECK(thrown.kind() == category::file);
            }
        }
}

TEST_CASE("npy: the file must begin as the format says") {
    const std::string magic = "\x93NUMPY";
    check_rejected({
        {"", "this is not an npy file"},
        {"PK\x03\x04 an npz archive", "this is not an npy file"},
        {magic, "the npy file ends within its version"},
        {magic + std::string("\x00\x00", 2), "this version of the npy format is unknown"},
        {magic + std::string("\x04\x00", 2), "this version of the npy format is unknown"},
        {magic + std::string("\x01\x01", 2), "this version of the npy format is unknown"},
        {magic + std::string("\x01\x00\x05", 3),
         "the npy file ends within the length of its header"},
        {magic + std::string("\x02\x00\x05\x00", 4),
         "the npy file ends within the length of its header"},
        {magic + std::string("\x01\x00\xFF\xFF{}", 6), "the npy file ends within its header"},
        {magic + std::string("\x02\x00\xFF\xFF\xFF\xFF{}", 8),
         "the npy file ends within its header"},
    });
}

TEST_CASE("npy: elements that are missing or left over are refused") {
    const std::string header = npy("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }");
    check_rejected({
        {header, "the npy file ends within its elements"},
        {header + std::string(7, '\0'), "the npy file ends within its elements"},
        {header + std::string(9, '\0'), "the npy file goes on after its elements"},
        {shaped("(0,)") + "x", "the npy file goes on after its elements"},
        {shaped("(4611686018427387904,)"), "the npy file ends within its elements"},
    });
}

TEST_CASE("npy: extents that are negative, malformed or too large are refused") {
    check_rejected({
        {shaped("(-1,)"), "an extent in 'shape' is negative"},
        {shaped("(2, -3)"), "an extent in 'shape' is negative"},
        {shaped("(+1,)"), "'shape' holds something that is no extent"},
        {shaped("(01,)"), "'shape' holds something that is no extent"},
        {shaped("(0x1,)"), "the header is malformed"},
        {shaped("(1.0,)"), "the header is malformed"},
        {shaped("(1e3,)"), "the header is malformed"},
        {shaped("(None,)"), "'shape' holds something that is no extent"},
        {shaped("('2',)"), "'shape' holds something that is no extent"},
        {shaped("(,)"), "'shape' holds something that is no extent"},
        {shaped("(2,,)"), "'shape' holds something that is no extent"},
        {shaped("(2 3)"), "the header is malformed"},
        {shaped("(3)"), "the header is malformed"},
        {shaped("3"), "the header is malformed"},
        {shaped("[2, 3]"), "the header is malformed"},
        {shaped("((2,),)"), "'shape' holds something that is no extent"},
        {shaped(std::string(60000, '(')), "'shape' holds something that is no extent"},
        {shaped("(2,"), "'shape' holds something that is no extent"},
        {shaped("(9223372036854775808,)"), "an extent in 'shape' does not fit 64 bits"},
        {shaped("(" + std::string(5000, '9') + ",)"), "an extent in 'shape' does not fit 64 bits"},
        {shaped("(4294967296, 4294967296)"),
         "the number of bytes of the array does not fit 64 bits"},
        {npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2305843009213693952,), }"),
         "the number of bytes of the array does not fit 64 bits"},
    });
}

TEST_CASE("npy: more than 32 axes are refused") {
    std::string extents = "(";
    for (int i = 0; i < 33; ++i)
        extents += "1,";
    check_rejected({{shaped(extents + ")"), "the array has 33 axes"}});
}

TEST_CASE("npy: the dictionary must have exactly its three keys, each once") {
    check_rejected({
        {npy("{}"), "the header lacks the key 'descr'"},
        {npy("{'descr': '<f4', 'shape': ()}"), "the header lacks the key 'fortran_order'"},
        {npy("{'descr': '<f4', 'fortran_order': False}"), "the header lacks the key 'shape'"},
        {npy("{'fortran_order': False, 'shape': ()}"), "the header lacks the key 'descr'"},
        {npy("{'descr': '<f4', 'descr': '<f8'}"), "the header has the key 'descr' twice"},
        {npy("{'shape': (), 'shape': ()}"), "the header has the key 'shape' twice"},
        {npy("{'shape': (), 'order': 'C'}"), "the header has an unknown key 'order'"},
    });
}

TEST_CASE("npy: the dictionary must be well-formed, and nothing may follow it") {
    check_rejected({
        {npy(""), "the header is malformed"},
        {npy("   \n"), "the header is malformed"},
        {npy("['descr']"), "the header is malformed"},
        {npy("{"), "the header lacks a key in quotes"},
        {npy("{,}"), "the header lacks a key in quotes"},
        {npy("{descr: '<f4'}"), "the header lacks a key in quotes"},
        {npy("{'descr"), "a quote in the header is not closed"},
        {npy("{'descr\": '<f4'}"), "the header is malformed"},
        {npy("{'descr' '<f4'}"), "the header is malformed"},
        {npy("{'descr': '<f4' 'shape': ()}"), "the header is malformed"},
        {npy("{'de\\x73cr': '<f4'}"), "a text in the header holds more than plain ASCII"},
        {npy("{'descr\xC3\xA9': '<f4'}"), "a text in the header holds more than plain ASCII"},
        {npy(std::string("{'descr\0': '<f4'}", 17)),
         "a text in the header holds more than plain ASCII"},
        {npy("{'fortran_order': 1}"), "'fortran_order' is neither True nor False"},
        {npy("{'fortran_order': true}"), "'fortran_order' is neither True nor False"},
        {npy("{'fortran_order': Falsehood}"), "the header is malformed"},
        {npy("{'descr': '|i1', 'fortran_order': False, 'shape': ()} x", "1"),
         "the header goes on after its dictionary"},
        {npy("{'descr': '|i1', 'fortran_order': False, 'shape': ()}}", "1"),
         "the header goes on after its dictionary"},
        {npy(std::string("{'descr': '|i1', 'fortran_order': False, 'shape': ()}\0", 54), "1"),
         "the header goes on after its dictionary"},
        {npy("{'descr': __import__('os')}"), "the header lacks an element type in quotes"},
    });
}

TEST_CASE("npy: an element type that abax does not have is named") {
    check_rejected({
        {typed("'<c8'", "12345678"), "abax has no element type for dtype '<c8'"},
        {typed("'<u8'", "12345678"), "abax has no element type for dtype '<u8'"},
        {typed("'<f16'", ""), "abax has no element type for dtype '<f16'"},
        {typed("'<U5'", ""), "abax has no element type for dtype '<U5'"},
        {typed("'|S3'", "abc"), "abax has no element type for dtype '|S3'"},
        {typed("'<M8[ns]'", ""), "abax has no element type for dtype '<M8[ns]'"},
        {typed("'|V2'", ""), "abax has no element type for dtype '|V2'"},
        {typed("'|f4'", "1234"), "abax has no element type for dtype '|f4'"},
        {typed("'<<f4'", "1234"), "abax has no element type for dtype '<<f4'"},
        {typed("''", ""), "abax has no element type for dtype ''"},
        {typed("'" + std::string(5000, 'f') + "'", ""),
         "abax has no element type for dtype 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff...'"},
        {typed("[('a', '<f4'), ('b', '<i4')]"),
         "the elements have a structured type, which abax does not read"},
        {typed("('<f4', (2,))"), "the elements have a structured type, which abax does not read"},
        {typed("'|O'", "\x80\x04N."),
         "the array holds pickled Python objects (dtype '|O'), which abax never reads"},
        {typed("'O'", "\x80\x04N."),
         "the array holds pickled Python objects (dtype 'O'), which abax never reads"},
    });
}

TEST_CASE("npy: load_npy names the file it was given") {
    const scratch_folder folder;
    const auto path = folder.with("bad.npy", "nonsense");

    CHECK(error_of([&] { (void)load_npy(path); }).details().file == path.string());
    CHECK(error_of([&] { (void)load_npy(folder / "none.npy"); }).details().operation == "load_npy");
}
