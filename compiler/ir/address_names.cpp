// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/ir/address_names.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include <fmt/format.h>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::ir {
namespace {

std::size_t index_of(Family family) { return static_cast<std::size_t>(family); }

// A prefix never means the devices' own addresses, so it may be said over them where that is shorter.
std::vector<Prefix> plain_prefixes(const AddressSet& part, const Policy& policy) {
  std::vector<Prefix> exact = part.prefixes();
  const AddressSet span(part.family(), {{part.ranges().front().first, part.ranges().back().last}});
  const AddressSet within = intersect(policy.device_addresses.of(part.family()), span);
  if (within.empty()) return exact;
  std::vector<Prefix> over = unite(part, within).prefixes();
  return over.size() < exact.size() ? over : exact;
}

std::string joined(const std::vector<std::string>& parts, std::size_t shown) {
  if (parts.empty()) return "nobody";
  std::string text;
  for (std::size_t at = 0; at < std::min(shown, parts.size()); ++at)
    text += (at == 0 ? "" : ", ") + parts[at];
  return parts.size() > shown ? fmt::format("{} and {} more", text, parts.size() - shown) : text;
}

}  // namespace

// Names that come first win: what a person would say of a set that has several.
AddressNames::AddressNames(const Policy& policy) : policy_(&policy) {
  place_networks();
  for (const Zone& zone : policy.zones) {
    Addresses all;
    for (const NetworkId network : zone.networks) add(all, policy.networks[network].addresses);
    add_name(hosts_of(policy, zone), zone.name);
    add_name(all, zone.name);
  }
  for (const NetworkId id : policy.networks.ids()) {
    add_name(hosts_of(policy, id), policy.networks[id].name);
    add_name(policy.networks[id].addresses, policy.networks[id].name);
  }
  for (const Group& group : policy.groups) {
    if (group.endpoint.valid()) add_group(addresses_of(policy, policy.endpoints[group.endpoint]), group.name);
  }
  for (const Host& host : policy.hosts) {
    for (const auto& address : {host.ipv4, host.ipv6}) {
      if (address) single_.try_emplace(*address, host.name);
    }
  }
  for (const Device& device : policy.devices) add_device(device);
}

void AddressNames::place_networks() {
  for (const NetworkId id : policy_->networks.ids()) {
    const Addresses hosts = hosts_of(*policy_, id);
    for (const Family family : packet::families) {
      hosts_[index_of(family)].push_back(hosts.of(family));
      if (policy_->networks[id].any(family)) any_[index_of(family)] = id;
    }
    add_segments(id);
  }
  for (auto& segments : segments_)
    std::ranges::sort(segments, {}, [](const Segment& each) { return each.range; });
}

void AddressNames::add_device(const Device& device) {
  const Addresses own = own_addresses(device);
  add_name(own, "device " + device.name);
  for (const Family family : packet::families) {
    for (const packet::AddressRange& range : own.of(family).ranges()) {
      for (packet::Bits bits = range.first;; ++bits) {
        single_.try_emplace({family, bits}, "device " + device.name);
        if (bits == range.last) break;
      }
    }
  }
}

void AddressNames::add_name(const Addresses& addresses, const std::string& name) {
  for (const Family family : packet::families) {
    if (!addresses.of(family).empty()) names_.try_emplace(addresses.of(family), name);
  }
}

// Of several hosts one may have the only address in a family: that is the host, not the group.
void AddressNames::add_group(const Addresses& addresses, const std::string& name) {
  const bool one4 = addresses.v4.ranges().size() == 1 &&
                    addresses.v4.ranges().front().first == addresses.v4.ranges().front().last;
  const bool one6 = addresses.v6.ranges().size() == 1 &&
                    addresses.v6.ranges().front().first == addresses.v6.ranges().front().last;
  if (one4 == one6) return add_name(addresses, name);
  Addresses several = addresses;
  several.of(one4 ? Family::ipv4 : Family::ipv6) = AddressSet(one4 ? Family::ipv4 : Family::ipv6);
  add_name(several.empty() ? addresses : several, name);
}

