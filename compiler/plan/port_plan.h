// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Layer 2 of one device: which VLANs each port carries, and what each port guards against.
#ifndef COMPILER_PLAN_PORT_PLAN_H
#define COMPILER_PLAN_PORT_PLAN_H

#include <vector>

#include "compiler/config/device.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/graph/layer2.h"
#include "compiler/plan/set_table.h"

namespace cordon::plan {

struct SharedLayer2 {
  const ir::Policy& policy;
  const graph::Layer2& layer2;
  const std::vector<config::Isolation>& isolation;          // by network
  const std::vector<std::vector<ir::NetworkId>>& on_cable;  // by link, networks with a VLAN, ascending by it
};

// The networks that each link carries.
[[nodiscard]] std::vector<std::vector<ir::NetworkId>> networks_on_cables(const ir::Policy& policy,
                                                                         const graph::Layer2& layer2);

// Ports that would carry two VLANs untagged.
void check_untagged(const SharedLayer2& shared, ir::DeviceId device, diagnostics::Diagnostics& diagnostics);

// Adds ports and VLANs to a device that switches.
void plan_ports(const SharedLayer2& shared, ir::DeviceId device, SetTable& sets, config::Device& config);

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_PORT_PLAN_H
