# Runs the commands that the pages show and compares what they print, stdout and stderr together, byte for byte.
#
#   cmake -DROOT=project -DABAX=path/to/abax -DCONFORMANCE=path/to/abax-conformance -P check_commands.cmake
#
# In a ```console block a line "$ build/release/bin/abax ..." is run in the project's root, and the lines up to the
# next command or the end of the block are its output. Other commands make the check fail: nothing is skipped.

cmake_minimum_required(VERSION 3.25)

set(count 0)
set(wrong 0)

function(run_and_compare page command expected)
    string(REPLACE "build/release/bin/abax-conformance " "${CONFORMANCE} " runnable "${command}")
    string(REPLACE "build/release/bin/abax " "${ABAX} " runnable "${runnable}")
    if(runnable STREQUAL command)
        message("${page}: not a command of ours: ${command}")
        set(actual "")
    else()
        execute_process(
            COMMAND sh -c "${runnable} 2>&1"
            WORKING_DIRECTORY ${ROOT}
            OUTPUT_VARIABLE actual
        )
    endif()
    if(NOT actual STREQUAL expected OR runnable STREQUAL command)
        message("${page}: $ ${command}\n-- expected\n${expected}-- printed\n${actual}--")
        math(EXPR wrong "${wrong} + 1")
        set(wrong ${wrong} PARENT_SCOPE)
    endif()
endfunction()

file(GLOB pages ${ROOT}/README.md ${ROOT}/docs/*.md)
foreach(page IN LISTS pages)
    file(READ ${page} rest)
    string(PREPEND rest "\n")
    set(inside FALSE)
    set(command "")
    set(expected "")
    # Line by line, by hand: a CMake list would break at brackets and semicolons.
    while(NOT rest STREQUAL "")
        string(FIND "${rest}" "\n" end)
        if(end EQUAL -1)
            break()
        endif()
        string(SUBSTRING "${rest}" 0 ${end} line)
        math(EXPR end "${end} + 1")
        string(SUBSTRING "${rest}" ${end} -1 rest)

        string(FIND "${line}" "$ " dollar)
        if(line STREQUAL "```console")
            set(inside TRUE)
        elseif(inside AND (dollar EQUAL 0 OR line STREQUAL "```"))
            if(NOT command STREQUAL "")
                math(EXPR count "${count} + 1")
                run_and_compare(${page} "${command}" "${expected}")
            endif()
            set(command "")
            set(expected "")
            if(line STREQUAL "```")
                set(inside FALSE)
            else()
                string(SUBSTRING "${line}" 2 -1 command)
            endif()
        elseif(inside)
            string(APPEND expected "${line}\n")
        endif()
    endwhile()
endforeach()
if(NOT wrong EQUAL 0)
    message(FATAL_ERROR "${wrong} of ${count} commands do not print what the pages say")
endif()
if(count EQUAL 0)
    message(FATAL_ERROR "no command was found: the check itself is broken")
endif()
message("${count} commands print what the pages say")
