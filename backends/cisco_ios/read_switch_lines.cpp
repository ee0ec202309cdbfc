// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lines under `interface …` about switching: VLANs, isolation, who may attach.
#include "backends/cisco_ios/read_text.h"

namespace cordon::backends::cisco_ios {
namespace {

using VlanPair = std::optional<std::pair<std::uint16_t, std::uint16_t>>;

void refuse(const CommandLine& line, InterfaceText& interface, std::string reason) {
  interface.problems.push_back({line.range, std::move(reason)});
}

// `PRIMARY SECONDARY` from that word on, one of each.
VlanPair vlan_pair(const CommandLine& line, std::size_t at) {
  const auto primary = vlan_id(line.word(at));
  const auto secondary = vlan_id(line.word(at + 1));
  if (!primary || !secondary || line.words.size() != at + 2) return std::nullopt;
  return std::pair{*primary, *secondary};
}

VlanSet every_vlan() {
  VlanSet all;
  all.set();
  all.reset(0);
  return all;
}

// What stands after `allowed vlan`.
void read_allowed(const CommandLine& line, std::size_t at, InterfaceText& interface,
                  std::optional<VlanSet>& allowed) {
  const std::string_view how = line.word(at);
  const bool changes = how == "add" || how == "remove" || how == "except";
  if (how == "all") {
    allowed = std::nullopt;
  } else if (how == "none") {
    allowed = VlanSet{};
  } else if (const auto vlans = vlan_list(line.rest(changes ? at + 1 : at)); !vlans) {
    refuse(line, interface, "a list of VLANs is not understood");
  } else if (how == "add") {
    if (allowed) *allowed |= *vlans;
  } else if (how == "remove") {
    allowed = allowed.value_or(every_vlan()) & ~*vlans;
  } else {
    allowed = how == "except" ? every_vlan() & ~*vlans : *vlans;
  }
}

void read_mode(const CommandLine& line, InterfaceText& interface) {
  SwitchedText& port = interface.switched;
  port.access = port.trunk = false;
  port.role = PrivateRole::none;
  const std::string_view mode = line.word(2);
  if (mode == "access") {
    port.access = true;
  } else if (mode == "trunk") {
    port.trunk = true;
  } else if (begins(line, {"private-vlan", "host"}, 2)) {
    port.role = PrivateRole::host;
  } else if (begins(line, {"private-vlan", "promiscuous"}, 2)) {
    port.role = PrivateRole::promiscuous;
  } else if (begins(line, {"private-vlan", "trunk", "promiscuous"}, 2)) {
    port.role = PrivateRole::promiscuous_trunk;
  } else if (mode != "dynamic") {
    refuse(line, interface, "the mode of a port is not understood");
  }
}

// Lines that begin with `switchport private-vlan`.
void read_private_vlan(const CommandLine& line, InterfaceText& interface) {
  SwitchedText& port = interface.switched;
  VlanPair pair;
  if (begins(line, {"host-association"}, 2)) {
    port.host_association = pair = vlan_pair(line, 3);
  } else if (begins(line, {"mapping", "trunk"}, 2)) {
    pair = vlan_pair(line, 4);
    if (pair) port.trunk_mappings.push_back(*pair);
  } else if (begins(line, {"mapping"}, 2)) {
    port.mapping = pair = vlan_pair(line, 3);
  } else if (begins(line, {"trunk", "allowed", "vlan"}, 2)) {
    return read_allowed(line, 5, interface, port.private_allowed);
  } else if (begins(line, {"trunk", "native", "vlan"}, 2)) {
    port.private_native = vlan_id(line.word(5));
    return;
  }
  if (!pair) refuse(line, interface, "the private VLAN of a port is not understood");
}

void read_switchport(const CommandLine& line, InterfaceText& interface) {
  SwitchedText& port = interface.switched;
  port.mentioned = true;
  if (line.words.size() == 1) interface.routed = false;
  if (begins(line, {"mode"}, 1)) {
    read_mode(line, interface);
  } else if (begins(line, {"access", "vlan"}, 1)) {
    port.access_vlan = vlan_id(line.word(3));
    if (!port.access_vlan) refuse(line, interface, "the VLAN of a port is not understood");
  } else if (begins(line, {"trunk", "allowed", "vlan"}, 1)) {
    read_allowed(line, 4, interface, port.allowed);
  } else if (begins(line, {"trunk", "native", "vlan"}, 1)) {
    port.native_vlan = vlan_id(line.word(4));
    if (!port.native_vlan) refuse(line, interface, "the native VLAN of a port is not understood");
  } else if (begins(line, {"private-vlan"}, 1)) {
    read_private_vlan(line, interface);
  } else if (begins(line, {"voice", "vlan"}, 1)) {
    refuse(line, interface, "a second VLAN of a port, for telephones, is not held");
  } else if (begins(line, {"protected"}, 1)) {
    port.protect = true;
  }
}

// `no switchport …`: back to what holds without the line.
void undo_switchport(const CommandLine& line, InterfaceText& interface) {
  SwitchedText& port = interface.switched;
  if (line.words.size() == 2) {
    interface.routed = true;
  } else if (begins(line, {"mode"}, 2)) {
    port.access = port.trunk = false;
    port.role = PrivateRole::none;
  } else if (begins(line, {"access", "vlan"}, 2)) {
    port.access_vlan = std::nullopt;
  } else if (begins(line, {"trunk", "allowed", "vlan"}, 2)) {
    port.allowed = std::nullopt;
  } else if (begins(line, {"trunk", "native", "vlan"}, 2)) {
    port.native_vlan = std::nullopt;
  } else if (begins(line, {"protected"}, 2)) {
    port.protect = false;
  } else if (begins(line, {"private-vlan"}, 2)) {
    refuse(line, interface, "the private VLAN of a port is not understood");
  }
}

// Lines that say who may attach and what is trusted.
bool read_port_security(const CommandLine& line, SwitchedText& port) {
  const bool on = line.word(0) != "no";
  const std::size_t at = on ? 0 : 1;
  const auto is = [&](std::initializer_list<std::string_view> words) { return begins(line, words, at); };
  if (is({"mab"})) {
    port.mab = on;
  } else if (is({"dot1x", "pae", "authenticator"}) || is({"dot1x", "pae", "both"})) {
    port.dot1x = on;
  } else if (is({"authentication", "port-control"}) || is({"access-session", "port-control"}) ||
             is({"dot1x", "port-control"})) {
    port.port_control = on && line.word(at + 2) == "auto";
  } else if (is({"ip", "dhcp", "snooping", "trust"})) {
    port.dhcp_trust = on;
  } else if (is({"ip", "verify", "source"})) {
    port.source_guard = on;
  } else {
    return false;
  }
  return true;
}

}  // namespace

bool read_switch_line(const CommandLine& line, InterfaceText& interface) {
  if (begins(line, {"no", "switchport"})) {
    undo_switchport(line, interface);
  } else if (line.word(0) == "switchport") {
    read_switchport(line, interface);
  } else {
    return read_port_security(line, interface.switched);
  }
  return true;
}

}  // namespace cordon::backends::cisco_ios
