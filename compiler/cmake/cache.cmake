# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0

# ccache, told to see through precompiled headers.
find_program(CORDON_CCACHE ccache)
if(CORDON_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CORDON_CCACHE})
endif()
