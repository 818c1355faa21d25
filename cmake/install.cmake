# For strangers: find_package(abax) gives abax::abax and abax::pattern; pkg-config knows abax.
include(CMakePackageConfigHelpers)

install(TARGETS abax abax_pattern EXPORT abax-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} FILE_SET HEADERS)
install(
    EXPORT abax-targets
    NAMESPACE abax::
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/abax
)
configure_package_config_file(
    ${PROJECT_SOURCE_DIR}/cmake/abax-config.cmake.in ${PROJECT_BINARY_DIR}/abax-config.cmake
    INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/abax
)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/abax-config-version.cmake COMPATIBILITY SameMinorVersion)
install(
    FILES ${PROJECT_BINARY_DIR}/abax-config.cmake ${PROJECT_BINARY_DIR}/abax-config-version.cmake
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/abax
)

# The opt-in headers include Eigen and fmt, which only who asks for them needs.
install(FILES ${ABAX_OPT_IN_HEADERS} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/abax)

# Relocatable: everything is found from where abax.pc lies.
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH ABAX_PC_PREFIX /${pkgconfig_dir} /)
string(REGEX REPLACE "/$" "" ABAX_PC_PREFIX "${ABAX_PC_PREFIX}")
set(ABAX_PC_LIBS ${OpenMP_CXX_FLAGS})
configure_file(${PROJECT_SOURCE_DIR}/cmake/abax.pc.in ${PROJECT_BINARY_DIR}/abax.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/abax.pc DESTINATION ${pkgconfig_dir})
