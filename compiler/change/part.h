// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Some of the packets of a question, exactly, and one of them to look at.
#ifndef COMPILER_CHANGE_PART_H
#define COMPILER_CHANGE_PART_H

#include <optional>
#include <vector>

#include "compiler/packet/packet_set.h"

namespace cordon::change {

struct Part {
  std::vector<packet::Cube> cubes;  // disjoint
  std::optional<packet::Packet> example;
  [[nodiscard]] bool empty() const { return cubes.empty(); }
};

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_PART_H
