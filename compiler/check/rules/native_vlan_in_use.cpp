// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A trunk that carries the VLAN of a network without a tag.

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

using NetworksByVlan = std::map<std::uint16_t, std::vector<ir::NetworkId>>;

// The network whose VLAN is the port's native one, and whose frames come to either end of the link.
ir::NetworkId network_behind(const Context& context, const NetworksByVlan& networks, ir::DeviceId device,
                             const ir::Port& port) {
  const graph::Layer2& layer2 = context.layer2();
  const graph::CableId cable = layer2.cable_at(device, port.name);
  if (!cable.valid()) return {};
  const auto comes_to = [&](const graph::Span& span, graph::SegmentId segment) {
    return std::ranges::binary_search(span.reached, segment);
  };
  const auto found = networks.find(*port.native_vlan);
  if (found == networks.end()) return {};
  for (const ir::NetworkId id : found->second) {
    const graph::Span& span = layer2.span(id);
    if (comes_to(span, layer2.cables()[cable].a.segment) || comes_to(span, layer2.cables()[cable].b.segment))
      return id;
  }
  return {};
}

}  // namespace

void native_vlan_in_use(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  NetworksByVlan networks;
  for (const ir::NetworkId id : policy.networks.ids()) {
    if (policy.networks[id].vlan) networks[*policy.networks[id].vlan].push_back(id);
  }
  std::set<std::pair<graph::CableId, std::uint16_t>> told;  // both ends say the same
  for (const ir::DeviceId id : policy.devices.ids()) {
    for (const ir::Port& port : policy.devices[id].ports) {
      if (!port.to || !port.native_vlan) continue;
      const ir::NetworkId found = network_behind(context, networks, id, port);
      if (!found.valid() || !told.emplace(context.layer2().cable_at(id, port.name), *port.native_vlan).second)
        continue;
      const ir::Network& network = policy.networks[found];
      findings
          .raise(kind::native_vlan_in_use, port.range, element_of(policy.devices[id]), port.name,
                 *port.native_vlan, network.name)
          .label(network.vlan_range, "its VLAN")
          .help("set `native-vlan` to a VLAN of no network, the same at both ends of the link")
          .emit();
    }
  }
}

}  // namespace cordon::check
