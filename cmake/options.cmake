# Options, and what every target of this project is compiled with.

option(ABAX_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(ABAX_BUILD_TOOLS "Build the command abax" ${PROJECT_IS_TOP_LEVEL})
option(ABAX_BUILD_EXAMPLES "Build the examples" ${PROJECT_IS_TOP_LEVEL})
option(ABAX_NATIVE "Compile for this machine's processor; OFF: for x86-64-v3" ${PROJECT_IS_TOP_LEVEL})
option(ABAX_WARNINGS_AS_ERRORS "Stop at warnings" ${PROJECT_IS_TOP_LEVEL})
set(ABAX_SANITIZE "" CACHE STRING "Sanitizers to compile with, for example address,undefined")

if(PROJECT_IS_TOP_LEVEL)
    set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
    set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
    find_program(ABAX_CCACHE ccache)
    mark_as_advanced(ABAX_CCACHE)
    if(ABAX_CCACHE)
        set(CMAKE_CXX_COMPILER_LAUNCHER ${ABAX_CCACHE})
    endif()
endif()

# One instruction set for the whole build: Eigen compiled twice with different flags in one program
# merges weak symbols, and crashes on the older processor.
add_library(abax_options INTERFACE)
target_compile_features(abax_options INTERFACE cxx_std_20)
target_compile_options(abax_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 takes std::string's operator+ for an overlapping memcpy (its bug 105651).
    target_compile_options(abax_options INTERFACE -Wno-restrict)
endif()
if(ABAX_WARNINGS_AS_ERRORS)
    target_compile_options(abax_options INTERFACE -Werror)
endif()
if(ABAX_NATIVE)
    target_compile_options(abax_options INTERFACE -march=native)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(abax_options INTERFACE -march=x86-64-v3)
endif()
if(ABAX_SANITIZE)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # Instrumented, the undefined vectors of GCC's own intrinsics look like mistakes.
        target_compile_options(abax_options INTERFACE -Wno-uninitialized -Wno-maybe-uninitialized)
    endif()
    target_compile_options(
        abax_options INTERFACE -fsanitize=${ABAX_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    )
    target_link_options(abax_options INTERFACE -fsanitize=${ABAX_SANITIZE})
endif()
