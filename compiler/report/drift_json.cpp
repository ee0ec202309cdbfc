// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include <nlohmann/json.hpp>

#include "compiler/check/traffic.h"
#include "compiler/report/cubes.h"
#include "compiler/report/drift.h"
#include "compiler/report/medical_devices.h"

namespace cordon::report {
namespace {

using Json = nlohmann::ordered_json;
using change::DeviceDrift;
using change::FlowDrift;

std::string_view name_of(Risk risk) {
  switch (risk) {
    case Risk::opens_to_medical:
      return "opens-to-medical";
    case Risk::closes_medical:
      return "closes-medical";
    case Risk::opens_from_medical:
      return "opens-from-medical";
    case Risk::opens:
      return "opens";
    case Risk::closes:
      return "closes";
    case Risk::unlikely:
      return "unlikely";
  }
  return {};
}

std::string_view name_of(FlowDrift::Part part) {
  switch (part) {
    case FlowDrift::Part::openings:
      return "openings";
    case FlowDrift::Part::connections:
      return "connections";
    case FlowDrift::Part::fragments:
      return "fragments";
  }
  return {};
}

Json line_json(const source::Sources& sources, source::Range range) {
  if (!range.valid()) return {};
  const std::uint32_t line = sources.start(range).line;
  return {{"file", sources.path(range.file)}, {"line", line}, {"text", sources.line(range.file, line)}};
}

Json flow_json(const DriftReport& report, const ir::AddressNames& names, const Told& told) {
  const FlowDrift& flow = *told.flow;
  Json running = Json::array(), wanted = Json::array();
  for (const source::Range& line : flow.running) running.push_back(line_json(*report.sources, line));
  for (const config::Origin& origin : flow.wanted)
    wanted.push_back({{"place", place_text(*report.sources, origin.range)}, {"label", origin.label}});
  return {{"kind", "packets"},
          {"part", name_of(flow.part)},
          {"effect", flow.opened ? "opened" : "closed"},
          {"risk", name_of(told.risk)},
          {"from", end_text(*report.policy, flow.from)},
          {"to", end_text(*report.policy, flow.to)},
          {"text", cube_lines(names, flow.cubes, SIZE_MAX)},
          {"cubes", cubes_json(flow.cubes)},
          {"example", packet::to_string(flow.example)},
          {"medical_devices", medical_devices(*report.policy, flow.cubes).hosts},
          {"place", flow.place},
          {"more_places", flow.more_places},
          {"running", std::move(running)},
          {"policy", std::move(wanted)}};
}

Json stated_json(const DriftReport& report, const Told& told) {
  std::vector<std::uint16_t> vlans = told.stated->gained;
  vlans.insert(vlans.end(), told.stated->lost.begin(), told.stated->lost.end());
  Json zones = Json::array();
  for (const ir::ZoneId zone : zones_of(*report.policy, vlans))
    zones.push_back(report.policy->zones[zone].name);
  return {{"kind", "structure"},
          {"risk", name_of(told.risk)},
          {"message", told.stated->text},
          {"vlans_gained", told.stated->gained},
          {"vlans_lost", told.stated->lost},
          {"zones", std::move(zones)},
          {"running", line_json(*report.sources, told.stated->emitted)},
          {"policy", place_text(*report.sources, told.stated->policy)}};
}

Json device_json(const DriftReport& report, const ir::AddressNames& names, const DeviceDrift& drift) {
  Json files = Json::array(), unknown = Json::array(), differences = Json::array();
  for (const source::FileId file : report.running->of(drift.device)->files())
    files.push_back(report.sources->path(file));
  for (const change::Unknown& each : drift.unknown)
    unknown.push_back(
        {{"line", line_json(*report.sources, each.line)}, {"reason", each.reason}, {"places", each.places}});
  for (const Told& told : by_risk(*report.policy, drift))
    differences.push_back(told.flow != nullptr ? flow_json(report, names, told) : stated_json(report, told));
  return {{"device", report.policy->devices[drift.device].name},
          {"files", std::move(files)},
          {"in_step", drift.in_step()},
          {"complete", drift.unknown.empty()},
          {"certain", drift.certain},
          {"undecided", drift.undecided},
          {"unfiltered", drift.unfiltered},
          {"unknown", std::move(unknown)},
          {"differences", std::move(differences)}};
}

}  // namespace

std::string drift_json(const DriftReport& report, std::string_view version) {
  const ir::AddressNames names(*report.policy);
  Json devices = Json::array(), not_given = Json::array();
  for (const DeviceDrift& drift : report.devices) devices.push_back(device_json(report, names, drift));
  for (const ir::DeviceId device : report.running->not_given)
    not_given.push_back(report.policy->devices[device].name);
  const DriftCounts counts = count(report);
  const Json document = {{"format", "cordon.drift"},
                         {"format_version", "1.0"},
                         {"tool", {{"name", "cordon"}, {"version", version}}},
                         {"summary",
                          {{"in_step", counts.in_step},
                           {"drifted", counts.drifted},
                           {"incomplete", counts.incomplete},
                           {"undecided", counts.undecided}}},
                         {"devices", std::move(devices)},
                         {"not_given", std::move(not_given)},
                         {"left_aside", report.running->left_aside}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cordon::report
