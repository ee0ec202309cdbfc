// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What an ASA refuses.

#include <doctest/doctest.h>

#include "tests/unit/backends_cisco_asa/hospital.h"

namespace cordon::test {
namespace {

using config::Interface;

template <class Change>
std::string refused(Change change) {
  DeviceBuilder b = small_hospital();
  change(b.device);
  return asa_messages(b.device);
}

std::string refused_interface(void (*change)(Interface&)) {
  return refused([change](config::Device& device) { change(device.interfaces[InterfaceId{0}]); });
}

TEST_CASE("Ports that an ASA does not have") {
  CHECK(refused_interface([](Interface& i) { i.port = "eth0.20"; }) ==
        "CD5201 `eth0.20` cannot be a port of device `fw-core`: Cisco ASA has no interface of that name\n");
  CHECK(refused_interface([](Interface& i) {
          i.vlan.reset();
        }).starts_with("CD5201 `GigabitEthernet0/1.1520`"));
  CHECK(refused_interface([](Interface& i) { i.port = "Vlan7"; }).starts_with("CD5201 `Vlan7`"));
}

TEST_CASE("Names that mean something else, or are too long") {
  CHECK(refused_interface([](Interface& i) { i.name = "any4"; }) ==
        "CD5203 `any4` has a meaning of its own on Cisco ASA and cannot name an interface\n");
  CHECK(refused_interface([](Interface& i) { i.name = std::string(49, 'x'); }).starts_with("CD5204"));
  CHECK(refused([](config::Device& d) { d.name = std::string(64, 'x'); }).starts_with("CD5204"));
}

TEST_CASE("Features that an ASA does not have") {
  CHECK(refused_interface([](Interface& i) { i.vrf = "blue"; }) ==
        "CD5202 device `fw-core` cannot hold a VRF: Cisco ASA has no such thing\n");
  CHECK(refused_interface([](Interface& i) { i.redundancy.emplace(); }).starts_with("CD5202"));
  CHECK(refused_interface([](Interface& i) { i.private_vlan = 7; }).starts_with("CD5202"));
  CHECK(refused([](config::Device& d) { d.switching = true; }).starts_with("CD5202"));
}

TEST_CASE("More relays than fit, or DHCPv6 servers that differ") {
  CHECK(refused_interface([](Interface& i) { i.dhcp_relay.assign(5, *packet::parse_address("10.0.0.1")); }) ==
        "CD5205 device `fw-core` would have 5 DHCP servers on one interface, and Cisco ASA takes 4\n");
  CHECK(refused([](config::Device& d) {
          for (Interface& i : d.interfaces) i.dhcp_relay.assign(4, *packet::parse_address("10.0.0.1"));
        }) == "CD5205 device `fw-core` would have 12 DHCP servers in all, and Cisco ASA takes 10\n");
  CHECK(refused([](config::Device& d) {
          d.interfaces[InterfaceId{0}].dhcp_relay = {*packet::parse_address("fd00::1")};
          d.interfaces[InterfaceId{2}].dhcp_relay = {*packet::parse_address("fd00::2")};
        }).starts_with("CD5202 device `fw-core` cannot hold DHCPv6 servers that differ by interface"));
}

TEST_CASE("Services that an access list cannot say") {
  CHECK(refused([](config::Device& d) {
          d.services[ServiceSetId{0}].terms = {established("tcp/3613")};
        }).starts_with("CD5202"));
  CHECK(refused([](config::Device& d) {
          d.services[ServiceSetId{0}].terms.front() = term("ip/0");
        }).find("protocol 0 would mean every protocol") != std::string::npos);
}

TEST_CASE("An extension header is refused where it is one") {
  DeviceBuilder b("fw", true);
  const FilterId in =
      b.filter("a-in", Stage::interface_in, b.interface("a", "GigabitEthernet0/0", "10.0.0.1/24"));
  const ServiceSetId routing = b.services("routing", {"ip/43"});
  b.rule(in, Action::permit, b.addresses("a", {"10.0.0.0/24"}), b.any(Family::ipv4), routing);
  CHECK(asa_messages(b.device).empty());
  b.rule(in, Action::permit, b.addresses("a", {"fd00::/64"}), b.any(Family::ipv6), routing);
  CHECK(asa_messages(b.device).find("looking past this IPv6 extension header") != std::string::npos);
}

}  // namespace
}  // namespace cordon::test
