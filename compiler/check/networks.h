// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What checks ask of a network: whose it is, how stations join it, which ports lead into it.
#ifndef COMPILER_CHECK_NETWORKS_H
#define COMPILER_CHECK_NETWORKS_H

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "compiler/check/context.h"

namespace cordon::check {

// What a station has to show before it is let in, from nothing to a certificate of its own.
enum class Admission : std::uint8_t { nothing, broken, shared_key, password, unstated, certificate };
[[nodiscard]] Admission admission_of(const ir::Wireless& wireless);
// Whoever is near gets in: no proof, or one that is broken within minutes.
[[nodiscard]] inline bool is_open(Admission admission) { return admission <= Admission::broken; }

[[nodiscard]] bool in_medical_zone(const ir::Policy& policy, const ir::Network& network);

// Access ports of a network on one device that Cordon configures.
struct AccessPorts {
  ir::DeviceId device;
  const ir::Port* first = nullptr;
  std::size_t count = 0;
};
[[nodiscard]] std::vector<AccessPorts> access_ports(const Context& context, ir::NetworkId network);
// `3 ports of acc-1` at the first port of each device.
[[nodiscard]] std::vector<diagnostics::Label> port_labels(const Context& context,
                                                          const std::vector<AccessPorts>& ports);

// Networks on the air by their SSID.
[[nodiscard]] std::map<std::string, std::vector<ir::NetworkId>> networks_by_ssid(const ir::Policy& policy);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_NETWORKS_H
