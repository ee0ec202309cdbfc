// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/suggestions.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "compiler/check/roles.h"
#include "compiler/check/upkeep.h"
#include "compiler/check/wording.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

// Null: the end is not exactly one declared host.
const ir::Host* only_host(const ir::Policy& policy, const ir::Endpoint& end) {
  if (end.pieces.size() != 1 || end.pieces.front().whole) return nullptr;
  const ir::Piece& piece = end.pieces.front();
  const auto host = std::ranges::find_if(policy.hosts, [&](const ir::Host& each) {
    ir::Addresses own;
    for (const auto& address : {each.ipv4, each.ipv6}) {
      if (address) own.of(address->family) = ir::AddressSet(*address);
    }
    return each.network == piece.network && own == piece.addresses;
  });
  return host == policy.hosts.end() ? nullptr : &*host;
}

std::string free_conduit_name(const ir::Policy& policy, const std::string& wanted) {
  std::string name = wanted;
  const auto taken = [&] {
    return std::ranges::any_of(policy.conduits,
                               [&](const ir::Conduit& conduit) { return conduit.name == name; });
  };
  for (int number = 2; taken(); ++number) name = fmt::format("{}-{}", wanted, number);
  return name;
}

// The access points of the network that could ask by themselves.
std::vector<std::string> asking_access_points(const Context& context, ir::NetworkId network) {
  std::vector<std::string> names;
  for (const graph::Member& member : context.layer2().span(network).members) {
    if (member.kind != graph::MemberKind::radio) continue;
    const ir::Device& device = context.policy().devices[context.layer2().segments()[member.segment].device];
    const std::string name = "'device:" + device.name + '\'';
    if (!ir::own_addresses(device).empty() && std::ranges::find(names, name) == names.end())
      names.push_back(name);
  }
  return names;
}

bool asks_radius(const Context& context) {
  return std::ranges::any_of(context.flows(), [&](const FlowFact& fact) {
    if (terms_about(*fact.services, Need::radius).empty()) return false;
    return fact.from->device.valid() || !is_medical(context.zone(fact.from_zone));
  });
}

}  // namespace

KnownServer known_server(const Context& context, Need need) {
  KnownServer first;
  for (const FlowFact& fact : context.flows()) {
    if (!fact.to_zone.valid() || terms_about(*fact.services, need).empty()) continue;
    const ir::Host* host = only_host(context.policy(), *fact.to);
    if (host == nullptr) continue;
    if (is_infrastructure(context.zone(fact.to_zone))) return {host->name, fact.to_zone};
    if (first.name.empty() && !is_untrusted(context.zone(fact.to_zone))) first = {host->name, fact.to_zone};
  }
  return first;
}

std::vector<std::string> infrastructure_hosts(const Context& context) {
  std::vector<std::string> names;
  for (const ir::Host& host : context.policy().hosts) {
    const ir::ZoneId zone = context.policy().networks[host.network].zone;
    if (zone.valid() && is_infrastructure(context.zone(zone))) names.push_back(host.name);
  }
  return names;
}

ir::ZoneId zone_where(const Context& context, bool (*test)(const ir::Zone&)) {
  for (const ir::ZoneId id : context.policy().zones.ids()) {
    if (test(context.zone(id))) return id;
  }
  return {};
}

ir::ZoneId only_zone(const ir::Policy& policy, const std::vector<ir::EndpointId>& ends) {
  ir::ZoneId found;
  for (const ir::EndpointId end : ends) {
    const ir::Endpoint& endpoint = policy.endpoints[end];
    if (endpoint.device.valid()) return {};
    for (const ir::Piece& piece : endpoint.pieces) {
      const ir::ZoneId zone = policy.networks[piece.network].zone;
      if (!zone.valid() || (found.valid() && found != zone)) return {};
      found = zone;
    }
  }
  return found;
}

const ir::Conduit* conduit_between(const Context& context, ir::ZoneId a, ir::ZoneId b) {
  for (const ir::Conduit& conduit : context.policy().conduits) {
    if (is_of_module(conduit)) continue;
    if ((conduit.first == a && conduit.second == b) || (conduit.first == b && conduit.second == a))
      return &conduit;
  }
  return nullptr;
}

