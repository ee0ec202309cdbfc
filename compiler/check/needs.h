// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The services that everything leans on: names, time, logs, directory, RADIUS; and who is given them.
//
// They are known by their registered ports. A flow that opens a whole protocol gives them as well, but is not
// about them.
#ifndef COMPILER_CHECK_NEEDS_H
#define COMPILER_CHECK_NEEDS_H

#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/context.h"

namespace cordon::check {

enum class Need : std::uint8_t { names, time, logs, directory, radius };

[[nodiscard]] bool serves(const packet::ServiceSet& services, Need need);
// The terms that name one of its ports, or a few ports around it.
[[nodiscard]] packet::ServiceSet terms_about(const packet::ServiceSet& services, Need need);
// `udp/123`
[[nodiscard]] std::string_view port_of(Need need);

// Some flow takes it from the zone to somewhere.
[[nodiscard]] bool zone_has(const Context& context, ir::ZoneId zone, Need need);
// Configured devices with an address of their own that no flow gives it to, in declared order.
[[nodiscard]] std::vector<ir::DeviceId> devices_without(const Context& context, Need need);
// `device:acc-1,acc-2`: the element of a finding about several, which changes when the list grows.
[[nodiscard]] std::string element_of_devices(const ir::Policy& policy,
                                             const std::vector<ir::DeviceId>& devices);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_NEEDS_H
