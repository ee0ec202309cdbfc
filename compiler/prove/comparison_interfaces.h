// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Routed interfaces as planned and as read back.
#ifndef COMPILER_PROVE_COMPARISON_INTERFACES_H
#define COMPILER_PROVE_COMPARISON_INTERFACES_H

#include <string>
#include <vector>

#include "compiler/config/device.h"
#include "compiler/prove/translation.h"

namespace cordon::prove {

// `` `pumps` (eth1) ``
[[nodiscard]] std::string interface_text(const config::Interface& interface);

// Addresses, VLAN and VRF, and what the interface does for its network besides.
[[nodiscard]] std::vector<Difference> compare_interface(const config::Interface& planned,
                                                        const config::Interface& read);

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_COMPARISON_INTERFACES_H
