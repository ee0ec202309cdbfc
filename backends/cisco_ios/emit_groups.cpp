// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Object groups for IPv4, and how entries refer to sets of both families.
//
// Groups of addresses take subnet masks where entries take wildcard masks. Groups of services cannot
// say `established`, other TCP flags or an ICMP code; a term with one of these stands in an entry of
// its own beside the group, never in it without. IPv6 has no object groups that every Catalyst
// knows, so IPv6 sets are spelled out.

#include "backends/cisco_ios/emit.h"
#include "backends/cisco_ios/limits.h"
#include "backends/common/address_text.h"
#include "backends/common/names.h"

namespace cordon::backends::cisco_ios {
namespace {

using config::AddressSetId;
using config::Device;
using config::ServiceSetId;
using packet::AddressRange;
using packet::AddressSet;
using packet::Family;
using packet::Prefix;
using packet::ServiceSet;
using packet::ServiceTerm;

struct SetUse {
  std::vector<bool> addresses, services;                  // by any rule
  std::vector<bool> grouped_addresses, grouped_services;  // by a rule that may use groups
};

SetUse find_uses(const Device& device) {
  SetUse use;
  use.addresses = use.grouped_addresses = std::vector<bool>(device.addresses.size());
  const Spelling spelling(device);
  use.services = use.grouped_services = std::vector<bool>(device.services.size());
  for (const config::Filter& filter : device.filters) {
    for (const config::Rule& rule : filter.rules) {
      const bool grouped = rule.family == Family::ipv4 && !spelling.avoids_groups(rule);
      for (const AddressSetId id : {rule.source, rule.destination}) {
        use.addresses[id.value] = true;
        if (grouped) use.grouped_addresses[id.value] = true;
      }
      use.services[rule.services.value] = true;
      if (grouped) use.grouped_services[rule.services.value] = true;
    }
  }
  return use;
}

bool needs_group(const AddressSet& addresses) { return !addresses.is_all() && !single_prefix(addresses); }

ServiceSet groupable(const ServiceSet& terms) {
  ServiceSet found;
  for (const ServiceTerm& term : terms) {
    if (fits_group(term)) found.push_back(term);
  }
  return found;
}

struct Group {
  bool is_service = false;
  std::uint32_t set = 0;
  std::string name;
};

std::vector<Group> collect_groups(const Device& device, const SetUse& use) {
  std::vector<Group> groups;
  std::vector<NamedThing> things;
  for (const AddressSetId id : device.addresses.ids()) {
    const config::NamedAddressSet& set = device.addresses[id];
    if (!use.grouped_addresses[id.value] || !needs_group(set.addresses)) continue;
    groups.push_back({.is_service = false, .set = id.value, .name = {}});
    things.push_back({set.label, digest(set.addresses)});
  }
  for (const ServiceSetId id : device.services.ids()) {
    const ServiceSet terms = groupable(device.services[id].terms);
    if (!use.grouped_services[id.value] || terms.size() < 2) continue;
    groups.push_back({.is_service = true, .set = id.value, .name = {}});
    things.push_back({"svc-" + device.services[id].label, digest(terms)});
  }
  std::vector<std::string> names = versioned_names(things, max_object_name);
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i].name = std::move(names[i]);
  return groups;
}

void write_range(const AddressRange& range, Writer& out) {
  const AddressSet set(Family::ipv4, {range});
  if (const auto prefix = single_prefix(set)) {
    if (is_host(*prefix)) {
      out << " host " << prefix->address;
    } else {
      out << " " << prefix->address << " " << subnet_mask(prefix->length);
    }
  } else {
    out << " range " << Address{Family::ipv4, range.first} << " " << Address{Family::ipv4, range.last};
  }
  out.end();
}

void write_group(const Device& device, const Group& group, Writer& out) {
  out << (group.is_service ? Literal("object-group service ") : Literal("object-group network "));
  out.word(group.name).end();
  if (!group.is_service) {
    for (const AddressRange& range : device.addresses[AddressSetId{group.set}].addresses.ranges()) {
      write_range(range, out);
    }
  } else {
    for (const ServiceTerm& term : groupable(device.services[ServiceSetId{group.set}].terms)) {
      out << " ";
      write_group_member(term, out);
      out.end();
    }
  }
}

ServiceTexts spelled_services(const ServiceSet& terms) {
  ServiceTexts texts;
  for (const ServiceTerm& term : terms) {
    ServiceText text = entry_text(term);
    if (!fits_group(term)) texts.beside.push_back(text);
    texts.spelled.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

std::string entry_text(const Prefix& prefix) {
  if (prefix.length == 0) return "any";
  Writer out(48);
  if (is_host(prefix)) {
    out << "host " << prefix.address;
  } else if (prefix.family() == Family::ipv4) {
    out << prefix.address << " " << wildcard_mask(prefix.length);
  } else {
    out << prefix.address << "/" << prefix.length;
  }
  return out.take_words();
}

Operands write_groups(const Device& device, Writer& out) {
  const SetUse use = find_uses(device);
  Operands operands{std::vector<AddressText>(device.addresses.size()),
                    std::vector<ServiceTexts>(device.services.size())};
  for (const AddressSetId id : device.addresses.ids()) {
    if (!use.addresses[id.value]) continue;
    for (const Prefix& prefix : device.addresses[id].addresses.prefixes()) {
      operands.addresses[id.value].spelled.push_back(entry_text(prefix));
    }
  }
  for (const ServiceSetId id : device.services.ids()) {
    if (!use.services[id.value]) continue;
    operands.services[id.value] = spelled_services(device.services[id].terms);
  }
  const std::vector<Group> groups = collect_groups(device, use);
  for (const Group& group : groups) {
    write_group(device, group, out);
    if (group.is_service) {
      operands.services[group.set].group.protocol = "object-group " + group.name;
    } else {
      operands.addresses[group.set].group = "object-group " + group.name;
    }
  }
  if (!groups.empty()) out.line("!");
  return operands;
}

}  // namespace cordon::backends::cisco_ios
