// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <set>
#include <vector>

#include "compiler/plan/checks.h"

namespace cordon::plan {
namespace {

namespace kind = diagnostics::kind;
using graph::Member;
using graph::MemberKind;

class NetworkCheck {
 public:
  NetworkCheck(const ir::Policy& policy, const graph::Layer2& layer2, diagnostics::Diagnostics& diagnostics)
      : policy_(policy), layer2_(layer2), diagnostics_(diagnostics) {
    for (const ir::Network& network : policy.networks) {
      if (!network.dhcp) continue;
      if (network.dhcp->server.valid()) with_servers_.insert(policy.hosts[network.dhcp->server].network);
      if (!network.dhcp->relay.valid()) continue;
      for (const ir::Piece& piece : policy.endpoints[network.dhcp->relay].pieces)
        with_servers_.insert(piece.network);
    }
  }

  void run(ir::NetworkId id) {
    const graph::Span& span = layer2_.span(id);
    const ir::Network& network = policy_.networks[id];
    std::vector<const Member*> ours;  // on switches that are configured from here
    for (const Member& member : span.members) {
      if (layer2_.segments()[member.segment].bridges() && device(member).configured())
        ours.push_back(&member);
    }
    if (ours.empty()) return;
    if (!network.vlan) {
      without_vlan(network, ours);
    } else if (!span.joined) {
      not_joined(network, span, *ours.front());
    }
    const bool access =
        std::ranges::any_of(ours, [](const Member* member) { return member->kind == MemberKind::access; });
    if (network.dhcp && network.dhcp->snooping && access && with_servers_.contains(id)) snooping(network);
  }

 private:
  [[nodiscard]] const ir::Device& device(const Member& member) const {
    return policy_.devices[layer2_.segments()[member.segment].device];
  }

  [[nodiscard]] source::Range range(const Member& member) const {
    switch (member.kind) {
      case MemberKind::access:
        return device(member).ports[member.index].range;
      case MemberKind::radio:
        return device(member).radios[member.index].range;
      case MemberKind::routed:
        break;
    }
    return device(member).interfaces[member.index].range;
  }

  void without_vlan(const ir::Network& network, const std::vector<const Member*>& ours) {
    const auto access = std::ranges::find(ours, MemberKind::access, &Member::kind);
    if (access == ours.end()) return;
    const ir::Port& port = device(**access).ports[(*access)->index];
    diagnostics_.build(kind::network_without_vlan, port.range, port.name, network.name)
        .label(network.name_range, "this network")
        .help("give the network a `vlan:`")
        .emit();
  }

  // Shows a member that the links from one of ours do not lead to.
  void not_joined(const ir::Network& network, const graph::Span& span, const Member& one) {
    auto builder = diagnostics_.build(kind::vlan_not_joined, network.name_range, network.name);
    builder.label(range(one), "its VLAN is here");
    for (const Member& other : span.members) {
      if (layer2_.joined(one.segment, other.segment)) continue;
      builder.label(range(other), "and here, with no links between");
      break;
    }
    builder.help("declare the links between the devices: `ports: {{PORT: {{to: DEVICE/PORT}}}}`").emit();
  }

  void snooping(const ir::Network& network) {
    diagnostics_.build(kind::snooping_cuts_server, network.dhcp->range, network.name)
        .note(
            "answers of a server are let through on links to other devices only, and the port of a host is "
            "not declared")
        .help(
            "leave `snooping` off here, or move the server to another network and reach it through `relay:`")
        .emit();
  }

  const ir::Policy& policy_;
  const graph::Layer2& layer2_;
  diagnostics::Diagnostics& diagnostics_;
  std::set<ir::NetworkId> with_servers_;
};

// How the hosts of an isolating zone are kept apart on the switches of one network.
class IsolationDecision {
 public:
  IsolationDecision(const ir::Policy& policy, const graph::Layer2& layer2, const CapabilitiesOf& capabilities,
                    diagnostics::Diagnostics& diagnostics)
      : policy_(policy), layer2_(layer2), capabilities_(capabilities), diagnostics_(diagnostics) {}

