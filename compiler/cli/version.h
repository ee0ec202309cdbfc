// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#ifndef COMPILER_CLI_VERSION_H
#define COMPILER_CLI_VERSION_H

namespace cordon::cli {

inline constexpr const char* version = CORDON_VERSION;  // set by the build from project(VERSION)

}  // namespace cordon::cli

#endif  // COMPILER_CLI_VERSION_H
