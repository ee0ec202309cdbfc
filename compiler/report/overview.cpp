// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/overview.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace cordon::report {
namespace {

using diagnostics::KindId;

constexpr std::size_t in_view = 20;
constexpr std::size_t kinds_shown = 6;

using Tally = std::vector<std::pair<const diagnostics::KindInfo*, std::size_t>>;

// Most first, then by code.
Tally tally(const std::vector<check::Finding>& findings) {
  std::map<std::string_view, Tally::value_type> by_code;
  for (const check::Finding& finding : findings) {
    if (finding.status != check::Status::open) continue;
    const diagnostics::KindInfo& info = diagnostics::info(finding.diagnostic.kind);
    ++by_code.try_emplace(info.code, &info, 0).first->second.second;
  }
  Tally rows;
  for (const auto& [code, row] : by_code) rows.push_back(row);
  std::ranges::stable_sort(rows, [](const auto& a, const auto& b) { return a.second > b.second; });
  return rows;
}

// What a zone is decides which checks look at its flows, so these change what else is found.
std::string mend_first(const Tally& rows) {
  const KindId first[] = {check::kind::internet_in_inner_zone.id, check::kind::inside_shares_outside_zone.id,
                          check::kind::zone_without_type.id};
  std::string text;
  for (const KindId kind : first) {
    const diagnostics::KindInfo& info = diagnostics::info(kind);
    if (std::ranges::find(rows, &info, &Tally::value_type::first) == rows.end()) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", info.code, info.slug);
  }
  return text.empty() ? text
                      : fmt::format("mend first: {}; other findings depend on the type of a zone\n", text);
}

}  // namespace

std::string overview(const std::vector<check::Finding>& findings) {
  const Tally rows = tally(findings);
  std::size_t open = 0;
  for (const auto& [info, count] : rows) open += count;
  if (open <= in_view) return {};
  std::string text = "most frequent:";
  const std::size_t shown = std::min(rows.size(), kinds_shown);
  for (std::size_t i = 0; i < shown; ++i)
    text += fmt::format("{} {} {}", i == 0 ? "" : ",", rows[i].second, rows[i].first->slug);
  if (rows.size() > shown)
    text += fmt::format(", and {} more kind{}", rows.size() - shown, rows.size() - shown == 1 ? "" : "s");
  return text + '\n' + mend_first(rows);
}

}  // namespace cordon::report
