// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A configuration as text: one field or rule a line, in the order of the device, with the sets of each
// rule spelled out by label. Meant to be compared by eye and by diff, never to be read back.

#include <iterator>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "compiler/config/device.h"

namespace cordon::config {
namespace {

const char* name_of(PortMode mode) {
  switch (mode) {
    case PortMode::access:
      return "access";
    case PortMode::trunk:
      return "trunk";
    case PortMode::unused:
      return "unused";
  }
  return "";
}
const char* name_of(Isolation isolation) {
  switch (isolation) {
    case Isolation::none:
      return "none";
    case Isolation::protected_port:
      return "protected";
    case Isolation::private_vlan:
      return "private-vlan";
  }
  return "";
}
const char* name_of(PortAuthentication authentication) {
  switch (authentication) {
    case PortAuthentication::none:
      return "none";
    case PortAuthentication::dot1x:
      return "dot1x";
    case PortAuthentication::mab:
      return "mab";
    case PortAuthentication::dot1x_mab:
      return "dot1x-mab";
  }
  return "";
}
const char* name_of(Stage stage) {
  switch (stage) {
    case Stage::interface_in:
      return "in";
    case Stage::interface_out:
      return "out";
    case Stage::own:
      return "own";
  }
  return "";
}
const char* name_of(Family family) { return family == Family::ipv4 ? "ipv4" : "ipv6"; }

class Writer {
 public:
  explicit Writer(const Device& device) : device_(device) {}

  std::string write() {
    line("device {} platform {} version {}", device_.name, device_.platform, device_.version);
    for (const Interface& interface : device_.interfaces) write(interface);
    if (device_.parking_vlan) line("parking-vlan {}", *device_.parking_vlan);
    for (const Vlan& vlan : device_.vlans) write(vlan);
    for (const Port& port : device_.ports) write(port);
    for (const NamedAddressSet& set : device_.addresses) write(set);
    for (const NamedServiceSet& set : device_.services) {
      line("services {} = {}", set.label, packet::to_string(set.terms));
    }
    for (const FilterId id : device_.filters.ids()) write(id);
    for (const ManagementAccess& access : device_.management) write(access);
    return std::move(text_);
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }

  void write(const Interface& interface) {
    std::string rest;
    if (interface.vlan) rest += fmt::format(" vlan {}", *interface.vlan);
    if (interface.ipv4) rest += " " + packet::to_string(*interface.ipv4);
    if (interface.ipv6) rest += " " + packet::to_string(*interface.ipv6);
    if (!interface.vrf.empty()) rest += " vrf " + interface.vrf;
    if (interface.security_level) rest += fmt::format(" security-level {}", *interface.security_level);
    for (const Address server : interface.dhcp_relay) rest += " relay " + packet::to_string(server);
    if (interface.redundancy) rest += redundancy(*interface.redundancy);
    if (interface.private_vlan) rest += fmt::format(" private-vlan {}", *interface.private_vlan);
    if (interface.ospf) rest += " ospf";
    if (interface.leaf) rest += " leaf";
    line("interface {} port {}{} ({})", interface.name, interface.port, rest, interface.description);
  }

  static std::string redundancy(const Redundancy& redundancy) {
    std::string text = fmt::format(" {} {}", redundancy.vrrp ? "vrrp" : "hsrp", redundancy.group);
    if (redundancy.ipv4) text += " " + packet::to_string(*redundancy.ipv4);
    if (redundancy.ipv6) text += " " + packet::to_string(*redundancy.ipv6);
    if (redundancy.priority) text += fmt::format(" priority {}", *redundancy.priority);
    return text;
  }

  void write(const Vlan& vlan) {
    std::string rest;
    if (vlan.dhcp_snooping) rest += " dhcp-snooping";
    if (vlan.arp_inspection) rest += " arp-inspection";
    if (vlan.isolated_vlan) rest += fmt::format(" isolated {}", *vlan.isolated_vlan);
    line("vlan {} {}{}", vlan.id, vlan.name, rest);
  }

  void write(const Port& port) {
    std::string rest;
    if (port.access_vlan) rest += fmt::format(" vlan {}", *port.access_vlan);
    if (port.mode == PortMode::trunk) rest += fmt::format(" vlans {}", fmt::join(port.trunk_vlans, ","));
    if (port.native_vlan) rest += fmt::format(" native {}", *port.native_vlan);
    if (port.isolation != Isolation::none) rest += fmt::format(" isolation {}", name_of(port.isolation));
    if (port.isolated_vlan) rest += fmt::format(" isolated {}", *port.isolated_vlan);
    for (const auto& [primary, isolated] : port.promiscuous)
      rest += fmt::format(" promiscuous {}<{}", primary, isolated);
    if (port.authentication != PortAuthentication::none) {
      rest += fmt::format(" authentication {}", name_of(port.authentication));
    }
    if (port.dhcp_trust) rest += " dhcp-trust";
    if (port.source_guard) rest += " source-guard";
    line("port {} {}{} ({})", port.name, name_of(port.mode), rest, port.description);
  }

  void write(const NamedAddressSet& set) {
    std::string members;
    if (set.addresses.is_all()) {
      members = " all";
    } else {
      for (const Prefix& prefix : set.addresses.prefixes()) members += " " + packet::to_string(prefix);
    }
    line("addresses {} {} ={}", name_of(set.addresses.family()), set.label, members);
  }

  void write(FilterId id) {
    const Filter& filter = device_.filters[id];
    line("filter {}{}", filter.name, filter.stateful ? " stateful" : "");
    for (const Binding& binding : device_.bindings) {
      if (binding.filter != id) continue;
      line("  at {} {}", name_of(binding.stage),
           binding.interface.valid() ? device_.interfaces[binding.interface].name : "device");
    }
    for (const Rule& rule : filter.rules) write(rule);
  }

  void write(const Rule& rule) {
    std::string rest;
    if (rule.log) rest += " log";
    if (rule.states != packet::any_state) rest += fmt::format(" states {}", rule.states);
    if (rule.fragments != packet::any_fragment) rest += fmt::format(" fragments {}", rule.fragments);
    line("  {} {} {} -> {} [{}]{} # {}: {}", rule.action == Action::permit ? "permit" : "deny",
         name_of(rule.family), label(rule.source), label(rule.destination),
         packet::to_string(device_.services[rule.services].terms), rest, to_string(rule.role),
         rule.origin.valid() ? device_.origins[rule.origin].label : "");
  }

  void write(const ManagementAccess& access) {
    line("management {} {} [{}] on {} # {}", name_of(access.family), label(access.source),
         packet::to_string(access.service),
         access.interface.valid() ? device_.interfaces[access.interface].name : "any",
         access.origin.valid() ? device_.origins[access.origin].label : "");
  }

  const std::string& label(AddressSetId id) const { return device_.addresses[id].label; }

  const Device& device_;
  std::string text_;
};

}  // namespace

std::string dump(const Device& device) { return Writer(device).write(); }

}  // namespace cordon::config
