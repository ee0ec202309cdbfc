# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0

# Language level, warnings and sanitizers: here and nowhere else.
add_library(cordon_settings INTERFACE)
target_compile_features(cordon_settings INTERFACE cxx_std_20)
target_include_directories(cordon_settings INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(cordon_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wimplicit-fallthrough)
if(CORDON_WERROR)
  target_compile_options(cordon_settings INTERFACE -Werror)
endif()
if(CORDON_SANITIZE)
  target_compile_options(cordon_settings INTERFACE
    -fsanitize=${CORDON_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    -g1)  # reports need lines and no more; the build is shorter
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
# Light optimisation costs next to nothing to compile, and the live and hostile tests run for a while.
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g")
# The library's own checks of bounds and of empty optionals, wherever speed is not the point.
target_compile_definitions(cordon_settings INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# A folder, a library. DEPS are the folders it may include.
function(cordon_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC cordon_settings ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS})
endfunction()

# A platform: backends/NAME with capabilities.cpp and emit.cpp, and what it lists besides.
function(cordon_backend name)
  cmake_parse_arguments(ARG "" "" "SOURCES" ${ARGN})
  cordon_library(cordon_backend_${name}
    SOURCES ${ARG_SOURCES}
    DEPS cordon_backend cordon_backends_common)
  set_property(GLOBAL APPEND PROPERTY CORDON_BACKENDS cordon_backend_${name})
endfunction()
