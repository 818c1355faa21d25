#include <abax/pattern/diagnose.hpp>
#include <abax/pattern/hints.hpp>
#include <abax/pattern/word.hpp>

#include <string>

namespace abax {

namespace {

/// A fault with all that its words are made of.
struct incident {
    std::string_view text;
    verb operation;
    const fault& what;

    [[nodiscard]] std::string here() const { return std::string(what.at.in(text)); }
    [[nodiscard]] std::string there() const { return std::string(what.other.in(text)); }
    [[nodiscard]] bool is_left() const { return what.at.offset < text.find("->"); }
    [[nodiscard]] bool is_einsum() const { return operation == verb::einsum; }
};

std::string quoted(std::string_view text) {
    return "'" + std::string(text) + "'";
}

// Columns count from 1, as in editors. What a message refers to has only ASCII before it.
std::string column_of(text_range at) {
    return "column " + std::to_string(at.offset + 1);
}

// Where a name, or the ellipsis, may stand once.
std::string list_of(const incident& i) {
    if (!has_arrow(i.operation))
        return "in one list";
    return i.is_einsum() && i.is_left() ? "in one operand" : "on one side";
}

std::string bad_name_message(std::string_view word) {
    const std::string start = quoted(word) + " is no axis name: ";
    switch (judge(word)) {
    case word_kind::starts_with_digit: return start + "a name starts with a letter";
    case word_kind::starts_with_underscore: return start + "a name does not start with '_'";
    case word_kind::ends_with_underscore: return start + "a name does not end with '_'";
    case word_kind::starts_with_prime: return start + "a prime follows a name";
    default: return start + "primes stand only at the end of a name";
    }
}

std::string number_message(verb operation) {
    switch (operation) {
    case verb::repeat: return "a number may not stand on the left of repeat";
    case verb::reduce: return "a number may not stand on the right of reduce";
    default: return "a number may not stand in " + std::string(to_string(operation));
    }
}

std::string one_sided_message(const incident& i) {
    if (i.is_einsum())
        return "no operand has the axis " + quoted(i.here());
    return "axis " + quoted(i.here()) + " is missing on the " + (i.is_left() ? "right" : "left");
}

std::string grouped_ellipsis_message(const incident& i) {
    const std::string start = "'...' may not stand in parentheses ";
    if (!has_arrow(i.operation))
        return start + "in a list of axes";
    return start + (i.is_einsum() ? "in einsum" : "on the left");
}

std::string message_of(const incident& i) {
    const auto first = column_of(i.what.other);
    switch (i.what.kind) {
    case fault_kind::second_arrow:
        return "expected one '->', but here is a second; the first is at " + first;
    case fault_kind::second_ellipsis:
        return "'...' stands twice " + list_of(i) + "; it is already at " + first;
    case fault_kind::unclosed_group: return "expected ')' to close the group opened at " + first;
    case fault_kind::nested_group:
        return "a group in a group: the one opened at " + first + " is still open";
    case fault_kind::stray_character: return "unexpected " + describe_character(i.here());
    case fault_kind::stray_comma:
    case fault_kind::stray_equals:
    case fault_kind::stray_colon: return "unexpected " + quoted(i.here());
    case fault_kind::bad_name: return bad_name_message(i.here());
    case fault_kind::empty_label: return "the merged axis " + quoted(i.there()) + " has no factors";
    case fault_kind::duplicate:
        return "axis " + quoted(i.here()) + " stands twice " + list_of(i) + "; it is already at "
             + first;
    case fault_kind::ellipsis_only_right:
        return i.is_einsum() ? "no operand has '...'"
                             : "'...' on the right needs '...' on the left";
    case fault_kind::ellipsis_in_group: return grouped_ellipsis_message(i);
    case fault_kind::number_refused: return number_message(i.operation);
    case fault_kind::one_sided_name: return one_sided_message(i);
    case fault_kind::number_too_large: return "the number " + i.here() + " does not fit 64 bits";
    case fault_kind::glued_star: return quoted(i.here()) + " is neither a name nor '*'";
    case fault_kind::not_packable:
        return quoted(i.here()) + " may not stand in " + std::string(to_string(i.operation));
    case fault_kind::extents_differ:
        return "one axis with two extents: " + i.there() + " and " + i.here();
    default: return std::string(summary(i.what.kind));
    }
}

std::string bad_name_help(std::string_view word, verb operation) {
    if (word == "_" && operation == verb::einsum)
        return "give the axis a name; one that is missing on the right is summed";
    if (word == "_")
        return "give the axis a name";
    if (judge(word) == word_kind::starts_with_digit)
        return "a number stands alone, as in 'a 2'; a name has its digits behind, as in 'a2'";
    return "names are a letter, then letters, digits and '_', then primes: h2, head_dim, s'";
}

std::string number_help(verb operation, const std::string& digits) {
    switch (operation) {
    case verb::repeat: return "give the axis a name, and pass its extent to have it checked";
    case verb::reduce: return "reduce drops axes; repeat adds them";
    default: return "give the axis a name, and its extent as in h=" + digits;
    }
}

std::string duplicate_help(const std::string& word) {
    if (word == "*")
        return "one '*' stands for any number of neighbouring axes";
    return judge(word) == word_kind::name ? "a prime makes another axis of it: " + word + "'" : "";
}

std::string help_of(const incident& i) {
    switch (i.what.kind) {
    case fault_kind::missing_arrow: return i.what.at.length == 0 ? "" : "write '->'";
    case fault_kind::nested_group: return "groups have one level: (a b c) for (a (b c))";
    case fault_kind::stray_character: return character_help(i.here());
    case fault_kind::stray_comma:
        return i.is_einsum() ? "commas part the operands: left of the arrow, outside of parentheses"
                             : "part axes by spaces; only einsum has several operands";
    case fault_kind::stray_equals:
    case fault_kind::bad_extent: return "an extent follows its name without spaces: h=12";
    case fault_kind::stray_colon: return "a merged axis is named in front of its factors: (m: h d)";
    case fault_kind::colon_without_space: return "write (m: h d)";
    case fault_kind::bad_name: return bad_name_help(i.here(), i.operation);
    case fault_kind::empty_label: return "name its factors: (" + i.there() + ": h d)";
    case fault_kind::duplicate: return duplicate_help(i.here());
    case fault_kind::ellipsis_only_left: return "only reduce drops the axes of '...'";
    case fault_kind::ellipsis_in_group: return "write '...' outside of the parentheses";
    case fault_kind::number_refused: return number_help(i.operation, i.here());
    case fault_kind::one_sided_name: return one_sided_help(i.text, i.operation, i.what.at);
    case fault_kind::too_many_tokens:
    case fault_kind::literal_too_long: return "a text that is known at run time may be longer";
    case fault_kind::missing_star:
        return i.what.at.length > 0 ? "write '*'"
                                    : "'*' stands for the axes that are packed into one: 'b *'";
    case fault_kind::glued_star: return "write '" + with_spaced_stars(i.here()) + "'";
    case fault_kind::not_packable: return unpackable_help(i.here());
    case fault_kind::group_in_shape:
        return "name it as one axis, or take it apart by rearrange first";
    default: return "";
    }
}

// What was there instead, for the faults whose message does not quote it.
std::string got_of(const incident& i) {
    switch (i.what.kind) {
    case fault_kind::bad_extent:
        if (i.what.at.length == 0)
            return "the end of the pattern";
        return i.here() == " " ? "a space" : quoted(i.here());
    case fault_kind::missing_star:
    case fault_kind::missing_arrow: return i.what.at.length == 0 ? "" : quoted(i.here());
    case fault_kind::broken_dots:
    case fault_kind::glued_ellipsis:
    case fault_kind::extent_of_number:
    case fault_kind::bad_label:
    case fault_kind::group_in_shape:
    case fault_kind::zero:
    case fault_kind::number_refused: return quoted(i.here());
    default: return "";
    }
}

std::string axis_of(const incident& i) {
    switch (i.what.kind) {
    case fault_kind::bad_name:
    case fault_kind::duplicate:
    case fault_kind::one_sided_name: return i.here();
    case fault_kind::empty_label: return i.there();
    default: return "";
    }
}

}  // namespace

diagnosis diagnose(std::string_view text, verb operation, const fault& what) {
    const incident i{text, operation, what};
    diagnosis d;
    d.kind = category_of(what.kind);
    d.operation = to_string(operation);
    d.message = message_of(i);
    d.pattern = text;
    d.offset = what.at.offset;
    d.length = what.at.length;
    d.axis = axis_of(i);
    d.got = got_of(i);
    d.help = help_of(i);
    if (what.kind == fault_kind::extents_differ) {
        d.expected_extent = number_value(i.there());
        d.got_extent = number_value(i.here());
    }
    return d;
}

}  // namespace abax
