// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Two versions of a policy, loaded for a comparison: two folders, or a revision and the working tree.
#ifndef COMPILER_CLI_COMPARISON_H
#define COMPILER_CLI_COMPARISON_H

#include <string>

#include "compiler/cli/pipeline.h"
#include "compiler/report/difference.h"

namespace cordon::cli {

// As they stand on the command line; empty: not given.
struct ComparisonOptions {
  std::string before, after;  // two projects; or only the second, with `against`
  std::string against;        // a revision
};

struct Comparison {
  Compilation before, after;
  std::string before_name, after_name;

  [[nodiscard]] bool loaded() const { return before.policy && after.policy; }
  [[nodiscard]] report::ChangeSide before_side() const;
  [[nodiscard]] report::ChangeSide after_side() const;
};

// What is wrong stands in the diagnostics of the side that it concerns.
void load_comparison(Comparison& comparison, const ComparisonOptions& options);

// Which texts of devices change, and by how many lines. Plans both sides.
void compare_devices(Comparison& comparison, const PipelineOptions& pipeline, report::ChangeReport& report);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_COMPARISON_H