void AddressNames::add_segments(NetworkId network) {
  for (const Family family : packet::families) {
    if (policy_->networks[network].any(family)) continue;
    for (const packet::AddressRange& range : policy_->networks[network].addresses.of(family).ranges())
      segments_[index_of(family)].push_back({range, network});
  }
}

std::vector<NetworkId> AddressNames::networks_in(const AddressSet& set) const {
  const auto& segments = segments_[index_of(set.family())];
  std::set<NetworkId> found;
  for (const packet::AddressRange& range : set.ranges()) {
    auto at = std::ranges::upper_bound(segments, range.first, {},
                                       [](const Segment& segment) { return segment.range.first; });
    if (at != segments.begin()) --at;
    for (; at != segments.end() && at->range.first <= range.last; ++at) {
      if (at->range.last >= range.first) found.insert(at->network);
    }
  }
  return {found.begin(), found.end()};
}

std::string AddressNames::literal(const Prefix& prefix, NetworkId network) const {
  const bool one = prefix.length == packet::width(prefix.family());
  if (one) {
    const auto known = single_.find(prefix.address);
    if (known != single_.end()) return known->second;
  }
  const std::string text = one ? to_string(prefix.address) : to_string(prefix);
  return network.valid() ? fmt::format("{} in {}", text, policy_->networks[network].name) : text;
}

void AddressNames::add_part(NetworkId network, const AddressSet& part,
                            std::vector<std::string>& parts) const {
  const AddressSet& hosts = hosts_[index_of(part.family())][network.value];
  const std::string& name = policy_->networks[network].name;
  const AddressSet rest = subtract(hosts, part);
  if (rest.empty()) {
    parts.push_back(name);
    return;
  }
  const std::vector<Prefix> own = plain_prefixes(part, *policy_), others = rest.prefixes();
  if (others.size() < own.size()) {
    std::vector<std::string> left_out;
    for (const Prefix& prefix : others) left_out.push_back(literal(prefix, {}));
    parts.push_back(fmt::format("{} except {}", name, joined(left_out, 3)));
    return;
  }
  for (const Prefix& prefix : own) parts.push_back(literal(prefix, network));
}

std::vector<std::string> AddressNames::parts(const AddressSet& set) const {
  const auto whole = names_.find(set);
  if (whole != names_.end()) return {whole->second};
  std::vector<std::string> parts;
  AddressSet rest = set;
  for (const NetworkId network : networks_in(set)) {
    const AddressSet& all = policy_->networks[network].addresses.of(set.family());
    add_part(network, intersect(set, all), parts);
    rest = subtract(rest, all);
  }
  const NetworkId any = any_[index_of(set.family())];
  if (any.valid()) {
    const AddressSet& all = policy_->networks[any].addresses.of(set.family());
    const AddressSet part = intersect(rest, all);
    if (!part.empty()) add_part(any, part, parts);
    rest = subtract(rest, all);
  }
  for (const Prefix& prefix : rest.prefixes()) parts.push_back(literal(prefix, {}));
  // A device has several addresses and one name.
  std::unordered_set<std::string> seen;
  std::erase_if(parts, [&](const std::string& part) { return !seen.insert(part).second; });
  return parts;
}

std::string AddressNames::text(const AddressSet& set, std::size_t shown) const {
  return joined(parts(set), shown);
}

std::string AddressNames::text(const Addresses& addresses, std::size_t shown) const {
  std::vector<std::string> all = addresses.v4.empty() ? std::vector<std::string>() : parts(addresses.v4);
  if (!addresses.v6.empty()) {
    for (std::string& part : parts(addresses.v6)) {
      if (std::ranges::find(all, part) == all.end()) all.push_back(std::move(part));
    }
  }
  return joined(all, shown);
}

}  // namespace cordon::ir
