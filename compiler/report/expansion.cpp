// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/expansion.h"

#include <cmath>
#include <cstddef>
#include <iterator>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::report {
namespace {

using Json = nlohmann::ordered_json;
using packet::AddressSet;
using packet::Family;

constexpr std::size_t names_shown = 8;

long double size_of(const AddressSet& set) {
  long double size = 0;
  for (const packet::AddressRange& range : set.ranges())
    size += static_cast<long double>(range.last - range.first) + 1;
  return size;
}

std::string number_text(long double size) {
  constexpr long double exact = 4294967296.0L;
  if (size <= exact) return fmt::format("{:.0f}", static_cast<double>(size));
  return fmt::format("about 2^{:.0f}", static_cast<double>(std::round(std::log2(size))));
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// The part of a set that lies in one network.
struct NetworkPart {
  ir::NetworkId network;
  ir::Addresses addresses;
  bool whole = true;
  std::vector<ir::HostId> hosts;
};

struct Expansion {
  std::vector<NetworkPart> networks;
  std::vector<ir::DeviceId> devices;  // with all their addresses or some
  ir::Addresses own, beyond;          // devices' own; in no network
  std::size_t hosts = 0;
};

ir::Addresses common(const ir::Addresses& a, const ir::Addresses& b) {
  ir::Addresses both;
  for (const Family family : packet::families) both.of(family) = intersect(a.of(family), b.of(family));
  return both;
}
void take_away(ir::Addresses& from, const ir::Addresses& what) {
  for (const Family family : packet::families) from.of(family) = subtract(from.of(family), what.of(family));
}

Expansion expand(const ir::Policy& policy, const ir::Addresses& addresses) {
  Expansion out;
  out.beyond = addresses;
  std::vector<std::vector<ir::HostId>> hosts(policy.networks.size());
  for (const ir::HostId id : policy.hosts.ids()) {
    if (common(ir::addresses_of(policy.hosts[id]), addresses).empty()) continue;
    hosts[policy.hosts[id].network.value].push_back(id);
    ++out.hosts;
  }
  for (const ir::DeviceId id : policy.devices.ids()) {
    const ir::Addresses own = common(ir::own_addresses(policy.devices[id]), addresses);
    if (own.empty()) continue;
    out.devices.push_back(id);
    ir::add(out.own, own);
  }
  take_away(out.beyond, out.own);
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Addresses all = ir::hosts_of(policy, id);
    ir::Addresses part = common(all, addresses);
    if (part.empty()) continue;
    take_away(out.beyond, part);
    const bool whole = part == all;
    out.networks.push_back({id, std::move(part), whole, std::move(hosts[id.value])});
  }
  return out;
}

void add_prefixes(std::string& text, const AddressSet& set) {
  for (const packet::Prefix& prefix : set.prefixes()) {
    const bool one = prefix.length == packet::width(set.family());
    fmt::format_to(std::back_inserter(text), "  {}\n", one ? to_string(prefix.address) : to_string(prefix));
  }
}
void add_prefixes(std::string& text, const ir::Addresses& addresses) {
  for (const Family family : packet::families) add_prefixes(text, addresses.of(family));
}

// A prefix never means the devices' own addresses, so it may be said over them where that is shorter.
AddressSet over_devices(const ir::Policy& policy, const AddressSet& set) {
  const AddressSet span(set.family(), {{set.ranges().front().first, set.ranges().back().last}});
  AddressSet over = unite(set, intersect(policy.device_addresses.of(set.family()), span));
  return over.prefixes().size() < set.prefixes().size() ? over : set;
}

// As the network says them; `any` as a word.
void add_whole(std::string& text, const ir::Network& network) {
  for (const packet::Prefix& prefix : network.prefixes) text += "  " + to_string(prefix) + "\n";
  if (network.any_ipv4) text += "  any IPv4 unicast address that no network declares\n";
  if (network.any_ipv6) text += "  any IPv6 unicast address that no network declares\n";
}

// Of part of a network each host with its addresses, and then what is no declared host's.
void add_part(std::string& text, const ir::Policy& policy, const NetworkPart& part) {
  ir::Addresses rest = part.addresses;
  for (const ir::HostId id : part.hosts) {
    const ir::Addresses held = common(ir::addresses_of(policy.hosts[id]), part.addresses);
    for (const Family family : packet::families) {
      for (const packet::AddressRange& range : held.of(family).ranges())
        fmt::format_to(std::back_inserter(text), "  {} {}\n", to_string(packet::Address{family, range.first}),
                       policy.hosts[id].name);
    }
    take_away(rest, held);
  }
  // Written over the hosts that were named, where there is more than them.
  for (const Family family : packet::families) {
    if (!rest.of(family).empty()) add_prefixes(text, over_devices(policy, part.addresses.of(family)));
  }
}

void add_network(std::string& text, const ir::Policy& policy, const NetworkPart& part) {
  const ir::Network& network = policy.networks[part.network];
  fmt::format_to(std::back_inserter(text), "network {}", network.name);
  if (network.vlan) fmt::format_to(std::back_inserter(text), ", VLAN {}", *network.vlan);
  if (network.zone.valid())
    fmt::format_to(std::back_inserter(text), ", zone {}", policy.zones[network.zone].name);
  text += part.whole ? ", all of it\n" : "\n";
  if (!part.whole) return add_part(text, policy, part);
  add_whole(text, network);
  if (part.hosts.empty()) return;
  std::string names;
  for (std::size_t at = 0; at < std::min(part.hosts.size(), names_shown); ++at)
    names += (at == 0 ? "" : ", ") + policy.hosts[part.hosts[at]].name;
  if (part.hosts.size() > names_shown) names += fmt::format(" and {} more", part.hosts.size() - names_shown);
  fmt::format_to(std::back_inserter(text), "  {}\n", names);
}

std::string count_text(const Expansion& expansion, const ir::Addresses& addresses) {
  std::string text = address_count(addresses);
  if (!expansion.networks.empty()) text += " in " + counted(expansion.networks.size(), "network");
  if (expansion.hosts > 0) text += ", " + counted(expansion.hosts, "declared host");
  if (!expansion.devices.empty()) text += ", " + counted(expansion.devices.size(), "device");
  return text + "\n";
}

}  // namespace

