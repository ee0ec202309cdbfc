// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Whether a change does what it was meant to do, and nothing else.
//
// What it is to open must not be permitted before and has to be afterwards, all of it; what it is to close
// the other way round; and whatever else opens or closes is told, exactly.
#ifndef COMPILER_CHANGE_PURPOSE_H
#define COMPILER_CHANGE_PURPOSE_H

#include <optional>
#include <vector>

#include "compiler/change/difference.h"
#include "compiler/change/intent.h"
#include "compiler/ir/flow_set.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

struct Purpose {
  std::vector<ir::FlowSet> opens, closes;
};

// Some packets.
struct Part {
  std::vector<packet::Cube> cubes;  // disjoint
  std::optional<packet::Packet> example;
  [[nodiscard]] bool empty() const { return cubes.empty(); }
};

struct PurposeLine {
  const ir::FlowSet* flow = nullptr;
  bool opens = true;
  bool vacuous = false;  // it speaks of no packet
  Part before;           // what of it was not otherwise before
  Part after;            // what of it is not as it should be afterwards
  [[nodiscard]] bool met() const { return !vacuous && before.empty() && after.empty(); }
};

struct PurposeResult {
  std::vector<PurposeLine> lines;  // what opens, then what closes, as written
  Side opened, closed;             // beyond the purpose
  [[nodiscard]] bool met() const;
};

[[nodiscard]] packet::Decided<PurposeResult> judge(const Intent& before, const Intent& after,
                                                   const Purpose& purpose, const packet::Budget& budget = {});

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_PURPOSE_H
