// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_asa/check.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "backends/cisco_asa/limits.h"
#include "backends/common/extension_headers.h"
#include "backends/common/lengths.h"
#include "backends/common/management.h"
#include "backends/common/ports.h"
#include "backends/common/printable.h"
#include "compiler/diagnostics/kinds/platform.h"
#include "compiler/packet/service.h"

namespace cordon::backends::cisco_asa {
namespace {

namespace kind = diagnostics::kind;
using config::Device;
using config::Interface;
using diagnostics::Diagnostics;
using packet::Address;
using packet::Family;

void check_port(const Device& device, const Interface& interface, Diagnostics& diagnostics) {
  const auto port = parse_port_name(interface.port, port_types);
  if (!port) {
    diagnostics
        .build(kind::unusable_port, interface.range, interface.port, device.name,
               fmt::format("{} has no interface of that name", title))
        .help("write the full name, for example `GigabitEthernet0/1` or `GigabitEthernet0/1.20`")
        .emit();
  } else if (port->subinterface && !interface.vlan) {
    diagnostics
        .build(kind::unusable_port, interface.range, interface.port, device.name,
               "a subinterface needs a VLAN, and its network has none")
        .help("give the network a `vlan:`, or use the port without `.{}`", *port->subinterface)
        .emit();
  } else if (port->type == "Vlan" && interface.vlan != port->number) {
    diagnostics
        .build(kind::unusable_port, interface.range, interface.port, device.name,
               "its network is not that VLAN")
        .emit();
  }
}

void check_characters(const Device& device, source::Range range, std::string_view name,
                      Diagnostics& diagnostics) {
  if (is_plain_name(name)) return;
  diagnostics
      .build(kind::not_expressible, range, device.name, fmt::format("the name `{}`", name),
             "names are letters, digits, `-`, `_` and `.`")
      .emit();
}

void check_name(const Device& device, const Interface& interface, Diagnostics& diagnostics) {
  check_characters(device, interface.range, interface.name, diagnostics);
  if (std::ranges::find(reserved_interface_names, interface.name) != std::end(reserved_interface_names)) {
    diagnostics.build(kind::reserved_word, interface.range, interface.name, title, "an interface")
        .help("rename the interface")
        .emit();
  }
  if (interface.name.size() > max_interface_name) {
    diagnostics
        .build(kind::name_too_long, interface.range, interface.name, interface.name.size(),
               fmt::format("the name of an interface on {}", title), max_interface_name)
        .help("shorten the name of the interface")
        .emit();
  }
}

void refuse(const Device& device, source::Range range, std::string_view what, Diagnostics& diagnostics) {
  diagnostics
      .build(kind::not_expressible, range, device.name, what, fmt::format("{} has no such thing", title))
      .emit();
}

void check_features(const Device& device, const Interface& interface, Diagnostics& diagnostics) {
  if (!interface.vrf.empty()) refuse(device, interface.range, "a VRF", diagnostics);
  if (interface.redundancy) refuse(device, interface.range, "a virtual address of HSRP or VRRP", diagnostics);
  if (interface.private_vlan) refuse(device, interface.range, "a private VLAN", diagnostics);
}

std::vector<Address> servers(const Interface& interface, Family family) {
  std::vector<Address> found;
  for (const Address& server : interface.dhcp_relay) {
    if (server.family == family) found.push_back(server);
  }
  std::ranges::sort(found);
  return found;
}

void check_relays(const Device& device, Diagnostics& diagnostics) {
  std::size_t total = 0;
  const Interface* first_ipv6 = nullptr;
  for (const Interface& interface : device.interfaces) {
    const std::size_t count = servers(interface, Family::ipv4).size();
    total += count;
    if (count > max_relays_per_interface) {
      diagnostics
          .build(kind::too_many, interface.range, device.name, count, "DHCP servers on one interface", title,
                 max_relays_per_interface)
          .emit();
    }
    if (servers(interface, Family::ipv6).empty()) continue;
    if (first_ipv6 == nullptr) {
      first_ipv6 = &interface;
    } else if (servers(interface, Family::ipv6) != servers(*first_ipv6, Family::ipv6)) {
      diagnostics
          .build(kind::not_expressible, interface.range, device.name,
                 "DHCPv6 servers that differ by interface",
                 fmt::format("{} relays every interface to one list of them", title))
          .label(first_ipv6->range, "other servers here")
          .emit();
    }
  }
  if (total > max_relays) {
    diagnostics
        .build(kind::too_many, device.range, device.name, total, "DHCP servers in all", title, max_relays)
        .emit();
  }
}

std::string_view problem(const packet::ServiceTerm& term, Family family) {
  if (is_extension_header(term, family)) return "releases differ in looking past this IPv6 extension header";
  if (term.protocol == 0) return "protocol 0 would mean every protocol";
  if (term.flags != packet::any_tcp_flags) return "an access list does not look at TCP flags";
  return {};
}

void refuse_service(const Device& device, const config::Rule& rule, const packet::ServiceTerm& term,
                    std::string_view reason, Diagnostics& diagnostics) {
  const bool of_flow = rule.origin.valid();
  auto refusal =
      diagnostics.build(kind::not_expressible, of_flow ? device.origins[rule.origin].range : device.range,
                        device.name, fmt::format("the service `{}`", packet::to_string(term)), reason);
  if (of_flow) refusal.note("needed by `{}`", device.origins[rule.origin].label);
  refusal.emit();
}

// Each set of services once for a family, at the first rule that uses it.
void check_services(const Device& device, Diagnostics& diagnostics) {
  std::array<std::vector<bool>, 2> checked;
  checked.fill(std::vector<bool>(device.services.size()));
  for (const config::Filter& filter : device.filters) {
    for (const config::Rule& rule : filter.rules) {
      std::vector<bool>& seen = checked[static_cast<std::size_t>(rule.family)];
      if (seen[rule.services.value]) continue;
      seen[rule.services.value] = true;
      for (const packet::ServiceTerm& term : device.services[rule.services].terms) {
        const std::string_view reason = problem(term, rule.family);
        if (reason.empty()) continue;
        refuse_service(device, rule, term, reason, diagnostics);
      }
    }
  }
}

// Statements of services name sources, and hold at the address of the interface that a packet comes in by.
std::string_view management_problem(const Device& device, const config::ManagementAccess& access) {
  const Interface& interface = device.interfaces[access.interface];
  const auto& own = access.family == Family::ipv4 ? interface.ipv4 : interface.ipv6;
  if (!own || !device.addresses[access.destination].addresses.contains(own->address))
    return "it answers at the address of the interface that a packet comes in by, and at no other";
  return access.service.source.is_all() ? "" : "its services do not look at source ports";
}

void check_management(const Device& device, Diagnostics& diagnostics) {
  constexpr std::uint16_t services[] = {22, 23, 443};
  for (const config::ManagementAccess& access : device.management) {
    const bool opens_some =
        std::ranges::any_of(services, [&](std::uint16_t port) { return opens(access, port); });
    if (!opens_some || !access.interface.valid()) continue;
    const std::string_view reason = management_problem(device, access);
    if (reason.empty()) continue;
    diagnostics
        .build(kind::not_expressible, device.origins[access.origin].range, device.name,
               fmt::format("{} from hosts behind `{}`", to_string(access.service),
                           device.interfaces[access.interface].name),
               reason)
        .help("name `device:{}` with any source port", device.name)
        .emit();
  }
}

}  // namespace

void check(const Device& device, Diagnostics& diagnostics) {
  check_characters(device, device.range, device.name, diagnostics);
  if (device.name.size() > max_hostname) {
    diagnostics
        .build(kind::name_too_long, device.range, device.name, device.name.size(),
               fmt::format("the name of a device on {}", title), max_hostname)
        .emit();
  }
  for (const Interface& interface : device.interfaces) {
    check_port(device, interface, diagnostics);
    check_name(device, interface, diagnostics);
    check_features(device, interface, diagnostics);
    check_lengths(device, interface, title, diagnostics);
  }
  if (device.switching) refuse(device, device.range, "switch ports and VLANs of its own", diagnostics);
  check_relays(device, diagnostics);
  check_services(device, diagnostics);
  check_management(device, diagnostics);
}

}  // namespace cordon::backends::cisco_asa
