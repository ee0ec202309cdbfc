// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Union, intersection and difference of two diagrams, node by node with a memo.
#ifndef COMPILER_PACKET_ALGEBRA_H
#define COMPILER_PACKET_ALGEBRA_H

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/packet/diagram.h"
#include "compiler/packet/hash_index.h"
#include "compiler/packet/packet_set.h"
#include "compiler/packet/work.h"

namespace cordon::packet {

class Algebra {
 public:
  Algebra(Diagram& diagram, Work& work) : diagram_(&diagram), work_(&work) {}

  // Meaningless once the work is exhausted.
  [[nodiscard]] NodeId apply(Operation operation, NodeId a, NodeId b);

 private:
  struct Entry {
    Operation operation;
    NodeId a, b, result;
  };

  [[nodiscard]] static std::optional<NodeId> without_descent(Operation operation, NodeId a, NodeId b);
  [[nodiscard]] NodeId descend(Operation operation, NodeId a, NodeId b);

  Diagram* diagram_;
  Work* work_;
  std::vector<Entry> memo_;  // grows with the diagram and lives as long: its keys are node numbers
  HashIndex index_;
  std::array<EdgeList, level_count> making_;  // a level is entered once on the way down
};

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_ALGEBRA_H
