// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Object groups, and how entries refer to sets.
//
// A set of one member stands in the entry itself. Every other set is one group, shared by all
// entries that mean it. Services are always groups of `service-object`: a union of protocols, each
// with its own ports. The other kind, a protocol beside a group of ports, is a product and is never
// written. Groups of both families stay apart and are flat, since releases differ on nesting IPv6.

#include <algorithm>

#include "backends/cisco_asa/emit.h"
#include "backends/cisco_asa/limits.h"
#include "backends/cisco_asa/service_text.h"
#include "backends/common/address_text.h"
#include "backends/common/names.h"

namespace cordon::backends::cisco_asa {
namespace {

using config::AddressSetId;
using config::NamedAddressSet;
using config::NamedServiceSet;
using config::ServiceSetId;
using packet::Family;
using packet::Prefix;

struct UsedSets {
  std::vector<bool> addresses, services;
};

UsedSets used_sets(const config::Device& device) {
  UsedSets used{std::vector<bool>(device.addresses.size()), std::vector<bool>(device.services.size())};
  for (const config::Filter& filter : device.filters) {
    for (const config::Rule& rule : filter.rules) {
      used.addresses[rule.source.value] = true;
      used.addresses[rule.destination.value] = true;
      used.services[rule.services.value] = true;
    }
  }
  return used;
}

bool needs_group(const packet::AddressSet& addresses) {
  return !addresses.is_all() && !single_prefix(addresses);
}

struct Group {
  bool is_service = false;
  std::uint32_t set = 0;
  std::string name;
};

// Network groups first; both kinds share one name space.
std::vector<Group> collect_groups(const config::Device& device, const UsedSets& used) {
  std::vector<Group> groups;
  std::vector<NamedThing> things;
  for (const AddressSetId id : device.addresses.ids()) {
    const NamedAddressSet& set = device.addresses[id];
    if (!used.addresses[id.value] || !needs_group(set.addresses)) continue;
    groups.push_back({.is_service = false, .set = id.value, .name = {}});
    const bool v6 = set.addresses.family() == Family::ipv6;
    things.push_back({set.label + (v6 ? "-v6" : ""), digest(set.addresses)});
  }
  for (const ServiceSetId id : device.services.ids()) {
    const NamedServiceSet& set = device.services[id];
    if (!used.services[id.value] || set.terms.size() == 1) continue;
    groups.push_back({.is_service = true, .set = id.value, .name = {}});
    things.push_back({"svc-" + set.label, digest(set.terms)});
  }
  std::vector<std::string> names = versioned_names(things, max_object_name);
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i].name = std::move(names[i]);
  return groups;
}

void write_prefix(const Prefix& prefix, Writer& out) {
  if (is_host(prefix)) {
    out << "host " << prefix.address;
  } else if (prefix.family() == Family::ipv4) {
    out << prefix.address << " " << subnet_mask(prefix.length);
  } else {
    out << prefix.address << "/" << prefix.length;
  }
}

void write_network_group(const Group& group, const packet::AddressSet& addresses, Writer& out) {
  out << "object-group network ";
  out.word(group.name).end();
  for (const Prefix& prefix : addresses.prefixes()) {
    out << " network-object ";
    write_prefix(prefix, out);
    out.end();
  }
}

void write_service_group(const Group& group, const packet::ServiceSet& terms, Writer& out) {
  out << "object-group service ";
  out.word(group.name).end();
  for (const packet::ServiceTerm& term : terms) {
    out << " ";
    write_service_object(term, out);
    out.end();
  }
}

std::string single_address_text(const packet::AddressSet& addresses) {
  const bool v4 = addresses.family() == Family::ipv4;
  if (addresses.is_all()) return v4 ? "any4" : "any6";
  Writer out(48);
  write_prefix(*single_prefix(addresses), out);
  return out.take_words();
}

Operands single_operands(const config::Device& device, const UsedSets& used) {
  Operands operands{std::vector<std::string>(device.addresses.size()),
                    std::vector<Operands::Service>(device.services.size())};
  for (const AddressSetId id : device.addresses.ids()) {
    const packet::AddressSet& addresses = device.addresses[id].addresses;
    if (used.addresses[id.value] && !needs_group(addresses)) {
      operands.addresses[id.value] = single_address_text(addresses);
    }
  }
  for (const ServiceSetId id : device.services.ids()) {
    const packet::ServiceSet& terms = device.services[id].terms;
    if (used.services[id.value] && terms.size() == 1) operands.services[id.value] = entry_text(terms.front());
  }
  return operands;
}

}  // namespace

Operands write_groups(const config::Device& device, Writer& out) {
  const UsedSets used = used_sets(device);
  Operands operands = single_operands(device, used);
  const std::vector<Group> groups = collect_groups(device, used);
  for (const Group& group : groups) {
    const std::string reference = "object-group " + group.name;
    if (group.is_service) {
      write_service_group(group, device.services[ServiceSetId{group.set}].terms, out);
      operands.services[group.set].protocol = reference;
    } else {
      write_network_group(group, device.addresses[AddressSetId{group.set}].addresses, out);
      operands.addresses[group.set] = reference;
    }
  }
  if (!groups.empty()) out.line("!");
  return operands;
}

}  // namespace cordon::backends::cisco_asa
