// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One device: its interfaces, and a filter for each place where one has to stand.
#ifndef COMPILER_PLAN_DEVICE_PLAN_H
#define COMPILER_PLAN_DEVICE_PLAN_H

#include <vector>

#include "compiler/config/capabilities.h"
#include "compiler/config/device.h"
#include "compiler/plan/assign.h"
#include "compiler/plan/demand.h"
#include "compiler/plan/filter_builder.h"
#include "compiler/plan/port_plan.h"

namespace cordon::plan {

// Read by all devices at once while they are planned; nothing here changes any more.
struct Shared {
  const ir::Policy& policy;
  const graph::Topology& topology;
  const graph::Extents& extents;
  const Demands& demands;
  const AddressPlan& addresses;
  const SharedLayer2& layer2;
};

// Interfaces, filters, management access, and the ports of a device that switches.
[[nodiscard]] config::Device plan_device(const Shared& shared, ir::DeviceId device,
                                         const config::Capabilities& capabilities,
                                         const std::vector<Use>& uses);

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_DEVICE_PLAN_H
