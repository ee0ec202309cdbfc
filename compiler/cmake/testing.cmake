# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0

# tests/unit/FOLDER: one doctest program that mirrors compiler/FOLDER. The main function is compiled once,
# and so are the headers that every test opens with.
function(cordon_unit_test folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  set(name unit_${folder})
  add_executable(${name} ${ARG_SOURCES})
  cordon_precompile(${name})
  target_link_libraries(${name} PRIVATE cordon_test_main ${ARG_DEPS})
  target_compile_definitions(${name} PRIVATE CORDON_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS unit)
endfunction()

# A Python test. `skipped:` alone on a line's start says that something needed is missing.
function(cordon_python_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT;LABEL" "COMMAND;ENVIRONMENT" ${ARGN})
  add_test(NAME ${name} COMMAND ${Python3_EXECUTABLE} -B ${ARG_COMMAND})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  set_tests_properties(${name} PROPERTIES
    TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABEL}" SKIP_RETURN_CODE 77
    ENVIRONMENT "CORDON_LIBRARY=${PROJECT_SOURCE_DIR}/policies;${ARG_ENVIRONMENT}")
endfunction()
