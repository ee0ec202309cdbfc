// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/address_sets.h"

#include <fmt/format.h>

#include "backends/common/names.h"

namespace cordon::backends::nftables {
namespace {

using packet::Address;
using packet::AddressSet;
using packet::Family;

constexpr std::size_t name_limit = 63;

}  // namespace

const char* family_keyword(Family family) { return family == Family::ipv4 ? "ip" : "ip6"; }

std::string range_text(Family family, const packet::AddressRange& range) {
  std::string first = packet::to_string(Address{family, range.first});
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

void AddressSets::name_all() {
  std::vector<NamedThing> things;
  for (const auto& [id, name] : names_) {
    const config::NamedAddressSet& set = device_.addresses[id];
    const char* family = set.addresses.family() == Family::ipv4 ? "v4-" : "v6-";
    things.push_back({family + set.label, digest(set.addresses)});
  }
  std::vector<std::string> names = object_names(things, name_limit);
  auto next = names.begin();
  for (auto& [id, name] : names_) name = std::move(*next++);
}

void AddressSets::write(Writer& writer) const {
  for (const auto& [id, name] : names_) {
    const config::NamedAddressSet& set = device_.addresses[id];
    const Family family = set.addresses.family();
    line(writer, 1, fmt::format("set {} {{", name));
    line(writer, 2, family == Family::ipv4 ? "type ipv4_addr" : "type ipv6_addr");
    line(writer, 2, "flags interval");
    line(writer, 2, "elements = {");
    const auto& ranges = set.addresses.ranges();
    for (const packet::AddressRange& range : ranges) {
      line(writer, 3, range_text(family, range) + (&range == &ranges.back() ? "" : ","));
    }
    line(writer, 2, "}");
    line(writer, 1, "}");
    writer.end();
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
    text +=
        fmt::format("{}{} {} {}", text.empty() ? "" : " ", family_keyword(rule.family), field, operand(id));
  };
  add("saddr", rule.source);
  add("daddr", rule.destination);
  if (!text.empty()) return text;
  return rule.family == Family::ipv4 ? "meta nfproto ipv4" : "meta nfproto ipv6";
}

}  // namespace cordon::backends::nftables
