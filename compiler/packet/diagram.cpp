// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/diagram.h"

#include <algorithm>

#include "compiler/base/check.h"

namespace cordon::packet {

Diagram::Diagram(Work& work) : work_(&work), arena_(work), nodes_(2) {}

std::uint32_t Diagram::hash(Level level, std::span<const Edge> edges) {
  auto value = static_cast<std::uint64_t>(level);
  for (const Edge& edge : edges) value = mix(value, std::uint64_t{edge.last} << 32 | edge.child);
  return static_cast<std::uint32_t>(value);
}

NodeId Diagram::make(Level level, const EdgeList& list) {
  const std::span<const Edge> wanted = list.edges();
  CORDON_CHECK(!wanted.empty() && wanted.back().last == to_the_end);
  if (wanted.size() == 1) return wanted.front().child;

  const std::uint32_t key = hash(level, wanted);
  const NodeId known = index_.find(
      key, [&](NodeId id) { return nodes_[id].level == level && std::ranges::equal(edges(id), wanted); });
  if (known != HashIndex::none) return known;

  const std::span<Edge> place = arena_.copy(wanted);
  const auto id = static_cast<NodeId>(nodes_.size());
  CORDON_CHECK(id < NodeId{1} << 30);
  nodes_.push_back({place.data(), static_cast<std::uint32_t>(place.size()), level});
  index_.insert(key, id);
  work_->allocate(sizeof(Node) + 16);
  return id;
}

NodeId Diagram::follow(NodeId node, Level level, std::uint32_t value) const {
  if (nodes_[node].level != level) return node;
  const std::span<const Edge> all = edges(node);
  return std::ranges::lower_bound(all, value, {}, &Edge::last)->child;
}

void Diagram::renumber(Family family, std::span<const std::uint32_t> moved) {
  index_.clear();
  for (NodeId id = 2; id < nodes_.size(); ++id) {
    const Node& node = nodes_[id];
    const bool concerned = node.level == first_level(family) || node.level == second_level(family);
    for (std::uint32_t i = 0; concerned && i + 1 < node.count; ++i) {
      node.edges[i].last = moved[node.edges[i].last + 1] - 1;
    }
    index_.insert(hash(node.level, edges(id)), id);
  }
}

}  // namespace cordon::packet
