// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The command line: parses it, runs one command, gives its exit code.
#ifndef COMPILER_CLI_CLI_H
#define COMPILER_CLI_CLI_H

namespace cordon::cli {

[[nodiscard]] int run(int argc, char** argv);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_CLI_H
