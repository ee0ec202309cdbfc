// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The formats of `cordon ci`. Hosts that show findings get those of all steps; JUnit has the policy's own
// tests besides.

#include <vector>

#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/report/ci.h"

namespace cordon::report {
namespace {

std::string write_findings_sarif(const CiRun& run) { return write_sarif(run.check); }
std::string write_findings_github(const CiRun& run) { return write_github(run.check); }
std::string write_findings_gitlab(const CiRun& run) { return write_gitlab(run.check); }

std::string write_suites(const CiRun& run) {
  if (run.tests == nullptr) return junit_document("cordon ci", check_suite(run.check));
  Run others = run.check;  // tests speak for themselves
  std::erase_if(others.findings, [](const Finding& finding) {
    return finding.diagnostic.kind == diagnostics::kind::test_failed.id;
  });
  Suite suite = check_suite(others);
  const Suite tests = tests_suite(*run.tests);
  suite.text += tests.text;
  suite.tests += tests.tests;
  suite.failures += tests.failures;
  return junit_document("cordon ci", suite);
}

constexpr CiFormat table[] = {
    {{"json", "programs of your own", "none: all that is known"}, ci_json},
    {{"sarif", "GitHub code scanning and other readers of SARIF 2.1.0",
      "the 5,000 findings that matter most, 10 MB"},
     write_findings_sarif},
    {{"junit", "Jenkins, GitLab, Azure and others that show tests",
      "100 findings of each check, 100 tests that fail in full"},
     write_suites},
    {{"github", "annotations beside the lines of a GitHub pull request",
      "10 errors, 10 warnings, 10 notes; also appends the Markdown to $GITHUB_STEP_SUMMARY",
      "GITHUB_STEP_SUMMARY"},
     write_findings_github},
    {{"gitlab", "the code quality of a GitLab merge request", "the 5,000 findings that matter most, 10 MB"},
     write_findings_gitlab},
    {{"markdown", "the comment on a pull request, or a job summary", "60,000 bytes, what matters most first"},
     ci_markdown},
};

}  // namespace

std::span<const CiFormat> ci_formats() { return table; }

}  // namespace cordon::report
