// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a Catalyst refuses.

#include <doctest/doctest.h>

#include "tests/unit/backends_cisco_ios/ward.h"

namespace cordon::test {
namespace {

using config::Interface;

template <class Change>
std::string refused(Change change) {
  DeviceBuilder b = small_ward();
  change(b.device);
  return ios_messages(b.device);
}

std::string refused_interface(void (*change)(Interface&)) {
  return refused([change](config::Device& device) { change(device.interfaces[InterfaceId{0}]); });
}

TEST_CASE("Ports that a Catalyst does not have") {
  CHECK(refused_interface([](Interface& i) { i.port = "eth0.20"; }) ==
        "CD5201 `eth0.20` cannot be a port of device `core-1`: Cisco IOS XE has no interface of that name\n");
  CHECK(refused_interface([](Interface& i) { i.port = "Vlan21"; }) ==
        "CD5201 `Vlan21` cannot be a port of device `core-1`: its network is not that VLAN\n");
  CHECK(refused_interface([](Interface& i) {
          i.port = "GigabitEthernet1/0/9.20";
          i.vlan.reset();
        }).starts_with("CD5201 `GigabitEthernet1/0/9.20`"));
  for (const char* name : {"Gi1/0/1", "Vlan20", "GigabitEthernet1/0/1.20", "x\nexit"}) {
    CAPTURE(name);
    CHECK(refused([name](config::Device& d) { d.ports.front().name = name; }).starts_with("CD5201"));
  }
}

TEST_CASE("A port is routed or switched, not both") {
  CHECK(refused([](config::Device& d) { d.ports.front().name = "GigabitEthernet1/1/1"; }) ==
        "CD5201 `GigabitEthernet1/1/1` cannot be a port of device `core-1`: a routed interface uses this "
        "port\n");
}

TEST_CASE("VLANs that belong to others") {
  CHECK(refused([](config::Device& d) { d.parking_vlan = 1002; }) ==
        "CD5206 VLAN 1002 is reserved on Cisco IOS XE\n");
  CHECK(refused([](config::Device& d) { d.ports.front().access_vlan = 1005; }).starts_with("CD5206"));
}

TEST_CASE("Groups of redundancy protocols") {
  CHECK(refused_interface([](Interface& i) { i.redundancy->group = 2048; }) ==
        "CD5207 group 2048 is not one of 0 to 2047, which Cisco IOS XE has here\n");
  CHECK(refused_interface([](Interface& i) {
          i.redundancy->group = 2048;
          i.redundancy->ipv6.reset();
        }).empty());
  CHECK(refused_interface([](Interface& i) {
          i.redundancy->vrrp = true;
          i.redundancy->group = 256;
        }).starts_with("CD5207"));
}

TEST_CASE("Rules that an access list cannot say") {
  CHECK(refused([](config::Device& d) {
          d.filters[FilterId{0}].rules.front().states = 1;
        }).starts_with("CD5202"));
  CHECK(refused([](config::Device& d) {
          d.services[ServiceSetId{0}].terms = {term("sctp/2905")};
        }).find("ports of SCTP") != std::string::npos);
  // A permit with ports takes later fragments along, whether wanted or not.
  CHECK(refused([](config::Device& d) {
          d.filters[FilterId{0}].rules[2].fragments = 1;
        }).find("some fragments only") != std::string::npos);
}

TEST_CASE("IPv6 products beyond measure") {
  DeviceBuilder b = small_ward();
  std::vector<packet::AddressRange> ranges;
  for (unsigned i = 0; i < 200; ++i) ranges.push_back({packet::Bits{i} * 2, packet::Bits{i} * 2});
  const AddressSetId many = b.addresses("many", packet::AddressSet(Family::ipv6, ranges));
  b.rule(FilterId{0}, Action::permit, many, many, b.services("s", {"tcp/443"}));
  CHECK(ios_messages(b.device) ==
        "CD5205 device `core-1` would have 40000 access list entries for one flow, and Cisco IOS XE takes "
        "20000\n");
}

}  // namespace
}  // namespace cordon::test
