#include <abax/core/error.hpp>
#include <abax/io/file_fault.hpp>

#include <utility>

namespace abax::io {

void throw_file_fault(const char* operation, std::string_view where, fault what) {
    throw error(
        {.kind = category::file,
         .operation = operation,
         .message = std::move(what.message),
         .expected = std::move(what.expected),
         .got = std::move(what.got),
         .help = std::move(what.help),
         .file = std::string(where)}
    );
}

std::string tensor_in(std::string_view file, std::string_view tensor) {
    return std::string(file) + ": tensor " + shown(tensor);
}

std::string shown(std::string_view text) {
    constexpr std::size_t most_bytes = 60;
    if (text.size() <= most_bytes)
        return '\'' + std::string(text) + '\'';
    std::size_t cut = most_bytes;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U)
        --cut;  // inside a character of UTF-8
    return '\'' + std::string(text.substr(0, cut)) + "...'";
}

}  // namespace abax::io
