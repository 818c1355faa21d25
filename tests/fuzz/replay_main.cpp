// Runs saved inputs through a fuzz target without a fuzzer: `fuzz-npy corpus/npy more.npy`.

#include "support.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& where) {
    if (!fs::is_directory(where))
        return {where};
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(where))
        if (entry.is_regular_file())
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());  // the same order on every machine
    return files;
}

// A copy in a block of exactly this size, so that a sanitizer sees one byte too far.
std::vector<std::uint8_t> content_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    abax::fuzz::require(in.good(), "the input can be read");
    std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in), {}};
    bytes.shrink_to_fit();
    return bytes;
}

}  // namespace

int main(int count, char** arguments) {
    std::size_t runs = 0;
    fs::path current;
    try {
        for (int i = 1; i < count; ++i)
            for (const fs::path& path : files_in(arguments[i])) {
                current = path;
                const auto bytes = content_of(path);
                (void)LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
                ++runs;
            }
    } catch (const std::exception& thrown) {
        std::cerr << current << ": " << thrown.what() << '\n';
        return 1;
    }
    std::cout << runs << " inputs replayed\n";
    return runs > 0 ? 0 : 1;
}
