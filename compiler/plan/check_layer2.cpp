// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/diagnostics/kinds/plan.h"
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
    if (network.dhcp && !network.dhcp->snooping) guards(network);
    if (network.vlan && network.vlan == network.isolated_vlan) isolated_from_itself(network);
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

  // Both compare with the leases that snooping has seen; without any they would cut everyone off.
  void guards(const ir::Network& network) {
    if (!network.dhcp->arp_inspection && !network.dhcp->source_guard) return;
    diagnostics_
        .build(kind::guard_without_snooping, network.dhcp->range,
               network.dhcp->arp_inspection ? "ARP inspection" : "source guard", network.name)
        .help("add `snooping: true`: what hosts send is compared with the leases that it sees")
        .emit();
  }

  void isolated_from_itself(const ir::Network& network) {
    diagnostics_
        .build(kind::vlan_not_free, network.vlan_range, *network.vlan, network.name, "its `isolated-vlan`")
        .help("give `isolated-vlan:` an id of its own: hosts send in that one and receive in the other")
        .emit();
  }

  const ir::Policy& policy_;
  const graph::Layer2& layer2_;
  diagnostics::Diagnostics& diagnostics_;
  std::set<ir::NetworkId> with_servers_;
};

// Unused ports, and what comes untagged into a trunk, are in the parking VLAN: it has no network.
class ParkingCheck {
 public:
  ParkingCheck(const ir::Policy& policy, const graph::Layer2& layer2, diagnostics::Diagnostics& diagnostics)
      : policy_(policy), layer2_(layer2), diagnostics_(diagnostics) {
    for (const ir::NetworkId id : policy.networks.ids()) {
      for (const auto& vlan : {policy.networks[id].vlan, policy.networks[id].isolated_vlan}) {
        if (vlan) networks_.emplace(*vlan, id);
      }
    }
  }

  void run() {
    for (const graph::SegmentId segment : layer2_.segments().ids()) {
      const ir::Device& device = policy_.devices[layer2_.segments()[segment].device];
      if (!layer2_.segments()[segment].bridges() || !device.configured() || !device.parking_vlan) continue;
      const auto [first, last] = networks_.equal_range(*device.parking_vlan);
      for (auto entry = first; entry != last; ++entry) check(segment, device, entry->second);
    }
  }

 private:
  void check(graph::SegmentId segment, const ir::Device& device, ir::NetworkId id) {
    const auto near = [&](const Member& member) { return layer2_.joined(segment, member.segment); };
    if (std::ranges::none_of(layer2_.span(id).members, near)) return;
    const ir::Network& network = policy_.networks[id];
    diagnostics_
        .build(kind::vlan_not_free, network.vlan_range, *device.parking_vlan, network.name,
               fmt::format("the parking VLAN of `{}`", device.name))
        .label(device.name_range, "unused ports of this device would be in the network")
        .help("give `parking-vlan:` an id that no network has")
        .emit();
  }

  const ir::Policy& policy_;
  const graph::Layer2& layer2_;
  diagnostics::Diagnostics& diagnostics_;
  std::multimap<std::uint16_t, ir::NetworkId> networks_;
};

}  // namespace

void check_layer2(const ir::Policy& policy, const graph::Layer2& layer2,
                  diagnostics::Diagnostics& diagnostics) {
  NetworkCheck check(policy, layer2, diagnostics);
  for (const ir::NetworkId id : policy.networks.ids()) check.run(id);
  ParkingCheck(policy, layer2, diagnostics).run();
}

}  // namespace cordon::plan
