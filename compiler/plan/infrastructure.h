// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a device has to hear for the network itself to work: switched on by what the model declares,
// and exactly that.
#ifndef COMPILER_PLAN_INFRASTRUCTURE_H
#define COMPILER_PLAN_INFRASTRUCTURE_H

#include "compiler/plan/filter_builder.h"

namespace cordon::plan {

// Permits for packets that arrive at the interface for the device itself: DHCP from clients, neighbour
// discovery and multicast listeners, and the redundancy and routing protocols of declared neighbours.
void add_infrastructure(const ir::Policy& policy, const graph::Topology& topology, graph::AttachmentId at,
                        SetTable& sets, FilterBuilder& filter);

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_INFRASTRUCTURE_H
