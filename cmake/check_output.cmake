# Runs a program and compares what it prints with a file, byte for byte; prints a diff if they differ.
#
#   cmake -DPROGRAM=... -DEXPECTED=file.txt [-DARGUMENTS=...] -P check_output.cmake
#
# Runs in the working directory, where the output is kept as NAME.actual.txt if it is wrong.

cmake_minimum_required(VERSION 3.25)

foreach(needed PROGRAM EXPECTED)
    if(NOT DEFINED ${needed})
        message(FATAL_ERROR "check_output: pass -D${needed}=...")
    endif()
endforeach()

execute_process(
    COMMAND ${PROGRAM} ${ARGUMENTS}
    OUTPUT_VARIABLE actual
    ERROR_VARIABLE complaints
    RESULT_VARIABLE status
)
file(READ ${EXPECTED} expected)

if(status EQUAL 0 AND actual STREQUAL expected)
    return()
endif()

cmake_path(GET EXPECTED STEM name)
file(WRITE ${name}.actual.txt "${actual}")
find_program(diff_program diff)
if(diff_program)
    execute_process(COMMAND ${diff_program} -u ${EXPECTED} ${name}.actual.txt OUTPUT_VARIABLE difference)
else()
    set(difference "expected:\n${expected}\nactual:\n${actual}")
endif()
message("${difference}")
if(NOT complaints STREQUAL "")
    message("stderr:\n${complaints}")
endif()
message(FATAL_ERROR "${name}: exit status ${status}; the output is not that of ${EXPECTED}.\n"
                    "If the new one is right: cp ${CMAKE_CURRENT_BINARY_DIR}/${name}.actual.txt ${EXPECTED}")
