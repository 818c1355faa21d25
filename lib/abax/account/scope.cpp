#include <abax/account/scope.hpp>
#include <abax/core/error.hpp>

#include <string>

namespace abax {

namespace {

thread_local name current_path;

// An empty part would make a path that reads like another one, or a row without a label.
void require_parts(std::string_view label) {
    if (!label.empty() && label.front() != '/' && label.back() != '/'
        && label.find("//") == std::string_view::npos)
        return;
    throw error(
        {.kind = category::usage,
         .operation = "scope",
         .message = "a scope needs a label, without empty parts",
         .expected = "\"attention\", or \"h.0/attention\" for two scopes at once",
         .got = '"' + std::string(label) + '"'}
    );
}

name joined(name outer, std::string_view label) {
    if (!outer)
        return name(label);
    // Kept between calls: entering a scope whose path is known allocates nothing.
    thread_local std::string text;
    text.assign(outer.text());
    text += '/';
    text += label;
    return name(text);
}

}  // namespace

scope::scope(std::string_view label) : outer_(current_path) {
    require_parts(label);
    current_path = joined(outer_, label);
}

scope::~scope() {
    current_path = outer_;
}

name scope::current() noexcept {
    return current_path;
}

bool lies_in(std::string_view path, std::string_view scope) noexcept {
    if (scope.empty() || path == scope)
        return true;
    return path.size() > scope.size() && path.starts_with(scope) && path[scope.size()] == '/';
}

}  // namespace abax
