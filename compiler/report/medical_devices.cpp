// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/medical_devices.h"

#include <optional>

#include <fmt/format.h>

#include "compiler/check/roles.h"
#include "compiler/ir/endpoint_addresses.h"
#include "compiler/report/told.h"

namespace cordon::report {

MedicalDevices medical_devices(const ir::Policy& policy, std::span<const packet::Cube> cubes) {
  ir::Addresses changed, medical;
  for (const packet::Cube& cube : cubes) {
    ir::AddressSet& set = changed.of(cube.family());
    set = unite(unite(set, cube.source), cube.destination);
  }
  for (const ir::Zone& zone : policy.zones) {
    if (check::is_medical(zone)) ir::add(medical, ir::hosts_of(policy, zone));
  }
  MedicalDevices found;
  for (const packet::Family family : packet::families)
    medical.of(family) = intersect(medical.of(family), changed.of(family));
  for (const ir::Host& host : policy.hosts) {
    const auto among = [&](const std::optional<ir::Address>& address) {
      return address && medical.of(address->family).contains(*address);
    };
    found.hosts += among(host.ipv4) || among(host.ipv6);
  }
  for (const packet::AddressRange& range : medical.v4.ranges())
    found.addresses += static_cast<long double>(range.last - range.first) + 1;
  return found;
}

std::string to_string(const MedicalDevices& devices) {
  if (devices.hosts > 0) return counted(devices.hosts, "medical device");
  if (devices.addresses > 0)
    return fmt::format("{:.0f} addresses of medical devices", static_cast<double>(devices.addresses));
  return {};
}

}  // namespace cordon::report
