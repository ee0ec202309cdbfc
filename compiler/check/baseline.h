// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Findings that were there when somebody drew a line, so that only new ones fail.
//
// A finding is known again by its fingerprint: meaning, not lines. The list may only shrink: what no longer
// occurs is a finding itself, and nothing is added but by writing a new baseline. Errors of reading and
// planning, and what must not be waived, are in no baseline.
#ifndef COMPILER_CHECK_BASELINE_H
#define COMPILER_CHECK_BASELINE_H

#include <compare>
#include <string>
#include <vector>

#include "compiler/check/checks.h"
#include "compiler/check/context.h"
#include "compiler/check/finding.h"

namespace cordon::check {

struct BaselineEntry {
  std::string code, element, message;  // for people; the message is that of the day it was written
  std::string fingerprint;
  friend auto operator<=>(const BaselineEntry&, const BaselineEntry&) = default;
};
using Baseline = std::vector<BaselineEntry>;  // ascending

[[nodiscard]] bool may_be_in_baseline(const Finding& finding);

// Of the open findings, those that may be in a baseline.
[[nodiscard]] Baseline baseline_of(const std::vector<Finding>& findings);
// Without what no longer occurs, although its check was made. Findings have their fingerprints.
[[nodiscard]] Baseline pruned(const Context& context, const Selection& selection, const Baseline& baseline,
                              const std::vector<Finding>& findings);

// Marks what was known; what does not occur any more, although its check was made, is added as a finding.
// Findings have their fingerprints.
void apply_baseline(const Context& context, const Selection& selection, const Baseline& baseline,
                    std::vector<Finding>& findings);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_BASELINE_H
