// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Questions of `cordon query` and `cordon test`, asked of running configurations instead of the policy.
#ifndef COMPILER_CLI_RUNNING_QUERY_H
#define COMPILER_CLI_RUNNING_QUERY_H

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compiler/change/running.h"
#include "compiler/cli/console.h"
#include "compiler/cli/pipeline.h"
#include "compiler/prove/end_to_end.h"

namespace cordon::cli {

struct RunningRead {
  change::Running running;
  std::vector<prove::ReadDevice> devices;  // of `running`
};

// Reads the files, and tells what is odd about them. Nothing when something is wrong, which stands in the
// diagnostics.
[[nodiscard]] std::optional<RunningRead> read_for_questions(const Console& console, Compilation& compilation,
                                                            const std::vector<std::string>& paths);

struct RunningAnswer {
  std::string text;
  bool any = false;         // there was something to tell
  bool incomplete = false;  // of what was asked something is not known
  bool undecided = false;   // beyond the budget; there is no text
};

struct RunningQuestion {
  std::string kind, expression;
  std::size_t hops = 0;  // of a blast radius; 0: as far as it goes
};
// Nothing when the expression is wrong, which stands in the diagnostics.
[[nodiscard]] std::optional<RunningAnswer> ask_running(const Console& console, Compilation& compilation,
                                                       const RunningRead& read,
                                                       const RunningQuestion& question);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_RUNNING_QUERY_H
