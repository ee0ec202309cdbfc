// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/drift.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/check/roles.h"
#include "compiler/check/traffic.h"
#include "compiler/diagnostics/printable.h"
#include "compiler/report/cubes.h"
#include "compiler/report/escape.h"
#include "compiler/report/medical_devices.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

using change::DeviceDrift;
using change::FlowDrift;
using change::FlowEnd;

constexpr std::size_t most_flows = 12;  // of one device; JSON has all
constexpr std::size_t most_cubes = 6;
constexpr std::size_t most_unknown = 10;

bool is_medical(const ir::Policy& policy, const FlowEnd& end) {
  return end.zone.valid() && check::is_medical(policy.zones[end.zone]);
}

bool is_medical(const ir::Policy& policy, const std::vector<std::uint16_t>& vlans) {
  return std::ranges::any_of(zones_of(policy, vlans),
                             [&](ir::ZoneId zone) { return check::is_medical(policy.zones[zone]); });
}

void add_line(std::string& text, std::size_t indent, const std::string& line) {
  fmt::format_to(std::back_inserter(text), "{:{}}{}\n", "", indent, diagnostics::printable(line));
}

// What a person has to know of a zone to judge.
std::string level_text(const ir::Policy& policy, const FlowEnd& end) {
  if (!end.zone.valid() || !policy.zones[end.zone].security_level) return {};
  return fmt::format(" (SL-T {})", *policy.zones[end.zone].security_level);
}

std::string head_of(const ir::Policy& policy, const FlowDrift& flow, Risk risk) {
  std::string text = flow.opened ? "+ " : "- ";
  switch (flow.part) {
    case FlowDrift::Part::openings:
      text += fmt::format("{}{} -> {}{}", end_text(policy, flow.from), level_text(policy, flow.from),
                          end_text(policy, flow.to), level_text(policy, flow.to));
      break;
    case FlowDrift::Part::connections:
      text += "packets of connections that are open, and answers to them";
      break;
    case FlowDrift::Part::fragments:
      text += "later fragments of packets";
      break;
  }
  const std::string_view words = to_string(risk);
  return words.empty() ? text : fmt::format("{}   {}", text, words);
}

void add_flow(std::string& text, const DriftReport& report, const ir::AddressNames& names, const Told& told) {
  const FlowDrift& flow = *told.flow;
  const source::Sources& sources = *report.sources;
  add_line(text, 2, head_of(*report.policy, flow, told.risk));
  for (const std::string& line : cube_lines(names, flow.cubes, most_cubes)) add_line(text, 6, line);
  const bool opening = flow.part == FlowDrift::Part::openings;
  add_line(text, 6,
           "for example " + (opening ? check::example_text(flow.example) : packet::to_string(flow.example)));
  if (const MedicalDevices devices = medical_devices(*report.policy, flow.cubes); devices.any())
    add_line(text, 6, to_string(devices));
  add_line(text, 6,
           flow.more_places == 0
               ? flow.place
               : fmt::format("{}, and at {}", flow.place, counted(flow.more_places, "more crossing")));
  if (flow.running.empty())
    add_line(text, 6, flow.opened ? "no line looks at them there" : "no line lets them pass there");
  for (const source::Range& line : flow.running) add_line(text, 6, line_text(sources, line));
  for (const config::Origin& origin : flow.wanted)
    add_line(text, 6, fmt::format("policy: {} ({})", place_text(sources, origin.range), origin.label));
}

void add_stated(std::string& text, const DriftReport& report, const Told& told) {
  const prove::Difference& stated = *told.stated;
  const std::string_view words = to_string(told.risk);
  add_line(text, 2, fmt::format("! {}{}{}", stated.text, words.empty() ? "" : "   ", words));
  std::vector<std::uint16_t> vlans = stated.gained;
  vlans.insert(vlans.end(), stated.lost.begin(), stated.lost.end());
  std::vector<std::string> zones;
  for (const ir::ZoneId zone : zones_of(*report.policy, vlans))
    zones.push_back(report.policy->zones[zone].name);
  if (!zones.empty())
    add_line(text, 6, fmt::format("zone{} {}", zones.size() == 1 ? "" : "s", fmt::join(zones, ", ")));
  if (stated.emitted.valid()) add_line(text, 6, line_text(*report.sources, stated.emitted));
  if (stated.policy.valid()) add_line(text, 6, "policy: " + place_text(*report.sources, stated.policy));
}

void add_unknown(std::string& text, const DriftReport& report, const DeviceDrift& drift) {
  std::size_t shown = 0;
  for (const change::Unknown& unknown : drift.unknown) {
    if (shown++ == most_unknown) {
      add_line(text, 2, fmt::format("? and {}", counted(drift.unknown.size() - most_unknown, "more line")));
      break;
    }
    add_line(text, 2,
             fmt::format("? cannot tell for {}: {}",
                         unknown.places.empty() ? "anything on this device"
                                                : fmt::format("{}", fmt::join(unknown.places, ", ")),
                         unknown.reason));
    add_line(text, 6, line_text(*report.sources, unknown.line));
  }
}

std::string state_of(const DeviceDrift& drift) {
  if (drift.undecided) return "UNDECIDED";
  if (!drift.unknown.empty()) return "INCOMPLETE";
  return drift.differences() > 0 ? "DRIFT" : "in step";
}

std::string files_text(const DriftReport& report, const change::RunningDevice& device) {
  std::vector<std::string> files;
  for (const source::FileId file : device.files()) files.push_back(report.sources->path(file));
  return fmt::format("{}", fmt::join(files, ", "));
}

