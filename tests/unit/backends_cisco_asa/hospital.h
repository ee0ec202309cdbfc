// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_UNIT_BACKENDS_CISCO_ASA_HOSPITAL_H
#define TESTS_UNIT_BACKENDS_CISCO_ASA_HOSPITAL_H

#include "backends/cisco_asa/backend.h"
#include "tests/unit/backends_common/device_builder.h"

namespace cordon::test {

// Three networks at one firewall, both families, a guard.
inline DeviceBuilder small_hospital() {
  DeviceBuilder b("fw-core", true);
  const InterfaceId pumps =
      b.interface("pumps", "GigabitEthernet0/1.1520", "192.168.152.1/24", "fd00:152::1/64");
  const InterfaceId servers = b.interface("servers", "GigabitEthernet0/2", "192.168.140.1/24");
  const InterfaceId core = b.interface("core", "GigabitEthernet0/3", "10.90.0.1/29", "fd00:1900::1/64");
  b.device.interfaces[pumps].vlan = 1520;
  b.device.interfaces[pumps].description = "pumps-wifi, zone alaris-pumps";
  b.device.interfaces[pumps].dhcp_relay = {*packet::parse_address("10.62.0.10")};
  b.device.interfaces[servers].security_level = 80;
  b.device.interfaces[core].leaf = false;

  const FilterId in = b.filter("pumps-in", Stage::interface_in, pumps);
  const OriginId telemetry = b.origin("pump-telemetry/1");
  const OriginId time = b.origin("pump-telemetry/2");
  const AddressSetId net = b.addresses("alaris-pumps", {"192.168.152.0/24"});
  const AddressSetId net6 = b.addresses("alaris-pumps", {"fd00:152::/64"});
  b.rule(in, Action::permit, net, b.addresses("alaris-server", {"192.168.140.10"}),
         b.services("alaris-comm", {"tcp/3613"}), telemetry)
      .log = true;
  b.rule(in, Action::permit, net, b.addresses("dc1,dc2", {"10.62.0.10", "10.62.0.20"}),
         b.services("ntp,kerberos", {"tcp/88", "udp/88", "udp/123"}), time);
  b.rule(in, Action::permit, net6, b.addresses("dc1,dc2", {"fd00:1620::10", "fd00:1620::20"}),
         b.services("ntp", {"udp/123"}), time);
  b.deny_rest(in);

  const FilterId out = b.filter("servers-out", Stage::interface_out, servers);
  b.rule(out, Action::permit, net, b.addresses("servers", {"192.168.140.0/25", "192.168.140.128/26"}),
         b.services("ping", {"icmp/echo-request"}), telemetry);
  b.deny_rest(out);

  b.deny_rest(b.filter("pumps.servers-own", Stage::own, pumps));
  b.device.bindings.push_back({.stage = Stage::own, .interface = servers, .filter = FilterId{2}});
  const FilterId own = b.filter("core-own", Stage::own, core);
  const OriginId admin = b.origin("administration/1");
  const AddressSetId staff = b.addresses("admins", {"10.80.0.0/24"});
  b.rule(own, Action::permit, staff, b.addresses("fw-core", {"10.90.0.1"}), b.services("ssh", {"tcp/22"}),
         admin);
  b.deny_rest(own);
  b.device.management.push_back({.family = Family::ipv4,
                                 .source = staff,
                                 .destination = b.addresses("fw-core", {"10.90.0.1"}),
                                 .interface = core,
                                 .service = term("tcp/22"),
                                 .origin = admin});
  return b;
}

inline std::string asa_text(const config::Device& device) {
  return without_versions(backends::make_cisco_asa()->emit(device).front().text);
}

inline std::string asa_messages(const config::Device& device) {
  diagnostics::Diagnostics found;
  backends::make_cisco_asa()->check(device, found);
  return messages(found);
}

}  // namespace cordon::test

#endif  // TESTS_UNIT_BACKENDS_CISCO_ASA_HOSPITAL_H
