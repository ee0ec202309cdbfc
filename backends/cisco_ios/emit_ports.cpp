// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Switch ports: access, trunk and unused.
//
// An access port never negotiates a trunk, starts forwarding at once, and goes down when a switch is
// plugged in. A trunk carries the VLANs it has to and no other; its native VLAN is one that carries
// nothing. Unused ports are shut down, in the parking VLAN.

#include <algorithm>

#include "backends/cisco_ios/emit.h"
#include "backends/cisco_ios/limits.h"
#include "backends/cisco_ios/vlan_list.h"
#include "compiler/base/check.h"

namespace cordon::backends::cisco_ios {
namespace {

using config::Device;
using config::Isolation;
using config::Port;
using config::PortAuthentication;
using config::PortMode;

void write_access_vlan(const Port& port, Writer& out) {
  CORDON_CHECK(port.access_vlan.has_value());
  if (port.isolation == Isolation::private_vlan) {
    CORDON_CHECK(port.isolated_vlan.has_value());
    out << " switchport private-vlan host-association " << *port.access_vlan << " " << *port.isolated_vlan;
    out.end(port.origin);
    out.line(" switchport mode private-vlan host", port.origin);
    return;
  }
  out << " switchport access vlan " << *port.access_vlan;
  out.end(port.origin);
  out.line(" switchport mode access", port.origin);
  if (port.isolation == Isolation::protected_port) out.line(" switchport protected", port.origin);
}

// A port is closed until its device has been let in; there is no VLAN for those that fail.
void write_authentication(const Port& port, Writer& out) {
  const bool dot1x = port.authentication == PortAuthentication::dot1x ||
                     port.authentication == PortAuthentication::dot1x_mab;
  const bool mab =
      port.authentication == PortAuthentication::mab || port.authentication == PortAuthentication::dot1x_mab;
  if (!dot1x && !mab) return;
  out.line(" authentication host-mode multi-auth", port.origin);
  const Literal methods = dot1x && mab ? Literal("dot1x mab") : (dot1x ? Literal("dot1x") : Literal("mab"));
  (out << " authentication order " << methods).end(port.origin);
  (out << " authentication priority " << methods).end(port.origin);
  out.line(" authentication port-control auto", port.origin);
  if (mab) out.line(" mab", port.origin);
  if (!dot1x) return;
  out.line(" dot1x pae authenticator", port.origin);
  out.line(" dot1x timeout tx-period 10", port.origin);
}

// Said in both cases: a port that was trusted once would stay so.
void write_trust(const Device& device, const Port& port, Writer& out) {
  const Literal no = port.dhcp_trust ? Literal(" ") : Literal(" no ");
  if (std::ranges::any_of(device.vlans, &config::Vlan::dhcp_snooping)) {
    (out << no << "ip dhcp snooping trust").end(port.origin);
  }
  if (std::ranges::any_of(device.vlans, &config::Vlan::arp_inspection)) {
    (out << no << "ip arp inspection trust").end(port.origin);
  }
}

void write_access(const Device& device, const Port& port, Writer& out) {
  write_access_vlan(port, out);
  out.line(" switchport nonegotiate", port.origin);
  write_authentication(port, out);
  write_trust(device, port, out);
  if (port.source_guard) out.line(" ip verify source", port.origin);
  out.line(" storm-control broadcast level 5.00", port.origin);
  out.line(" storm-control action trap", port.origin);
  out.line(" spanning-tree portfast", port.origin);
  out.line(" spanning-tree bpduguard enable", port.origin);
  out.line(" no shutdown", port.origin);
}

// A router at the other end knows one VLAN where this switch has two: what hosts send in the isolated one
// leaves as the primary one, and answers reach every isolated port.
void write_trunk(const Device& device, const Port& port, Writer& out) {
  const bool promiscuous = !port.promiscuous.empty();
  const Literal command =
      promiscuous ? Literal(" switchport private-vlan trunk ") : Literal(" switchport trunk ");
  const std::optional<std::uint16_t> native = port.native_vlan ? port.native_vlan : device.parking_vlan;
  if (native) {
    out << command << "native vlan " << *native;
    out.end(port.origin);
  }
  const std::vector<std::string> lists = vlan_lists(port.trunk_vlans, max_vlan_list);
  if (lists.empty()) (out << command << "allowed vlan none").end(port.origin);
  for (std::size_t i = 0; i < lists.size(); ++i) {
    out << command << (i == 0 ? Literal("allowed vlan ") : Literal("allowed vlan add "));
    out.word(lists[i]).end(port.origin);
  }
  for (const auto& [primary, isolated] : port.promiscuous) {
    out << " switchport private-vlan mapping trunk " << primary << " " << isolated;
    out.end(port.origin);
  }
  out.line(promiscuous ? Literal(" switchport mode private-vlan trunk promiscuous")
                       : Literal(" switchport mode trunk"),
           port.origin);
  out.line(" switchport nonegotiate", port.origin);
  write_trust(device, port, out);
  out.line(" no shutdown", port.origin);
}

void write_unused(const Device& device, const Port& port, Writer& out) {
  if (device.parking_vlan) {
    out << " switchport access vlan " << *device.parking_vlan;
    out.end(port.origin);
  }
  out.line(" switchport mode access", port.origin);
  out.line(" switchport nonegotiate", port.origin);
  out.line(" shutdown", port.origin);
}

void write_port(const Device& device, const Port& port, Writer& out) {
  out << "interface ";
  out.word(port.name).end(port.origin);
  out.comment_line(" description ", port.description, max_description, port.origin);
  out.line(" switchport", port.origin);
  switch (port.mode) {
    case PortMode::access:
      write_access(device, port, out);
      break;
    case PortMode::trunk:
      write_trunk(device, port, out);
      break;
    case PortMode::unused:
      write_unused(device, port, out);
      break;
  }
  out.line(" exit");
  out.line("!");
}

}  // namespace

void write_ports(const Device& device, Writer& out) {
  for (const Port& port : device.ports) write_port(device, port, out);
}

}  // namespace cordon::backends::cisco_ios
