// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The store of an interval decision diagram.
//
// A node looks at one field of the packet, its level; its edges cut the values of the field into
// intervals, ascending and without gaps, and each leads to a node of a later level or to a
// terminal. Nodes are hash-consed, neighbouring intervals with one child are one interval, and a
// node whose only child is X is X itself. So a set has exactly one node: comparing two sets is
// comparing two numbers.
//
// Fields that a packet does not have must not tell sets apart, or equal sets would get different
// nodes. The levels are ordered so that this cannot happen: `service` is one field that holds the
// destination port, or ICMP type and code, or `later_fragment`. Below the protocol, and below
// `later_fragment`, every set is full in the fields that do not exist there, and such nodes vanish.
#ifndef COMPILER_PACKET_DIAGRAM_H
#define COMPILER_PACKET_DIAGRAM_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/packet/address.h"
#include "compiler/packet/arena.h"
#include "compiler/packet/hash_index.h"
#include "compiler/packet/work.h"

namespace cordon::packet {

// In the order in which a diagram asks. Which of source and destination comes first is chosen per
// space; the families have levels of their own because their addresses are numbered apart.
enum class Level : std::uint8_t {
  first_v4,
  second_v4,
  first_v6,
  second_v6,
  protocol,
  service,
  source_port,
  tcp_flags,
  state,
  terminal,
};
inline constexpr std::size_t level_count = 10;

[[nodiscard]] constexpr Level first_level(Family family) {
  return family == Family::ipv4 ? Level::first_v4 : Level::first_v6;
}
[[nodiscard]] constexpr Level second_level(Family family) {
  return family == Family::ipv4 ? Level::second_v4 : Level::second_v6;
}

// Values of `service`: 0..65535 are the port or type * 256 + code.
inline constexpr std::uint32_t later_fragment = 65536;

using NodeId = std::uint32_t;
inline constexpr NodeId empty_node = 0;
inline constexpr NodeId full_node = 1;

struct Edge {
  std::uint32_t last = 0;  // of its interval; the last edge always says `to_the_end`
  NodeId child = empty_node;
  friend bool operator==(const Edge&, const Edge&) = default;
};
inline constexpr std::uint32_t to_the_end = UINT32_MAX;

// Edges of a node in the making, in ascending order.
class EdgeList {
 public:
  void clear() { edges_.clear(); }
  void add(std::uint32_t last, NodeId child) {
    if (!edges_.empty() && edges_.back().child == child) {
      edges_.back().last = last;
    } else {
      edges_.push_back({last, child});
    }
  }
  [[nodiscard]] std::span<const Edge> edges() const { return edges_; }

 private:
  std::vector<Edge> edges_;
};

class Diagram {
 public:
  explicit Diagram(Work& work);

  [[nodiscard]] Level level(NodeId node) const { return nodes_[node].level; }
  [[nodiscard]] std::span<const Edge> edges(NodeId node) const {
    return {nodes_[node].edges, nodes_[node].count};
  }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

  // The one node with these edges. Children are of later levels.
  [[nodiscard]] NodeId make(Level level, const EdgeList& list);

  // Where the value leads, if the node asks for the level at all.
  [[nodiscard]] NodeId follow(NodeId node, Level level, std::uint32_t value) const;

  // Renumbers the values of two levels: the interval that ended before boundary b now ends before
  // boundary `moved[b]`. Ascending, so every node stays what it was.
  void renumber(Family family, std::span<const std::uint32_t> moved);

 private:
  struct Node {
    Edge* edges = nullptr;
    std::uint32_t count = 0;
    Level level = Level::terminal;
  };

  [[nodiscard]] static std::uint32_t hash(Level level, std::span<const Edge> edges);

  Work* work_;
  Arena<Edge> arena_;
  std::vector<Node> nodes_;
  HashIndex index_;
};

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_DIAGRAM_H
