#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

namespace abax {

/// What kind of mistake an `error` reports. The names are stable: tests and scripts use them.
enum class category : std::uint8_t {
    syntax,                    ///< the pattern is not well-formed
    duplicate_axis,            ///< a name twice where it may stand once
    unknown_axis,              ///< a name that nothing here has
    rank_mismatch,             ///< too many or too few axes
    size_mismatch,             ///< two extents that must be equal are not
    not_divisible,             ///< an axis does not split evenly
    ambiguous_size,            ///< two unknown extents in one merged axis
    missing_size,              ///< a new axis without an extent
    ellipsis,                  ///< `...` where it may not stand
    anonymous_axis,            ///< a number where it may not stand
    unexpected_size_argument,  ///< a size for something that is no axis of the pattern
    other,                     ///< see the message
    name_mismatch,             ///< a pattern or operand disagrees with the names a tensor has
    dtype_mismatch,            ///< element types that do not go together
    file,                      ///< a file that cannot be read, written or trusted
    config,      ///< a model's configuration that is incomplete or contradicts its weights
    usage,       ///< the call or command line itself
    overflow,    ///< a number that does not fit
    allocation,  ///< memory could not be had
    dry,         ///< an element of a dry tensor was asked for
};

/// The name of a category, as in `enum category`.
[[nodiscard]] std::string_view to_string(category kind) noexcept;

/// Everything an error knows, as separate members; fill in what applies and throw `error` with it.
struct diagnosis {
    /// No place in the pattern can be blamed.
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    category kind = category::other;  ///< what tests and scripts go by
    std::string operation = {};       ///< the verb: "rearrange"
    std::string message = {};         ///< one sentence, without a full stop
    std::string pattern = {};         ///< the whole pattern text, if there is one
    std::size_t offset = nowhere;     ///< byte in `pattern` at which the caret stands
    std::size_t length = 0;           ///< bytes that the caret underlines
    std::string axis = {};            ///< the axis concerned
    std::optional<std::int64_t> expected_extent = {};  ///< the number that would have been right
    std::optional<std::int64_t> got_extent = {};       ///< the number that was there
    std::string input = {};     ///< the operands' shapes: "b=10 (h h2)=30 w=40"
    std::string expected = {};  ///< what would have been right
    std::string got = {};       ///< what was there instead
    std::string help = {};      ///< how to mend it
    std::string file = {};      ///< the file, and the tensor in it, if any
};

/// The one exception type of abax: a value with members, formatted by `what()`.
///
/// `what()` reads, with the lines that do not apply left out:
///
///     abax: rearrange: extent 30 of '(h h2)' is not divisible by h2 = 4
///       b (h h2) w -> b h w h2
///         ^~~~~~
///       file      ...
///       input     b=10 (h h2)=30 w=40
///       expected  an extent divisible by 4
///       got       30
///       help      pass h2=2, 3, 5 or 6
class error : public std::exception {
public:
    /// Formats the text at once, so that `what()` cannot fail.
    explicit error(diagnosis what_happened);

    /// The whole message, several lines, as above.
    [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }
    /// As `details().kind`.
    [[nodiscard]] category kind() const noexcept { return details_.kind; }
    /// The members one by one, for programs.
    [[nodiscard]] const diagnosis& details() const noexcept { return details_; }

private:
    diagnosis details_;
    std::string text_;
};

}  // namespace abax
