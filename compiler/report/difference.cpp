// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/difference.h"

#include <algorithm>

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
              const ChangeSide& whose) {
  if (side.cubes.empty()) return;
  constexpr std::size_t most = 12;
  fmt::format_to(std::back_inserter(text), "{} {} -> {}\n", sign, pair.from, pair.to);
  const ir::AddressNames names(*whose.policy);
  for (const std::string& line : cube_lines(names, side.cubes, most))
    fmt::format_to(std::back_inserter(text), "    {}\n", line);
  if (side.example)
    fmt::format_to(std::back_inserter(text), "    for example {}\n", check::example_text(*side.example));
  const std::string devices = to_string(medical_devices(*whose.policy, side.cubes));
  if (!devices.empty()) fmt::format_to(std::back_inserter(text), "    {}\n", devices);
  for (const Cause& cause : side.causes)
    fmt::format_to(std::back_inserter(text), "    {} {}\n", sign == '+' ? "by" : "was by",
                   cause_text(*whose.policy, *whose.sources, cause));
}

std::string headline(const change::Difference& difference) {
  const std::size_t same = difference.compared - std::min(difference.compared, difference.pairs.size());
  if (difference.pairs.empty())
    return fmt::format("equal: all {} are proved equal\n", counted(difference.compared, "pair"));
  return fmt::format("{}: {} of {} differ{}, {} proved equal\n", to_string(difference.verdict()),
                     difference.pairs.size(), counted(difference.compared, "pair"),
                     difference.pairs.size() == 1 ? "s" : "", same);
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

Json side_json(const Side& side, const ChangeSide& whose) {
  const ir::AddressNames names(*whose.policy);
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

std::string difference_text(const ChangeReport& report) {
  std::string text = headline(*report.difference);
  for (const PairDifference& pair : report.difference->pairs) {
    add_side(text, '+', pair, pair.opened, report.after);
    add_side(text, '-', pair, pair.closed, report.before);
  }
  add_devices(text, report);
  if (report.purpose != nullptr) text += purpose_text(report, *report.purpose);
  if (report.envelopes != nullptr) text += envelopes_text(report, *report.envelopes);
  return text;
}

std::string difference_json(const ChangeReport& report, std::string_view version) {
  Json pairs = Json::array();
  for (const PairDifference& pair : report.difference->pairs) {
    pairs.push_back({{"from", pair.from},
                     {"to", pair.to},
                     {"verdict", to_string(pair.verdict())},
                     {"opened", side_json(pair.opened, report.after)},
                     {"closed", side_json(pair.closed, report.before)}});
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
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cordon::report
