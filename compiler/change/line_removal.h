// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lines of running configurations that could go, where these permit what the policy denies.
//
// On each way one filter has to lose the lines that let it pass: preferably lines that permit nothing which
// the policy permits, and few of them. What is proposed was done on a copy of what was read, and asked again.
#ifndef COMPILER_CHANGE_LINE_REMOVAL_H
#define COMPILER_CHANGE_LINE_REMOVAL_H

#include <span>
#include <vector>

#include "compiler/change/intent.h"
#include "compiler/change/ways.h"
#include "compiler/ir/flow_set.h"
#include "compiler/packet/packet_set.h"
#include "compiler/prove/end_to_end.h"

namespace cordon::change {

struct RemovableLine {
  ir::DeviceId device;
  source::Range line;
  bool wanted_too = false;  // it also permits something that the policy permits
};

// Without them no packet of the question passes. Empty: none does so anyway, or no such lines are known. Of a
// question that the policy denies.
[[nodiscard]] packet::Decided<std::vector<RemovableLine>> lines_to_remove(
    const Intent& intent, const ir::FlowSet& question, std::span<const prove::ReadDevice> readings,
    const packet::Budget& budget = {});

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_LINE_REMOVAL_H
