// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/resolver.h"

#include <algorithm>

#include <fmt/format.h>

namespace cordon::plan {

std::size_t Resolver::Hash::operator()(const Key& key) const noexcept {
  std::size_t hash = key.selection.side.value;
  for (const std::uint32_t part : {key.selection.extent.value, key.selection.atom, key.vertex.value,
                                   static_cast<std::uint32_t>(key.family)}) {
    hash = (hash ^ part) * 0x9e3779b97f4a7c15U;
    hash ^= hash >> 29U;
  }
  return hash;
}

const AddressSet& Resolver::real_addresses(graph::VertexId vertex, Family family) {
  const auto [entry, added] = real_.try_emplace({vertex, family}, AddressSet(family));
  if (added) {
    std::vector<packet::AddressRange> ranges;
    const graph::Vertex& device = topology_.vertices()[vertex];
    for (const graph::AttachmentId at : device.attachments) {
      const ir::Interface& interface =
          policy_.devices[device.device].interfaces[topology_.attachments()[at].interface];
      const auto& address = family == Family::ipv4 ? interface.ipv4 : interface.ipv6;
      if (address) ranges.push_back({address->bits, address->bits});
    }
    entry->second = AddressSet(family, std::move(ranges));
  }
  return entry->second;
}

AddressSet Resolver::virtual_addresses(graph::VertexId vertex, Family family) const {
  std::vector<packet::AddressRange> ranges;
  const graph::Vertex& device = topology_.vertices()[vertex];
  for (const graph::AttachmentId at : device.attachments) {
    const auto& shared =
        policy_.devices[device.device].interfaces[topology_.attachments()[at].interface].redundancy;
    if (!shared) continue;
    const auto& address = family == Family::ipv4 ? shared->ipv4 : shared->ipv6;
    if (address) ranges.push_back({address->bits, address->bits});
  }
  return {family, std::move(ranges)};
}

std::vector<const Atom*> Resolver::atoms(const Selection& selection) const {
  const Side& side = demands_.side(selection.side);
  std::vector<const Atom*> found;
  if (!selection.extent.valid()) {
    found.push_back(&side.atoms[selection.atom]);
    return found;
  }
  const graph::Extent& places = extents_[selection.extent];
  for (const Atom& atom : side.atoms) {
    if (selection.extent == side.extent || std::ranges::binary_search(places, atom.place))
      found.push_back(&atom);
  }
  return found;
}

// Only a hint for naming object groups: the side's own label for all of it, otherwise with the first of
// its networks.
std::string Resolver::label(const Selection& selection, const std::vector<const Atom*>& atoms) const {
  const Side& side = demands_.side(selection.side);
  std::vector<std::string_view> names;
  for (const Atom* atom : atoms) {
    if (atom->network.valid()) names.push_back(policy_.networks[atom->network].name);
  }
  if (atoms.size() == side.atoms.size() || names.empty()) return side.label;
  std::ranges::sort(names);
  return fmt::format("{}-{}", side.label, names.front());
}

Resolver::ByKind Resolver::build(const Selection& selection, Family family, graph::VertexId vertex) {
  const std::vector<const Atom*> chosen = atoms(selection);
  ByKind result;
  for (const Kind kind : kinds) {
    std::vector<packet::AddressRange> ranges;
    for (const Atom* atom : chosen) {
      if (atom->kind_of(family) != kind) continue;
      const std::vector<packet::AddressRange>& own = atom->of(family).ranges();
      ranges.insert(ranges.end(), own.begin(), own.end());
    }
    if (ranges.empty()) continue;
    AddressSet set(family, std::move(ranges));
    if (selection.mine) {
      set = packet::intersect(
          set, packet::unite(real_addresses(vertex, family), virtual_addresses(vertex, family)));
    } else if (kind == Kind::own && vertex.valid()) {
      set = packet::subtract(set, real_addresses(vertex, family));
    }
    if (set.empty()) continue;
    result[static_cast<std::size_t>(kind)] =
        set.is_all() ? sets_.all(family) : sets_.addresses(set, label(selection, chosen));
  }
  return result;
}

const Resolver::ByKind& Resolver::resolve(const Selection& selection, Family family, graph::VertexId vertex,
                                          bool self) {
  const bool own = demands_.side(selection.side).own[static_cast<std::size_t>(family)];
  const bool depends = selection.mine || (!self && own);
  const Key key{.selection = selection, .vertex = depends ? vertex : graph::VertexId{}, .family = family};
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  return known_.emplace(key, build(selection, family, key.vertex)).first->second;
}

}  // namespace cordon::plan
