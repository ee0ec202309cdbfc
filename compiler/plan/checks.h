// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What cannot be enforced or expressed: refused before anything is planned.
#ifndef COMPILER_PLAN_CHECKS_H
#define COMPILER_PLAN_CHECKS_H

#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/graph/layer2.h"
#include "compiler/graph/topology.h"
#include "compiler/plan/demand.h"
#include "compiler/plan/plan.h"

namespace cordon::plan {

// Every configured device asks of its platform only what that has.
void check_capabilities(const ir::Policy& policy, const CapabilitiesOf& capabilities,
                        diagnostics::Diagnostics& diagnostics);

// Some path leads from every place of a flow to every other, as routing is stated.
void check_paths(const ir::Policy& policy, const graph::Topology& topology, const Demands& demands,
                 diagnostics::Diagnostics& diagnostics);

// Every path between two zones, and between two hosts of an isolating zone, crosses a filter.
void check_enforcement(const ir::Policy& policy, const graph::Topology& topology,
                       diagnostics::Diagnostics& diagnostics);

// Names devices that track connections on parallel paths without sharing what they know.
void check_shared_state(const ir::Policy& policy, const graph::Topology& topology,
                        const CapabilitiesOf& capabilities, diagnostics::Diagnostics& diagnostics);

// VLANs reach all their members, and what asks for DHCP snooping can have it.
void check_layer2(const ir::Policy& policy, const graph::Layer2& layer2,
                  diagnostics::Diagnostics& diagnostics);

// How the access ports of each network keep its hosts apart; none where nothing has to.
[[nodiscard]] std::vector<config::Isolation> decide_isolation(const ir::Policy& policy,
                                                              const graph::Layer2& layer2,
                                                              const CapabilitiesOf& capabilities,
                                                              diagnostics::Diagnostics& diagnostics);

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_CHECKS_H
