// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <doctest/doctest.h>

#include "tests/unit/backends_cisco_ios/ward.h"

namespace cordon::test {
namespace {

TEST_CASE("VRFs are defined, and named before the address") {
  DeviceBuilder b("sw", false);
  const InterfaceId a = b.interface("a", "Vlan10", "10.0.0.1/24");
  b.device.interfaces[a].vlan = 10;
  b.device.interfaces[a].vrf = "clinical";
  const std::string text = ios_text(b.device);
  CHECK(block(text, "vrf definition") ==
        "vrf definition clinical\n address-family ipv4\n exit-address-family\n address-family ipv6\n"
        " exit-address-family\n");
  const std::string interface = block(text, "interface Vlan10");
  CHECK(interface.find("vrf forwarding clinical") < interface.find("ip address"));
  CHECK(text.find(" access-class cordon_vty in vrf-also\n") != std::string::npos);
}

TEST_CASE("Subinterfaces of a routed port") {
  DeviceBuilder b("sw", false);
  for (const std::uint16_t vlan : {std::uint16_t{10}, std::uint16_t{20}}) {
    const std::string number = std::to_string(vlan);
    const InterfaceId id =
        b.interface("v" + number, "GigabitEthernet1/0/1." + number, "10." + number + ".0.1/24");
    b.device.interfaces[id].vlan = vlan;
  }
  CHECK(ios_messages(b.device).empty());
  const std::string text = ios_text(b.device);
  CHECK(block(text, "interface GigabitEthernet1/0/1\n") ==
        "interface GigabitEthernet1/0/1\n no switchport\n no ip address\n no shutdown\n exit\n");
  CHECK(text.find("interface GigabitEthernet1/0/1\n") == text.rfind("interface GigabitEthernet1/0/1\n"));
  CHECK(block(text, "interface GigabitEthernet1/0/1.20").find("\n encapsulation dot1Q 20\n") !=
        std::string::npos);
}

TEST_CASE("VRRP of both families") {
  DeviceBuilder b = small_ward();
  b.device.interfaces[InterfaceId{0}].redundancy->vrrp = true;
  CHECK(ios_messages(b.device).empty());
  const std::string text = ios_text(b.device);
  CHECK(text.find("\nfhrp version vrrp v3\n") != std::string::npos);
  CHECK(text.find(" vrrp 20 address-family ipv4\n  priority 110\n  address 10.20.0.1 primary\n  exit-vrrp\n"
                  " vrrp 20 address-family ipv6\n  priority 110\n  address fe80::200:5eff:fe00:214 primary\n"
                  "  address fd00:20::1/64\n  exit-vrrp\n") != std::string::npos);
  CHECK(text.find("standby") == std::string::npos);
}

TEST_CASE("HSRP of one family keeps the group of the policy") {
  DeviceBuilder b = small_ward();
  b.device.interfaces[InterfaceId{0}].redundancy->ipv4.reset();
  CHECK(ios_text(b.device).find(" standby version 2\n standby 20 ipv6 fd00:20::1/64\n") != std::string::npos);
}

TEST_CASE("An SVI maps the isolated VLAN of its network") {
  DeviceBuilder b = small_ward();
  b.device.interfaces[InterfaceId{0}].private_vlan = 21;
  b.device.vlans.front().isolated_vlan = 21;
  const std::string text = ios_text(b.device);
  CHECK(block(text, "vlan 21\n") == "vlan 21\n name pumps__isolated\n private-vlan isolated\n");
  CHECK(block(text, "vlan 20\n") ==
        "vlan 20\n name pumps\n private-vlan primary\n private-vlan association 21\n");
  CHECK(text.find("vlan 21\n") < text.find("vlan 20\n"));
  CHECK(block(text, "interface Vlan20").find(" private-vlan mapping 21\n") != std::string::npos);
}

TEST_CASE("HTTPS is served only to those who may reach it") {
  DeviceBuilder b = small_ward();
  b.device.management.push_back({.family = Family::ipv4,
                                 .source = b.addresses("admins", {"10.80.0.5"}),
                                 .destination = {},
                                 .interface = {},
                                 .service = term("tcp/443"),
                                 .origin = {}});
  const std::string text = ios_text(b.device);
  CHECK(block(text, "ip access-list standard cordon_https") ==
        "ip access-list standard cordon_https\n 10 permit host 10.80.0.5\n 20 deny any log\n");
  CHECK(text.find("ip http access-class ipv4 cordon_https\nip http access-class ipv6 cordon_https_v6\n"
                  "ip http secure-server\n") != std::string::npos);
}

}  // namespace
}  // namespace cordon::test
