// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A whole configuration, line by line.

#include <sstream>

#include <doctest/doctest.h>

#include "tests/unit/backends_cisco_ios/ward.h"

namespace cordon::test {
namespace {

constexpr const char* expected = R"(! core-1: written by Cordon. Change the policy, not this file.
!
hostname core-1
!
vtp mode transparent
no ip source-route
ip routing
ipv6 unicast-routing
!
no ip forward-protocol udp 37
no ip forward-protocol udp 42
no ip forward-protocol udp 49
no ip forward-protocol udp 53
no ip forward-protocol udp 69
no ip forward-protocol udp 137
no ip forward-protocol udp 138
!
vlan 20
 name pumps
!
vlan 30
 name servers
!
vlan 999
 name parking
!
ip dhcp snooping vlan 20
no ip dhcp snooping information option
ip dhcp snooping
ip arp inspection vlan 20
!
object-group network s1_s2
 host 10.30.0.10
 host 10.30.0.20
object-group service svc-comm_ntp
 tcp eq 3613
 udp eq 123
!
ip access-list extended pumps-in
 10 remark addresses of the device itself
 20 deny ip 10.20.0.0 0.0.0.255 host 10.20.0.1
 30 deny ip 10.20.0.0 0.0.0.255 host 10.20.0.2
 40 deny ip 10.20.0.0 0.0.0.255 host 10.90.0.2
 50 remark telemetry/1
 60 permit object-group svc-comm_ntp 10.20.0.0 0.0.0.255 object-group s1_s2
 70 remark default deny
 80 deny ip any any log
!
ipv6 access-list pumps-in-v6
 sequence 10 remark nd pumps
 sequence 20 permit icmp any any 135
 sequence 30 permit icmp any any 136
 sequence 40 remark telemetry/1
 sequence 50 permit tcp fd00:20::/64 host fd00:30::10 eq 3613
 sequence 60 permit tcp fd00:20::/64 host fd00:30::20 eq 3613
 sequence 70 permit udp fd00:20::/64 host fd00:30::10 eq 123
 sequence 80 permit udp fd00:20::/64 host fd00:30::20 eq 123
 sequence 90 remark default deny
 sequence 100 deny ipv6 any any log
!
ip access-list extended pumps-out
 10 remark replies of telemetry/1
 20 permit tcp object-group s1_s2 eq 3613 10.20.0.0 0.0.0.255 established
 30 permit udp object-group s1_s2 eq 123 10.20.0.0 0.0.0.255
 40 remark default deny
 50 deny ip any any log
!
ipv6 access-list pumps-out-v6
 sequence 10 remark default deny
 sequence 20 deny ipv6 any any log
!
ip access-list extended cordon_vty
 10 permit tcp 10.80.0.0 0.0.0.255 any eq 22
 20 deny ip any any log
!
ipv6 access-list cordon_vty_v6
 sequence 10 deny ipv6 any any log
!
no ip http server
no ip http secure-server
line vty 0 15
 access-class cordon_vty in
 ipv6 access-class cordon_vty_v6 in
 transport input ssh
!
interface Vlan20
 description pumps, zone pumps
 ip access-group pumps-in in
 ipv6 traffic-filter pumps-in-v6 in
 ip access-group pumps-out out
 ipv6 traffic-filter pumps-out-v6 out
 ip address 10.20.0.2 255.255.255.0
 no ip redirects
 no ip proxy-arp
 ipv6 address fd00:20::2/64
 no ipv6 redirects
 ip helper-address 10.62.0.10
 ipv6 dhcp relay destination fd00:62::10
 standby version 2
 standby 20 ip 10.20.0.1
 standby 20 priority 110
 standby 20 preempt
 standby 2068 ipv6 fd00:20::1/64
 standby 2068 priority 110
 standby 2068 preempt
 no shutdown
 exit
!
interface GigabitEthernet1/1/1
 no switchport
 ip address 10.90.0.2 255.255.255.248
 no ip redirects
 no ip proxy-arp
 no shutdown
 exit
!
interface GigabitEthernet1/0/1
 description Bed 1
 switchport
 switchport access vlan 20
 switchport mode access
 switchport protected
 switchport nonegotiate
 no ip dhcp snooping trust
 no ip arp inspection trust
 ip verify source
 storm-control broadcast level 5.00
 storm-control action trap
 spanning-tree portfast
 spanning-tree bpduguard enable
 no shutdown
 exit
!
interface GigabitEthernet1/0/2
 switchport
 switchport access vlan 999
 switchport mode access
 switchport nonegotiate
 shutdown
 exit
!
interface TenGigabitEthernet1/1/1
 switchport
 switchport trunk native vlan 999
 switchport trunk allowed vlan 20,30
 switchport mode trunk
 switchport nonegotiate
 ip dhcp snooping trust
 ip arp inspection trust
 no shutdown
 exit
!
)";

TEST_CASE("The whole text of a small routing switch") {
  CHECK(ios_messages(small_ward().device).empty());
  CHECK(ios_text(small_ward().device) == expected);
}

TEST_CASE("Every list that something refers to is there before it, and never empty") {
  const std::string text = ios_text(small_ward().device);
  for (const std::string name :
       {"pumps-in", "pumps-in-v6", "pumps-out", "pumps-out-v6", "cordon_vty", "cordon_vty_v6"}) {
    CAPTURE(name);
    const bool v6 = name.ends_with("v6");
    const std::string start = (v6 ? "ipv6 access-list " : "ip access-list extended ") + name + "\n";
    const std::string list = block(text, start);
    CHECK(list.find(v6 ? " deny ipv6 any any log\n" : " deny ip any any log\n") != std::string::npos);
    CHECK(text.find(start) < text.find("interface Vlan20"));
  }
}

TEST_CASE("A filter without rules of a family denies that family") {
  DeviceBuilder b = small_ward();
  std::erase_if(b.device.filters[FilterId{0}].rules,
                [](const Rule& rule) { return rule.family == Family::ipv6; });
  CHECK(block(ios_text(b.device), "ipv6 access-list pumps-in-v6") ==
        "ipv6 access-list pumps-in-v6\n sequence 10 deny ipv6 any any log\n");
}

// What names what: the first lines of groups and lists, and the bindings.
std::vector<std::string> named_in(const config::Device& device) {
  std::vector<std::string> found;
  std::istringstream in(backends::make_cisco_ios()->emit(device).front().text);
  for (std::string line; std::getline(in, line);) {
    const bool names = line.find("access-list ") != std::string::npos || line.starts_with("object-group ") ||
                       line.find("access-group ") != std::string::npos ||
                       line.find("traffic-filter ") != std::string::npos ||
                       line.find("access-class ") != std::string::npos;
    if (names) found.push_back(line);
  }
  return found;
}

TEST_CASE("What is loaded over an older version edits no group and no list that stands") {
  DeviceBuilder b = small_ward();
  const std::vector<std::string> before = named_in(b.device);
  CHECK(named_in(b.device) == before);
  b.device.management.front().service = term("tcp/23");
  for (Rule& rule : b.device.filters[FilterId{1}].rules) rule.log = true;
  const std::vector<std::string> after = named_in(b.device);
  REQUIRE(before.size() == after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    CAPTURE(before[i]);
    const bool touched = before[i].find("pumps-out-") != std::string::npos ||
                         (before[i].find("cordon_vty-") != std::string::npos);
    const bool only_deny = before[i].find("pumps-out-v6") != std::string::npos;
    CHECK((before[i] != after[i]) == (touched && !only_deny));
  }
}

}  // namespace
}  // namespace cordon::test
