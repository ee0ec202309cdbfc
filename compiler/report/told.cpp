// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/told.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace cordon::report {

std::string title_of(diagnostics::KindId kind) {
  const diagnostics::KindInfo& info = diagnostics::info(kind);
  return fmt::format("{} {}", info.code, info.slug);
}

std::string text_of(const Place& place) {
  return fmt::format("{}:{}:{}", place.path, place.start.line, place.start.column);
}

std::vector<std::string> details_of(const Run& run, const Finding& finding) {
  const diagnostics::Diagnostic& diagnostic = finding.diagnostic;
  std::vector<std::string> lines;
  for (const diagnostics::Label& label : diagnostic.labels) {
    if (!label.range.valid()) continue;
    lines.push_back(text_of(place_of(run, label.range)));
    if (!label.text.empty()) lines.back() += ": " + label.text;
  }
  for (const std::string& note : diagnostic.notes) lines.push_back("note: " + note);
  for (const std::string& help : diagnostic.helps) lines.push_back("help: " + help);
  return lines;
}

std::string excuse_of(const Run& run, const Finding& finding) {
  if (finding.status == check::Status::open) return {};
  if (finding.status == check::Status::baseline) return "known since the baseline";
  std::string text = "waived by " + finding.waiver;
  if (const ir::Waiver* waiver = waiver_of(run, finding)) {
    if (waiver->expires.present()) text += " until " + waiver->expires.text;
    if (waiver->reason.present()) text += ": " + waiver->reason.text;
  }
  return text;
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string counts_text(const Counts& counts) {
  std::string text;
  const auto add = [&](std::string part) { text += (text.empty() ? "" : ", ") + std::move(part); };
  if (counts.errors > 0) add(counted(counts.errors, "error"));
  if (counts.warnings > 0) add(counted(counts.warnings, "warning"));
  if (counts.notes > 0) add(counted(counts.notes, "note"));
  if (counts.waived > 0) add(fmt::format("{} waived", counts.waived));
  if (counts.baseline > 0) add(fmt::format("{} in the baseline", counts.baseline));
  return text.empty() ? "nothing found" : text;
}

std::string kinds_text(const std::vector<const Finding*>& findings) {
  std::map<std::string_view, std::size_t> by_code;
  for (const Finding* finding : findings) ++by_code[diagnostics::info(finding->diagnostic.kind).code];
  std::vector<std::pair<std::string_view, std::size_t>> counts(by_code.begin(), by_code.end());
  std::ranges::stable_sort(counts, std::ranges::greater(), &std::pair<std::string_view, std::size_t>::second);
  constexpr std::size_t shown = 20;
  std::string text;
  for (std::size_t at = 0; at < std::min(shown, counts.size()); ++at)
    text += fmt::format("{}{} × {}", at == 0 ? "" : ", ", counts[at].second, counts[at].first);
  if (counts.size() > shown) text += fmt::format(" and {}", counted(counts.size() - shown, "more code"));
  return text;
}

}  // namespace cordon::report
