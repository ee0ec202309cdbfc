// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/check.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "backends/cisco_ios/limits.h"
#include "backends/common/lengths.h"
#include "backends/common/ports.h"
#include "backends/common/printable.h"
#include "compiler/diagnostics/kinds/platform.h"

namespace cordon::backends::cisco_ios {
namespace {

namespace kind = diagnostics::kind;
using config::Device;
using config::Interface;
using config::Port;
using diagnostics::Diagnostics;

constexpr std::string_view spelling_help =
    "write the full name, for example `GigabitEthernet1/0/1` or `Vlan20`";

void check_characters(const Device& device, source::Range range, std::string_view name,
                      Diagnostics& diagnostics) {
  if (is_plain_name(name)) return;
  diagnostics
      .build(kind::not_expressible, range, device.name, fmt::format("the name `{}`", name),
             "names are letters, digits, `-`, `_` and `.`")
      .emit();
}

void check_length(source::Range range, std::string_view name, std::string_view what, std::size_t limit,
                  Diagnostics& diagnostics) {
  if (name.size() <= limit) return;
  diagnostics
      .build(kind::name_too_long, range, name, name.size(), fmt::format("{} on {}", what, title), limit)
      .emit();
}

// A reserved VLAN once, where it is first used.
class VlanCheck {
 public:
  VlanCheck(const Device& device, Diagnostics& diagnostics) : device_(device), diagnostics_(diagnostics) {}

  void use(source::Range range, std::optional<std::uint16_t> vlan) {
    if (!vlan || *vlan < first_reserved_vlan || *vlan > last_reserved_vlan) return;
    if (!reported_.insert(*vlan).second) return;
    diagnostics_.build(kind::reserved_vlan, range, *vlan, title)
        .note("on device `{}`", device_.name)
        .help("give the network another VLAN; {} to {} belong to Token Ring and FDDI", first_reserved_vlan,
              last_reserved_vlan)
        .emit();
  }

 private:
  const Device& device_;
  Diagnostics& diagnostics_;
  std::set<std::uint16_t> reported_;
};

void check_port_name(const Device& device, const Interface& interface, Diagnostics& diagnostics) {
  const auto port = parse_port_name(interface.port, port_types);
  if (!port) {
    diagnostics
        .build(kind::unusable_port, interface.range, interface.port, device.name,
               fmt::format("{} has no interface of that name", title))
        .help("{}", spelling_help)
        .emit();
  } else if (port->type == "Vlan" && interface.vlan != port->number) {
    diagnostics
        .build(kind::unusable_port, interface.range, interface.port, device.name,
               "its network is not that VLAN")
        .emit();
  } else if (port->subinterface && !interface.vlan) {
    diagnostics
        .build(kind::unusable_port, interface.range, interface.port, device.name,
               "a subinterface needs a VLAN, and its network has none")
        .help("give the network a `vlan:`, or use the port without `.{}`", *port->subinterface)
        .emit();
  }
}

// Group numbers of both families together; see limits.h.
void check_redundancy(const Interface& interface, Diagnostics& diagnostics) {
  if (!interface.redundancy) return;
  const config::Redundancy& redundancy = *interface.redundancy;
  std::uint16_t first = 0;
  std::uint16_t last = max_hsrp_group;
  if (redundancy.vrrp) {
    first = 1;
    last = max_vrrp_group;
  } else if (redundancy.ipv4 && redundancy.ipv6) {
    last = hsrp_ipv6_offset - 1;
  }
  if (redundancy.group >= first && redundancy.group <= last) return;
  diagnostics.build(kind::group_out_of_range, interface.range, redundancy.group, first, last, title).emit();
}

void check_interface(const Device& device, const Interface& interface, Diagnostics& diagnostics) {
  check_port_name(device, interface, diagnostics);
  if (!interface.vrf.empty()) check_characters(device, interface.range, interface.vrf, diagnostics);
  check_length(interface.range, interface.vrf, "a VRF", max_vrf_name, diagnostics);
  check_redundancy(interface, diagnostics);
  check_lengths(device, interface, title, diagnostics);
}

void check_switch_port(const Device& device, const Port& port, const std::set<std::string_view>& routed,
                       Diagnostics& diagnostics) {
  const auto name = parse_port_name(port.name, port_types);
  if (!name || name->subinterface || name->type == "Vlan" || name->type == "Loopback") {
    diagnostics
        .build(kind::unusable_port, port.range, port.name, device.name,
               fmt::format("{} has no switch port of that name", title))
        .help("{}", spelling_help)
        .emit();
  } else if (routed.contains(port.name)) {
    diagnostics
        .build(kind::unusable_port, port.range, port.name, device.name, "a routed interface uses this port")
        .emit();
  }
}

void check_vlans(const Device& device, Diagnostics& diagnostics) {
  VlanCheck vlans(device, diagnostics);
  for (const Interface& interface : device.interfaces) vlans.use(interface.range, interface.vlan);
  for (const Port& port : device.ports) {
    vlans.use(port.range, port.access_vlan);
    vlans.use(port.range, port.native_vlan);
  }
  vlans.use(device.range, device.parking_vlan);
}

}  // namespace

void check(const Device& device, Diagnostics& diagnostics) {
  check_characters(device, device.range, device.name, diagnostics);
  check_length(device.range, device.name, "the name of a device", max_hostname, diagnostics);
  std::set<std::string_view> routed;
  for (const Interface& interface : device.interfaces) {
    check_interface(device, interface, diagnostics);
    routed.insert(interface.port);
    if (const auto port = parse_port_name(interface.port, port_types)) routed.insert(port->parent);
  }
  for (const Port& port : device.ports) check_switch_port(device, port, routed, diagnostics);
  check_vlans(device, diagnostics);
  check_filters(device, diagnostics);
}

}  // namespace cordon::backends::cisco_ios