  config::Isolation decide(ir::NetworkId id) {
    const ir::Network& network = policy_.networks[id];
    const graph::Span& span = layer2_.span(id);
    std::set<ir::DeviceId> switches;
    std::size_t ports = 0;
    for (const Member& member : span.members) {
      if (member.kind == MemberKind::routed) continue;
      const ir::DeviceId at = layer2_.segments()[member.segment].device;
      if (member.kind == MemberKind::radio || !policy_.devices[at].configured()) {
        attested(network, at);
        continue;
      }
      switches.insert(at);
      ++ports;
    }
    if (ports == 0) return config::Isolation::none;
    if (switches.size() == 1 && capabilities_(*switches.begin())->protected_ports == config::Support::yes) {
      return config::Isolation::protected_port;
    }
    if (network.isolated_vlan && private_vlans(network, span)) return config::Isolation::private_vlan;
    if (ports > 1 && !refused_) impossible(network, switches);
    return config::Isolation::none;
  }

 private:
  void attested(const ir::Network& network, ir::DeviceId at) {
    if (network.isolation || refused_) return;
    refused_ = true;
    diagnostics_
        .build(kind::isolation_not_attested, network.name_range, policy_.devices[at].name, network.name)
        .label(policy_.devices[at].name_range, "its isolation is not configured from here")
        .label(policy_.zones[network.zone].name_range, "zone `{}` isolates", policy_.zones[network.zone].name)
        .help(
            "when it does keep its clients apart, say so on the network: `isolation: {{attested: DOCUMENT, "
            "date: …}}`")
        .emit();
  }

  // Every switch between the members has to know both VLANs.
  bool private_vlans(const ir::Network& network, const graph::Span& span) {
    for (const graph::SegmentId segment : span.reached) {
      const graph::Segment& where = layer2_.segments()[segment];
      if (!where.bridges()) continue;
      const ir::Device& device = policy_.devices[where.device];
      if (!device.configured()) {
        attested(network, where.device);
      } else if (capabilities_(where.device)->private_vlan == config::Support::no) {
        return false;
      }
    }
    return true;
  }

  void impossible(const ir::Network& network, const std::set<ir::DeviceId>& switches) {
    auto builder = diagnostics_.build(kind::isolation_impossible, network.name_range, network.name);
    builder.label(policy_.zones[network.zone].name_range, "zone `{}` isolates",
                  policy_.zones[network.zone].name);
    for (const ir::DeviceId id : switches) builder.label(policy_.devices[id].name_range, "access ports here");
    if (switches.size() > 1 && !network.isolated_vlan) {
      builder.help(
          "protected ports work within one switch: give the network an `isolated-vlan:` for a private VLAN");
    } else {
      builder.help("the platforms of these switches have neither protected ports nor private VLANs for this");
    }
    builder.emit();
  }

  const ir::Policy& policy_;
  const graph::Layer2& layer2_;
  const CapabilitiesOf& capabilities_;
  diagnostics::Diagnostics& diagnostics_;
  bool refused_ = false;  // for this network: one cause, one message
};

}  // namespace

void check_layer2(const ir::Policy& policy, const graph::Layer2& layer2,
                  diagnostics::Diagnostics& diagnostics) {
  NetworkCheck check(policy, layer2, diagnostics);
  for (const ir::NetworkId id : policy.networks.ids()) check.run(id);
}

std::vector<config::Isolation> decide_isolation(const ir::Policy& policy, const graph::Layer2& layer2,
                                                const CapabilitiesOf& capabilities,
                                                diagnostics::Diagnostics& diagnostics) {
  std::vector<config::Isolation> decided(policy.networks.size(), config::Isolation::none);
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::ZoneId zone = policy.networks[id].zone;
    if (!zone.valid() || !policy.zones[zone].isolate) continue;
    decided[id.value] = IsolationDecision(policy, layer2, capabilities, diagnostics).decide(id);
  }
  return decided;
}

}  // namespace cordon::plan