std::string address_count(const ir::Addresses& addresses) {
  std::string text;
  for (const Family family : packet::families) {
    const long double size = size_of(addresses.of(family));
    if (size == 0) continue;
    text += fmt::format("{}{} {} address{}", text.empty() ? "" : ", ", number_text(size),
                        family == Family::ipv4 ? "IPv4" : "IPv6", size == 1 ? "" : "es");
  }
  return text.empty() ? "no address" : text;
}

std::string expansion_text(const ir::Policy& policy, const ir::Addresses& addresses) {
  const Expansion expansion = expand(policy, addresses);
  std::string text;
  for (const NetworkPart& part : expansion.networks) add_network(text, policy, part);
  for (const ir::DeviceId id : expansion.devices) {
    const ir::Device& device = policy.devices[id];
    fmt::format_to(std::back_inserter(text), "device {}{}{}\n", device.name,
                   device.configured() ? ", platform " : "", device.platform);
    add_prefixes(text, common(ir::own_addresses(device), addresses));
  }
  if (!expansion.beyond.empty()) {
    text += "in no network\n";
    add_prefixes(text, expansion.beyond);
  }
  return text + count_text(expansion, addresses);
}

std::string expansion_count(const ir::Policy& policy, const ir::Addresses& addresses) {
  return count_text(expand(policy, addresses), addresses);
}

std::string expansion_json(const ir::Policy& policy, std::string_view expression,
                           const ir::Addresses& addresses, std::string_view version) {
  const Expansion expansion = expand(policy, addresses);
  const auto prefixes = [](const ir::Addresses& set) {
    Json list = Json::array();
    for (const Family family : packet::families) {
      for (const packet::Prefix& prefix : set.of(family).prefixes()) list.push_back(to_string(prefix));
    }
    return list;
  };
  Json networks = Json::array(), devices = Json::array();
  for (const NetworkPart& part : expansion.networks) {
    const ir::Network& network = policy.networks[part.network];
    Json hosts = Json::array();
    for (const ir::HostId host : part.hosts) hosts.push_back(policy.hosts[host].name);
    networks.push_back({{"name", network.name},
                        {"zone", network.zone.valid() ? Json(policy.zones[network.zone].name) : Json()},
                        {"whole", part.whole},
                        {"prefixes", prefixes(part.addresses)},
                        {"hosts", std::move(hosts)}});
  }
  for (const ir::DeviceId id : expansion.devices) devices.push_back(policy.devices[id].name);
  const Json document = {{"format", "cordon.resolve"},
                         {"format_version", "1.0"},
                         {"tool", {{"name", "cordon"}, {"version", version}}},
                         {"expression", expression},
                         {"prefixes", prefixes(addresses)},
                         {"networks", std::move(networks)},
                         {"devices", std::move(devices)},
                         {"beyond", prefixes(expansion.beyond)},
                         {"count",
                          {{"ipv4", static_cast<std::uint64_t>(size_of(addresses.v4))},
                           {"ipv6", static_cast<double>(size_of(addresses.v6))},
                           {"hosts", expansion.hosts}}}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cordon::report
