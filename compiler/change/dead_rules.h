// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lines of running filters that can never decide about a packet, because earlier ones do.
//
// Each filter is looked at for itself, wherever it stands. A line is dead when none of its rules is ever
// reached; who takes its packets is told, and whether any of them decides otherwise: such a line does not
// what whoever wrote it may think. A filter with a line that is not understood is left out, and counted.
#ifndef COMPILER_CHANGE_DEAD_RULES_H
#define COMPILER_CHANGE_DEAD_RULES_H

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "compiler/change/running.h"
#include "compiler/packet/packet_set.h"
#include "compiler/prove/end_to_end.h"

namespace cordon::change {

struct DeadRule {
  ir::DeviceId device;
  std::string filter;  // by its name on the device, or what the reader calls it
  source::Range line;
  bool permits = false;
  std::vector<RunningRule> covered_by;  // the first few, in the order of the text
  bool otherwise = false;               // one of them decides otherwise
};

struct DeadRules {
  std::vector<DeadRule> found;  // by device, then by line
  std::size_t lines = 0;        // that were looked at
  std::vector<Blind> blind;     // filters that were not
};

[[nodiscard]] packet::Decided<DeadRules> find_dead_rules(std::span<const prove::ReadDevice> readings,
                                                         const packet::Budget& budget = {});

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_DEAD_RULES_H
