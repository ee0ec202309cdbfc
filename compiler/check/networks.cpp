// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/networks.h"

#include "compiler/check/roles.h"
#include "compiler/check/wording.h"

namespace cordon::check {

Admission admission_of(const ir::Wireless& wireless) {
  const std::string& auth = wireless.auth;
  if (auth.ends_with("-eap-tls")) return Admission::certificate;
  if (auth.ends_with("-peap")) return Admission::password;
  if (auth.ends_with("-enterprise")) return Admission::unstated;
  if (auth.ends_with("-personal")) return Admission::shared_key;
  return auth == "wep" ? Admission::broken : Admission::nothing;
}

bool in_medical_zone(const ir::Policy& policy, const ir::Network& network) {
  return network.zone.valid() && is_medical(policy.zones[network.zone]);
}

std::vector<AccessPorts> access_ports(const Context& context, ir::NetworkId network) {
  std::vector<AccessPorts> ports;
  for (const graph::Member& member : context.layer2().span(network).members) {
    if (member.kind != graph::MemberKind::access) continue;
    const ir::DeviceId id = context.layer2().segments()[member.segment].device;
    const ir::Device& device = context.policy().devices[id];
    if (!device.configured()) continue;
    if (ports.empty() || ports.back().device != id) ports.push_back({id, &device.ports[member.index], 0});
    ++ports.back().count;
  }
  return ports;
}

std::vector<diagnostics::Label> port_labels(const Context& context, const std::vector<AccessPorts>& ports) {
  constexpr std::size_t shown = 3;
  std::vector<diagnostics::Label> labels;
  for (const AccessPorts& each : ports) {
    if (labels.size() == shown) break;
    labels.push_back({each.first->range, fmt::format("{} of `{}`", counted(each.count, "port"),
                                                     context.policy().devices[each.device].name)});
  }
  return labels;
}

std::map<std::string, std::vector<ir::NetworkId>> networks_by_ssid(const ir::Policy& policy) {
  std::map<std::string, std::vector<ir::NetworkId>> networks;
  for (const ir::NetworkId id : policy.networks.ids()) {
    if (policy.networks[id].wireless) networks[policy.networks[id].wireless->ssid].push_back(id);
  }
  return networks;
}

}  // namespace cordon::check
