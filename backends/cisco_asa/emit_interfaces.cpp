// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Interfaces, their VLANs, addresses and security levels.
//
// An interface has a name before a list can be bound to it, and an interface without a list goes by
// security levels. So lists stand above interfaces, each interface is bound as soon as it has a name,
// what lets packets pass between equal levels comes after all bindings, and ports are started last.

#include <algorithm>
#include <set>
#include <string_view>

#include "backends/cisco_asa/emit.h"
#include "backends/cisco_asa/limits.h"
#include "backends/common/address_text.h"
#include "backends/common/ports.h"
#include "compiler/base/check.h"

namespace cordon::backends::cisco_asa {
namespace {

using config::Interface;

// A parent with a name or an address of its own would carry untagged packets past every filter.
void write_parent(std::string_view port, Writer& out) {
  out << "interface ";
  out.word(port).end();
  out.line(" no nameif");
  out.line(" no security-level");
  out.line(" no ip address");
  out.line(" exit");  // a subinterface that is refused leaves its lines to no block
  out.line("!");
}

void write_addresses(const Interface& interface, Writer& out) {
  if (interface.ipv4) {
    out << " ip address " << interface.ipv4->address << " " << subnet_mask(interface.ipv4->length);
    out.end();
  } else {
    out.line(" no ip address");
  }
  if (!interface.ipv6) return;
  out << " ipv6 address " << interface.ipv6->address << "/" << interface.ipv6->length;
  out.end();
  // Only hosts take their default route from advertisements.
  if (!interface.leaf) out.line(" ipv6 nd suppress-ra");
}

void write_relay_servers(const Interface& interface, Writer& out) {
  for (const Address& server : interface.dhcp_relay) {
    if (server.family != packet::Family::ipv4) continue;
    out << " dhcprelay server " << server;
    out.end();
  }
}

void write_interface(const Interface& interface, Writer& out) {
  const auto port = parse_port_name(interface.port, port_types);
  CORDON_CHECK(port.has_value());
  out << "interface ";
  out.word(interface.port).end();
  out.comment_line(" description ", interface.description, max_description);
  if (port->subinterface) {
    out << " vlan " << *interface.vlan;
    out.end();
  }
  out << " nameif ";
  out.word(nameif(interface)).end();
  // After `nameif`, which sets a level of its own accord.
  out << " security-level " << std::uint32_t{interface.security_level.value_or(default_security_level)};
  out.end();
  write_addresses(interface, out);
  write_relay_servers(interface, out);
}

// Whether two interfaces share a level: then nothing passes between them without this command.
bool levels_repeat(const config::Device& device) {
  std::set<unsigned> levels;
  return std::ranges::any_of(device.interfaces, [&](const Interface& interface) {
    return !levels.insert(interface.security_level.value_or(default_security_level)).second;
  });
}

}  // namespace

void write_interfaces(const config::Device& device, const Lists& lists, Writer& out) {
  std::set<std::string_view> written;  // ports that have a block, and parents that will get one
  for (const Interface& interface : device.interfaces) written.insert(interface.port);
  for (const config::InterfaceId id : device.interfaces.ids()) {
    const Interface& interface = device.interfaces[id];
    const auto port = parse_port_name(interface.port, port_types);
    CORDON_CHECK(port.has_value());
    if (port->subinterface && written.insert(port->parent).second) write_parent(port->parent, out);
    write_interface(interface, out);
    write_bindings(device, id, lists, out);
    out.line("!");
  }
}

void write_passage(const config::Device& device, Writer& out) {
  if (levels_repeat(device)) out.line("same-security-traffic permit inter-interface");
  // Networks behind one interface may reach each other by this device where its lists say so, and only there.
  out.line("same-security-traffic permit intra-interface");
  // Else what comes out of a tunnel that ends here goes past the lists.
  out.line("no sysopt connection permit-vpn");
  out.line("!");
}

void write_start(const config::Device& device, Writer& out) {
  std::set<std::string_view> started;
  for (const Interface& interface : device.interfaces) {
    const auto port = parse_port_name(interface.port, port_types);
    for (const std::string_view name : {port->parent, std::string_view(interface.port)}) {
      if (!started.insert(name).second) continue;
      out << "interface ";
      out.word(name).end();
      out.line(" no shutdown");
    }
  }
  out.line("!");
}

}  // namespace cordon::backends::cisco_asa
