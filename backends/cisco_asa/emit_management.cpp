// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// DHCP relay, and the services of the device itself.
//
// Packets to the device are decided by the guard's list, bound with `control-plane`. SSH, HTTPS and
// Telnet answer only to addresses that are listed with the service as well, on the interface where
// they arrive; those lists say what the flows say. Other services of the device (SNMP, VPN, routing)
// are the site's to configure: the guard's list lets in what the policy permits to reach them.

#include <algorithm>
#include <set>

#include "backends/cisco_asa/emit.h"
#include "backends/common/address_text.h"

namespace cordon::backends::cisco_asa {
namespace {

using config::Device;
using config::Interface;
using config::ManagementAccess;
using packet::Family;

bool relays(const Interface& interface, Family family) {
  return std::ranges::any_of(interface.dhcp_relay,
                             [family](const Address& server) { return server.family == family; });
}

// The relay for IPv6 has one list of servers for all interfaces; `check` has seen to it that the
// policy asks for no more.
void write_ipv6_servers(const Device& device, Writer& out) {
  std::set<Address> servers;
  for (const Interface& interface : device.interfaces) {
    for (const Address& server : interface.dhcp_relay) {
      if (server.family == Family::ipv6) servers.insert(server);
    }
  }
  for (const Address& server : servers) {
    out << "ipv6 dhcprelay server " << server;
    out.end();
  }
}

void enable_relay(const Device& device, Family family, Literal command, Writer& out) {
  for (const Interface& interface : device.interfaces) {
    if (!relays(interface, family)) continue;
    out << command << " enable ";
    out.word(nameif(interface)).end();
  }
}

struct Service {
  std::uint16_t port = 0;
  Literal command;
};
constexpr Service services[] = {{22, "ssh"}, {23, "telnet"}, {443, "http"}};

bool opens(const ManagementAccess& access, std::uint16_t port) {
  return access.service.protocol == packet::protocol::tcp && access.service.destination.first <= port &&
         port <= access.service.destination.last;
}

void write_access(const Device& device, const ManagementAccess& access, const Service& service,
                  const Interface& interface, Writer& out) {
  const bool v4 = access.family == Family::ipv4;
  if (v4 ? !interface.ipv4.has_value() : !interface.ipv6.has_value()) return;
  for (const packet::Prefix& prefix : device.addresses[access.source].addresses.prefixes()) {
    out << service.command << " " << prefix.address;
    if (v4) {
      out << " " << subnet_mask(prefix.length) << " ";
    } else {
      out << "/" << prefix.length << " ";
    }
    out.word(nameif(interface)).end(access.origin);
  }
}

void write_access(const Device& device, const ManagementAccess& access, const Service& service, Writer& out) {
  if (access.interface.valid()) {
    write_access(device, access, service, device.interfaces[access.interface], out);
    return;
  }
  for (const Interface& interface : device.interfaces) write_access(device, access, service, interface, out);
}

bool opens(const Device& device, std::uint16_t port) {
  return std::ranges::any_of(device.management,
                             [port](const ManagementAccess& access) { return opens(access, port); });
}

}  // namespace

void write_relays(const Device& device, Writer& out) {
  enable_relay(device, Family::ipv4, "dhcprelay", out);
  write_ipv6_servers(device, out);
  enable_relay(device, Family::ipv6, "ipv6 dhcprelay", out);
}

void write_management(const Device& device, Writer& out) {
  if (opens(device, 443)) out.line("http server enable");
  for (const ManagementAccess& access : device.management) {
    for (const Service& service : services) {
      if (opens(access, service.port)) write_access(device, access, service, out);
    }
  }
}

}  // namespace cordon::backends::cisco_asa
