// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The code quality of a merge request: what GitLab documents of its report and nothing else. It compares two
// reports by fingerprint and shows one entry for each, so fingerprints are unique and survive edits. What is
// waived or in the baseline is no news and is left out.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "compiler/diagnostics/json.h"
#include "compiler/diagnostics/printable.h"
#include "compiler/report/escape.h"
#include "compiler/report/formats.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

using diagnostics::Json;

constexpr std::size_t description_bytes = 2'000;

// What must not be waived blocks.
std::string_view severity_of(const Finding& finding) {
  const check::Check* check = check::find_check(finding.diagnostic.kind);
  switch (finding.diagnostic.severity) {
    case Severity::error:
      return check != nullptr && !check->waivable ? "blocker" : "critical";
    case Severity::warning:
      return check != nullptr && check->profile == check::CheckProfile::auditor ? "minor" : "major";
    case Severity::note:
      return "info";
  }
  return {};
}

Json entry(std::string description, std::string_view name, std::string_view fingerprint,
           std::string_view severity, const Place& place) {
  const auto last = std::max(place.start.line, place.stop.line);
  return {{"description", std::move(description)},
          {"check_name", name},
          {"fingerprint", fingerprint},
          {"severity", severity},
          {"location", {{"path", place.path}, {"lines", {{"begin", place.start.line}, {"end", last}}}}}};
}

Json finding_entry(const Run& run, const Finding& finding) {
  const std::string title = title_of(finding.diagnostic.kind);
  std::string text = diagnostics::printable(fmt::format("{}: {}", title, finding.diagnostic.message));
  return entry(shortened(std::move(text), description_bytes), diagnostics::info(finding.diagnostic.kind).slug,
               finding.fingerprint, severity_of(finding), place_of(run, finding));
}

Json trimmed_entry(const Run& run, const std::vector<const Finding*>& left_out) {
  Place place;
  place.path = place_of(run, *left_out.front()).path;
  return entry(fmt::format("{} not in this report: {}; `--output json=PATH` has every finding",
                           counted(left_out.size(), "more finding"), kinds_text(left_out)),
               "report-trimmed", "cordon-report-trimmed", "info", place);
}

}  // namespace

std::string write_gitlab(const Run& run) {
  std::vector<const Finding*> left_out;
  Json entries = Json::array();
  std::size_t bytes = 0;
  for (const Finding* finding : by_rank(run.findings)) {
    if (finding->status != check::Status::open) break;  // the rest is not either
    if (left_out.empty()) {
      Json next = finding_entry(run, *finding);
      bytes += diagnostics::to_text(next).size() * 3 / 2;  // as deep as it will stand
      if (bytes < limit::gitlab_bytes - description_bytes * 2 && entries.size() + 1 < limit::gitlab_entries) {
        entries.push_back(std::move(next));
        continue;
      }
    }
    left_out.push_back(finding);
  }
  if (!left_out.empty()) entries.push_back(trimmed_entry(run, left_out));
  return diagnostics::to_text(entries);
}

}  // namespace cordon::report
