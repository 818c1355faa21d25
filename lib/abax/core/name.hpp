#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace abax {

/// The name of an axis, interned: comparing and copying one is a pointer's work.
///
/// A default-constructed name is "no name". Interned text lives as long as the program.
class name {
public:
    constexpr name() noexcept = default;

    /// Interns `text`; empty text gives "no name". Thread-safe.
    explicit name(std::string_view text);

    /// As it was given, primes included; "" for no name. Good as long as the program runs.
    [[nodiscard]] std::string_view text() const noexcept {
        return entry_ == nullptr ? std::string_view{} : std::string_view{*entry_};
    }
    /// Whether it is a name at all.
    [[nodiscard]] explicit operator bool() const noexcept { return entry_ != nullptr; }

    /// The name without its primes: s for s, s' and s''.
    [[nodiscard]] name unprimed() const;

    /// The same text; "no name" equals itself.
    friend bool operator==(name, name) noexcept = default;

    /// Alphabetical, so that what is sorted by name reads the same on every machine.
    friend bool operator<(name a, name b) noexcept { return a.text() < b.text(); }

private:
    friend struct std::hash<name>;
    const std::string* entry_ = nullptr;
};

}  // namespace abax

// Doxygen 1.9 finds no scope for specializations of what others declare.
/// @cond
template <>
struct std::hash<abax::name> {
    std::size_t operator()(abax::name n) const noexcept {
        return std::hash<const std::string*>{}(n.entry_);
    }
};
/// @endcond
