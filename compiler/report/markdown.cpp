// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A comment or a job summary: verdict and figures first, then the findings with what matters most first.
// Hosts throw a text away that is too long, so whole findings are left out at the end, and the last line
// names them.

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "compiler/report/escape.h"
#include "compiler/report/formats.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

constexpr std::size_t line_bytes = 1'000;     // of one line of a finding, before it is escaped
constexpr std::size_t details_shown = 12;     // lines of a finding
constexpr std::size_t reserve_bytes = 2'000;  // for the last line

std::string line(std::string_view text) { return markdown_text(shortened(std::string(text), line_bytes)); }

std::string verdict(const Run& run, const Counts& counts) {
  if (run.policy == nullptr) return "the policy does not load";
  if (fails(run)) return counts_text(counts);
  return "passed: " + counts_text(counts);
}

std::string head(const Run& run, const Counts& counts) {
  std::string text = fmt::format("### cordon check: {}\n\n", verdict(run, counts));
  text += "| | |\n|---|---|\n";
  text +=
      fmt::format("| Profile | {}, as of {} |\n", check::to_string(run.profile), check::to_string(run.as_of));
  text += fmt::format("| Checks made | {} |\n", run.made.size());
  if (run.policy != nullptr) {
    std::string policy;
    for (const Fact& fact : facts(*run.policy))
      policy += (policy.empty() ? "" : ", ") + counted(fact.count, fact.name);
    text += fmt::format("| Policy | {} |\n", policy);
  }
  return text + "\n";
}

struct Tally {
  Severity severity = Severity::note;  // of the worst that is open; of the worst, where nothing is
  std::size_t open = 0, excused = 0;
};

// One row a kind; most severe, then most frequent first.
std::string tally(const Run& run) {
  std::map<diagnostics::KindId, Tally> by_kind;
  for (const Finding& finding : run.findings) {
    Tally& row = by_kind[finding.diagnostic.kind];
    const bool open = finding.status == check::Status::open;
    const Severity severity = finding.diagnostic.severity;
    if (open || row.open == 0)
      row.severity = open && row.open == 0 ? severity : std::min(row.severity, severity);
    ++(open ? row.open : row.excused);
  }
  if (by_kind.empty()) return {};
  std::vector<std::pair<diagnostics::KindId, Tally>> rows(by_kind.begin(), by_kind.end());
  std::ranges::stable_sort(rows, {}, [](const auto& row) {
    return std::tuple(row.second.open == 0, row.second.severity, -static_cast<long>(row.second.open));
  });
  std::string text = "| Finding | Severity | Open | Waived or known |\n|---|---|--:|--:|\n";
  for (const auto& [kind, row] : rows) {
    text += fmt::format("| {} | {} | {} | {} |\n", title_of(kind), to_string(row.severity), row.open,
                        row.excused);
  }
  return text + "\n";
}

std::string section(const Run& run, const Finding& finding) {
  const std::string excuse = excuse_of(run, finding);
  std::string text = fmt::format("<details><summary><b>{}</b> {}: {}</summary>\n\n",
                                 excuse.empty() ? to_string(finding.diagnostic.severity) : "waived or known",
                                 title_of(finding.diagnostic.kind), line(finding.diagnostic.message));
  if (!excuse.empty()) text += fmt::format("- {}\n", line(excuse));
  const std::vector<std::string> details = details_of(run, finding);
  for (std::size_t at = 0; at < std::min(details.size(), details_shown); ++at)
    text += fmt::format("- {}\n", line(details[at]));
  if (details.size() > details_shown)
    text += fmt::format("- {}\n", counted(details.size() - details_shown, "more line"));
  return text + "\n</details>\n";
}

}  // namespace

std::string write_markdown(const Run& run) {
  std::string text = head(run, count(run.findings)) + tally(run);
  std::vector<const Finding*> left_out;
  for (const Finding* finding : by_rank(run.findings)) {
    if (left_out.empty()) {
      const std::string next = section(run, *finding);
      if (text.size() + next.size() <= limit::markdown_bytes - reserve_bytes) {
        text += next;
        continue;
      }
    }
    left_out.push_back(finding);
  }
  if (left_out.empty()) return text;
  return text + fmt::format("\n**{} not shown here**: {}. `cordon check --output json=PATH` has every one.\n",
                            counted(left_out.size(), "finding"), kinds_text(left_out));
}

}  // namespace cordon::report
