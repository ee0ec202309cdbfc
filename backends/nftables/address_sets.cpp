// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/address_sets.h"

#include <algorithm>

#include <fmt/format.h>

namespace cordon::backends::nftables {
namespace {

using packet::Address;
using packet::AddressSet;
using packet::Family;

constexpr std::size_t name_limit = 63;

// Depends on the members alone, so that a name stays when other sets come and go.
std::string digest(const AddressSet& set) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto mix = [&hash](packet::Bits bits) {
    for (int byte = 0; byte < 16; ++byte) {
      hash = (hash ^ static_cast<std::uint8_t>(bits >> (8 * byte))) * 0x100000001b3U;
    }
  };
  for (const packet::AddressRange& range : set.ranges()) {
    mix(range.first);
    mix(range.last);
  }
  return fmt::format("{:08x}", static_cast<std::uint32_t>(hash ^ hash >> 32U));
}

std::string base_name(const config::NamedAddressSet& set) {
  std::string name = set.addresses.family() == Family::ipv4 ? "v4-" : "v6-";
  for (const char c : plain(set.label, set.label.size())) {
    const bool kept = c != ' ' && c != ',' && c != ':' && c != '/';
    name += kept ? c : '_';
  }
  return name;
}

const char* keyword(Family family) { return family == Family::ipv4 ? "ip" : "ip6"; }

}  // namespace

std::string range_text(Family family, const packet::AddressRange& range) {
  const std::string first = packet::to_string(Address{family, range.first});
  if (range.first == range.last) return first;
  const std::vector<packet::Prefix> prefixes = AddressSet(family, {range}).prefixes();
  if (prefixes.size() == 1) return packet::to_string(prefixes.front());
  return fmt::format("{}-{}", first, packet::to_string(Address{family, range.last}));
}

void AddressSets::use(config::AddressSetId id) {
  if (device_.addresses[id].addresses.ranges().size() > 1) names_.try_emplace(id);
}

void AddressSets::use(const config::Rule& rule) {
  use(rule.source);
  use(rule.destination);
}

// Sets of one name, or with a name too long, are told apart by what they hold.
void AddressSets::name_all() {
  std::map<std::string, int> uses;
  for (auto& [id, name] : names_) {
    name = base_name(device_.addresses[id]);
    ++uses[name];
  }
  for (auto& [id, name] : names_) {
    if (uses[name] == 1 && name.size() <= name_limit) continue;
    const std::string tail = "." + digest(device_.addresses[id].addresses);
    name = name.substr(0, name_limit - tail.size()) + tail;
  }
}

void AddressSets::write(Writer& writer) const {
  for (const auto& [id, name] : names_) {
    const config::NamedAddressSet& set = device_.addresses[id];
    const Family family = set.addresses.family();
    writer.line(1, fmt::format("set {} {{", name));
    writer.line(2, family == Family::ipv4 ? "type ipv4_addr" : "type ipv6_addr");
    writer.line(2, "flags interval");
    writer.line(2, "elements = {");
    const auto& ranges = set.addresses.ranges();
    for (const packet::AddressRange& range : ranges) {
      writer.line(3, range_text(family, range) + (&range == &ranges.back() ? "" : ","));
    }
    writer.line(2, "}");
    writer.line(1, "}");
    writer.blank();
  }
}

std::string AddressSets::operand(config::AddressSetId id) const {
  if (const auto found = names_.find(id); found != names_.end()) return "@" + found->second;
  const AddressSet& set = device_.addresses[id].addresses;
  return range_text(set.family(), set.ranges().front());
}

std::string AddressSets::match(const config::Rule& rule) const {
  std::string text;
  const auto add = [&](const char* field, config::AddressSetId id) {
    if (device_.addresses[id].addresses.is_all()) return;
    text += fmt::format("{}{} {} {}", text.empty() ? "" : " ", keyword(rule.family), field, operand(id));
  };
  add("saddr", rule.source);
  add("daddr", rule.destination);
  if (!text.empty()) return text;
  return rule.family == Family::ipv4 ? "meta nfproto ipv4" : "meta nfproto ipv6";
}

}  // namespace cordon::backends::nftables
