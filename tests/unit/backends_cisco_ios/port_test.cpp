// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <doctest/doctest.h>

#include "tests/unit/backends_cisco_ios/ward.h"

namespace cordon::test {
namespace {

using config::Port;
using config::PortAuthentication;

template <class Change>
std::string port_block(std::size_t index, Change change) {
  DeviceBuilder b = small_ward();
  change(b.device.ports[index]);
  return block(ios_text(b.device), "interface " + b.device.ports[index].name + "\n");
}

TEST_CASE("A private VLAN takes the place of the access VLAN") {
  const std::string text = port_block(0, [](Port& port) {
    port.isolation = config::Isolation::private_vlan;
    port.isolated_vlan = 21;
  });
  CHECK(text.find(" switchport private-vlan host-association 20 21\n switchport mode private-vlan host\n") !=
        std::string::npos);
  CHECK(text.find("access vlan") == std::string::npos);
  CHECK(text.find("protected") == std::string::npos);
}

TEST_CASE("Authentication of ports") {
  const std::pair<PortAuthentication, std::string> rows[] = {
      {PortAuthentication::dot1x,
       " authentication host-mode multi-auth\n authentication order dot1x\n authentication priority dot1x\n"
       " authentication port-control auto\n dot1x pae authenticator\n dot1x timeout tx-period 10\n"},
      {PortAuthentication::mab,
       " authentication host-mode multi-auth\n authentication order mab\n authentication priority mab\n"
       " authentication port-control auto\n mab\n"},
      {PortAuthentication::dot1x_mab,
       " authentication host-mode multi-auth\n authentication order dot1x mab\n authentication priority "
       "dot1x mab\n"
       " authentication port-control auto\n mab\n dot1x pae authenticator\n dot1x timeout tx-period 10\n"},
  };
  for (const auto& [authentication, lines] : rows) {
    const std::string text = port_block(0, [&](Port& port) { port.authentication = authentication; });
    CHECK(text.find(lines) != std::string::npos);
  }
}

TEST_CASE("A trunk carries its VLANs and no other") {
  CHECK(port_block(2, [](Port& port) {
          port.trunk_vlans.clear();
        }).find(" switchport trunk allowed vlan none\n") != std::string::npos);
  const std::string text = port_block(2, [](Port& port) {
    port.trunk_vlans.clear();
    for (std::uint16_t id = 100; id < 200; id = static_cast<std::uint16_t>(id + 2))
      port.trunk_vlans.push_back(id);
    port.native_vlan = 7;
  });
  CHECK(text.find(" switchport trunk native vlan 7\n switchport trunk allowed vlan 100,102,") !=
        std::string::npos);
  CHECK(text.find("\n switchport trunk allowed vlan add ") != std::string::npos);
}

TEST_CASE("A trunk towards a router joins an isolated VLAN with its primary one") {
  const std::string text = port_block(2, [](Port& port) {
    port.trunk_vlans = {20, 30};
    port.native_vlan = 999;
    port.promiscuous = {{20, 21}};
  });
  CHECK(text.find(" switchport private-vlan trunk native vlan 999\n"
                  " switchport private-vlan trunk allowed vlan 20,30\n"
                  " switchport private-vlan mapping trunk 20 21\n"
                  " switchport mode private-vlan trunk promiscuous\n") != std::string::npos);
  CHECK(text.find(" switchport mode trunk\n") == std::string::npos);
}

TEST_CASE("A switch without a parking VLAN still shuts unused ports") {
  DeviceBuilder b = small_ward();
  b.device.parking_vlan.reset();
  CHECK(block(ios_text(b.device), "interface GigabitEthernet1/0/2") ==
        "interface GigabitEthernet1/0/2\n switchport\n switchport mode access\n switchport nonegotiate\n "
        "shutdown\n exit\n");
}

TEST_CASE("A port is trusted or said not to be") {
  const auto trust = [](bool trusted, bool snooping) {
    DeviceBuilder b = small_ward();
    b.device.ports[0].dhcp_trust = trusted;
    for (config::Vlan& vlan : b.device.vlans) vlan.dhcp_snooping = vlan.arp_inspection = snooping;
    return block(ios_text(b.device), "interface " + b.device.ports[0].name + "\n");
  };
  CHECK(trust(true, true).find("\n ip dhcp snooping trust\n ip arp inspection trust\n") != std::string::npos);
  CHECK(trust(false, true).find("\n no ip dhcp snooping trust\n no ip arp inspection trust\n") !=
        std::string::npos);
  CHECK(trust(true, false).find(" trust") == std::string::npos);
}

}  // namespace
}  // namespace cordon::test