std::string add_flow_text(const Context& context, ir::ZoneId a, ir::ZoneId b, std::string_view purpose,
                          const std::vector<std::string>& flows) {
  if (const ir::Conduit* conduit = conduit_between(context, a, b))
    return fmt::format("add `- {}` to the `flows:` of conduit `{}`", fmt::join(flows, "` and `- "),
                       conduit->name);
  const std::string &from = context.zone(a).name, &to = context.zone(b).name;
  return fmt::format(
      "add under `conduits:` `{}: {{between: [{}, {}], purpose: {}, reviewed: {}, flows: [{}]}}`",
      free_conduit_name(context.policy(), from + "-to-" + to), from, to, purpose, to_string(context.as_of()),
      fmt::join(flows, ", "));
}

std::string jump_host_text(const Context& context) {
  const ir::ZoneId zone = zone_where(context, is_remote_access);
  if (!zone.valid()) return "a jump host in a zone of type `remote-access`";
  for (const ir::Host& host : context.policy().hosts) {
    if (context.policy().networks[host.network].zone == zone)
      return fmt::format("`{}` in zone `{}`", host.name, context.zone(zone).name);
  }
  return fmt::format("a jump host in zone `{}`", context.zone(zone).name);
}

std::string remote_access_text(const Context& context) {
  return fmt::format("both flows want `log: true`, and both conduits an end, such as `expires: {}`",
                     to_string(context.as_of() + std::chrono::days(365)));
}

std::string biomedical_text(const Context& context) {
  const ir::ZoneId zone = zone_where(context, is_biomedical);
  return zone.valid() ? fmt::format("zone `{}`", context.zone(zone).name)
                      : std::string("a zone of type `biomedical-engineering`");
}

std::string radius_help(const Context& context, ir::NetworkId network) {
  if (asks_radius(context)) return {};
  const KnownServer server = known_server(context, Need::radius);
  const std::vector<std::string> points = asking_access_points(context, network);
  std::string from = "CONTROLLER";
  if (!points.empty()) from = fmt::format("[{}]", fmt::join(points, ", "));
  const std::string flow = fmt::format("{{from: {}, to: {}, services: [udp/1812-1813]}}", from,
                                       server.name.empty() ? "RADIUS-SERVER" : server.name);
  const std::string help =
      fmt::format("whoever admits the devices has to ask a RADIUS server, and no flow lets it: `{}`", flow);
  if (!points.empty())
    return help + ", in a conduit of the zone where the access points have their addresses";
  return help +
         ", where CONTROLLER is the host that controls the access points, or `device:NAME` of one that has "
         "an address";
}

std::string one_more_filter(const ir::Policy& policy, const graph::Topology& topology,
                            const graph::FilterPath& path) {
  const std::string& target = policy.networks[path.to].name;
  std::vector<std::string> names;
  for (const graph::FilterHop& hop : path.hops) {
    const graph::Attachment& at = topology.attachments()[hop.in];
    const ir::DeviceId id = topology.vertices()[at.vertex].device;
    const ir::Device& device = policy.devices[id];
    if (std::ranges::find(names, device.name) == names.end()) names.push_back(device.name);
    if (std::ranges::find(path.filters, id) != path.filters.end()) continue;
    if (!device.configured())
      return fmt::format("give `{}` a `platform:`, so that it filters on this way", device.name);
    return fmt::format(
        "let `{}` filter on this way: `filter: in` on its interface `{}`; or put a firewall in between",
        device.name, device.interfaces[at.interface].name);
  }
  if (names.empty())
    return fmt::format("no device stands between `{}` and `{}`: put a firewall in between",
                       policy.networks[path.from].name, target);
  if (names.size() == 1)
    return fmt::format(
        "`{}` is the only device on this way: put a second firewall between it and network `{}`",
        names.front(), target);
  return fmt::format("{} filter on this way already: put another firewall between them and network `{}`",
                     quoted(names), target);
}

std::vector<std::string> admission_helps(const Context& context, ir::NetworkId network) {
  std::string help = radius_help(context, network);
  return help.empty() ? std::vector<std::string>{} : std::vector{std::move(help)};
}

}  // namespace cordon::check