void add_device(std::string& text, const DriftReport& report, const ir::AddressNames& names,
                const DeviceDrift& drift, const change::RunningDevice& device) {
  std::string head = fmt::format("{:<11} {} ({})", state_of(drift), report.policy->devices[drift.device].name,
                                 files_text(report, device));
  if (drift.differences() > 0) head += "   " + counted(drift.differences(), "difference");
  add_line(text, 0, head);
  add_unknown(text, report, drift);
  if (!drift.certain && drift.differences() > 0)
    add_line(text, 2, "if lines that are not understood change nothing:");
  for (const std::string& place : drift.unfiltered)
    add_line(text, 2, fmt::format("! no filter stands before {}, where the policy has one", place));
  std::size_t shown = 0, unlikely = 0;
  for (const Told& told : by_risk(*report.policy, drift)) {
    if (told.risk == Risk::unlikely) {
      ++unlikely;
    } else if (told.stated != nullptr) {
      add_stated(text, report, told);
    } else if (shown++ < most_flows) {
      add_flow(text, report, names, told);
    }
  }
  if (shown > most_flows)
    add_line(
        text, 2,
        fmt::format("and {} of zones; `--format json` has all", counted(shown - most_flows, "more pair")));
  if (unlikely > 0)
    add_line(text, 2,
             fmt::format("and {} of zones that take no such way unless somebody forges addresses",
                         counted(unlikely, "pair")));
}

std::string summary(const DriftReport& report) {
  const DriftCounts counts = count(report);
  std::string text = fmt::format("{} in step", counted(counts.in_step, "device"));
  const auto add = [&](std::size_t number, std::string_view what) {
    if (number > 0) text += fmt::format(", {} {}", number, what);
  };
  add(counts.drifted, "drifted");
  add(counts.incomplete, "incomplete");
  add(counts.undecided, "undecided");
  add(report.running->not_given.size(), "not given");
  return text + "\n";
}

}  // namespace

std::string_view to_string(Risk risk) {
  static constexpr std::array<std::string_view, 6> words{"life-critical: opens medical devices",
                                                         "life-critical: medical devices lose it",
                                                         "medical devices reach further",
                                                         "",
                                                         "",
                                                         ""};
  return words[static_cast<std::size_t>(risk)];
}

Risk risk_of(const ir::Policy& policy, const FlowDrift& flow) {
  if (!flow.likely) return Risk::unlikely;
  const bool to = is_medical(policy, flow.to), from = is_medical(policy, flow.from);
  if (!flow.opened) return to || from ? Risk::closes_medical : Risk::closes;
  if (to) return Risk::opens_to_medical;
  return from ? Risk::opens_from_medical : Risk::opens;
}

Risk risk_of(const ir::Policy& policy, const prove::Difference& stated) {
  if (is_medical(policy, stated.gained)) return Risk::opens_to_medical;
  if (is_medical(policy, stated.lost)) return Risk::closes_medical;
  return stated.gained.empty() ? Risk::closes : Risk::opens;
}

std::vector<Told> by_risk(const ir::Policy& policy, const DeviceDrift& drift) {
  std::vector<Told> all;
  for (const prove::Difference& stated : drift.stated)
    all.push_back({risk_of(policy, stated), nullptr, &stated});
  for (const FlowDrift& flow : drift.flows) all.push_back({risk_of(policy, flow), &flow, nullptr});
  // Of equal risk, zones come before addresses that are nobody's.
  const auto rank = [](const Told& told) {
    const auto in_zone = [](const FlowEnd& end) { return end.kind == FlowEnd::Kind::zone; };
    const bool plain = told.flow == nullptr || (in_zone(told.flow->from) && in_zone(told.flow->to));
    return std::pair{told.risk, !plain};
  };
  std::ranges::stable_sort(all, {}, rank);
  return all;
}

DriftCounts count(const DriftReport& report) {
  DriftCounts counts;
  for (const DeviceDrift& drift : report.devices) {
    counts.in_step += drift.in_step();
    counts.drifted += drift.differences() > 0;
    counts.incomplete += !drift.unknown.empty();
    counts.undecided += drift.undecided;
  }
  return counts;
}

std::vector<ir::ZoneId> zones_of(const ir::Policy& policy, const std::vector<std::uint16_t>& vlans) {
  std::vector<ir::ZoneId> zones;
  for (const ir::Network& network : policy.networks) {
    const bool among = network.vlan && std::ranges::find(vlans, *network.vlan) != vlans.end();
    const bool known = std::ranges::find(zones, network.zone) != zones.end();
    if (among && network.zone.valid() && !known) zones.push_back(network.zone);
  }
  return zones;
}

std::string end_text(const ir::Policy& policy, const FlowEnd& end) {
  switch (end.kind) {
    case FlowEnd::Kind::zone:
      return policy.zones[end.zone].name;
    case FlowEnd::Kind::devices:
      return end.device.valid() ? "device " + policy.devices[end.device].name : "addresses of devices";
    case FlowEnd::Kind::elsewhere:
      return "addresses in no zone";
    case FlowEnd::Kind::anyone:
      return "anyone";
  }
  return {};
}

std::string drift_text(const DriftReport& report) {
  std::string text;
  const ir::AddressNames names(*report.policy);
  for (const DeviceDrift& drift : report.devices) {
    if (!drift.in_step()) add_device(text, report, names, drift, *report.running->of(drift.device));
  }
  std::vector<std::string> missing;
  for (const ir::DeviceId device : report.running->not_given)
    missing.push_back(report.policy->devices[device].name);
  if (!missing.empty()) add_line(text, 0, fmt::format("{:<11} {}", "NOT GIVEN", fmt::join(missing, ", ")));
  for (const std::string& file : report.running->left_aside)
    add_line(text, 0, fmt::format("{:<11} {}: of no device of the policy", "LEFT ASIDE", file));
  return text + summary(report);
}

}  // namespace cordon::report
