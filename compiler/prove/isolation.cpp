// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/isolation.h"

namespace cordon::prove {

Isolation::Isolation(const ir::Policy& policy, const std::vector<bool>& ours)
    : wires_(policy.networks.size()) {
  for (const ir::DeviceId id : policy.devices.ids()) {
    const ir::Device& device = policy.devices[id];
    for (const ir::Port& port : device.ports) {
      if (!port.access.valid()) continue;
      Wire& wire = wires_[port.access.value];
      if (wire.switches.empty() || wire.switches.back() != id) wire.switches.push_back(id);
      wire.foreign = wire.foreign || !ours[id.value];
    }
    for (const ir::Radio& radio : device.radios) {
      for (const ir::NetworkId network : radio.networks) wires_[network.value].foreign = true;
    }
  }
  for (const ir::NetworkId network : policy.networks.ids()) of_.push_back(decide(policy, network));
}

Apart Isolation::decide(const ir::Policy& policy, ir::NetworkId id) const {
  const ir::Network& network = policy.networks[id];
  const Wire& wire = wires_[id.value];
  if (!network.zone.valid() || !policy.zones[network.zone].isolate) return Apart::not_asked;
  if (network.isolation) return Apart::attested;
  if (wire.foreign) return Apart::impossible;
  if (wire.switches.size() <= 1) return Apart::one_switch;
  return network.isolated_vlan ? Apart::private_vlan : Apart::impossible;
}

}  // namespace cordon::prove
