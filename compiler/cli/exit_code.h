// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Exit codes are an interface: the same in every format, fixed for ever, tested.
#ifndef COMPILER_CLI_EXIT_CODE_H
#define COMPILER_CLI_EXIT_CODE_H

namespace cordon::cli {

enum class ExitCode : int {
  success = 0,
  findings = 1,    // findings that fail the run, or a change outside what is allowed
  difference = 2,  // a difference exists, and nothing worse
  usage = 3,       // wrong arguments, no input, or a policy that does not load
  incomplete = 4,  // lines within what was asked about are not understood
  unproved = 5,    // the text of a device is not proved to say what the policy says
  internal = 70,
};

}  // namespace cordon::cli

#endif  // COMPILER_CLI_EXIT_CODE_H
