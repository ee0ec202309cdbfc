// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include <fmt/format.h>

#include "compiler/ir/endpoint_addresses.h"
#include "compiler/report/cubes.h"
#include "compiler/report/told.h"
#include "compiler/report/why.h"

namespace cordon::report {
namespace {

using change::Refusal;

constexpr std::size_t most_near = 4;

// Of the flow that a policy line holds: `flow 2 of conduit telemetry (telemetry.yaml:9)`.
std::string flow_text(const WhyReport& report, ir::FlowId id) {
  return fmt::format("flow {} of conduit {} ({})", report.policy->flow(id).number,
                     report.policy->conduits[id.conduit].name,
                     place_text(*report.sources, report.policy->flow(id).range));
}

std::string party_text(const ir::Policy& policy, const change::Party& party) {
  if (party.device.valid()) return "device " + policy.devices[party.device].name;
  if (party.zone.valid()) return policy.zones[party.zone].name;
  return party.network.valid() ? "network " + policy.networks[party.network].name : "no network";
}

std::string near_text(const WhyReport& report, const ir::AddressNames& names, const change::NearFlow& near) {
  using Lacks = change::NearFlow::Lacks;
  const ir::Flow& flow = report.policy->flow(near.flow);
  const std::string services = report.policy->service_lists[flow.services].label;
  const std::string ends = fmt::format(
      "{} -> {}", names.text(ir::addresses_of(*report.policy, report.policy->endpoints[flow.from]), 3),
      names.text(ir::addresses_of(*report.policy, report.policy->endpoints[flow.to]), 3));
  const std::string head = flow_text(report, near.flow);
  switch (near.lacks) {
    case Lacks::exception: {
      std::string excepts;
      for (const ir::Excepted& each : flow.excepted) excepts += (excepts.empty() ? "" : ", ") + each.name;
      return fmt::format("{} would open it, but for `except: [{}]`", head, excepts);
    }
    case Lacks::services:
      return fmt::format("{} is between these hosts, for {} only", head, services);
    case Lacks::hosts:
      return fmt::format("{} is for this service, for {} only", head, ends);
    case Lacks::both:
      return fmt::format("{} opens {} {}", head, ends, services);
  }
  return {};
}

std::string bearing_text(const change::Statement& statement, bool waiver) {
  using Bearing = change::Statement::Bearing;
  if (waiver) return "accepts it";
  switch (statement.bearing) {
    case Bearing::pins:
      return "holds, and would fail otherwise";
    case Bearing::contradicts:
      return "fails: it says otherwise";
    case Bearing::speaks:
      return "is about how it gets there";
  }
  return {};
}

}  // namespace

std::vector<std::string> refusal_lines(const WhyReport& report, const Refusal& refusal) {
  using Reason = Refusal::Reason;
  const ir::Policy& policy = *report.policy;
  const std::string from = party_text(policy, refusal.from), to = party_text(policy, refusal.to);
  std::vector<std::string> lines;
  switch (refusal.reason) {
    case Reason::isolated:
      lines.push_back(fmt::format("zone {} isolates ({}): no host of it opens a connection to another", from,
                                  place_text(*report.sources, policy.zones[refusal.from.zone].name_range)));
      break;
    case Reason::outside:
      lines.push_back(fmt::format("what lies outside in {} talks to itself without us", from));
      break;
    case Reason::no_zone:
      lines.push_back(fmt::format("{} is in no zone, so no conduit leads there",
                                  refusal.from.zone.valid() || refusal.from.device.valid() ? to : from));
      break;
    case Reason::nowhere:
      lines.emplace_back("no network of the policy holds these addresses");
      break;
    case Reason::no_conduit:
      lines.push_back(fmt::format("no conduit joins {} and {}", from, to));
      break;
    case Reason::no_flow:
      for (const ir::ConduitId id : refusal.conduits)
        lines.push_back(fmt::format("conduit {} ({}) has no flow from {} to {}", policy.conduits[id].name,
                                    place_text(*report.sources, policy.conduits[id].name_range), from, to));
      break;
    case Reason::no_match: {
      lines.push_back(fmt::format("no flow from {} to {} is like that", from, to));
      const ir::AddressNames names(policy);
      for (std::size_t at = 0; at < std::min(most_near, refusal.near.size()); ++at)
        lines.push_back("  " + near_text(report, names, refusal.near[at]));
      if (refusal.near.size() > most_near)
        lines.push_back(fmt::format("  +{}", counted(refusal.near.size() - most_near, "more flow")));
      break;
    }
  }
  if (refusal.no_host) lines.emplace_back("  no host of the policy has an address that is asked for");
  return lines;
}

std::vector<packet::Cube> without_flags(std::vector<packet::Cube> cubes) {
  const packet::TcpFlagSet first = packet::any_tcp_flags & ~packet::established_flags();
  for (packet::Cube& cube : cubes) {
    for (packet::ServiceTerm& term : cube.services) {
      if (term.flags == first) term.flags = packet::any_tcp_flags;
    }
  }
  return cubes;
}

std::string stop_text(const ir::Policy& policy, const change::Stop& stop) {
  if (stop.device.valid()) return "device " + policy.devices[stop.device].name;
  const ir::Network& network = policy.networks[stop.network];
  const std::string zone = network.zone.valid() ? "zone " + policy.zones[network.zone].name : "no zone";
  return network.vlan ? fmt::format("{} (VLAN {}, {})", network.name, *network.vlan, zone)
                      : fmt::format("{} ({})", network.name, zone);
}

std::string statement_text(const WhyReport& report, const change::Statement& statement) {
  using Kind = change::Statement::Kind;
  const ir::Evidence& evidence = report.policy->evidence;
  const auto text = [&](std::string_view kind, const std::string& name, source::Range range) {
    return fmt::format("{} {}({}) {}", kind, name.empty() ? std::string() : name + " ",
                       place_text(*report.sources, range), bearing_text(statement, kind == "waiver"));
  };
  if (statement.kind == Kind::test)
    return text("test", evidence.tests[statement.index].name, evidence.tests[statement.index].range);
  if (statement.kind == Kind::assertion) {
    const ir::Assertion& assertion = evidence.assertions[statement.index];
    return text("assertion", assertion.name, assertion.range);
  }
  const ir::Waiver& waiver = evidence.waivers[statement.index];
  return text("waiver", waiver.name, waiver.range) +
         (waiver.expires.text.empty() ? std::string() : ", until " + waiver.expires.text);
}

}  // namespace cordon::report
