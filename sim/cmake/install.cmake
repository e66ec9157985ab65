# cmake --install: program, headers, libraries, package configuration, schema, scenarios and data.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/chokepoint)
set(share_dir ${CMAKE_INSTALL_DATADIR}/chokepoint)

install(TARGETS chokepoint_program)
install(EXPORT chokepoint FILE chokepointTargets.cmake NAMESPACE chokepoint:: DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/chokepointConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/chokepointConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/sim/cmake/chokepointConfig.cmake
  ${PROJECT_SOURCE_DIR}/sim/cmake/dependencies.cmake DESTINATION ${package_dir})
# The schema stands beside the scenarios, which find the data at ../data as they do in a checkout.
foreach(folder scenarios data)
  if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/${folder})
    install(DIRECTORY ${folder} DESTINATION ${share_dir})
  endif()
endforeach()
# The Python package, with the script of the report when it was built (target chokepoint_report).
install(FILES analysis/chokepoint_command.py DESTINATION ${share_dir}/analysis)
install(DIRECTORY analysis/chokepoint DESTINATION ${share_dir}/analysis
  FILES_MATCHING PATTERN "*.py" PATTERN "*.mplstyle" PATTERN "*.css" PATTERN "__pycache__" EXCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/analysis/charts.js
  DESTINATION ${share_dir}/analysis/chokepoint/report/assets OPTIONAL)
