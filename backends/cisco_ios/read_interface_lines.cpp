// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lines under `interface …` of routed interfaces, and those that any interface may have.
#include <algorithm>

#include "backends/cisco_ios/read_text.h"

namespace cordon::backends::cisco_ios {
namespace {

using packet::Family;

void refuse(const CommandLine& line, InterfaceText& interface, std::string reason) {
  interface.problems.push_back({line.range, std::move(reason)});
}

// `ip address A MASK [secondary]`.
void read_ipv4_address(const CommandLine& line, InterfaceText& interface) {
  interface.routed = interface.takes_address = true;
  if (line.word(2) == "dhcp" || line.word(2) == "negotiated") return;
  const auto address = address_of(line.word(2), Family::ipv4);
  const auto length = netmask_length(line.word(3));
  if (!address || !length) return refuse(line, interface, "an address is not understood");
  if (line.words.size() > 4) return refuse(line, interface, "a secondary address is not held");
  interface.value.ipv4 = packet::Prefix{*address, *length};
}

// `ipv6 address P/L`; a second one stands beside the first.
void read_ipv6_address(const CommandLine& line, InterfaceText& interface) {
  interface.routed = interface.takes_address = true;
  const std::string_view kind = line.word(3);
  if (kind == "link-local" || line.word(2) == "autoconfig" || line.word(2) == "dhcp") return;
  const auto prefix = packet::parse_prefix(line.word(2));
  if (!prefix || prefix->family() != Family::ipv6 || line.words.size() > 3)
    return refuse(line, interface, "an address is not understood");
  if (interface.value.ipv6 && interface.value.ipv6 != prefix)
    return refuse(line, interface, "a second IPv6 address is not held");
  interface.value.ipv6 = prefix;
}

// `ip access-group NAME in|out` and `ipv6 traffic-filter NAME in|out`, or without the name after `no`.
void read_binding(const CommandLine& line, InterfaceText& interface, Family family, bool removes) {
  const std::size_t at = removes ? 3 : 2;
  const std::string_view direction = line.words.back();
  const bool outward = direction == "out";
  BoundList& bound = interface.lists[static_cast<std::size_t>(family)][outward ? 1 : 0];
  const bool whole = line.words.size() == at + 2 || (removes && line.words.size() == at + 1);
  if (!whole || (!outward && direction != "in"))
    return refuse(line, interface, "the binding of a list is not understood");
  if (removes && line.words.size() == at + 2 && bound.list != line.word(at) && !bound.list.empty())
    return refuse(line, interface, "another list is bound than the one that is removed");
  bound = removes ? BoundList{} : BoundList{std::string(line.word(at)), line.range};
}

void read_encapsulation(const CommandLine& line, InterfaceText& interface) {
  const auto vlan = vlan_id(line.word(2));
  const bool plain = line.words.size() == 3 || (line.words.size() == 4 && line.word(3) == "native");
  if (line.word(1) != "dot1Q" && line.word(1) != "dot1q") return;  // of a serial line
  if (!vlan || !plain) return refuse(line, interface, "the encapsulation is not understood");
  interface.value.vlan = vlan;
}

// One redundancy group is held: where IPv4 and IPv6 have one each, IPv4's.
config::Redundancy& redundancy(InterfaceText& interface, bool vrrp, std::uint16_t group, bool ipv4) {
  auto& held = interface.value.redundancy;
  if (!held) held = config::Redundancy{.vrrp = vrrp, .group = group, .ipv4 = {}, .ipv6 = {}, .priority = {}};
  if (ipv4) held->group = group;
  held->vrrp = vrrp;
  return *held;
}

// `standby N ip A`, `vrrp N ipv6 A`, `… priority P`.
void read_redundancy(const CommandLine& line, InterfaceText& interface) {
  const auto group = number<std::uint16_t>(line.word(1));
  if (!group) return;
  const bool vrrp = line.word(0) == "vrrp";
  const std::string_view what = line.word(2);
  if (what == "ip") {
    if (const auto address = address_of(line.word(3), Family::ipv4))
      redundancy(interface, vrrp, *group, true).ipv4 = address;
  } else if (what == "ipv6") {
    const std::string_view text = line.word(3);
    if (const auto address = address_of(text.substr(0, text.find('/')), Family::ipv6))
      redundancy(interface, vrrp, *group, false).ipv6 = address;
  } else if (what == "priority") {
    if (const auto priority = number<std::uint16_t>(line.word(3)))
      redundancy(interface, vrrp, *group, false).priority = priority;
  } else if (what == "address-family") {
    redundancy(interface, vrrp, *group, line.word(3) == "ipv4");
  }
}

// `address A [primary]` and `priority P`, which stand under `vrrp N address-family …`.
bool read_virtual_router_line(const CommandLine& line, InterfaceText& interface) {
  auto& held = interface.value.redundancy;
  if (!held || !held->vrrp || line.indent < 2) return false;
  if (line.word(0) == "priority") {
    held->priority = number<std::uint16_t>(line.word(1));
    return true;
  }
  if (line.word(0) != "address") return false;
  const std::string_view text = line.word(1);
  const auto address = packet::parse_address(text.substr(0, text.find('/')));
  // A virtual link-local address stands first in VRRP for IPv6; the global one follows.
  if (address) (address->family == Family::ipv4 ? held->ipv4 : held->ipv6) = address;
  return true;
}

// Takes the addresses away that were there.
void set_vrf(std::string_view name, InterfaceText& interface) {
  interface.value.vrf = printable_text(name);
  interface.value.ipv4 = interface.value.ipv6 = std::nullopt;
  interface.routed = true;
}

bool read_routed_settings(const CommandLine& line, InterfaceText& interface) {
  config::Interface& value = interface.value;
  if (begins(line, {"ip", "address"})) {
    read_ipv4_address(line, interface);
  } else if (begins(line, {"ipv6", "address"})) {
    read_ipv6_address(line, interface);
  } else if (begins(line, {"vrf", "forwarding"})) {
    set_vrf(line.word(2), interface);
  } else if (begins(line, {"ip", "vrf", "forwarding"})) {
    set_vrf(line.word(3), interface);
  } else if (begins(line, {"ip", "unnumbered"})) {
    interface.routed = interface.takes_address = true;
  } else if (line.word(0) == "encapsulation") {
    read_encapsulation(line, interface);
  } else if (begins(line, {"ip", "helper-address"})) {
    if (const auto server = address_of(line.words.back(), Family::ipv4)) value.dhcp_relay.push_back(*server);
  } else if (begins(line, {"ipv6", "dhcp", "relay", "destination"})) {
    if (const auto server = address_of(line.word(4), Family::ipv6)) value.dhcp_relay.push_back(*server);
  } else if (line.word(0) == "standby" || line.word(0) == "vrrp") {
    read_redundancy(line, interface);
  } else if (begins(line, {"private-vlan", "mapping"})) {
    value.private_vlan = vlan_id(line.words.back());
    if (!value.private_vlan) refuse(line, interface, "several secondary VLANs are not held");
  } else {
    return false;
  }
  return true;
}

struct Interference {
  std::string_view first, second;  // words; empty: any
  std::string_view reason;
};

// What else on an interface lets packets pass or stops them, or carries them past its lists.
constexpr Interference interferences[] = {
    {"ip", "nat", config::addresses_are_translated},
    {"ipv6", "nat", config::addresses_are_translated},
    {"nat64", "", config::addresses_are_translated},
    {"zone-member", "security", "the zone firewall filters here"},
    {"ip", "inspect", "an inspection rule opens filters here"},
    {"ipv6", "inspect", "an inspection rule opens filters here"},
    {"ip", "ips", "an intrusion prevention rule drops packets here"},
    {"utd", "", "an intrusion prevention rule drops packets here"},
    {"mac", "access-group", "a list of MAC addresses filters here"},
    {"ip", "policy", "a route map decides where packets go"},
    {"ipv6", "policy", "a route map decides where packets go"},
    {"ip", "wccp", "packets are redirected"},
    {"crypto", "map", "a crypto map takes packets"},
    {"ip", "admission", "users open filters here"},
    {"ip", "auth-proxy", "users open filters here"},
    {"bridge-group", "", "frames are bridged here"},
    {"bridge-domain", "", "frames are bridged here"},
    {"service", "instance", "frames are bridged here"},
    {"xconnect", "", "frames are carried elsewhere"},
    {"source", "template", "a template sets up the interface"},
};

// `ip acc…`, which the device takes but never prints.
bool is_abbreviated_binding(const CommandLine& line) {
  const std::string_view what = line.word(line.word(0) == "no" ? 2 : 1);
  if (what == "access-group" || what == "traffic-filter") return false;
  return (what.starts_with("acc") && std::string_view("access-group").starts_with(what)) ||
         (what.starts_with("traf") && std::string_view("traffic-filter").starts_with(what));
}

bool read_what_interferes(const CommandLine& line, InterfaceText& interface) {
  for (const Interference& each : interferences) {
    if (line.word(0) != each.first || (!each.second.empty() && line.word(1) != each.second)) continue;
    refuse(line, interface, std::string(each.reason));
    return true;
  }
  if (begins(line, {"ip", "verify", "unicast"}) || begins(line, {"ipv6", "verify", "unicast"})) {
    refuse(line, interface, "sources are checked against the routing table");
  } else if (is_abbreviated_binding(line)) {
    refuse(line, interface, "an abbreviated command is not read");
  } else {
    return false;
  }
  return true;
}

bool read_removal(const CommandLine& line, InterfaceText& interface) {
  if (begins(line, {"no", "ip", "access-group"})) {
    read_binding(line, interface, Family::ipv4, true);
  } else if (begins(line, {"no", "ipv6", "traffic-filter"})) {
    read_binding(line, interface, Family::ipv6, true);
  } else if (begins(line, {"no", "ip", "address"})) {
    interface.value.ipv4 = std::nullopt;
    interface.routed = true;  // a switch port has no such line
  } else if (begins(line, {"no", "ipv6", "address"})) {
    interface.value.ipv6 = std::nullopt;
  } else if (begins(line, {"no", "shutdown"})) {
    interface.shutdown = false;
  } else {
    return line.word(0) == "no";
  }
  return true;
}

}  // namespace

bool read_interface_line(const CommandLine& line, InterfaceText& interface) {
  if (begins(line, {"ip", "access-group"})) {
    read_binding(line, interface, Family::ipv4, false);
  } else if (begins(line, {"ipv6", "traffic-filter"})) {
    read_binding(line, interface, Family::ipv6, false);
  } else if (line.word(0) == "description") {
    interface.value.description = printable_text(line.rest(1));
  } else if (line.word(0) == "shutdown") {
    interface.shutdown = true;
  } else {
    return read_switch_line(line, interface) || read_routed_settings(line, interface) ||
           read_virtual_router_line(line, interface) || read_what_interferes(line, interface) ||
           read_removal(line, interface);
  }
  return true;
}

}  // namespace cordon::backends::cisco_ios
