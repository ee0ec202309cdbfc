// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The checks of a policy, as a command line asks for them.
#ifndef COMPILER_CLI_CHECKING_H
#define COMPILER_CLI_CHECKING_H

#include <string>
#include <vector>

#include "compiler/check/baseline.h"
#include "compiler/check/checks.h"
#include "compiler/cli/pipeline.h"
#include "compiler/report/run.h"

namespace CLI {
class App;
}  // namespace CLI

namespace cordon::cli {

// Texts as they stand on the command line; empty: not given.
struct CheckOptions {
  std::string profile;  // `basic`, `hospital`, `auditor`; otherwise the project's own
  std::vector<std::string> only, skip;
  std::string fail_on = "error";     // `error`, `warning`, `note`, `never`
  std::string as_of;                 // the day that dates are compared with; otherwise today
  std::vector<std::string> outputs;  // `FORMAT=PATH`
  bool no_waivers = false;
  std::string baseline, write_baseline;  // paths
};

// Which checks are made and what of their findings fails a run, for every command that makes them.
void add_selection_options(CLI::App& app, CheckOptions& options);

// Adds what is wrong with the options to the compilation's diagnostics, which ends the command.
struct CheckRequest {
  std::optional<check::CheckProfile> profile;
  check::Selection selection;
  check::Date as_of;
  std::optional<diagnostics::Severity> fails_at;
  bool waivers = true;                      // whether they cover anything
  std::optional<check::Baseline> baseline;  // that the findings are compared with
  bool draws_baseline = false;              // a new one is asked for
};
[[nodiscard]] CheckRequest read_check_options(const CheckOptions& options,
                                              diagnostics::Diagnostics& diagnostics);

// What checks may ask of a policy that loaded, and of the standards that were read with it.
[[nodiscard]] check::Inputs inputs_of(const Compilation& compilation, check::Date as_of);

// Everything that the run has to say: what was found while reading and planning, and the findings of the
// checks, by place. Nothing of the latter where the policy did not load. The run views the compilation.
struct CheckOutcome {
  report::Run run;
  std::optional<check::Baseline> drawn;  // the new baseline, if one was asked for
};
[[nodiscard]] CheckOutcome check_policy(Compilation& compilation, const CheckRequest& request);

// `3 waived (1 expiring), 17 in the baseline`; nothing where there is neither.
[[nodiscard]] std::string accepted_text(const report::Run& run);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_CHECKING_H
