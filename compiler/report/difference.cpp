// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/difference.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/check/traffic.h"
#include "compiler/report/change_verdicts.h"
#include "compiler/report/cubes.h"
#include "compiler/report/medical_devices.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

using Json = nlohmann::ordered_json;
using change::Cause;
using change::PairDifference;
using change::Side;

void add_side(std::string& text, char sign, const PairDifference& pair, const Side& side,
              const ChangeSide& whose, const ir::AddressNames& names) {
  if (side.cubes.empty()) return;
  constexpr std::size_t most = 12;
  fmt::format_to(std::back_inserter(text), "{} {} -> {}\n", sign, pair.from, pair.to);
  for (const std::string& line : side_lines(side, whose, names, most, sign == '+'))
    fmt::format_to(std::back_inserter(text), "    {}\n", line);
}

void add_devices(std::string& text, const ChangeReport& report) {
  if (!report.devices_unknown.empty()) {
    text += "devices: " + report.devices_unknown + "\n";
    return;
  }
  std::string_view head = "devices: ";
  for (const DeviceChange& device : report.devices) {
    fmt::format_to(std::back_inserter(text), "{}{} +{} -{} lines\n", head, device.file, device.added,
                   device.removed);
    head = "         ";
  }
  fmt::format_to(std::back_inserter(text), "{}{} byte for byte the same\n", head, report.same_devices);
}

Json side_json(const Side& side, const ChangeSide& whose, const ir::AddressNames& names) {
  Json causes = Json::array();
  for (const Cause& cause : side.causes) causes.push_back(cause_text(*whose.policy, *whose.sources, cause));
  const MedicalDevices devices = medical_devices(*whose.policy, side.cubes);
  return {{"text", cube_lines(names, side.cubes, SIZE_MAX)},
          {"cubes", cubes_json(side.cubes)},
          {"example", side.example ? Json(check::example_text(*side.example)) : Json()},
          {"causes", std::move(causes)},
          {"medical_devices", devices.hosts}};
}

}  // namespace

std::vector<std::string> side_lines(const Side& side, const ChangeSide& whose, const ir::AddressNames& names,
                                    std::size_t most, bool opened) {
  std::vector<std::string> lines = cube_lines(names, side.cubes, most);
  if (side.example) lines.push_back("for example " + check::example_text(*side.example));
  std::string devices = to_string(medical_devices(*whose.policy, side.cubes));
  if (!devices.empty()) lines.push_back(std::move(devices));
  for (const Cause& cause : side.causes)
    lines.push_back((opened ? "by " : "was by ") + cause_text(*whose.policy, *whose.sources, cause));
  return lines;
}

std::string difference_headline(const ChangeReport& report) {
  const change::Difference& difference = *report.difference;
  const std::size_t same = difference.compared - std::min(difference.compared, difference.pairs.size());
  if (difference.pairs.empty())
    return fmt::format("equal: all {} are proved equal", counted(difference.compared, "pair"));
  return fmt::format("{}: {} of {} differ{}, {} proved equal", to_string(difference.verdict()),
                     difference.pairs.size(), counted(difference.compared, "pair"),
                     difference.pairs.size() == 1 ? "s" : "", same);
}

std::string devices_affected(const ChangeReport& report) {
  std::vector<packet::Cube> opened, closed;
  for (const PairDifference& pair : report.difference->pairs) {
    opened.insert(opened.end(), pair.opened.cubes.begin(), pair.opened.cubes.end());
    closed.insert(closed.end(), pair.closed.cubes.begin(), pair.closed.cubes.end());
  }
  const std::string gain = to_string(medical_devices(*report.after.policy, opened));
  const std::string lose = to_string(medical_devices(*report.before.policy, closed));
  std::string text;
  if (!gain.empty()) text = "connections open for " + gain;
  if (!lose.empty()) text += (text.empty() ? "" : ", ") + ("connections close for " + lose);
  return text;
}

std::string difference_text(const ChangeReport& report) {
  std::string text = difference_headline(report) + "\n";
  const ir::AddressNames before(*report.before.policy), after(*report.after.policy);
  for (const PairDifference& pair : report.difference->pairs) {
    add_side(text, '+', pair, pair.opened, report.after, after);
    add_side(text, '-', pair, pair.closed, report.before, before);
  }
  add_devices(text, report);
  if (report.purpose != nullptr) text += purpose_text(report, *report.purpose);
  if (report.envelopes != nullptr) text += envelopes_text(report, *report.envelopes);
  return text;
}

std::string difference_json(const ChangeReport& report, std::string_view version) {
  return difference_document(report, version).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json difference_document(const ChangeReport& report, std::string_view version) {
  const ir::AddressNames before(*report.before.policy), after(*report.after.policy);
  Json pairs = Json::array();
  for (const PairDifference& pair : report.difference->pairs) {
    pairs.push_back({{"from", pair.from},
                     {"to", pair.to},
                     {"verdict", to_string(pair.verdict())},
                     {"opened", side_json(pair.opened, report.after, after)},
                     {"closed", side_json(pair.closed, report.before, before)}});
  }
  Json devices = Json::array();
  for (const DeviceChange& device : report.devices)
    devices.push_back({{"file", device.file}, {"added", device.added}, {"removed", device.removed}});
  Json document = {{"format", "cordon.diff"},
                   {"format_version", "1.0"},
                   {"tool", {{"name", "cordon"}, {"version", version}}},
                   {"before", report.before.name},
                   {"after", report.after.name},
                   {"verdict", to_string(report.difference->verdict())},
                   {"compared", report.difference->compared},
                   {"pairs", std::move(pairs)},
                   {"devices", std::move(devices)},
                   {"same_devices", report.same_devices}};
  if (report.purpose != nullptr) document["intent"] = purpose_json(report, *report.purpose);
  if (report.envelopes != nullptr) document["envelopes"] = envelopes_json(report, *report.envelopes);
  return document;
}

}  // namespace cordon::report
