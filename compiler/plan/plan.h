// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From the policy to one vendor-neutral configuration for each configured device.
//
// Every filter is the union of what the pairs of networks it may carry are allowed to do, plus what a
// filter without memory needs for the way back, plus listed infrastructure; nothing wider. What no
// filter can enforce, or a platform cannot hold, is an error here and never left out in silence.
#ifndef COMPILER_PLAN_PLAN_H
#define COMPILER_PLAN_PLAN_H

#include <functional>
#include <vector>

#include "compiler/config/capabilities.h"
#include "compiler/config/device.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/ir/policy.h"

namespace cordon::plan {

// What the platform of a device can do. Never null for a configured device.
using CapabilitiesOf = std::function<const config::Capabilities*(ir::DeviceId)>;

struct Plan {
  std::vector<config::Device> devices;  // the configured ones, in declared order
};

// Devices are planned in parallel; the result is the same for every number of jobs (0: as many as the
// machine has). After an error the plan is empty.
[[nodiscard]] Plan plan(const ir::Policy& policy, const CapabilitiesOf& capabilities,
                        diagnostics::Diagnostics& diagnostics, int jobs = 0);

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_PLAN_H
