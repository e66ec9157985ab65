# chokepoint_module(NAME SOURCES a.cpp ... [USES modules] [PRIVATE_LIBS targets])
# One static library per module. It links the modules to its left and nothing else of ours.
# Its public headers are all of include/chokepoint/NAME: installed, and each compiled alone by the
# target all_verify_interface_header_sets when the tests are built.
function(chokepoint_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PRIVATE_LIBS" ${ARGN})
  set(target chokepoint_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(chokepoint::${name} ALIAS ${target})
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/chokepoint/${name}/*.hpp)
  target_sources(${target} PUBLIC FILE_SET HEADERS
    BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${headers})
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${name} VERIFY_INTERFACE_HEADER_SETS ${CHOKEPOINT_TESTS})
  target_compile_features(${target} PUBLIC cxx_std_20)
  chokepoint_compile_options(${target})
  foreach(module IN LISTS ARG_USES)
    target_link_libraries(${target} PUBLIC chokepoint::${module})
  endforeach()
  target_link_libraries(${target} PRIVATE ${ARG_PRIVATE_LIBS})
  install(TARGETS ${target} EXPORT chokepoint FILE_SET HEADERS)
endfunction()

# The warnings and the arithmetic every one of our targets is built with.
function(chokepoint_compile_options target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off
    # g++ 12 warns of overlap inside std::string where there is none (GCC bug 105651).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
  target_compile_definitions(${target} PRIVATE
    $<$<BOOL:${CHOKEPOINT_CONTRACTS}>:CHOKEPOINT_CONTRACTS>)
endfunction()
