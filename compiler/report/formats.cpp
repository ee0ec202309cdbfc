// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/formats.h"

#include <algorithm>
#include <iterator>

namespace cordon::report {
namespace {

constexpr Format table[] = {
    {{"json", "programs of your own", "none: every finding, with all that is known of it"}, write_json},
    {{"sarif", "GitHub code scanning and other readers of SARIF 2.1.0",
      "the 5,000 findings that matter most, 10 MB"},
     write_sarif},
    {{"junit", "Jenkins, GitLab and others that show tests", "100 findings of each check"}, write_junit},
    {{"github", "annotations beside the lines of a GitHub pull request",
      "10 errors, 10 warnings, 10 notes; also appends the Markdown to $GITHUB_STEP_SUMMARY",
      "GITHUB_STEP_SUMMARY"},
     write_github},
    {{"gitlab", "the code quality of a GitLab merge request", "the 5,000 findings that matter most, 10 MB"},
     write_gitlab},
    {{"markdown", "a comment or a job summary", "60,000 bytes, what matters most first"}, write_markdown},
};

}  // namespace

std::span<const Format> formats() { return table; }

const Format* find_format(std::string_view name) {
  const auto* found = std::ranges::find(table, name, &Format::name);
  return found == std::end(table) ? nullptr : found;
}

}  // namespace cordon::report
