# docs/verbs.md names every function of lib/abax/ops, as `name` or `name(...)`.
#
#   cmake -DROOT=project -P check_verbs.cmake

cmake_minimum_required(VERSION 3.25)

file(READ ${ROOT}/docs/verbs.md page)
file(GLOB headers ${ROOT}/lib/abax/ops/*.hpp)
set(verbs "")
foreach(header IN LISTS headers)
    file(READ ${header} text)
    if(text MATCHES "Private to this floor|namespace abax::detail {")
        continue()
    endif()
    # Brackets and semicolons mean something in CMake's lists.
    string(REPLACE "[[nodiscard]] " "" text "${text}")
    string(REGEX REPLACE "[][;]" "," text "${text}")
    # What `namespace detail` holds is nobody's verb.
    string(FIND "${text}" "\nnamespace detail {" from)
    while(NOT from EQUAL -1)
        string(SUBSTRING "${text}" 0 ${from} before)
        string(SUBSTRING "${text}" ${from} -1 behind)
        string(FIND "${behind}" "}  // namespace detail" to)
        string(SUBSTRING "${behind}" ${to} -1 behind)
        string(REGEX REPLACE "^}  // namespace detail" "" behind "${behind}")
        set(text "${before}${behind}")
        string(FIND "${text}" "\nnamespace detail {" from)
    endwhile()
    # A function begins where its line does: a type, a name, a parenthesis. A macro that makes functions gets the name
    # first.
    string(REGEX MATCHALL "\n([a-zA-Z][^=(\n]* [a-z_0-9]+\\(|ABAX_[A-Z_]+\\([a-z_0-9]+[,)])" declarations "${text}")
    foreach(declaration IN LISTS declarations)
        string(REGEX MATCH "([a-z_0-9]+).$" unused "${declaration}")
        list(APPEND verbs ${CMAKE_MATCH_1})
    endforeach()
endforeach()
list(REMOVE_DUPLICATES verbs)
list(SORT verbs)
list(LENGTH verbs count)
if(count LESS 100)
    message(FATAL_ERROR "only ${count} functions found in lib/abax/ops: this script no longer reads the headers")
endif()

set(missing 0)
foreach(verb IN LISTS verbs)
    if(NOT page MATCHES "`${verb}[`(]")
        message("docs/verbs.md lacks `${verb}`")
        math(EXPR missing "${missing} + 1")
    endif()
endforeach()
if(missing GREATER 0)
    message(FATAL_ERROR "${missing} verbs are not in docs/verbs.md")
endif()
message("docs/verbs.md has all ${count} verbs")
