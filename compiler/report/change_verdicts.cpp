// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/change_verdicts.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "compiler/check/traffic.h"
#include "compiler/ir/address_names.h"
#include "compiler/report/cubes.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

using Json = nlohmann::ordered_json;
using change::EnvelopePart;
using change::EnvelopeResult;
using change::Part;
using change::PurposeLine;
using change::PurposeResult;

constexpr std::size_t shown = 12;

void add_cubes(std::string& text, const ChangeSide& whose, std::span<const packet::Cube> cubes,
               const std::optional<packet::Packet>& example) {
  const ir::AddressNames names(*whose.policy);
  for (const std::string& line : cube_lines(names, cubes, shown))
    fmt::format_to(std::back_inserter(text), "    {}\n", line);
  if (example)
    fmt::format_to(std::back_inserter(text), "    for example {}\n", check::example_text(*example));
}

void add_part(std::string& text, std::string_view what, const ChangeSide& whose, const Part& part) {
  if (part.empty()) return;
  fmt::format_to(std::back_inserter(text), "  {}\n", what);
  add_cubes(text, whose, part.cubes, part.example);
}

void add_line(std::string& text, const ChangeReport& report, const PurposeLine& line) {
  const std::string_view does = line.opens ? "opens" : "closes";
  const std::string_view verdict = line.vacuous ? "speaks of no packet"
                                   : line.met() ? "done: proved"
                                                : "not done";
  fmt::format_to(std::back_inserter(text), "{} {}: {}\n", does, line.flow->text, verdict);
  add_part(text, line.opens ? "permitted before already" : "not permitted before", report.before,
           line.before);
  add_part(text, line.opens ? "not permitted afterwards" : "permitted afterwards still", report.after,
           line.after);
}

void add_rest(std::string& text, std::string_view what, const ChangeSide& whose, const change::Side& side) {
  if (side.cubes.empty()) return;
  fmt::format_to(std::back_inserter(text), "  {}\n", what);
  add_cubes(text, whose, side.cubes, side.example);
  for (const change::Cause& cause : side.causes)
    fmt::format_to(std::back_inserter(text), "    by {}\n", cause_text(*whose.policy, *whose.sources, cause));
}

Json part_json(const ChangeSide& whose, std::span<const packet::Cube> cubes,
               const std::optional<packet::Packet>& example) {
  const ir::AddressNames names(*whose.policy);
  return {{"text", cube_lines(names, cubes, SIZE_MAX)},
          {"cubes", cubes_json(cubes)},
          {"example", example ? Json(check::example_text(*example)) : Json()}};
}

std::string number(long double count) {
  constexpr long double many = 1e6L;
  return count < many ? fmt::format("{:.0f}", static_cast<double>(count))
                      : std::string("more than a million");
}

std::string envelope_words(const EnvelopeResult& result, const EnvelopePart& part) {
  if (part.envelope == nullptr) return "OUTSIDE of every envelope";
  const change::EnvelopeUse& use = *result.use_of(part);
  if (!use.too_many()) return "inside envelope " + part.envelope->name;
  return fmt::format("OUTSIDE: envelope {} approves {} new hosts at most, these are {}", part.envelope->name,
                     *part.envelope->max_new_hosts, number(use.hosts));
}

std::string verdict_line(const EnvelopeResult& result) {
  if (result.parts.empty()) return "verdict: nothing opens, no envelope is needed\n";
  std::vector<std::string> reviewers;
  for (const change::EnvelopeUse& use : result.used)
    reviewers.insert(reviewers.end(), use.envelope->reviewers.begin(), use.envelope->reviewers.end());
  std::ranges::sort(reviewers);
  reviewers.erase(std::ranges::unique(reviewers).begin(), reviewers.end());
  const std::string by = reviewers.empty()
                             ? std::string()
                             : fmt::format("; reviewers of the envelopes: {}", fmt::join(reviewers, ", "));
  const auto outside =
      std::ranges::count_if(result.parts, [&](const EnvelopePart& part) { return !result.inside(part); });
  if (outside == 0) return "verdict: inside the envelopes" + by + "\n";
  return fmt::format("verdict: needs review, {} outside{}{}\n",
                     counted(static_cast<std::size_t>(outside), "opening"),
                     result.known == 0 ? "; the policy before the change has no envelope" : "", by);
}

}  // namespace

std::string purpose_text(const ChangeReport& report, const PurposeResult& result) {
  std::string text = "\nintent\n";
  for (const PurposeLine& line : result.lines) add_line(text, report, line);
  if (result.opened.cubes.empty() && result.closed.cubes.empty()) {
    text += "nothing else changes: proved\n";
  } else {
    text += "something else changes\n";
    add_rest(text, "opens as well", report.after, result.opened);
    add_rest(text, "closes as well", report.before, result.closed);
  }
  return text + (result.met() ? "verdict: the change does what it says, and nothing else\n"
                              : "verdict: the change does not do what it says\n");
}

Json purpose_json(const ChangeReport& report, const PurposeResult& result) {
  Json lines = Json::array();
  for (const PurposeLine& line : result.lines) {
    lines.push_back({{line.opens ? "opens" : "closes", line.flow->text},
                     {"met", line.met()},
                     {"before", part_json(report.before, line.before.cubes, line.before.example)},
                     {"after", part_json(report.after, line.after.cubes, line.after.example)}});
  }
  return {{"met", result.met()},
          {"lines", std::move(lines)},
          {"opens_as_well", part_json(report.after, result.opened.cubes, result.opened.example)},
          {"closes_as_well", part_json(report.before, result.closed.cubes, result.closed.example)}};
}

std::string envelopes_text(const ChangeReport& report, const EnvelopeResult& result) {
  std::string text = "\nenvelopes\n";
  for (const EnvelopePart& part : result.parts) {
    fmt::format_to(std::back_inserter(text), "+ {} -> {}: {}\n", part.from, part.to,
                   envelope_words(result, part));
    add_cubes(text, report.after, part.cubes, part.example);
    for (const change::Cause& cause : part.causes)
      fmt::format_to(std::back_inserter(text), "    by {}\n",
                     cause_text(*report.after.policy, *report.after.sources, cause));
  }
  return text + verdict_line(result);
}

Json envelopes_json(const ChangeReport& report, const EnvelopeResult& result) {
  Json parts = Json::array(), used = Json::array();
  for (const EnvelopePart& part : result.parts) {
    Json json = {{"from", part.from},
                 {"to", part.to},
                 {"inside", result.inside(part)},
                 {"envelope", part.envelope == nullptr ? Json() : Json(part.envelope->name)}};
    json.update(part_json(report.after, part.cubes, part.example));
    parts.push_back(std::move(json));
  }
  for (const change::EnvelopeUse& use : result.used) {
    used.push_back(
        {{"id", use.envelope->name},
         {"new_hosts", static_cast<double>(use.hosts)},
         {"max_new_hosts", use.envelope->max_new_hosts ? Json(*use.envelope->max_new_hosts) : Json()},
         {"reviewers", use.envelope->reviewers}});
  }
  return {{"inside", result.inside()}, {"parts", std::move(parts)}, {"used", std::move(used)}};
}

}  // namespace cordon::report
