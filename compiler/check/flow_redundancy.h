// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The flows of a policy as sets of packets, and which of them others make superfluous.
//
// A flow counts as it is written: `to: [server, device:core]` is one. Who owns it, whether it is logged and
// when it ends play no part in what it opens.
#ifndef COMPILER_CHECK_FLOW_REDUNDANCY_H
#define COMPILER_CHECK_FLOW_REDUNDANCY_H

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/check/superfluous.h"

namespace cordon::check {

struct FlowRedundancy {
  std::vector<std::uint32_t> facts;  // of each written flow the first of its facts
  std::vector<TrafficPart> traffic;  // what each opens, exactly
  std::vector<Superfluous> found;    // parts are positions in these two
  bool decided = true;               // false: too much work, and nothing was found out
};

[[nodiscard]] FlowRedundancy flow_redundancy(const Context& context);

// `flow 2 of conduit telemetry`
[[nodiscard]] std::string flow_name(const FlowFact& fact);
// In what two flows differ beside their packets: `log, owner`; empty when in nothing.
[[nodiscard]] std::string differences(const FlowFact& a, const FlowFact& b);

// The flows that make it superfluous, as labels, and how many more they are.
struct Cover {
  std::vector<diagnostics::Label> labels;
  std::vector<std::string> notes;
};
[[nodiscard]] Cover cover_of(const Context& context, const Superfluous& found);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_FLOW_REDUNDANCY_H
