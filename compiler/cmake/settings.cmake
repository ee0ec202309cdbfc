# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0

# Language level, warnings and sanitizers: here and nowhere else.
add_library(cordon_settings INTERFACE)
target_compile_features(cordon_settings INTERFACE cxx_std_20)
target_include_directories(cordon_settings INTERFACE ${PROJECT_SOURCE_DIR})
target_link_libraries(cordon_settings INTERFACE fmt::fmt)
target_compile_options(cordon_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wimplicit-fallthrough -pthread)
if(CORDON_WERROR)
  target_compile_options(cordon_settings INTERFACE -Werror)
endif()
if(CORDON_SANITIZE)
  target_compile_options(cordon_settings INTERFACE
    -fsanitize=${CORDON_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(cordon_settings INTERFACE -fsanitize=${CORDON_SANITIZE})
endif()
if(CORDON_FUZZ)
  target_compile_options(cordon_settings INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(cordon_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CORDON_COVERAGE)
  target_compile_options(cordon_settings INTERFACE --coverage)
  target_link_options(cordon_settings INTERFACE --coverage)
endif()
# Light optimisation costs next to nothing to compile, and the live and hostile tests run for a while. What a
# debugger needs beyond lines costs a third of the build.
set(CORDON_DEBUG_FLAGS "-Og -g1" CACHE STRING "Flags of debug builds; a debugger wants `-O0 -g`")
set(CMAKE_CXX_FLAGS_DEBUG "${CORDON_DEBUG_FLAGS}")
# The library's own checks of bounds and of empty optionals, wherever speed is not the point.
target_compile_definitions(cordon_settings INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
# What most files include is read once. A file that forgets an include compiles all the same, so the preset
# `dev` has none of it: there each file stands on its own.
function(cordon_precompile target)
  if(NOT CORDON_PRECOMPILE)
    return()
  endif()
  if(NOT TARGET cordon_prelude)
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/prelude.cpp CONTENT "")
    add_library(cordon_prelude OBJECT ${PROJECT_BINARY_DIR}/prelude.cpp)
    target_link_libraries(cordon_prelude PRIVATE cordon_settings)
    target_precompile_headers(cordon_prelude PRIVATE <algorithm> <array> <functional> <map> <memory> <optional> <set>
      <span> <string> <string_view> <tuple> <unordered_map> <utility> <variant> <vector> <fmt/format.h> <fmt/ranges.h>)
  endif()
  target_precompile_headers(${target} REUSE_FROM cordon_prelude)
endfunction()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# A folder, a library. DEPS are the folders it may include.
function(cordon_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC cordon_settings ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS})
  cordon_precompile(${name})
endfunction()

# A platform: backends/NAME with capabilities.cpp and emit.cpp, and what it lists besides.
function(cordon_backend name)
  cmake_parse_arguments(ARG "" "" "SOURCES" ${ARGN})
  cordon_library(cordon_backend_${name}
    SOURCES ${ARG_SOURCES}
    DEPS cordon_backend cordon_backends_common)
  set_property(GLOBAL APPEND PROPERTY CORDON_BACKENDS cordon_backend_${name})
endfunction()
