// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_UNIT_BACKENDS_CISCO_IOS_WARD_H
#define TESTS_UNIT_BACKENDS_CISCO_IOS_WARD_H

#include <string>

#include "backends/cisco_ios/backend.h"
#include "tests/unit/backends_common/device_builder.h"

namespace cordon::test {

// A routing switch with pumps behind one SVI, both families, and some ports.
inline DeviceBuilder small_ward() {
  DeviceBuilder b("core-1", false);
  b.device.switching = true;
  b.device.parking_vlan = 999;
  const InterfaceId pumps = b.interface("pumps", "Vlan20", "10.20.0.2/24", "fd00:20::2/64");
  const InterfaceId transit = b.interface("transit", "GigabitEthernet1/1/1", "10.90.0.2/29");
  b.device.interfaces[pumps].vlan = 20;
  b.device.interfaces[pumps].description = "pumps, zone pumps";
  b.device.interfaces[pumps].dhcp_relay = {*packet::parse_address("10.62.0.10"),
                                           *packet::parse_address("fd00:62::10")};
  b.device.interfaces[pumps].redundancy = {.vrrp = false,
                                           .group = 20,
                                           .ipv4 = packet::parse_address("10.20.0.1"),
                                           .ipv6 = packet::parse_address("fd00:20::1"),
                                           .priority = 110};
  b.device.interfaces[transit].leaf = false;

  const OriginId vlan = b.origin("network pumps");
  b.device.vlans.push_back({.id = 20,
                            .name = "pumps",
                            .dhcp_snooping = true,
                            .arp_inspection = true,
                            .isolated_vlan = {},
                            .origin = vlan});
  b.device.vlans.push_back({.id = 30,
                            .name = "servers",
                            .dhcp_snooping = false,
                            .arp_inspection = false,
                            .isolated_vlan = {},
                            .origin = vlan});

  config::Port access;
  access.name = "GigabitEthernet1/0/1";
  access.description = "Bed 1";
  access.mode = config::PortMode::access;
  access.access_vlan = 20;
  access.isolation = config::Isolation::protected_port;
  access.source_guard = true;
  access.origin = vlan;
  config::Port trunk;
  trunk.name = "TenGigabitEthernet1/1/1";
  trunk.mode = config::PortMode::trunk;
  trunk.trunk_vlans = {20, 30};
  trunk.dhcp_trust = true;
  trunk.origin = vlan;
  config::Port unused;
  unused.name = "GigabitEthernet1/0/2";
  b.device.ports = {access, unused, trunk};

  const OriginId telemetry = b.origin("telemetry/1");
  const OriginId admin = b.origin("administration/1");
  const AddressSetId net = b.addresses("pumps", {"10.20.0.0/24"});
  const AddressSetId net6 = b.addresses("pumps", {"fd00:20::/64"});
  const AddressSetId servers = b.addresses("s1,s2", {"10.30.0.10", "10.30.0.20"});
  const AddressSetId servers6 = b.addresses("s1,s2", {"fd00:30::10", "fd00:30::20"});
  const ServiceSetId services = b.services("comm,ntp", {"tcp/3613", "udp/123"});
  const ServiceSetId nd = b.services("nd", {"icmpv6/135", "icmpv6/136"});
  const AddressSetId own = b.addresses("core-1", {"10.20.0.1", "10.20.0.2", "10.90.0.2"});

  const FilterId in = b.filter("pumps-in", Stage::interface_in, pumps);
  b.rule(in, Action::permit, b.any(Family::ipv6), b.any(Family::ipv6), nd, b.origin("nd pumps"),
         Role::infrastructure);
  b.rule(in, Action::deny, net, own, b.services("any", {"any"}), {}, Role::own_address);
  b.rule(in, Action::permit, net, servers, services, telemetry);
  b.rule(in, Action::permit, net6, servers6, services, telemetry);
  b.deny_rest(in);
  const FilterId out = b.filter("pumps-out", Stage::interface_out, pumps);
  b.rule(out, Action::permit, servers, net,
         b.services("replies", {established("tcp/3613->0-65535"), term("udp/123->0-65535")}), telemetry,
         Role::reply);
  b.deny_rest(out);

  const AddressSetId staff = b.addresses("admins", {"10.80.0.0/24"});
  b.device.management.push_back({.family = Family::ipv4,
                                 .source = staff,
                                 .destination = {},
                                 .interface = transit,
                                 .service = term("tcp/22"),
                                 .origin = admin});
  return b;
}

inline std::string ios_text(const config::Device& device) {
  return without_versions(backends::make_cisco_ios()->emit(device).front().text);
}

inline std::string ios_messages(const config::Device& device) {
  diagnostics::Diagnostics found;
  backends::make_cisco_ios()->check(device, found);
  return messages(found);
}

// From the first line that begins with `start` to the next line that is `!`, without it.
inline std::string block(const std::string& text, const std::string& start) {
  const std::size_t begin = ("\n" + text).find("\n" + start);
  REQUIRE_MESSAGE(begin != std::string::npos, start);
  return text.substr(begin, text.find("\n!\n", begin) + 1 - begin);
}

}  // namespace cordon::test

#endif  // TESTS_UNIT_BACKENDS_CISCO_IOS_WARD_H
