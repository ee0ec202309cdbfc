// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From selections of atoms to the address sets of one device.
#ifndef COMPILER_PLAN_RESOLVER_H
#define COMPILER_PLAN_RESOLVER_H

#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/plan/assign.h"
#include "compiler/plan/demand.h"
#include "compiler/plan/set_table.h"

namespace cordon::plan {

class Resolver {
 public:
  Resolver(const ir::Policy& policy, const graph::Topology& topology, const graph::Extents& extents,
           const Demands& demands, SetTable& sets)
      : policy_(policy), topology_(topology), extents_(extents), demands_(demands), sets_(sets) {}

  // The set of each kind in the family; invalid where there is none. For packets that pass through the
  // device (`at` says where) its own real addresses take no part: it never forwards to or from itself.
  using ByKind = std::array<config::AddressSetId, 4>;
  const ByKind& resolve(const Selection& selection, Family family, graph::VertexId vertex, bool self);

 private:
  struct Key {
    Selection selection;
    graph::VertexId vertex;  // invalid where it makes no difference
    Family family;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const noexcept;
  };

  ByKind build(const Selection& selection, Family family, graph::VertexId vertex);
  [[nodiscard]] AddressSet virtual_addresses(graph::VertexId vertex, Family family) const;
  [[nodiscard]] std::vector<const Atom*> atoms(const Selection& selection) const;
  [[nodiscard]] std::string label(const Selection& selection, const std::vector<const Atom*>& atoms) const;
  const AddressSet& real_addresses(graph::VertexId vertex, Family family);

  const ir::Policy& policy_;
  const graph::Topology& topology_;
  const graph::Extents& extents_;
  const Demands& demands_;
  SetTable& sets_;
  std::unordered_map<Key, ByKind, Hash> known_;
  std::map<std::pair<graph::VertexId, Family>, AddressSet> real_;
};

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_RESOLVER_H
