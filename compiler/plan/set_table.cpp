// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/set_table.h"

#include <algorithm>
#include <functional>

namespace cordon::plan {
namespace {

// Mixing as in SplitMix64 (public domain constants); only spread matters here, never the value.
std::size_t mix(std::size_t seed, std::uint64_t value) {
  std::uint64_t x = seed + 0x9e3779b97f4a7c15U + value;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

std::size_t mix(std::size_t seed, packet::Bits bits) {
  return mix(mix(seed, static_cast<std::uint64_t>(bits)), static_cast<std::uint64_t>(bits >> 64U));
}

std::size_t hash_of(const packet::AddressSet& set) {
  auto hash = static_cast<std::size_t>(set.family());
  for (const packet::AddressRange& range : set.ranges()) hash = mix(mix(hash, range.first), range.last);
  return hash;
}

std::size_t hash_of(const packet::ServiceSet& set) {
  std::size_t hash = 0;
  for (const packet::ServiceTerm& term : set) {
    hash = mix(hash, std::uint64_t{term.protocol.value_or(0)} << 32U |
                         std::uint64_t{term.destination.first} << 16U | term.destination.last);
    hash = mix(hash, std::uint64_t{term.source.first} << 16U | term.source.last);
    hash = mix(hash, std::uint64_t{term.icmp_type.value_or(0)} << 8U | term.icmp_code.value_or(0));
  }
  return hash;
}

// The shortest label, then the first in the alphabet: the same whoever asks first.
void choose(std::string& label, std::string_view other) {
  if (std::pair(other.size(), other) < std::pair(label.size(), std::string_view(label))) label = other;
}

template <class Map, class Equal>
auto find(const Map& map, std::size_t hash, Equal equal) {
  const auto [first, last] = map.equal_range(hash);
  const auto found = std::find_if(first, last, [&](const auto& entry) { return equal(entry.second); });
  return found == last ? typename Map::mapped_type{} : found->second;
}

}  // namespace

SetTable::SetTable(config::Device& device) : device_(device) {
  for (const config::AddressSetId id : device.addresses.ids())
    addresses_.emplace(hash_of(device.addresses[id].addresses), id);
  for (const config::ServiceSetId id : device.services.ids())
    services_.emplace(hash_of(device.services[id].terms), id);
  for (const config::OriginId id : device.origins.ids())
    origins_.emplace(std::hash<std::string>{}(device.origins[id].label), id);
}

config::AddressSetId SetTable::addresses(const packet::AddressSet& set, std::string_view label) {
  const std::size_t hash = hash_of(set);
  config::AddressSetId id = find(addresses_, hash, [&](config::AddressSetId other) {
    return device_.addresses[other].addresses == set;
  });
  if (!id.valid()) {
    id = device_.addresses.push_back({.addresses = set, .label = std::string(label)});
    addresses_.emplace(hash, id);
  }
  choose(device_.addresses[id].label, label);
  return id;
}

config::ServiceSetId SetTable::services(const packet::ServiceSet& set, std::string_view label) {
  const std::size_t hash = hash_of(set);
  config::ServiceSetId id =
      find(services_, hash, [&](config::ServiceSetId other) { return device_.services[other].terms == set; });
  if (!id.valid()) {
    id = device_.services.push_back({.terms = set, .label = std::string(label)});
    services_.emplace(hash, id);
  }
  choose(device_.services[id].label, label);
  return id;
}

namespace {

// Moves the items that are used, in order of first use, and says where each went.
template <class IdType, class T>
class Renumbering {
 public:
  explicit Renumbering(IdVector<IdType, T>& items) : items_(items), moved_(items.size()) {}
  ~Renumbering() { items_ = std::move(kept_); }
  Renumbering(const Renumbering&) = delete;
  Renumbering& operator=(const Renumbering&) = delete;

  void use(IdType& id) {
    if (!id.valid()) return;
    IdType& moved = moved_[id.value];
    if (!moved.valid()) moved = kept_.push_back(std::move(items_[id]));
    id = moved;
  }

 private:
  IdVector<IdType, T>& items_;
  IdVector<IdType, T> kept_;
  std::vector<IdType> moved_;
};

}  // namespace

void renumber(config::Device& device) {
  Renumbering addresses(device.addresses);
  Renumbering services(device.services);
  Renumbering origins(device.origins);
  for (config::Filter& filter : device.filters) {
    for (config::Rule& rule : filter.rules) {
      addresses.use(rule.source);
      addresses.use(rule.destination);
      services.use(rule.services);
      origins.use(rule.origin);
    }
  }
  for (config::ManagementAccess& access : device.management) {
    addresses.use(access.source);
    addresses.use(access.destination);
    origins.use(access.origin);
  }
  for (config::JointOrigin& joint : device.joint_origins) {
    origins.use(joint.origin);
    for (config::OriginId& part : joint.parts) origins.use(part);
  }
  for (config::Vlan& vlan : device.vlans) origins.use(vlan.origin);
  for (config::Port& port : device.ports) origins.use(port.origin);
}

config::OriginId SetTable::origin(const config::Origin& origin) {
  const std::size_t hash = std::hash<std::string>{}(origin.label);
  config::OriginId id =
      find(origins_, hash, [&](config::OriginId other) { return device_.origins[other] == origin; });
  if (!id.valid()) {
    id = device_.origins.push_back(origin);
    origins_.emplace(hash, id);
  }
  return id;
}

}  // namespace cordon::plan
