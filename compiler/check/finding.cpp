// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/finding.h"

#include <algorithm>

namespace cordon::check {

void sort(std::vector<Finding>& findings, const source::Sources& sources) {
  std::stable_sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) {
    return diagnostics::comes_before(a.diagnostic, b.diagnostic, sources);
  });
  const auto same = [](const Finding& a, const Finding& b) {
    return a.diagnostic == b.diagnostic && a.element == b.element;
  };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
}

diagnostics::Diagnostics open_diagnostics(const std::vector<Finding>& findings) {
  diagnostics::Diagnostics open;
  for (const Finding& finding : findings) {
    if (finding.status == Status::open) open.add(finding.diagnostic);
  }
  return open;
}

bool has_errors(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings, [](const Finding& finding) {
    return finding.status == Status::open && finding.diagnostic.severity == diagnostics::Severity::error;
  });
}

}  // namespace cordon::check
