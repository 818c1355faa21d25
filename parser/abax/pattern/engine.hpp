#pragma once

#include <abax/pattern/token.hpp>
#include <abax/pattern/verb.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace abax {

/// The tokens of a text of any length.
struct token_list {
    std::vector<token> tokens;
    std::uint32_t failure = no_failure;

    [[nodiscard]] token_view view() const noexcept { return {tokens, failure}; }
};

/// Runs the grammar over `text` with PEGTL.
///
/// @param text       the pattern, of any length below 4 GiB (`parse` sees to that)
/// @param operation  decides which rule of the grammar is the outermost
/// @return  the tokens up to the first failure, and its offset; never throws because of the text
/// @cost    linear in the length of the text
[[nodiscard]] token_list tokenize(std::string_view text, verb operation);

}  // namespace abax
