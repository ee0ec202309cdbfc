// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The table of checks, and a run of them over one policy.
//
// A check is a row of rules.def and a file of rules/: it looks at the context and raises findings of its own
// kind. Which checks are made is chosen by profile: a hospital's policy is held to more than a sketch.
#ifndef COMPILER_CHECK_CHECKS_H
#define COMPILER_CHECK_CHECKS_H

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/check/finding.h"

namespace cordon::check {

using ir::CheckProfile;

struct Check {
  diagnostics::KindId kind{};  // code, slug, severity, message
  CheckProfile profile{};      // the smallest profile that makes it
  bool waivable = true;
  std::string_view purpose;  // what it finds, in one sentence
  std::string_view harm;     // why that matters at the bedside, in one sentence
  // Null: it looks at what the others found, when they are done.
  void (*run)(const Context&, Findings&) = nullptr;
};

// In the order of the table.
[[nodiscard]] std::span<const Check> all_checks();
[[nodiscard]] const Check* find_check(diagnostics::KindId kind);  // null: no check raises it

struct Selection {
  CheckProfile profile = CheckProfile::basic;
  std::vector<diagnostics::KindId> only;  // empty: all of the profile
  std::vector<diagnostics::KindId> skip;
};
[[nodiscard]] bool selects(const Selection& selection, const Check& check);

// It is selected, and the project does not turn it off.
[[nodiscard]] bool is_made(const Context& context, const Selection& selection, const Check& check);

// Findings by place, with why they matter, the way and the controls; severities are the project's.
[[nodiscard]] std::vector<Finding> run_checks(const Context& context, const Selection& selection);

// What a check that comes after the others has found, finished like theirs; nothing of those that are not
// made.
void add_findings(const Context& context, const Selection& selection, Findings found,
                  std::vector<Finding>& findings);

[[nodiscard]] std::string_view to_string(CheckProfile profile);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_CHECKS_H
