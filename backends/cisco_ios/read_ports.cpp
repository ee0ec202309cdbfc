// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/read_ports.h"

#include <algorithm>

namespace cordon::backends::cisco_ios {
namespace {

using config::Isolation;
using config::Port;
using config::PortAuthentication;
using config::PortMode;

constexpr std::uint16_t default_vlan = 1;

bool is_always_routed(std::string_view name) {
  constexpr std::string_view kinds[] = {"Vlan",   "Loopback",  "Tunnel",  "Null", "BDI",
                                        "Serial", "Dialer",    "nve",     "BVI",  "Cellular",
                                        "Async",  "Multilink", "Virtual", "ATM",  "LISP"};
  return name.find('.') != std::string_view::npos ||
         std::ranges::any_of(kinds, [&](std::string_view kind) { return name.starts_with(kind); });
}

// The lines about who may attach are inert without `port-control auto`.
PortAuthentication authentication_of(const SwitchedText& port) {
  if (!port.port_control) return PortAuthentication::none;
  if (port.dot1x && port.mab) return PortAuthentication::dot1x_mab;
  if (port.dot1x) return PortAuthentication::dot1x;
  return port.mab ? PortAuthentication::mab : PortAuthentication::none;
}

std::vector<std::uint16_t> trunk_vlans(const std::optional<VlanSet>& allowed) {
  if (allowed) return ascending(*allowed);
  VlanSet all;
  all.set();
  return ascending(all);
}

// A native VLAN that nobody chose matters only where the trunk carries it.
std::optional<std::uint16_t> native_vlan(std::optional<std::uint16_t> chosen,
                                         const std::optional<VlanSet>& allowed) {
  if (chosen || (allowed && !allowed->test(default_vlan))) return chosen;
  return default_vlan;
}

void set_access(const SwitchedText& text, Port& port) {
  port.mode = PortMode::access;
  port.access_vlan = text.access_vlan.value_or(default_vlan);
}

void set_trunk(const SwitchedText& text, Port& port) {
  port.mode = PortMode::trunk;
  port.trunk_vlans = trunk_vlans(text.allowed);
  port.native_vlan = native_vlan(text.native_vlan, text.allowed);
}

// Ports of private VLANs without the pair they need pass nothing.
void set_private(const SwitchedText& text, Port& port) {
  const bool host = text.role == PrivateRole::host;
  if (text.role == PrivateRole::promiscuous_trunk) {
    port.mode = PortMode::trunk;
    port.trunk_vlans = trunk_vlans(text.private_allowed);
    port.native_vlan = native_vlan(text.private_native, text.private_allowed);
    port.promiscuous = text.trunk_mappings;
    std::ranges::sort(port.promiscuous);
    return;
  }
  port.mode = PortMode::access;
  const auto& pair = host ? text.host_association : text.mapping;
  if (!pair) return;
  port.access_vlan = pair->first;
  if (!host) return;
  port.isolation = Isolation::private_vlan;
  port.isolated_vlan = pair->second;
}

}  // namespace

bool is_switched(const InterfaceText& interface, bool switches) {
  if (interface.routed || is_always_routed(interface.value.port)) return false;
  return interface.switched.mentioned || switches;
}

Port port_of(const InterfaceText& interface, std::vector<Problem>& problems) {
  const SwitchedText& text = interface.switched;
  Port port;
  port.name = interface.value.port;
  port.description = interface.value.description;
  port.range = interface.value.range;
  port.dhcp_trust = text.dhcp_trust;
  port.source_guard = text.source_guard;
  port.authentication = authentication_of(text);
  if (text.protect) port.isolation = Isolation::protected_port;
  if (text.role != PrivateRole::none) {
    set_private(text, port);
  } else if (text.trunk) {
    set_trunk(text, port);
  } else {
    set_access(text, port);
    if (!text.access && !interface.shutdown)
      problems.push_back({interface.value.range, "a switch port without a fixed mode may become a trunk"});
  }
  if (interface.shutdown) port.mode = PortMode::unused;
  return port;
}

std::vector<config::Vlan> vlans_of(const ConfigurationText& text, std::vector<Problem>& problems) {
  std::vector<config::Vlan> vlans;
  for (const auto& [id, vlan] : text.vlans) {
    if (!vlan.declared) continue;
    config::Vlan& made = vlans.emplace_back();
    made.id = id;
    made.name = vlan.name;
    made.dhcp_snooping = vlan.dhcp_snooping && text.dhcp_snooping;
    made.arp_inspection = vlan.arp_inspection;
    if (vlan.community) problems.push_back({vlan.range, "a community of a private VLAN is not held"});
    if (!vlan.association) continue;
    for (const std::uint16_t secondary : ascending(*vlan.association)) {
      const auto found = text.vlans.find(secondary);
      if (found != text.vlans.end() && found->second.isolated) made.isolated_vlan = secondary;
    }
  }
  return vlans;
}

}  // namespace cordon::backends::cisco_ios
