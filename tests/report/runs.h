// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Runs made by hand, for the writers of reports: with everything in them, hostile, and large.
#ifndef TESTS_REPORT_RUNS_H
#define TESTS_REPORT_RUNS_H

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/report/ci.h"

namespace cordon::test {

// A run and all that it views.
struct MadeRun {
  source::Sources sources;
  ir::Policy policy;
  ir::Standards standards;
  report::Run run;

  MadeRun();
  ~MadeRun() = default;
  MadeRun(const MadeRun&) = delete;
  MadeRun& operator=(const MadeRun&) = delete;

  // Places are those of the text of `sources`.
  check::Finding& add(diagnostics::KindId kind, std::string message);
  // To be called when all findings are there.
  void finish();
};

// What somebody might write into a name, a reason or a file's name to act on a page, a terminal or a log.
[[nodiscard]] std::string hostile_text();

// Open, waived and known findings of each severity, one with a way, traffic and controls, one about no file.
void fill_rich(MadeRun& made);
// Every free text of a finding is hostile.
void fill_hostile(MadeRun& made);
// So many findings of every severity.
void fill_many(MadeRun& made, std::size_t count);

// A run of `cordon ci` and all that it views.
struct MadeCi {
  MadeRun made;
  std::vector<ir::PolicyTest> tests;
  std::vector<change::TestResult> results;
  change::Difference difference;
  report::TestReport test_report;
  report::ChangeReport change;
  report::CiRun run;
};

// So many findings, tests that fail and pairs that differ, under names with this text in them.
void fill_ci(MadeCi& ci, std::size_t count, const std::string& name);

}  // namespace cordon::test

#endif  // TESTS_REPORT_RUNS_H
