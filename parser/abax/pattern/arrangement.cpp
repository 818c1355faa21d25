#include <abax/core/error.hpp>
#include <abax/pattern/arrangement.hpp>
#include <abax/pattern/engine.hpp>
#include <abax/pattern/pattern.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace abax {

namespace {

using detail::arranged;
using detail::arranged_item;

std::string quoted(std::string_view text) {
    return '\'' + std::string(text) + '\'';
}

std::string_view said(const arranged& a, const arranged_item& i) {
    return i.at.in(a.text());
}

arranged read(std::string_view text) {
    (void)parse(text, verb::rearrange);
    return detail::arrange(text, tokenize(text, verb::rearrange).tokens);
}

arranged read(const pattern& from) {
    if (from.operation() != verb::rearrange)
        throw error(
            {.kind = category::usage,
             .operation = "arrangement",
             .message =
                 "a pattern of " + std::string(to_string(from.operation())) + " is no arrangement",
             .pattern = from.text(),
             .expected = "a pattern of rearrange"}
        );
    return read(from.text());
}

// Puts the caret under an item of p, or under its whole left side; q is the input.
error refused(
    const arranged& p,
    const arranged_item* left,
    const arranged& q,
    const arranged_item* right,
    diagnosis d
) {
    d.operation = "compose";
    d.pattern = p.text();
    d.offset = left == nullptr ? 0 : left->at.offset;
    d.length = left == nullptr ? p.text().find("->") : left->at.length;
    if (left == nullptr && d.length > 0)
        --d.length;
    d.input = q.text();
    if (right != nullptr)
        d.got = quoted(said(q, *right));
    return error(std::move(d));
}

std::string both(
    const arranged& p, const arranged_item& left, const arranged& q, const arranged_item& right
) {
    return quoted(said(p, left)) + " reads what is made as " + quoted(said(q, right));
}

std::string rank_of(const detail::arranged_side& side) {
    const bool open = side.ellipsis_position() < side.item_count;
    const int count = side.item_count - (open ? 1 : 0);
    return "rank " + std::to_string(count) + (open ? " or more" : "");
}

}  // namespace

arrangement::arrangement(std::string_view text) : parts_(read(text)) {}
arrangement::arrangement(const pattern& from) : parts_(read(from)) {}

namespace detail {

void compose_needs_as_many_axes_left_in_p_as_right_in_q(const arranged& p, const arranged& q) {
    throw refused(
        p,
        nullptr,
        q,
        nullptr,
        {.kind = category::rank_mismatch,
         .message = "the left side has another rank than the result of the pattern before it",
         .expected = rank_of(p.left),
         .got = rank_of(q.right)}
    );
}

void compose_cannot_tell_which_axes_the_two_ellipses_share(const arranged& p, const arranged& q) {
    throw refused(
        p,
        nullptr,
        q,
        nullptr,
        {.kind = category::ellipsis,
         .message = "which axes '...' stands for depends on the rank of the tensor",
         .got = quoted(q.text().substr(q.right.items[0].at.offset)),
         .help = "write as many axes on each side of '...' in both patterns"}
    );
}

void compose_cannot_take_an_ellipsis_in_parentheses_apart(
    const arranged& p, const arranged_item& left, const arranged& q, const arranged_item& right
) {
    throw refused(
        p,
        &left,
        q,
        &right,
        {.kind = category::ellipsis,
         .message = both(p, left, q, right) + ", of nobody knows how many axes",
         .expected = "one name for the merged axis"}
    );
}

void compose_cannot_match_groups_with_different_numbers_of_factors(
    const arranged& p, const arranged_item& left, const arranged& q, const arranged_item& right
) {
    throw refused(
        p,
        &left,
        q,
        &right,
        {.kind = category::rank_mismatch,
         .message = both(p, left, q, right) + ": " + std::to_string(left.count) + " axes for "
                  + std::to_string(right.count),
         .expected_extent = left.count,
         .got_extent = right.count,
         .expected = "one name, or a group of " + std::to_string(right.count) + " axes",
         .help = "which axes meet depends on extents; run the two patterns one after the other"}
    );
}

void compose_cannot_match_groups_whose_factors_have_other_names_and_sizes(
    const arranged& p, const arranged_item& left, const arranged& q, const arranged_item& right
) {
    throw refused(
        p,
        &left,
        q,
        &right,
        {.kind = category::name_mismatch,
         .message = both(p, left, q, right) + ", which may be other factors",
         .expected = "the same names in the same order, or other names without sizes",
         .help = "give the factors the names that they have in the pattern before"}
    );
}

void compose_finds_two_extents_for_one_axis(
    const arranged& p, const arranged_item& left, const arranged& q, const arranged_item& right
) {
    throw refused(
        p,
        &left,
        q,
        &right,
        {.kind = category::size_mismatch,
         .message = both(p, left, q, right) + ", of another extent"}
    );
}

void compose_cannot_share_an_extent_among_factors_without_sizes(
    const arranged& p, const arranged_item& left, const arranged& q, const arranged_item& right
) {
    throw refused(
        p,
        &left,
        q,
        &right,
        {.kind = category::ambiguous_size,
         .message = both(p, left, q, right) + ": one extent is given for axes that have none",
         .expected = "extents for all factors but one, or none for the merged axis"}
    );
}

void inverse_cannot_take_an_ellipsis_in_parentheses_apart(const arranged& p) {
    const auto dots = p.text().rfind("...");
    throw error(
        {.kind = category::other,
         .operation = "inverse",
         .message =
             "'...' in parentheses is one axis, and no pattern tells how many it was made of",
         .pattern = std::string(p.text()),
         .offset = dots,
         .length = 3,
         .help = "name the axes instead of '...'"}
    );
}

void an_arrangement_has_at_most_32_axes_on_a_side() {
    throw error(
        {.kind = category::rank_mismatch,
         .operation = "compose",
         .message = "the composition has more than 32 axes on a side",
         .expected = "at most 32"}
    );
}

void the_text_of_an_arrangement_has_at_most_512_characters() {
    throw error(
        {.kind = category::overflow,
         .operation = "arrangement",
         .message = "the text of an arrangement has more than 512 characters",
         .expected = "at most 512",
         .help = "shorten the names"}
    );
}

}  // namespace detail

}  // namespace abax
