// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/algebra.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

namespace cordon::packet {
namespace {

// A node seen at a level: its edges if it asks for the level, else one edge to itself.
class Cursor {
 public:
  Cursor(const Diagram& diagram, NodeId node, Level level)
      : whole_{to_the_end, node},
        edges_(diagram.level(node) == level ? diagram.edges(node) : std::span(&whole_, 1)) {}
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  ~Cursor() = default;

  [[nodiscard]] std::uint32_t last() const { return edges_[at_].last; }
  [[nodiscard]] NodeId child() const { return edges_[at_].child; }
  void pass(std::uint32_t value) {
    if (edges_[at_].last == value) ++at_;
  }

 private:
  Edge whole_;
  std::span<const Edge> edges_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<NodeId> Algebra::without_descent(Operation operation, NodeId a, NodeId b) {
  switch (operation) {
    case Operation::unite:
      if (a == full_node || b == full_node) return full_node;
      if (a == empty_node || a == b) return b;
      if (b == empty_node) return a;
      break;
    case Operation::intersect:
      if (a == empty_node || b == empty_node) return empty_node;
      if (a == full_node || a == b) return b;
      if (b == full_node) return a;
      break;
    case Operation::subtract:
      if (a == empty_node || b == full_node || a == b) return empty_node;
      if (b == empty_node) return a;
      break;
  }
  return std::nullopt;
}

NodeId Algebra::apply(Operation operation, NodeId a, NodeId b) {
  if (const auto answer = without_descent(operation, a, b)) return *answer;
  if (operation != Operation::subtract && b < a) std::swap(a, b);

  const auto key =
      static_cast<std::uint32_t>(mix(static_cast<std::uint64_t>(operation), std::uint64_t{a} << 32 | b));
  const std::uint32_t known = index_.find(key, [&](std::uint32_t id) {
    return memo_[id].operation == operation && memo_[id].a == a && memo_[id].b == b;
  });
  if (known != HashIndex::none) return memo_[known].result;

  const NodeId result = descend(operation, a, b);
  if (work_->exhausted()) return empty_node;
  index_.insert(key, static_cast<std::uint32_t>(memo_.size()));
  memo_.push_back({operation, a, b, result});
  work_->allocate(sizeof(Entry) + 16);
  return result;
}

NodeId Algebra::descend(Operation operation, NodeId a, NodeId b) {
  const Level level = std::min(diagram_->level(a), diagram_->level(b));
  Cursor left(*diagram_, a, level);
  Cursor right(*diagram_, b, level);
  EdgeList& edges = making_[static_cast<std::size_t>(level)];
  edges.clear();
  while (true) {
    if (!work_->spend(1)) return empty_node;
    const std::uint32_t last = std::min(left.last(), right.last());
    edges.add(last, apply(operation, left.child(), right.child()));
    if (last == to_the_end) break;
    left.pass(last);
    right.pass(last);
  }
  return work_->exhausted() ? empty_node : diagram_->make(level, edges);
}

}  // namespace cordon::packet
