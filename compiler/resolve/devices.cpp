// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Devices: routed interfaces with addresses in their networks, switch ports spelled out, routes.
#include <algorithm>
#include <charconv>
#include <set>

#include "compiler/resolve/resolver.h"

namespace cordon::resolve {
namespace {

ir::FilterMode filter_mode(std::string_view word) {
  if (word == "out") return ir::FilterMode::out;
  if (word == "both") return ir::FilterMode::both;
  return word == "none" ? ir::FilterMode::none : ir::FilterMode::in;
}

template <class Number>
std::optional<Number> number_of(const std::optional<syntax::Integer>& integer) {
  if (!integer) return std::nullopt;
  return static_cast<Number>(integer->value);
}

// `GigabitEthernet1/0/1-24` as its ports; one name that is no range as itself; nothing when the range
// runs backwards or is too long.
constexpr unsigned most_ports_in_range = 1024;
std::optional<std::vector<std::string>> port_names(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  std::size_t digits = dash;
  while (digits != std::string_view::npos && digits > 0 && text[digits - 1] >= '0' && text[digits - 1] <= '9')
    --digits;
  unsigned last = 0;
  if (dash == std::string_view::npos || digits == dash) return std::vector{std::string(text)};
  const auto [stop, error] = std::from_chars(text.data() + dash + 1, text.data() + text.size(), last);
  if (error != std::errc() || stop != text.data() + text.size()) return std::vector{std::string(text)};
  unsigned first = 0;
  std::from_chars(text.data() + digits, text.data() + dash, first);
  if (last < first || last - first >= most_ports_in_range) return std::nullopt;
  std::vector<std::string> names;
  for (unsigned number = first; number <= last; ++number) {
    names.push_back(std::string(text.substr(0, digits)) + std::to_string(number));
  }
  return names;
}

}  // namespace

void Resolver::build_devices() {
  for (std::uint32_t index = 0; index < devices_.size(); ++index) {
    build_device(ir::DeviceId{index}, *devices_[index].item, devices_[index].scope);
  }
  check_redundancy();
  check_duplicate_addresses();
  check_links();
  check_vlans();
  std::vector<packet::AddressRange> own[2];
  for (const auto& [address, range] : own_) {
    own[static_cast<std::size_t>(address.family)].push_back({address.bits, address.bits});
  }
  for (const Family family : packet::families) {
    policy_.device_addresses.of(family) =
        AddressSet(family, std::move(own[static_cast<std::size_t>(family)]));
  }
}

void Resolver::build_device(ir::DeviceId id, const syntax::Device& device, ScopeId scope) {
  ir::Device& out = policy_.devices[id];
  out.platform = device.platform.value;
  out.platform_range = device.platform.range;
  out.version = device.version.value;
  out.shut_unused = device.unused.present();
  out.parking_vlan = number_of<std::uint16_t>(device.parking_vlan);
  out.shortest_routing = device.routing.value == "shortest";
  out.state_sync = device.state_sync.value;
  std::map<std::string_view, Range> ports;
  for (const syntax::Interface& interface : device.interfaces) {
    build_interface(out, interface, scope);
    const std::string_view port = interface.port.present() ? interface.port.value : interface.name.value;
    const auto [first, fresh] =
        ports.emplace(port, interface.port.present() ? interface.port.range : interface.name.range);
    if (!fresh) {
      diagnostics_.build(kind::port_used_twice, interface.range, port)
          .label(first->second, "first used here")
          .help("an interface has one network; give the other network a port or a subinterface of its own")
          .emit();
    }
  }
  build_ports(out, device, scope);
  for (const syntax::Radio& radio : device.radios) {
    ir::Radio built;
    built.name = radio.name.value;
    built.name_range = radio.name.range;
    built.range = radio.range;
    for (const syntax::Text& text : radio.networks) {
      if (const ir::NetworkId network = network_reference(text, scope); network.valid())
        built.networks.push_back(network);
    }
    out.radios.push_back(std::move(built));
  }
  build_routes(out, device);
}

void Resolver::build_interface(ir::Device& device, const syntax::Interface& interface, ScopeId scope) {
  ir::Interface out;
  out.name = interface.name.value;
  out.name_range = interface.name.range;
  out.range = interface.range;
  out.port = interface.port.present() ? interface.port.value : interface.name.value;
  out.network = network_reference(interface.network, scope);
  out.vrf = interface.vrf.value;
  out.filter = filter_mode(interface.filter.value);
  out.filter_range = interface.filter.range;
  out.security_level = number_of<std::uint8_t>(interface.security_level);
  out.cost = number_of<std::uint32_t>(interface.cost);
  out.ospf = interface.ospf.value;
  if (!out.network.valid()) return;
  const auto own_address = [&](const syntax::Text& text, Family family,
                               std::optional<std::uint8_t>& length) -> std::optional<Address> {
    if (!text.present()) return std::nullopt;
    const auto address = interface_address(text, family, out.network, length);
    if (address) {
      note_address(*address, text.range);
      own_.emplace_back(*address, text.range);
    }
    return address;
  };
  out.ipv4 = own_address(interface.ipv4, Family::ipv4, out.ipv4_length);
  out.ipv6 = own_address(interface.ipv6, Family::ipv6, out.ipv6_length);
  if (interface.redundancy) build_redundancy(out, *interface.redundancy);
  device.interfaces.push_back(std::move(out));
}

// With a length where no prefix of the network says it; elsewhere a length may only repeat the network's.
std::optional<Address> Resolver::interface_address(const syntax::Text& text, Family family,
                                                   ir::NetworkId network,
                                                   std::optional<std::uint8_t>& length) {
  const std::size_t slash = text.value.find('/');
  if (slash == std::string_view::npos) return address_in(text, family, network);
  syntax::Text bare = text;
  bare.value = text.value.substr(0, slash);
  const auto address = address_in(bare, family, network);
  if (!address) return std::nullopt;
  const auto stated = packet::parse_prefix(text.value);
  const ir::Network& there = policy_.networks[network];
  const bool fits =
      stated && (there.any(family) || std::ranges::any_of(there.prefixes, [&](const Prefix& prefix) {
                   return prefix.contains(*address) && prefix.length == stated->length;
                 }));
  if (!fits) {
    diagnostics_.build(kind::wrong_length, text.range, text.value, there.name)
        .label(there.name_range, "the network")
        .help("leave the length out: it is the network's; only in a network that is `any` it is needed")
        .emit();
    return std::nullopt;
  }
  if (there.any(family)) length = stated->length;
  return address;
}

void Resolver::build_redundancy(ir::Interface& interface, const syntax::Redundancy& redundancy) {
  ir::Redundancy out;
  out.protocol =
      redundancy.protocol.value == "vrrp" ? ir::Redundancy::Protocol::vrrp : ir::Redundancy::Protocol::hsrp;
  out.group = number_of<std::uint16_t>(redundancy.group).value_or(0);
  out.priority = number_of<std::uint16_t>(redundancy.priority);
  out.range = redundancy.range;
  if (redundancy.ipv4.present()) out.ipv4 = address_in(redundancy.ipv4, Family::ipv4, interface.network);
  if (redundancy.ipv6.present()) out.ipv6 = address_in(redundancy.ipv6, Family::ipv6, interface.network);
  interface.redundancy = out;
}

// Members of a group share its virtual address; it is noted once.
void Resolver::check_redundancy() {
  std::map<std::tuple<ir::NetworkId, ir::Redundancy::Protocol, std::uint16_t>, const ir::Redundancy*> groups;
  for (const ir::Device& device : policy_.devices) {
    for (const ir::Interface& interface : device.interfaces) {
      if (!interface.redundancy) continue;
      const ir::Redundancy& own = *interface.redundancy;
      const auto [group, fresh] = groups.try_emplace({interface.network, own.protocol, own.group}, &own);
      if (fresh) {
        note_virtual(own);
      } else {
        compare_members(*group->second, own);
      }
    }
  }
}

void Resolver::note_virtual(const ir::Redundancy& group) {
  for (const auto& address : {group.ipv4, group.ipv6}) {
    if (!address) continue;
    note_address(*address, group.range);
    own_.emplace_back(*address, group.range);
  }
}

void Resolver::compare_members(const ir::Redundancy& first, const ir::Redundancy& other) {
  if (first.ipv4 == other.ipv4 && first.ipv6 == other.ipv6) return;
  diagnostics_.build(kind::redundancy_disagrees, other.range, other.group)
      .label(first.range, "another member says this")
      .help("every member of a group has the same virtual addresses")
      .emit();
}

void Resolver::build_ports(ir::Device& device, const syntax::Device& item, ScopeId scope) {
  std::map<std::string, Range> seen;
  for (const syntax::Port& port : item.ports) {
    const auto names = port_names(port.name.value);
    if (!names) {
      diagnostics_.build(kind::bad_port_range, port.name.range, port.name.value)
          .help("write the lower number first, and at most {} ports", most_ports_in_range)
          .emit();
      continue;
    }
    std::optional<ir::Port> built = build_port(port, names->size(), scope);
    if (!built) continue;
    for (const std::string& name : *names) {
      const auto [first, fresh] = seen.emplace(name, port.name.range);
      if (!fresh) {
        diagnostics_.build(kind::port_used_twice, port.name.range, name)
            .label(first->second, "first used here")
            .help("a port has one role")
            .emit();
        continue;
      }
      built->name = name;
      device.ports.push_back(*built);
    }
  }
}

// One port, or what all ports of a range have in common.
std::optional<ir::Port> Resolver::build_port(const syntax::Port& port, std::size_t count, ScopeId scope) {
  const int roles =
      (port.access.present() ? 1 : 0) + (port.to.present() ? 1 : 0) + (port.shutdown.value ? 1 : 0);
  if (roles != 1 || (port.to.present() && count > 1)) {
    diagnostics_.build(kind::port_role, port.range, port.name.value)
        .help("one of `access: NETWORK`, `to: DEVICE/PORT` (for one port) and `shutdown: true`")
        .emit();
    return std::nullopt;
  }
  ir::Port built;
  built.name_range = port.name.range;
  built.range = port.range;
  built.shutdown = port.shutdown.value;
  built.native_vlan = number_of<std::uint16_t>(port.native_vlan);
  if (port.access.present()) built.access = network_reference(port.access, scope);
  if (!port.to.present()) return built;
  const std::size_t slash = port.to.value.find('/');
  if (slash == std::string_view::npos) {
    diagnostics_.build(kind::link_end, port.to.range, port.to.value).help("write `DEVICE/PORT`").emit();
    return std::nullopt;
  }
  const ir::DeviceId peer = device_reference(port.to, port.to.value.substr(0, slash), scope);
  if (peer.valid()) built.to = ir::LinkEnd{peer, std::string(port.to.value.substr(slash + 1))};
  return built;
}

void Resolver::build_routes(ir::Device& device, const syntax::Device& item) {
  for (const syntax::StaticRoute& route : item.routes) {
    const auto via = packet::parse_address(route.via.value);
    auto to = packet::parse_prefix(route.to.value);
    if (route.to.value == "any" && via) to = Prefix{{via->family, 0}, 0};
    const bool attached =
        via && std::ranges::any_of(device.interfaces, [&](const ir::Interface& interface) {
          return interface.vrf == route.vrf.value &&
                 policy_.networks[interface.network].addresses.of(via->family).contains(*via);
        });
    if (!via || !to || to->family() != via->family || to->has_host_bits() || !attached) {
      diagnostics_.build(kind::bad_route, route.range, route.to.value, route.via.value)
          .help("`to:` is a prefix or `any`, `via:` an address of a network that the device is attached to")
          .emit();
      continue;
    }
    device.routes.push_back({*to, *via, std::string(route.vrf.value), route.range});
  }
}

}  // namespace cordon::resolve
