// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Interfaces as routed interfaces or switch ports, and VLANs.
#ifndef BACKENDS_CISCO_IOS_READ_PORTS_H
#define BACKENDS_CISCO_IOS_READ_PORTS_H

#include "backends/cisco_ios/read_text.h"

namespace cordon::backends::cisco_ios {

// Whether frames are switched there; `switches` says that the device has switch ports at all. An interface
// without a line that tells is a switch port on a switch.
[[nodiscard]] bool is_switched(const InterfaceText& interface, bool switches);

// Adds to the problems what the port's settings leave open.
[[nodiscard]] config::Port port_of(const InterfaceText& interface, std::vector<Problem>& problems);

// Declared VLANs, ascending. Secondary VLANs are parts of their primary one.
[[nodiscard]] std::vector<config::Vlan> vlans_of(const ConfigurationText& text,
                                                 std::vector<Problem>& problems);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_PORTS_H
