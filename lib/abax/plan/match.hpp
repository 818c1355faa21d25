#pragma once

#include <abax/core/error.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/shape/shape.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace abax {

/// Where a mistake happened: what every message of one call shares.
struct call_site {
    std::string operation;          ///< the verb
    const pattern* text = nullptr;  ///< null where the verb has no pattern; outlives the call
    std::string input;              ///< the operands' shapes

    /// An error at a place of the pattern, with operation, pattern and input filled in.
    [[nodiscard]] error at(text_range place, diagnosis d) const;
    /// An error that no place of the pattern can be blamed for.
    [[nodiscard]] error anywhere(diagnosis d) const;
};

/// What a place of a pattern says.
[[nodiscard]] std::string_view text_at(const pattern& p, text_range at);

/// Which item of a side is the bare `...`, or the `*` of pack; the number of items if none is.
[[nodiscard]] std::size_t ellipsis_position(const side& s);

/// Pairs each item of a side with the axes it stands for, visit(item, first axis, how many): one, or for the ellipsis
/// what the others leave. The rank fits (`check_names`).
template <class Visit>
void for_each_matched(const side& s, std::size_t rank, Visit&& visit) {
    const std::size_t dots = ellipsis_position(s);
    std::size_t at = 0;
    for (std::size_t i = 0; i < s.items.size(); ++i) {
        const std::size_t count = i == dots ? rank + 1 - s.items.size() : 1;
        visit(s.items[i], at, count);
        at += count;
    }
}

/// Whether the rank fits, and each name that a named tensor has is the one that the pattern says.
/// @throws abax::error rank_mismatch, name_mismatch
void check_names(const call_site& where, const side& left, const shape& axes);

}  // namespace abax
