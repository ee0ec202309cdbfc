// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A whole configuration, line by line.

#include <map>
#include <sstream>

#include <doctest/doctest.h>

#include "tests/unit/backends_cisco_asa/hospital.h"

namespace cordon::test {
namespace {

constexpr const char* expected = R"(! fw-core: written by Cordon. Change the policy, not this file.
!
hostname fw-core
!
object-group network dc1_dc2
 network-object host 10.62.0.10
 network-object host 10.62.0.20
object-group network dc1_dc2-v6
 network-object host fd00:1620::10
 network-object host fd00:1620::20
object-group network servers
 network-object 192.168.140.0 255.255.255.128
 network-object 192.168.140.128 255.255.255.192
object-group service svc-ntp_kerberos
 service-object tcp destination eq 88
 service-object udp destination eq 88
 service-object udp destination eq 123
!
access-list pumps-in remark pump-telemetry/1-2
access-list pumps-in extended permit tcp 192.168.152.0 255.255.255.0 host 192.168.140.10 eq 3613 log
access-list pumps-in extended permit object-group svc-ntp_kerberos 192.168.152.0 255.255.255.0 object-group dc1_dc2
access-list pumps-in extended permit udp fd00:152::/64 object-group dc1_dc2-v6 eq 123
access-list pumps-in remark default deny
access-list pumps-in extended deny ip any4 any4 log
access-list pumps-in extended deny ip any6 any6 log
!
access-list servers-out remark pump-telemetry/1
access-list servers-out extended permit icmp 192.168.152.0 255.255.255.0 object-group servers 8
access-list servers-out remark default deny
access-list servers-out extended deny ip any4 any4 log
access-list servers-out extended deny ip any6 any6 log
!
access-list pumps__servers-own remark default deny
access-list pumps__servers-own extended deny ip any4 any4 log
access-list pumps__servers-own extended deny ip any6 any6 log
!
access-list core-own remark administration/1
access-list core-own extended permit tcp 10.80.0.0 255.255.255.0 host 10.90.0.1 eq 22
access-list core-own remark default deny
access-list core-own extended deny ip any4 any4 log
access-list core-own extended deny ip any6 any6 log
!
access-list cordon_unfiltered remark interfaces without a filter of their own
access-list cordon_unfiltered extended permit ip any any
!
interface GigabitEthernet0/1
 no nameif
 no security-level
 no ip address
 exit
!
interface GigabitEthernet0/1.1520
 description pumps-wifi, zone alaris-pumps
 vlan 1520
 nameif pumps
 security-level 50
 ip address 192.168.152.1 255.255.255.0
 ipv6 address fd00:152::1/64
 dhcprelay server 10.62.0.10
access-group pumps-in in interface pumps
access-group pumps__servers-own in interface pumps control-plane
!
interface GigabitEthernet0/2
 nameif servers
 security-level 80
 ip address 192.168.140.1 255.255.255.0
access-group cordon_unfiltered in interface servers
access-group servers-out out interface servers
access-group pumps__servers-own in interface servers control-plane
!
interface GigabitEthernet0/3
 nameif core
 security-level 50
 ip address 10.90.0.1 255.255.255.248
 ipv6 address fd00:1900::1/64
 ipv6 nd suppress-ra
access-group cordon_unfiltered in interface core
access-group core-own in interface core control-plane
!
dhcprelay enable pumps
ssh 10.80.0.0 255.255.255.0 core
same-security-traffic permit inter-interface
same-security-traffic permit intra-interface
no sysopt connection permit-vpn
!
class-map cordon_inspection
 match default-inspection-traffic
policy-map cordon_policy
 class cordon_inspection
  inspect icmp
  inspect icmp error
no service-policy global_policy global
service-policy cordon_policy global
!
interface GigabitEthernet0/1
 no shutdown
interface GigabitEthernet0/1.1520
 no shutdown
interface GigabitEthernet0/2
 no shutdown
interface GigabitEthernet0/3
 no shutdown
!
)";

TEST_CASE("The whole text of a small firewall") {
  CHECK(asa_messages(small_hospital().device).empty());
  CHECK(asa_text(small_hospital().device) == expected);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST_CASE("Every entry has its origin in the source map") {
  const config::Device device = small_hospital().device;
  const backend::OutputFile file = backends::make_cisco_asa()->emit(device).front();
  CHECK(file.name == "fw-core.cfg");
  const std::vector<std::string> lines = lines_of(file.text);
  std::map<std::string, std::string> labels;
  std::uint32_t last = 0;
  for (const backend::LineOrigin& origin : file.origins) {
    CHECK(origin.line > last);
    last = origin.line;
    labels[without_versions(lines.at(origin.line - 1))] = device.origins[origin.origin].label;
  }
  CHECK(labels["access-list pumps-in extended permit udp fd00:152::/64 object-group dc1_dc2-v6 eq 123"] ==
        "pump-telemetry/2");
  CHECK(labels["ssh 10.80.0.0 255.255.255.0 core"] == "administration/1");
  for (const std::string& written : lines) {
    const std::string line = without_versions(written);
    CAPTURE(line);
    if (line.find(" extended permit ") != std::string::npos && !line.starts_with("access-list cordon_")) {
      CHECK(labels.contains(line));
    }
  }
}

std::string services_in(const std::string& text) {
  std::string found;
  for (const std::string& line : lines_of(text)) {
    if (line.starts_with("http ") || line.starts_with("ssh ") || line.starts_with("telnet "))
      found += line + "\n";
  }
  return found;
}

TEST_CASE("Services of the device are opened for the listed addresses") {
  DeviceBuilder b("fw", true);
  const InterfaceId inside = b.interface("inside", "GigabitEthernet0/0", "10.0.0.1/24", "fd00::1/64");
  const InterfaceId other = b.interface("other", "GigabitEthernet0/1", "10.0.1.1/24");
  const AddressSetId own = b.addresses("fw", {"10.0.0.1", "10.0.1.1"});
  const AddressSetId own6 = b.any(Family::ipv6);
  b.device.management = {
      {Family::ipv4, b.addresses("a", {"10.9.0.1", "10.9.1.0/24"}), own, inside, term("tcp/22"), {}},
      {Family::ipv6, b.addresses("a", {"fd00:9::/64"}), own6, {}, term("tcp/443"), {}},
      {Family::ipv4, b.any(Family::ipv4), own, other, term("tcp/443"), {}},
      {Family::ipv4, b.addresses("m", {"10.9.9.9"}), own, inside, term("udp/161"), {}},
  };
  CHECK(services_in(asa_text(b.device)) ==
        "http server enable\n"
        "ssh 10.9.0.1 255.255.255.255 inside\n"
        "ssh 10.9.1.0 255.255.255.0 inside\n"
        "http fd00:9::/64 inside\n"
        "http 0.0.0.0 0.0.0.0 other\n");
}

TEST_CASE("So does every service") {
  DeviceBuilder b("fw", true);
  const InterfaceId inside = b.interface("inside", "GigabitEthernet0/0", "10.0.0.1/24");
  const AddressSetId own = b.addresses("fw", {"10.0.0.1"});
  b.device.management = {
      {Family::ipv4, b.addresses("a", {"10.9.0.1"}), own, inside, packet::ServiceTerm{}, {}}};
  CHECK(services_in(asa_text(b.device)) ==
        "http server enable\n"
        "ssh 10.9.0.1 255.255.255.255 inside\n"
        "telnet 10.9.0.1 255.255.255.255 inside\n"
        "http 10.9.0.1 255.255.255.255 inside\n");
}

TEST_CASE("Whom the guard refuses ahead of the flow is not listed with the service") {
  DeviceBuilder b("fw", true);
  const InterfaceId inside = b.interface("inside", "GigabitEthernet0/0", "10.0.0.1/24");
  const FilterId guard = b.filter("inside-own", Stage::own, inside);
  const AddressSetId own = b.addresses("fw", {"10.0.0.1"});
  const OriginId admin = b.origin("administration/1");
  const AddressSetId admins = b.addresses("a", {"10.9.0.0/30"});
  b.rule(guard, Action::deny, b.addresses("devices", {"10.9.0.1"}), own, b.services("any", {"any"}),
         b.origin("own"));
  b.rule(guard, Action::permit, admins, own, b.services("ssh", {"tcp/22"}), admin);
  b.rule(guard, Action::deny, b.addresses("late", {"10.9.0.2"}), own, b.services("any", {"any"}),
         b.origin("own"));
  b.device.management = {{Family::ipv4, admins, own, inside, term("tcp/22"), admin}};
  CHECK(services_in(asa_text(b.device)) ==
        "ssh 10.9.0.0 255.255.255.255 inside\n"
        "ssh 10.9.0.2 255.255.255.254 inside\n");
}

TEST_CASE("A range of ports opens every service in it") {
  DeviceBuilder b("fw", true);
  const InterfaceId inside = b.interface("inside", "GigabitEthernet0/0", "10.0.0.1/24");
  const AddressSetId own = b.addresses("fw", {"10.0.0.1"});
  b.device.management = {{Family::ipv4, b.addresses("a", {"10.9.0.1"}), own, inside, term("tcp/20-500"), {}}};
  CHECK(services_in(asa_text(b.device)) ==
        "http server enable\n"
        "ssh 10.9.0.1 255.255.255.255 inside\n"
        "telnet 10.9.0.1 255.255.255.255 inside\n"
        "http 10.9.0.1 255.255.255.255 inside\n");
}

TEST_CASE("Relays of both families") {
  DeviceBuilder b("fw", true);
  const InterfaceId a = b.interface("a", "GigabitEthernet0/0", "10.0.0.1/24", "fd00::1/64");
  b.interface("b", "GigabitEthernet0/1", "10.0.1.1/24");
  b.device.interfaces[a].dhcp_relay = {*packet::parse_address("10.5.0.1"),
                                       *packet::parse_address("fd00:5::1")};
  const std::string text = asa_text(b.device);
  CHECK(text.find(" dhcprelay server 10.5.0.1\n") != std::string::npos);
  CHECK(text.find("\ndhcprelay enable a\nipv6 dhcprelay server fd00:5::1\nipv6 dhcprelay enable a\n") !=
        std::string::npos);
}

// What names what: the first lines of groups and the bindings.
std::string named_in(const config::Device& device) {
  std::string found;
  for (const std::string& line : lines_of(backends::make_cisco_asa()->emit(device).front().text)) {
    if (line.starts_with("object-group ") || line.starts_with("access-group ")) found += line + "\n";
  }
  return found;
}

TEST_CASE("What is loaded over an older version edits no group and no list that stands") {
  DeviceBuilder b = small_hospital();
  const std::string before = named_in(b.device);
  const auto later = [&](auto change) {
    DeviceBuilder changed = b;
    change(changed.device);
    return named_in(changed.device);
  };
  CHECK(later([](config::Device&) {}) == before);
  const std::string other_member = later([](config::Device& device) {
    for (config::NamedAddressSet& set : device.addresses) {
      if (set.label == "servers") set.addresses = set_of({"192.168.140.0/26", "192.168.140.128/26"});
    }
  });
  const std::vector<std::string> old_lines = lines_of(before);
  const std::vector<std::string> new_lines = lines_of(other_member);
  REQUIRE(old_lines.size() == new_lines.size());
  for (std::size_t i = 0; i < old_lines.size(); ++i) {
    const bool touched = old_lines[i].starts_with("object-group network servers-") ||
                         old_lines[i].starts_with("access-group servers-out-");
    CAPTURE(old_lines[i]);
    CHECK((old_lines[i] != new_lines[i]) == touched);
  }
  CHECK(later([](config::Device& device) { device.filters[FilterId{0}].rules[0].log = false; }) != before);
}

TEST_CASE("Nothing passes before the lists are bound") {
  const std::string text = asa_text(small_hospital().device);
  const std::size_t last_binding = text.rfind("\naccess-group ");
  CHECK(text.find("\nsame-security-traffic ") > last_binding);
  CHECK(text.find(" no shutdown\n") > last_binding);
  CHECK(text.rfind("\naccess-list ") < text.find("\n nameif "));
}

TEST_CASE("What goes back out by the same interface is for the lists to decide") {
  const std::string text = asa_text(small_hospital().device);
  CHECK(text.find("same-security-traffic permit intra-interface\n") != std::string::npos);
}

}  // namespace
}  // namespace cordon::test
