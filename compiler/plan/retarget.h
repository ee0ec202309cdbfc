// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The same policy on another platform: to try a move, or to test a policy on machines at hand.
#ifndef COMPILER_PLAN_RETARGET_H
#define COMPILER_PLAN_RETARGET_H

#include <string>
#include <string_view>

#include "compiler/config/capabilities.h"
#include "compiler/ir/policy.h"

namespace cordon::plan {

// Renames the device's routed ports as the platform would call them, and drops its layer-2 ports: the
// cabling of one machine says nothing about another. Zones, addresses and flows stay as they are. Networks
// whose access ports go are marked, since what those ports kept apart is then kept apart by nothing here.
void retarget(ir::Policy& policy, ir::DeviceId id, std::string platform,
              const config::Capabilities& capabilities);

// A port template of the capabilities, filled in: `{vlan}` and `{n}`.
[[nodiscard]] std::string port_name(std::string_view pattern, unsigned vlan, unsigned number);

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_RETARGET_H
