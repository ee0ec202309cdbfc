// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Comparisons and keys of verdict maps as cells.
#ifndef BACKENDS_NFTABLES_READ_MATCH_H
#define BACKENDS_NFTABLES_READ_MATCH_H

#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include "backends/nftables/read_cells.h"

namespace cordon::backends::nftables::reading {

// By family, IPv4 first.
struct Kernel {
  bool whole[2] = {};      // conntrack puts fragments together before any filter
  bool untracked[2] = {};  // every packet is exempt from conntrack
};

// A cell that an element of a set or of a map makes.
struct KeyedCell {
  Cell cell;
  NodeId element;  // invalid: of no set that has a name
};

class Matcher {
 public:
  Matcher(const Ruleset& ruleset, const Table& table, const Kernel& kernel, CellSpace& space)
      : tree_(ruleset.tree), table_(table), kernel_(kernel), space_(space), values_(ruleset, table) {}

  // The union of the cells is what the comparison holds for.
  [[nodiscard]] Result<std::vector<KeyedCell>> match(NodeId match);
  // No two elements of a map hold for one packet.
  [[nodiscard]] Result<std::vector<KeyedCell>> keys(NodeId vmap);

 private:
  using MaybeCell = Result<std::optional<Cell>>;
  using SetKey = std::tuple<const Set*, Selector, bool>;

  Result<std::vector<KeyedCell>> tuples(NodeId match);
  MaybeCell single(const Node& match, NodeId left, NodeId right);
  MaybeCell cached(const Node& match, NodeId left, NodeId right);
  MaybeCell tuple(const std::vector<NodeId>& selectors, NodeId values);
  MaybeCell interfaces(const Node& match, Selector selector, NodeId right);
  MaybeCell constrain(NodeId left, Selector selector, const Numbers& numbers, std::string_view label);
  MaybeCell network(NodeId left, Selector selector, const Numbers& numbers);
  MaybeCell fragment(NodeId left, Selector selector, const Numbers& numbers);
  MaybeCell frag_header(NodeId left, Selector selector, const Numbers& numbers);
  MaybeCell transport(NodeId left, Selector selector, const Numbers& numbers);
  Result<std::optional<Cell>> catch_all(const std::vector<NodeId>& selectors, NodeId map);
  [[nodiscard]] std::vector<NodeId> fields(NodeId left) const;
  [[nodiscard]] bool all_end(const std::vector<NodeId>& elements) const;
  [[nodiscard]] NodeId selector_of(NodeId left) const;
  [[nodiscard]] Fault fault(NodeId at, std::string reason) const {
    return {tree_[at].range, std::move(reason)};
  }
  [[nodiscard]] Fault not_modelled(NodeId left) const;

  const Tree& tree_;
  const Table& table_;
  const Kernel& kernel_;
  CellSpace& space_;
  ValueReader values_;
  std::map<SetKey, std::optional<Cell>> cache_;  // what a named set means for a selector, and its negation
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_MATCH_H
