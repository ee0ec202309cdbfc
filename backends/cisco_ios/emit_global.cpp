// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What holds for the whole switch: routing, VRFs, VLANs and the guards of the access layer.

#include <algorithm>
#include <map>
#include <set>

#include "backends/cisco_ios/emit.h"
#include "backends/cisco_ios/limits.h"
#include "backends/cisco_ios/vlan_list.h"
#include "backends/common/names.h"
#include "backends/common/ports.h"

namespace cordon::backends::cisco_ios {
namespace {

using config::Device;
using config::Interface;
using config::Port;
using config::PortAuthentication;
using config::Vlan;

void write_header(const Device& device, Writer& out) {
  out << "! ";
  out.word(device.name) << ": written by Cordon. Change the policy, not this file.";
  out.end();
  out.line("!");
  out << "hostname ";
  out.word(device.name).end();
  out.line("!");
}

void write_routing(const Device& device, Writer& out) {
  out.line("no ip source-route");
  if (device.interfaces.size() > 1) out.line("ip routing");
  const bool ipv6 =
      std::ranges::any_of(device.interfaces, [](const Interface& i) { return i.ipv6.has_value(); });
  if (ipv6 && device.interfaces.size() > 1) out.line("ipv6 unicast-routing");
  const bool vrrp = std::ranges::any_of(
      device.interfaces, [](const Interface& i) { return i.redundancy && i.redundancy->vrrp; });
  if (vrrp) out.line("fhrp version vrrp v3");
  out.line("!");
}

// A helper address forwards broadcasts of eight services; only DHCP was asked for.
void write_helper_services(const Device& device, Writer& out) {
  const bool relays =
      std::ranges::any_of(device.interfaces, [](const Interface& i) { return !i.dhcp_relay.empty(); });
  if (!relays) return;
  for (const std::uint32_t port : {37U, 42U, 49U, 53U, 69U, 137U, 138U}) {
    out << "no ip forward-protocol udp " << port;
    out.end();
  }
  out.line("!");
}

void write_vrfs(const Device& device, Writer& out) {
  std::set<std::string_view> vrfs;
  for (const Interface& interface : device.interfaces) {
    if (!interface.vrf.empty()) vrfs.insert(interface.vrf);
  }
  for (const std::string_view vrf : vrfs) {
    out << "vrf definition ";
    out.word(vrf).end();
    for (const Literal family : {Literal(" address-family ipv4"), Literal(" address-family ipv6")}) {
      out.line(family);
      out.line(" exit-address-family");
    }
    out.line("!");
  }
}

// A VLAN of the plan, or one that the plan only refers to.
struct VlanBlock {
  std::string name;
  std::optional<std::uint16_t> isolated_vlan;
  bool isolated = false;
  OriginId origin;
};

std::map<std::uint16_t, VlanBlock> vlan_blocks(const Device& device) {
  std::map<std::uint16_t, VlanBlock> blocks;
  for (const Vlan& vlan : device.vlans) {
    blocks[vlan.id].name = vlan.name;
    blocks[vlan.id].isolated_vlan = vlan.isolated_vlan;
    blocks[vlan.id].origin = vlan.origin;
    if (!vlan.isolated_vlan) continue;
    VlanBlock& secondary = blocks[*vlan.isolated_vlan];
    secondary.isolated = true;
    if (secondary.name.empty()) secondary.name = vlan.name + ".isolated";
    secondary.origin = vlan.origin;
  }
  if (device.parking_vlan && blocks[*device.parking_vlan].name.empty())
    blocks[*device.parking_vlan].name = "parking";
  // Stated, or of the switch at the other end.
  for (const Port& port : device.ports) {
    if (port.native_vlan && blocks[*port.native_vlan].name.empty()) blocks[*port.native_vlan].name = "native";
  }
  for (const Interface& interface : device.interfaces) {
    const auto port = parse_port_name(interface.port, port_types);
    if (interface.vlan && port && port->type == "Vlan" && blocks[*interface.vlan].name.empty()) {
      blocks[*interface.vlan].name = interface.name;
    }
  }
  blocks.erase(1);  // always there, and cannot be named
  return blocks;
}

void write_vlan(std::uint16_t id, const VlanBlock& block, const std::string& name, Writer& out) {
  out << "vlan " << id;
  out.end(block.origin);
  out << " name ";
  out.word(name).end(block.origin);
  if (block.isolated) out.line(" private-vlan isolated", block.origin);
  if (block.isolated_vlan) {
    out.line(" private-vlan primary", block.origin);
    out << " private-vlan association " << *block.isolated_vlan;
    out.end(block.origin);
  }
  out.line("!");
}

template <class Wanted>
void write_vlan_list(const Device& device, Literal command, Wanted wanted, Writer& out) {
  std::vector<std::uint16_t> ids;
  for (const Vlan& vlan : device.vlans) {
    if (wanted(vlan)) ids.push_back(vlan.id);
  }
  for (const std::string& list : vlan_lists(ids, max_vlan_list)) {
    out << command << " ";
    out.word(list).end();
  }
}

void write_guards(const Device& device, Writer& out) {
  const bool snooping = std::ranges::any_of(device.vlans, &Vlan::dhcp_snooping);
  if (snooping) {
    write_vlan_list(
        device, "ip dhcp snooping vlan", [](const Vlan& vlan) { return vlan.dhcp_snooping; }, out);
    out.line("no ip dhcp snooping information option");
    out.line("ip dhcp snooping");
  }
  write_vlan_list(
      device, "ip arp inspection vlan", [](const Vlan& vlan) { return vlan.arp_inspection; }, out);
  const bool dot1x = std::ranges::any_of(device.ports, [](const Port& port) {
    return port.authentication == PortAuthentication::dot1x ||
           port.authentication == PortAuthentication::dot1x_mab;
  });
  if (dot1x) out.line("dot1x system-auth-control");
  out.line("!");
}

}  // namespace

void write_global(const Device& device, Writer& out) {
  write_header(device, out);
  if (device.switching) out.line("vtp mode transparent");
  write_routing(device, out);
  write_helper_services(device, out);
  write_vrfs(device, out);
}

void write_vlans(const Device& device, Writer& out) {
  const std::map<std::uint16_t, VlanBlock> blocks = vlan_blocks(device);
  if (blocks.empty()) return;
  std::vector<NamedThing> things;
  for (const auto& [id, block] : blocks) things.push_back({block.name, id});
  const std::vector<std::string> names = object_names(things, max_vlan_name);
  // An association refers to its secondary VLAN.
  for (const bool isolated : {true, false}) {
    auto name = names.begin();
    for (const auto& [id, block] : blocks) {
      if (block.isolated == isolated) write_vlan(id, block, *name, out);
      ++name;
    }
  }
  write_guards(device, out);
}

}  // namespace cordon::backends::cisco_ios
