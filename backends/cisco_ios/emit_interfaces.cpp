// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Routed interfaces: SVIs, routed ports and subinterfaces.
//
// The VRF comes first, since naming it removes addresses; the filters come before the addresses, so
// that an interface is never routed unfiltered while the text is loaded.

#include <set>

#include "backends/cisco_ios/emit.h"
#include "backends/cisco_ios/limits.h"
#include "backends/common/address_text.h"
#include "backends/common/ports.h"
#include "compiler/base/check.h"

namespace cordon::backends::cisco_ios {
namespace {

using config::Binding;
using config::Device;
using config::Interface;
using config::InterfaceId;
using config::Stage;

PortName port_of(const Interface& interface) {
  const auto port = parse_port_name(interface.port, port_types);
  CORDON_CHECK(port.has_value());
  return *port;
}

bool is_physical(const PortName& port) { return port.type != "Vlan" && port.type != "Loopback"; }

void write_parent(std::string_view port, Writer& out) {
  out << "interface ";
  out.word(port).end();
  out.line(" no switchport");
  out.line(" no ip address");
  out.line(" no shutdown");
  out.line(" exit");
  out.line("!");
}

void write_filters(const Device& device, InterfaceId id, const std::vector<ListNames>& names, Writer& out) {
  for (const Binding& binding : device.bindings) {
    if (binding.interface != id || binding.stage == Stage::own) continue;
    const Literal direction = binding.stage == Stage::interface_in ? Literal(" in") : Literal(" out");
    out << " ip access-group ";
    out.word(names[binding.filter.value].ipv4) << direction;
    out.end();
    out << " ipv6 traffic-filter ";
    out.word(names[binding.filter.value].ipv6) << direction;
    out.end();
  }
}

void write_addresses(const Interface& interface, Writer& out) {
  if (interface.ipv4) {
    out << " ip address " << interface.ipv4->address << " " << subnet_mask(interface.ipv4->length);
    out.end();
  } else {
    out.line(" no ip address");
  }
  out.line(" no ip redirects");
  out.line(" no ip proxy-arp");
  if (!interface.ipv6) return;
  out << " ipv6 address " << interface.ipv6->address << "/" << interface.ipv6->length;
  out.end();
  out.line(" no ipv6 redirects");
  // Only hosts take their default route from advertisements.
  if (!interface.leaf) out.line(" ipv6 nd ra suppress all");
}

void write_relays(const Interface& interface, Writer& out) {
  for (const Address& server : interface.dhcp_relay) {
    out << (server.family == packet::Family::ipv4 ? Literal(" ip helper-address ")
                                                  : Literal(" ipv6 dhcp relay destination "))
        << server;
    out.end();
  }
}

void write_interface(const Device& device, InterfaceId id, const std::vector<ListNames>& names, Writer& out) {
  const Interface& interface = device.interfaces[id];
  const PortName port = port_of(interface);
  out << "interface ";
  out.word(interface.port).end();
  out.comment_line(" description ", interface.description, max_description);
  if (port.subinterface) {
    out << " encapsulation dot1Q " << *interface.vlan;
    out.end();
  } else if (is_physical(port)) {
    out.line(" no switchport");
  }
  if (!interface.vrf.empty()) {
    out << " vrf forwarding ";
    out.word(interface.vrf).end();
  }
  if (interface.private_vlan) {
    out << " private-vlan mapping " << *interface.private_vlan;
    out.end();
  }
  write_filters(device, id, names, out);
  write_addresses(interface, out);
  write_relays(interface, out);
  write_redundancy(interface, out);
  out.line(" no shutdown");
  out.line(" exit");
  out.line("!");
}

}  // namespace

void write_interfaces(const Device& device, const std::vector<ListNames>& lists, Writer& out) {
  std::set<std::string_view> written;
  for (const Interface& interface : device.interfaces) written.insert(interface.port);
  for (const InterfaceId id : device.interfaces.ids()) {
    const PortName port = port_of(device.interfaces[id]);
    if (port.subinterface && written.insert(port.parent).second) write_parent(port.parent, out);
    write_interface(device, id, lists, out);
  }
}

}  // namespace cordon::backends::cisco_ios
