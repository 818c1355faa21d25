// Any text as a pattern, under every verb. Both engines read it alike; what is accepted prints back to a text
// that parses to the same pattern; what is refused is refused by an `abax::error` whose place lies in the text.

#include <abax/pattern/check.hpp>
#include <abax/pattern/engine.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/pattern/static_check.hpp>
#include <abax/pattern/walker.hpp>

#include "support.hpp"

#include <algorithm>
#include <array>

namespace {

using namespace abax;
using fuzz::require;

constexpr auto all_verbs = std::to_array(
    {verb::rearrange,
     verb::reduce,
     verb::repeat,
     verb::einsum,
     verb::axes,
     verb::pack,
     verb::unpack,
     verb::parse_shape}
);

void check_engines(std::string_view text, verb operation) {
    const token_list found = tokenize(text, operation);
    const token_array walked = walk(text, operation);
    if (walked.overflowed) {
        require(found.tokens.size() > max_literal_tokens, "the walker gives up on long texts only");
        return;
    }
    require(walked.failure == found.failure, "both engines fail at the same place");
    require(
        std::ranges::equal(walked.view().tokens, found.tokens), "both engines find the same tokens"
    );
    require(
        static_fault(text, operation) == first_fault(text, operation, found.view()),
        "both engines find the same fault"
    );
}

void check_pattern(std::string_view text, verb operation) {
    try {
        const pattern p = parse(text, operation);
        const pattern again = parse(p.str(), operation);
        require(again == p, "a pattern prints to a text that parses to the same pattern");
        require(again.str() == p.str(), "printing is canonical");
        require(!p.tree().empty(), "a pattern can be drawn");
    } catch (const error& refused) {
        const diagnosis& why = refused.details();
        require(!why.message.empty(), "an error has a message");
        require(
            why.offset == diagnosis::nowhere || why.offset <= text.size(),
            "an error points into the text"
        );
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const verb operation : all_verbs) {
        check_engines(text, operation);
        check_pattern(text, operation);
    }
    return 0;
}
