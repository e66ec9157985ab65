# chokepoint_module(NAME SOURCES a.cpp ... [USES modules] [PRIVATE_LIBS targets])
# One static library per module. It links the modules to its left and nothing else of ours.
function(chokepoint_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PRIVATE_LIBS" ${ARGN})
  set(target chokepoint_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(chokepoint::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off)
  foreach(module IN LISTS ARG_USES)
    target_link_libraries(${target} PUBLIC chokepoint::${module})
  endforeach()
  target_link_libraries(${target} PRIVATE ${ARG_PRIVATE_LIBS})
endfunction()
