// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The checks of a policy, as a command line asks for them.
#ifndef COMPILER_CLI_CHECKING_H
#define COMPILER_CLI_CHECKING_H

#include <string>
#include <vector>

#include "compiler/check/checks.h"
#include "compiler/cli/pipeline.h"
#include "compiler/report/run.h"

namespace cordon::cli {

// Texts as they stand on the command line; empty: not given.
struct CheckOptions {
  std::string profile;  // `basic`, `hospital`, `auditor`; otherwise the project's own
  std::vector<std::string> only, skip;
  std::string fail_on = "error";     // `error`, `warning`, `note`, `never`
  std::string as_of;                 // the day that dates are compared with; otherwise today
  std::vector<std::string> outputs;  // `FORMAT=PATH`
};

// Adds what is wrong with the options to the compilation's diagnostics, which ends the command.
struct CheckRequest {
  std::optional<check::CheckProfile> profile;
  check::Selection selection;
  check::Date as_of;
  std::optional<diagnostics::Severity> fails_at;
};
[[nodiscard]] CheckRequest read_check_options(const CheckOptions& options,
                                              diagnostics::Diagnostics& diagnostics);

// Everything that the run has to say: what was found while reading and planning, and the findings of the
// checks, by place. Nothing of the latter where the policy did not load. The run views the compilation.
[[nodiscard]] report::Run check_policy(Compilation& compilation, const CheckRequest& request);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_CHECKING_H
