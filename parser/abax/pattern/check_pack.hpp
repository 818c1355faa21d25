#pragma once

#include <abax/pattern/check_side.hpp>
#include <abax/pattern/failure.hpp>
#include <abax/pattern/fault.hpp>
#include <abax/pattern/token.hpp>
#include <abax/pattern/word.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// The patterns of pack and unpack: names, each once, and one '*'.
namespace abax::detail {

/// What people write for '*', alone between spaces.
[[nodiscard]] constexpr bool is_star_lookalike(std::string_view chunk) noexcept {
    return chunk == "..." || chunk == "\xE2\x88\x97" || chunk == "\xEF\xBC\x8A"
        || chunk == "\xE2\x80\xA6";
}

/// Chunks are compared as they stand, legal or not. Those past the most axes that a tensor has are
/// not: this bounds the search.
[[nodiscard]] constexpr std::optional<fault> wrong_repetition(
    std::string_view text, std::span<const token> chunks
) noexcept {
    const std::size_t searched = chunks.size() < max_axes + 1 ? chunks.size() : max_axes + 1;
    for (std::size_t i = 1; i < searched; ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (same_text(text.data(), chunks[k], chunks[i]))
                return fault{
                    fault_kind::duplicate,
                    {chunks[i].offset, chunks[i].length},
                    {chunks[k].offset, chunks[k].length}};
    return std::nullopt;
}

/// Where the first character is that is not printable ASCII; the end if there is none.
[[nodiscard]] constexpr std::uint32_t foreign_character(
    std::string_view text, const token& t
) noexcept {
    for (std::uint32_t at = t.offset; at < t.end(); ++at)
        if (text[at] < ' ' || text[at] > '~')
            return at;
    return t.end();
}

/// What is wrong with one chunk, taken alone.
[[nodiscard]] constexpr std::optional<fault> wrong_chunk(
    std::string_view text, const token& t
) noexcept {
    const auto chunk = t.in(text);
    if (chunk == "*" || is_axis_name(chunk))
        return std::nullopt;
    const text_range whole{t.offset, t.length};
    if (const auto at = foreign_character(text, t); at < t.end())
        return fault{fault_kind::stray_character, {at, character_length(text, at)}, {}};
    if (chunk.find('*') != std::string_view::npos)
        return fault{fault_kind::glued_star, whole, {}};
    bool word = true;
    for (const char c : chunk)
        word = word && is_word_character(c);
    return fault{
        word && !is_number(chunk) ? fault_kind::bad_name : fault_kind::not_packable, whole, {}};
}

/// A pattern without '*': the caret goes to what may have been meant as one, else to the end.
[[nodiscard]] constexpr std::optional<fault> wrong_star(
    std::string_view text, std::span<const token> chunks
) noexcept {
    for (const token& t : chunks)
        if (t.in(text) == "*")
            return std::nullopt;
    for (const token& t : chunks) {
        if (t.in(text).find('*') != std::string_view::npos)
            return wrong_chunk(text, t);
        if (is_star_lookalike(t.in(text)))
            return fault{fault_kind::missing_star, {t.offset, t.length}, {}};
    }
    return fault{fault_kind::missing_star, {static_cast<std::uint32_t>(text.size()), 0}, {}};
}

/// The first fault of a pack pattern, in the order of einops: what stands twice, no '*', what is
/// neither a name nor '*'; then at most 32 axes.
[[nodiscard]] constexpr std::optional<fault> wrong_pack(
    std::string_view text, std::span<const token> chunks
) noexcept {
    if (const auto wrong = wrong_repetition(text, chunks))
        return wrong;
    if (const auto wrong = wrong_star(text, chunks))
        return wrong;
    for (const token& t : chunks)
        if (const auto wrong = wrong_chunk(text, t))
            return wrong;
    if (chunks.size() <= max_axes)
        return std::nullopt;
    const token& first_too_many = chunks[max_axes];
    return fault{fault_kind::too_many_axes, {first_too_many.offset, first_too_many.length}, {}};
}

}  // namespace abax::detail
