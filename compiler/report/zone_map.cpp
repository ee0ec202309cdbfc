// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/zone_map.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "compiler/check/context.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::report {
namespace {

constexpr MapFormat formats_of_maps[] = {
    {"dot", ".dot", "Graphviz, for further layout", write_dot},
    {"graphml", ".graphml", "graph editors and analysis tools", write_graphml},
    {"mermaid", ".mmd", "Markdown pages that draw Mermaid", write_mermaid},
    {"svg", ".svg", "browsers and documents; laid out by trust level", write_svg},
};

void count(Marks& marks, Severity severity) {
  marks.errors += severity == Severity::error;
  marks.warnings += severity == Severity::warning;
}

// The zones at the ends of a flow; a device is drawn where the other end is.
std::pair<ir::ZoneId, ir::ZoneId> ends_of(const ir::Policy& policy, const ir::Flow& flow) {
  ir::ZoneId from = ir::zone_of(policy, policy.endpoints[flow.from]);
  ir::ZoneId to = ir::zone_of(policy, policy.endpoints[flow.to]);
  if (!from.valid()) from = to;
  if (!to.valid()) to = from;
  return {from, to};
}

std::vector<MapZone> zones_of(const ir::Policy& policy) {
  std::vector<MapZone> zones;
  for (const ir::Zone& zone : policy.zones) {
    zones.push_back({.name = zone.name,
                     .type = zone.type,
                     .level = zone.security_level,
                     .networks = zone.networks.size(),
                     .hosts = 0,
                     .isolates = zone.isolate,
                     .marks = {},
                     .attacked = false});
  }
  for (const ir::Host& host : policy.hosts) {
    const ir::ZoneId zone = policy.networks[host.network].zone;
    if (zone.valid()) ++zones[zone.value].hosts;
  }
  return zones;
}

std::vector<MapArc> arcs_of(const ir::Policy& policy) {
  std::vector<MapArc> arcs;
  for (const ir::Conduit& conduit : policy.conduits) {
    std::map<std::pair<std::size_t, std::size_t>, std::pair<packet::ServiceSet, std::size_t>> directions;
    for (const ir::Flow& flow : conduit.flows) {
      const auto [from, to] = ends_of(policy, flow);
      if (!from.valid()) continue;  // from a device to a device
      auto& [services, flows] = directions[{from.value, to.value}];
      const packet::ServiceSet& terms = policy.service_lists[flow.services].terms;
      services.insert(services.end(), terms.begin(), terms.end());
      ++flows;
    }
    for (auto& [ends, opened] : directions) {
      arcs.push_back({.from = ends.first,
                      .to = ends.second,
                      .conduit = conduit.name,
                      .services = check::service_text(packet::normalize(std::move(opened.first))),
                      .flows = opened.second,
                      .marks = {},
                      .attacked = false});
    }
  }
  return arcs;
}

// `conduit:telemetry` is about every arc of that conduit.
void mark(ZoneMap& map, const Finding& finding) {
  const Severity severity = finding.diagnostic.severity;
  for (MapZone& zone : map.zones) {
    if (finding.element == "zone:" + zone.name) count(zone.marks, severity);
  }
  for (MapArc& arc : map.arcs) {
    if (finding.element == "conduit:" + arc.conduit) count(arc.marks, severity);
  }
}

void mark_path(ZoneMap& map, const Finding& finding) {
  if (finding.diagnostic.severity == Severity::note || finding.path.empty()) return;
  for (const check::Hop& hop : finding.path) {
    for (MapArc& arc : map.arcs) {
      if (arc.conduit != hop.conduit) continue;
      const auto ends_in = [](const std::string& place, const MapZone& zone) {
        return place == "zone " + zone.name || place.ends_with(" of zone " + zone.name);
      };
      if (!ends_in(hop.from, map.zones[arc.from]) || !ends_in(hop.to, map.zones[arc.to])) continue;
      arc.attacked = map.zones[arc.from].attacked = map.zones[arc.to].attacked = true;
    }
  }
}

}  // namespace

ZoneMap zone_map(const Run& run) {
  const ir::Policy& policy = *run.policy;
  ZoneMap map{.title = policy.site.name, .zones = zones_of(policy), .arcs = arcs_of(policy)};
  for (const Finding& finding : run.findings) {
    if (finding.status != check::Status::open) continue;
    mark(map, finding);
    mark_path(map, finding);
  }
  return map;
}

std::span<const MapFormat> map_formats() { return formats_of_maps; }

const MapFormat* find_map_format(std::string_view name) {
  const auto* found = std::ranges::find(formats_of_maps, name, &MapFormat::name);
  return found == std::end(formats_of_maps) ? nullptr : found;
}

std::string marks_text(const Marks& marks) {
  const auto counted = [](std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
  };
  std::string text;
  if (marks.errors > 0) text = counted(marks.errors, "error");
  if (marks.warnings > 0) text += (text.empty() ? "" : ", ") + counted(marks.warnings, "warning");
  return text;
}

std::string zone_facts(const MapZone& zone) {
  std::string text = zone.type.empty() ? "no type" : zone.type;
  text += zone.level ? fmt::format(", SL {}", *zone.level) : ", no SL";
  if (zone.hosts > 0) text += fmt::format(", {} host{}", zone.hosts, zone.hosts == 1 ? "" : "s");
  if (zone.isolates) text += ", isolates";
  return text;
}

}  // namespace cordon::report
