// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Whether each VLAN reaches exactly the ports and trunks it has to, and the hosts of zones that isolate are
// kept apart on each switch.
#ifndef COMPILER_PROVE_CHECK_PORTS_H
#define COMPILER_PROVE_CHECK_PORTS_H

#include <span>
#include <vector>

#include "compiler/prove/end_to_end.h"

namespace cordon::prove {

void check_ports(const ir::Policy& policy, std::span<const ReadDevice> devices, Proof& proof);

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_CHECK_PORTS_H
