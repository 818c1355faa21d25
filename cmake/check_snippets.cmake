# No snippet lives only in prose: each block of the pages that is C++ stands verbatim in a tested example, and each
# block of plain text in what the examples print. Indentation is ignored.
#
#   cmake -DROOT=project -P check_snippets.cmake
#
#   ```cpp      must occur in examples/*.cpp
#   ```text     must occur in examples/expected/*.txt
#   others      are not looked at (```console blocks are run by check_commands.cmake)

cmake_minimum_required(VERSION 3.25)

# Everything below handles whole strings: a CMake list would break at the brackets and semicolons of C++.
function(without_indentation text result)
    string(REGEX REPLACE "\n[ \t]+" "\n" text "\n${text}")
    set(${result} "${text}" PARENT_SCOPE)
endfunction()

function(read_all pattern result)
    file(GLOB files ${pattern})
    set(all "")
    foreach(file IN LISTS files)
        file(READ ${file} text)
        string(APPEND all "\n${text}")
    endforeach()
    without_indentation("${all}" all)
    set(${result} "${all}" PARENT_SCOPE)
endfunction()

# Looks up each block of `language` in `haystack`; counts the blocks, and says which are missing.
function(check_blocks page language haystack home)
    file(READ ${page} rest)
    string(PREPEND rest "\n")
    set(fence "\n```${language}\n")
    string(LENGTH "${fence}" fence_length)
    while(TRUE)
        string(FIND "${rest}" "${fence}" begin)
        if(begin EQUAL -1)
            break()
        endif()
        math(EXPR begin "${begin} + ${fence_length}")
        string(SUBSTRING "${rest}" ${begin} -1 rest)
        string(FIND "${rest}" "\n```" length)
        math(EXPR with_newline "${length} + 1")
        string(SUBSTRING "${rest}" 0 ${with_newline} block)
        string(SUBSTRING "${rest}" ${length} -1 rest)
        string(SUBSTRING "${rest}" 4 -1 rest)

        math(EXPR count "${count} + 1")
        without_indentation("${block}" bare)
        string(FIND "${haystack}" "${bare}" found)
        if(found EQUAL -1)
            message("${page}: this block stands in no file of ${home}:\n${block}")
            math(EXPR missing "${missing} + 1")
        endif()
    endwhile()
    set(count ${count} PARENT_SCOPE)
    set(missing ${missing} PARENT_SCOPE)
endfunction()

read_all(${ROOT}/examples/*.cpp code)
read_all(${ROOT}/examples/expected/*.txt output)
file(GLOB pages ${ROOT}/README.md ${ROOT}/docs/*.md ${ROOT}/docs/decisions/*.md ${ROOT}/examples/README.md)
set(count 0)
set(missing 0)
foreach(page IN LISTS pages)
    check_blocks(${page} cpp "${code}" "examples/")
    check_blocks(${page} text "${output}" "examples/expected/")
endforeach()
if(NOT missing EQUAL 0)
    message(FATAL_ERROR "${missing} of ${count} blocks are not tested")
endif()
if(count EQUAL 0)
    message(FATAL_ERROR "no block was found: the check itself is broken")
endif()
message("${count} blocks stand in tested files")
