// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#ifndef COMPILER_CLI_VERSION_H
#define COMPILER_CLI_VERSION_H

namespace cordon::cli {

extern const char* const version;  // `1.2.3`, set by the build from project(VERSION)

}  // namespace cordon::cli

#endif  // COMPILER_CLI_VERSION_H
