#pragma once

#include <string>
#include <string_view>

namespace abax::io {

/// What is wrong with a file: the lines of its error.
struct fault {
    std::string message;
    std::string expected = {};
    std::string got = {};
    std::string help = {};
};

/// Throws `error` of category file. @param operation  the verb, "load_npy"  @param where  "x.npy", or as `tensor_in` has it
[[noreturn]] void throw_file_fault(const char* operation, std::string_view where, fault what);

/// "model.safetensors: tensor 'wte.weight'".
[[nodiscard]] std::string tensor_in(std::string_view file, std::string_view tensor);

/// Text from a file, in quotes, as an error may show it: at most about 60 bytes, cut between characters.
///
/// A file that cannot be trusted may hold a name of 90 MB.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace abax::io
