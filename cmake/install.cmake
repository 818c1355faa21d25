# find_package(abax) for strangers: abax::abax and abax::pattern.
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
