// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One run of `cordon check` as every report of it tells it: what was asked, what was made, what was found.
#ifndef COMPILER_REPORT_RUN_H
#define COMPILER_REPORT_RUN_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/checks.h"
#include "compiler/check/date.h"
#include "compiler/check/finding.h"
#include "compiler/ir/policy.h"
#include "compiler/ir/standards.h"
#include "compiler/source/source.h"

namespace cordon::report {

using check::Finding;
using diagnostics::Severity;

struct Run {
  std::string_view version;  // of the program
  check::Date as_of;
  check::CheckProfile profile = check::CheckProfile::basic;
  std::optional<Severity> fails_at = Severity::error;  // the least severity that fails the run; nothing: none
  std::vector<const check::Check*> made;               // every check that was made, in the order of the table
  std::vector<Finding> findings;                       // by place
  const source::Sources* sources = nullptr;
  const ir::Policy* policy = nullptr;        // null: it did not load
  const ir::Standards* standards = nullptr;  // null: no controls are named
  // From the root of the repository to the project, `sites/east/`, for hosts that show a finding beside its
  // line. Empty where they are the same.
  std::string folder;
};

struct Counts {
  std::size_t errors = 0, warnings = 0, notes = 0;  // open ones
  std::size_t waived = 0, baseline = 0;
  [[nodiscard]] std::size_t open() const { return errors + warnings + notes; }
};
[[nodiscard]] Counts count(const std::vector<Finding>& findings);

// Whether some open finding is as severe as the run tolerates.
[[nodiscard]] bool fails(const Run& run);

// What a policy holds, for a line or a table of facts: `zones`, 4.
struct Fact {
  std::string_view name;  // in the singular
  std::size_t count = 0;
};
[[nodiscard]] std::vector<Fact> facts(const ir::Policy& policy);

// The findings with what matters most first: open before waived before baseline, errors before warnings
// before notes; then by place. What a host has no room for is taken from the end.
[[nodiscard]] std::vector<const Finding*> by_rank(const std::vector<Finding>& findings);

// The waiver that covers the finding; null where none does.
[[nodiscard]] const ir::Waiver* waiver_of(const Run& run, const Finding& finding);

// The controls of a kind, in the order of the map.
[[nodiscard]] std::vector<ir::ControlRef> controls_of(const ir::Standards* standards,
                                                      diagnostics::KindId kind);

// `CSF 2.0 PR.IR-01`
[[nodiscard]] std::string label_of(const ir::Standards& standards, ir::ControlRef ref);

// The path under which a host of repositories knows the file. Modules of the library are in no repository and
// keep the name that messages give them.
[[nodiscard]] std::string repository_path(const Run& run, source::FileId file);

// Where a finding stands, or, since most hosts insist on a place, the start of the project's first file.
struct Place {
  std::string path;
  source::Position start{1, 1}, stop{1, 1};
};
[[nodiscard]] Place place_of(const Run& run, const Finding& finding);
[[nodiscard]] Place place_of(const Run& run, source::Range range);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_RUN_H
