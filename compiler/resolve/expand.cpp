// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a name stands for, in lines for a person.
#include <algorithm>
#include <iterator>

#include "compiler/resolve/resolve.h"

namespace cordon::resolve {
namespace {

template <class Items>
auto find_named(const Items& items, std::string_view name) {
  return std::ranges::find(items, name, [](const auto& item) -> std::string_view { return item.name; });
}

void append_addresses(std::string& out, const ir::Addresses& addresses) {
  for (const packet::Family family : packet::families) {
    for (const packet::Prefix& prefix : addresses.of(family).prefixes())
      out += "  " + to_string(prefix) + "\n";
  }
}

void append_network(std::string& out, const ir::Policy& policy, ir::NetworkId id) {
  const ir::Network& network = policy.networks[id];
  fmt::format_to(std::back_inserter(out), "network {}", network.name);
  if (network.vlan) fmt::format_to(std::back_inserter(out), ", VLAN {}", *network.vlan);
  if (network.zone.valid())
    fmt::format_to(std::back_inserter(out), ", zone {}", policy.zones[network.zone].name);
  out += '\n';
  for (const packet::Prefix& prefix : network.prefixes) out += "  " + to_string(prefix) + "\n";
  if (network.any_ipv4) out += "  any IPv4 unicast address that no network declares\n";
  if (network.any_ipv6) out += "  any IPv6 unicast address that no network declares\n";
}

std::string device_text(const ir::Policy& policy, const ir::Device& device) {
  std::string out =
      fmt::format("device {}{}{}\n", device.name, device.configured() ? ", platform " : "", device.platform);
  for (const ir::Interface& interface : device.interfaces) {
    fmt::format_to(std::back_inserter(out), "  {} ({}) on network {}", interface.name, interface.port,
                   policy.networks[interface.network].name);
    if (interface.ipv4) out += " " + to_string(*interface.ipv4);
    if (interface.ipv6) out += " " + to_string(*interface.ipv6);
    out += '\n';
  }
  return out;
}

std::optional<std::string> literal_text(const ir::Policy& policy, std::string_view text) {
  auto prefix = packet::parse_prefix(text);
  if (const auto address = packet::parse_address(text)) {
    prefix = packet::Prefix{*address, static_cast<std::uint8_t>(packet::width(address->family))};
  }
  if (!prefix) return std::nullopt;
  std::string out;
  const packet::AddressSet wanted(*prefix);
  for (const ir::NetworkId id : policy.networks.ids()) {
    if (intersects(policy.networks[id].addresses.of(prefix->family()), wanted))
      append_network(out, policy, id);
  }
  for (const ir::Host& host : policy.hosts) {
    const auto& address = prefix->family() == packet::Family::ipv4 ? host.ipv4 : host.ipv6;
    if (address && prefix->contains(*address)) {
      fmt::format_to(std::back_inserter(out), "host {} {}\n", host.name, to_string(*address));
    }
  }
  if (out.empty()) out = "in no network\n";
  return out;
}

std::string zone_text(const ir::Policy& policy, const ir::Zone& zone) {
  std::string out = fmt::format("zone {}{}\n", zone.name, zone.isolate ? ", isolating" : "");
  for (const ir::NetworkId network : zone.networks) append_network(out, policy, network);
  return out;
}

std::string host_text(const ir::Policy& policy, const ir::Host& host) {
  std::string out = fmt::format("host {}\n", host.name);
  if (host.ipv4) out += "  " + to_string(*host.ipv4) + "\n";
  if (host.ipv6) out += "  " + to_string(*host.ipv6) + "\n";
  append_network(out, policy, host.network);
  return out;
}

std::string group_text(const ir::Policy& policy, const ir::Group& group) {
  std::string out = fmt::format("group {}\n", group.name);
  for (const ir::Piece& piece : policy.endpoints[group.endpoint].pieces) {
    if (piece.whole) {
      append_network(out, policy, piece.network);
    } else {
      append_addresses(out, piece.addresses);
    }
  }
  return out;
}

std::optional<std::string> network_text(const ir::Policy& policy, std::string_view name) {
  for (const ir::NetworkId id : policy.networks.ids()) {
    if (policy.networks[id].name != name) continue;
    std::string out;
    append_network(out, policy, id);
    return out;
  }
  return std::nullopt;
}

// `zone:servers` asks for one kind of thing, `servers` for the first that has the name.
struct Wanted {
  std::string_view kind, name;
  [[nodiscard]] bool is(std::string_view word) const { return kind.empty() || kind == word; }
};

Wanted parse_wanted(std::string_view expression) {
  for (const std::string_view word : {"zone", "network", "host", "group", "device", "service"}) {
    if (expression.starts_with(word) && expression.substr(word.size()).starts_with(':'))
      return {word, expression.substr(word.size() + 1)};
  }
  return {{}, expression};
}

// The text of the first item that has the name.
template <class Items, class Text>
std::optional<std::string> named_text(const Items& items, std::string_view name, Text text) {
  const auto found = find_named(items, name);
  return found == items.end() ? std::nullopt : std::optional<std::string>(text(*found));
}

}  // namespace

std::optional<std::string> expand(const ir::Policy& policy, std::string_view expression) {
  const Wanted wanted = parse_wanted(expression);
  std::optional<std::string> text;
  const auto look = [&](std::string_view word, const auto& items, auto describe) {
    if (!text && wanted.is(word)) text = named_text(items, wanted.name, describe);
  };
  if (wanted.kind.empty()) text = literal_text(policy, wanted.name);
  look("zone", policy.zones, [&](const ir::Zone& zone) { return zone_text(policy, zone); });
  if (!text && wanted.is("network")) text = network_text(policy, wanted.name);
  look("host", policy.hosts, [&](const ir::Host& host) { return host_text(policy, host); });
  look("group", policy.groups, [&](const ir::Group& group) { return group_text(policy, group); });
  look("service", policy.services, [](const ir::Service& service) {
    return fmt::format("service {}\n  {}\n", service.name, to_string(service.terms));
  });
  look("device", policy.devices, [&](const ir::Device& device) { return device_text(policy, device); });
  return text;
}

}  // namespace cordon::resolve
