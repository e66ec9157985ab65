# Writes OUTPUT from TEMPLATE with the version and the commit. Works without git and outside a
# repository, where the commit is "unknown".
set(COMMIT "unknown")
find_program(GIT git)
if(GIT)
  set(git ${GIT} -C ${SOURCE_DIR})
  # Only a repository of ours counts, not one the sources were unpacked into.
  execute_process(COMMAND ${git} rev-parse --show-prefix --short=12 HEAD
    RESULT_VARIABLE failed OUTPUT_VARIABLE head ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT failed AND head MATCHES "^\n([0-9a-f]+)$")
    set(COMMIT ${CMAKE_MATCH_1})
    execute_process(COMMAND ${git} diff --quiet HEAD -- include sim CMakeLists.txt
      RESULT_VARIABLE changed OUTPUT_QUIET ERROR_QUIET)
    if(changed)
      string(APPEND COMMIT "-modified")
    endif()
  endif()
endif()
configure_file(${TEMPLATE} ${OUTPUT} @ONLY)
