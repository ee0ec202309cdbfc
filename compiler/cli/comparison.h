// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Two versions of a policy, loaded for a comparison: two folders, or a revision and the working tree.
#ifndef COMPILER_CLI_COMPARISON_H
#define COMPILER_CLI_COMPARISON_H

#include <map>
#include <string>
#include <string_view>

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

// Only the side before: the project as it stood at the revision `against`.
void load_revision(Comparison& comparison, const ComparisonOptions& options);

// Texts of devices by file: which change, and by how many lines.
void compare_texts(const std::map<std::string, std::string>& before, std::map<std::string, std::string> after,
                   report::ChangeReport& report);

// Which texts of devices change, and by how many lines. Plans both sides.
void compare_devices(Comparison& comparison, const PipelineOptions& pipeline, report::ChangeReport& report);

// Whether `--forbid WHAT` turns such a change down; an empty `forbidden` never does.
[[nodiscard]] bool forbids(std::string_view forbidden, change::Verdict verdict);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_COMPARISON_H
