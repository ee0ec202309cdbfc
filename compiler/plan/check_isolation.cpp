// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Isolation at layer 2. Protected ports keep hosts apart within one switch, private VLANs over several; of
// what is not configured from here a document has to say so. What none of them can hold is refused.

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "compiler/diagnostics/kinds/plan.h"
#include "compiler/plan/checks.h"

namespace cordon::plan {
namespace {

namespace kind = diagnostics::kind;
using graph::Member;
using graph::MemberKind;

// How the hosts of an isolating zone are kept apart on the switches of one network.
class IsolationDecision {
 public:
  IsolationDecision(const ir::Policy& policy, const graph::Layer2& layer2, const CapabilitiesOf& capabilities,
                    diagnostics::Diagnostics& diagnostics)
      : policy_(policy), layer2_(layer2), capabilities_(capabilities), diagnostics_(diagnostics) {}

  config::Isolation decide(ir::NetworkId id) {
    const ir::Network& network = policy_.networks[id];
    if (network.any_ipv4 || network.any_ipv6) return config::Isolation::none;  // nobody's to keep apart
    const graph::Span& span = layer2_.span(id);
    std::set<ir::DeviceId> switches, others;
    std::size_t ports = 0;
    for (const Member& member : span.members) {
      if (member.kind == MemberKind::routed) continue;
      const ir::DeviceId at = layer2_.segments()[member.segment].device;
      const bool ours = member.kind == MemberKind::access && policy_.devices[at].configured();
      (ours ? switches : others).insert(at);
      if (ours) ++ports;
    }
    if (ports == 0 || !others.empty()) attested(network, others);
    if (ports == 0 || refused_) return config::Isolation::none;
    if (!others.empty()) {
      mixed(network, switches, others);
      return config::Isolation::none;
    }
    if (switches.size() == 1 && capabilities_(*switches.begin())->protected_ports == config::Support::yes) {
      return config::Isolation::protected_port;
    }
    if (network.isolated_vlan && private_vlans(network, span)) return config::Isolation::private_vlan;
    if (ports > 1 && !refused_) impossible(network, switches);
    return config::Isolation::none;
  }

 private:
  // Whatever its hosts are plugged into is not configured from here, or not even declared.
  void attested(const ir::Network& network, const std::set<ir::DeviceId>& others) {
    if (network.isolation || std::exchange(refused_, true)) return;
    if (network.ports_set_aside) {
      diagnostics_.build(kind::isolation_set_aside, network.name_range, network.name)
          .help("the output holds what is routed; what is deployed needs its ports and their isolation too")
          .emit();
      return;
    }
    auto builder = diagnostics_.build(kind::isolation_not_attested, network.name_range, network.name);
    for (const ir::DeviceId id : others) {
      builder.label(policy_.devices[id].name_range, "its isolation is not configured from here");
    }
    if (others.empty()) builder.here("no port or radio of any device is declared for it");
    builder
        .label(policy_.zones[network.zone].name_range, "zone `{}` isolates", policy_.zones[network.zone].name)
        .help("{}", way_to_isolate(network, others))
        .emit();
  }

  // A switch that is declared lacks only its platform; nothing of a radio can be configured from here.
  std::string way_to_isolate(const ir::Network& network, const std::set<ir::DeviceId>& others) const {
    const std::string statement = fmt::format(
        "write on network `{}` which document shows that they are kept apart: `isolation: {{attested: "
        "DOCUMENT, "
        "date: YYYY-MM-DD}}`",
        network.name);
    if (others.empty())
      return "declare the access ports that its hosts use, on a switch with a `platform:`; or " + statement;
    std::string switches;
    for (const ir::DeviceId id : others) {
      const ir::Device& device = policy_.devices[id];
      if (device.radios.empty() && !device.configured())
        switches += (switches.empty() ? "`" : ", `") + device.name + '`';
    }
    if (switches.empty()) return statement;
    return fmt::format("give {} a `platform:`, so that its ports are kept apart from here; or {}", switches,
                       statement);
  }

  // What is attested keeps its own clients apart. Towards a protected or isolated port they count as the
  // rest of the network does, like the gateway.
  void mixed(const ir::Network& network, const std::set<ir::DeviceId>& switches,
             const std::set<ir::DeviceId>& others) {
    auto builder = diagnostics_.build(kind::isolation_impossible, network.name_range, network.name);
    builder.label(policy_.devices[*switches.begin()].name_range, "access ports here");
    builder.label(policy_.devices[*others.begin()].name_range,
                  "hosts here reach them, whatever is attested of this device");
    builder.help("give the hosts behind `{}` a network of their own", policy_.devices[*others.begin()].name)
        .emit();
  }

  // Every switch between the members has to know both VLANs.
  bool private_vlans(const ir::Network& network, const graph::Span& span) {
    return std::ranges::all_of(span.reached, [&](graph::SegmentId segment) {
      const graph::Segment& where = layer2_.segments()[segment];
      if (!where.bridges()) return true;
      if (policy_.devices[where.device].configured())
        return capabilities_(where.device)->private_vlan != config::Support::no;
      attested(network, {where.device});
      return true;
    });
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
