// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The steps of `cordon ci` over a project that is read once: form, plan and proof, tests, comparison, checks.
//
// A step that cannot be made is told as a finding, and the others go on. Nothing is written here.
#ifndef COMPILER_CLI_CI_STEPS_H
#define COMPILER_CLI_CI_STEPS_H

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "compiler/change/difference.h"
#include "compiler/change/envelopes.h"
#include "compiler/change/intent.h"
#include "compiler/change/policy_tests.h"
#include "compiler/cli/checking.h"
#include "compiler/cli/comparison.h"
#include "compiler/cli/output_directory.h"
#include "compiler/report/ci.h"

namespace cordon::cli {

// As they stand on the command line; empty: not given.
struct CiOptions {
  PipelineOptions pipeline;
  CheckOptions check;
  std::string against, forbid;
  bool envelope = false;
  std::string output;  // a folder
};

// The texts of devices in memory, and in a folder that may take its place later.
class KeptTexts : public TextOutput {
 public:
  explicit KeptTexts(OutputDirectory* directory) : directory_(directory) {}

  void write(const std::string& name, std::string_view text) override;
  [[nodiscard]] const std::filesystem::path& target() const override;
  [[nodiscard]] const std::filesystem::path& folder() const override;
  [[nodiscard]] const std::map<std::string, std::string>& texts() const { return texts_; }

 private:
  OutputDirectory* directory_;
  std::filesystem::path nowhere_;
  std::mutex mutex_;
  std::map<std::string, std::string> texts_;
};

// The run and all that it views.
class CiSteps {
 public:
  CiSteps(const CiOptions& options, const CheckRequest& request);

  // The worst exit code of the steps is then in the run.
  void make();

  [[nodiscard]] report::CiRun& run() { return run_; }
  [[nodiscard]] Compilation& compilation() { return comparison_.after; }
  [[nodiscard]] OutputDirectory* directory() { return directory_ ? &*directory_ : nullptr; }
  [[nodiscard]] ExitCode exit_code() const { return exit_code_; }
  void worsen(ExitCode code);

 private:
  void check_form();
  void compile();
  void run_tests(const change::Intent& intent);
  void compare(const change::Intent& after);
  void report_base();
  void judge_change();
  void judge_envelopes(const change::Intent& before, const change::Intent& after);

  const CiOptions& options_;
  const CheckRequest& request_;
  ExitCode exit_code_ = ExitCode::success;
  Comparison comparison_;
  diagnostics::Diagnostics form_;  // apart: a file that is not in its form compiles all the same
  std::optional<OutputDirectory> directory_;
  std::optional<KeptTexts> texts_;
  std::vector<change::TestResult> results_;
  report::TestReport tests_;
  std::optional<change::Difference> difference_;
  std::optional<change::EnvelopeResult> envelopes_;
  report::ChangeReport change_;
  report::CiRun run_;
};

// Which of two is worse: 70, 5, 3, 4, 1, 2, 0.
[[nodiscard]] ExitCode worse(ExitCode a, ExitCode b);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_CI_STEPS_H
