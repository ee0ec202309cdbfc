// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One run of `cordon ci` as every report of it tells it: findings of all steps, tests, what the change does,
// what was compiled. Formats and limits are those of formats.h; the findings of tests and of the form of
// files are findings like all others.
#ifndef COMPILER_REPORT_CI_H
#define COMPILER_REPORT_CI_H

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "compiler/change/test_strength.h"
#include "compiler/report/difference.h"
#include "compiler/report/formats.h"
#include "compiler/report/run.h"
#include "compiler/report/test_results.h"

namespace cordon::report {

struct CiRun {
  Run check;                          // with the findings of every step
  std::size_t files = 0;              // of the project
  std::size_t not_canonical = 0;      // of these
  const TestReport* tests = nullptr;  // null: there are none, or the policy does not load
  std::optional<change::Coverage> coverage_before;
  std::string against;                   // the revision that was asked for; empty: none
  const ChangeReport* change = nullptr;  // null: nothing was compared
  std::size_t devices = 0, rules = 0;    // compiled
  bool proved = false;                   // every device, and all of them together
  std::string output;                    // the folder that was written; empty: none
  int exit_code = 0;
};

struct CiFormat : FormatInfo {
  std::string (*write)(const CiRun&) = nullptr;
};
[[nodiscard]] std::span<const CiFormat> ci_formats();

[[nodiscard]] std::string ci_text(const CiRun& run);  // for a terminal, without the findings
[[nodiscard]] std::string ci_json(const CiRun& run);
[[nodiscard]] std::string ci_markdown(const CiRun& run);

inline constexpr std::string_view ci_format_version = "1.0";
// JSON Schema of what `ci_json` writes.
[[nodiscard]] std::string ci_schema();

// `more permissive`, or what keeps the run from passing: the first words of every report.
[[nodiscard]] std::string ci_verdict(const CiRun& run);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_CI_H
