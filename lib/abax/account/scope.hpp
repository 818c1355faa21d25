#pragma once

#include <abax/core/name.hpp>

#include <string_view>
#include <utility>

namespace abax {

/// While one lives, what is recorded on this thread belongs to it: `scope layer("attention");`.
///
/// Scopes nest; a record's path joins them with '/': "h.0/attention". Costs nothing per operation.
/// Paths are interned and never forgotten, so a label should name a place, not a moment: "decode", not
/// "token 17".
class scope {
public:
    /// @throws abax::error  usage: an empty label, or one with an empty part ("a//b", "/a")
    [[nodiscard("a scope without a name ends at once")]] explicit scope(std::string_view label);
    ~scope();
    scope(const scope&) = delete;
    scope& operator=(const scope&) = delete;

    /// The path of this thread now; "no name" outside of all scopes.
    [[nodiscard]] static name current() noexcept;

private:
    name outer_;
};

/// What `run` gives, its records in the scope `label`: `const auto y = within("ln_f", [&] { return norm(x); })`.
/// @throws abax::error  as `scope`, and whatever `run` throws
template <class Run>
decltype(auto) within(std::string_view label, Run&& run) {
    const scope here(label);
    return std::forward<Run>(run)();
}

/// Whether `path` is `scope` or lies in it: "h.1/attention" lies in "h.1", "h.10" does not. Everything lies in "".
[[nodiscard]] bool lies_in(std::string_view path, std::string_view scope) noexcept;

}  // namespace abax
