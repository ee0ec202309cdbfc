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
#include <tuple>

#include "backends/cisco_asa/emit.h"
#include "backends/common/address_text.h"
#include "backends/common/management.h"

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

const config::Filter* guard_of(const Device& device, config::InterfaceId interface) {
  for (const config::Binding& binding : device.bindings) {
    if (binding.stage == config::Stage::own && binding.interface == interface)
      return &device.filters[binding.filter];
  }
  return nullptr;
}

bool admits(const Device& device, const config::Rule& rule, std::uint16_t port) {
  return std::ranges::any_of(device.services[rule.services].terms, [port](const packet::ServiceTerm& term) {
    return term.protocol.value_or(packet::protocol::tcp) == packet::protocol::tcp &&
           term.destination.first <= port && port <= term.destination.last;
  });
}

// Whom of the flow's sources the guard lets in. A statement of a service goes before the guard's list, so
// what the list refuses ahead of the flow, such as addresses of other devices, must not be in it.
packet::AddressSet admitted(const Device& device, const ManagementAccess& access, std::uint16_t port,
                            config::InterfaceId interface, Address own) {
  packet::AddressSet rest = device.addresses[access.source].addresses;
  const config::Filter* guard = guard_of(device, interface);
  if (guard == nullptr) return rest;
  packet::AddressSet sources(access.family);
  for (const config::Rule& rule : guard->rules) {
    if (rest.empty()) break;
    if (rule.family != access.family || !admits(device, rule, port)) continue;
    if (!device.addresses[rule.destination].addresses.contains(own)) continue;
    const packet::AddressSet& matched = device.addresses[rule.source].addresses;
    if (rule.action == config::Action::permit) sources = unite(sources, intersect(rest, matched));
    rest = subtract(rest, matched);
  }
  return sources;
}

// Statements, each once: flows to several of the device's addresses say the same here.
class Statements {
 public:
  Statements(const Device& device, Writer& out) : device_(device), out_(out) {}

  void write(const ManagementAccess& access, const Service& service) {
    if (access.interface.valid()) {
      write(access, service, access.interface);
      return;
    }
    for (const config::InterfaceId id : device_.interfaces.ids()) write(access, service, id);
  }

 private:
  void write(const ManagementAccess& access, const Service& service, config::InterfaceId id) {
    const Interface& interface = device_.interfaces[id];
    const auto& own = access.family == Family::ipv4 ? interface.ipv4 : interface.ipv6;
    if (!own) return;
    for (const packet::Prefix& prefix :
         admitted(device_, access, service.port, id, own->address).prefixes()) {
      if (written_.emplace(service.port, id, prefix).second) write(access, service, interface, prefix);
    }
  }

  void write(const ManagementAccess& access, const Service& service, const Interface& interface,
             const packet::Prefix& prefix) {
    out_ << service.command << " " << prefix.address;
    if (access.family == Family::ipv4) {
      out_ << " " << subnet_mask(prefix.length) << " ";
    } else {
      out_ << "/" << prefix.length << " ";
    }
    out_.word(nameif(interface)).end(access.origin);
  }

  const Device& device_;
  Writer& out_;
  std::set<std::tuple<std::uint16_t, config::InterfaceId, packet::Prefix>> written_;
};

bool opens_any(const Device& device, std::uint16_t port) {
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
  if (opens_any(device, 443)) out.line("http server enable");
  Statements statements(device, out);
  for (const ManagementAccess& access : device.management) {
    for (const Service& service : services) {
      if (opens(access, service.port)) statements.write(access, service);
    }
  }
}

}  // namespace cordon::backends::cisco_asa
