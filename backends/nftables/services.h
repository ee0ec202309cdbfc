// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a rule asks above IP, as nftables expressions.
#ifndef BACKENDS_NFTABLES_SERVICES_H
#define BACKENDS_NFTABLES_SERVICES_H

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/packet/service.h"

namespace cordon::backends::nftables {

// One expression for each part of the union that nftables can match at once; together they are
// exactly the set. An empty expression matches every protocol.
[[nodiscard]] std::vector<std::string> service_matches(const packet::ServiceSet& terms);

// The protocols of terms that look at ports, types or flags: the ones whose later fragments no
// expression of `service_matches` matches. Ascending.
[[nodiscard]] std::vector<std::uint8_t> protocols_above_ip(const packet::ServiceSet& terms);

// The union as protocols with destination ports, disjoint and sorted; nothing when it asks for more.
struct ProtocolPorts {
  std::uint8_t protocol = 0;
  packet::PortRange ports;
};
[[nodiscard]] std::vector<ProtocolPorts> destination_ports(const packet::ServiceSet& terms);

// `tcp`, `icmpv6`, or the number. Only names that nftables knows without the system's list of protocols.
[[nodiscard]] std::string protocol_text(std::uint8_t number);
[[nodiscard]] std::string port_text(packet::PortRange ports);

}  // namespace cordon::backends::nftables

#endif  // BACKENDS_NFTABLES_SERVICES_H
