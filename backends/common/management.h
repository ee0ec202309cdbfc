// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Services of the device itself that Cisco platforms open by statements of their own.
#ifndef BACKENDS_COMMON_MANAGEMENT_H
#define BACKENDS_COMMON_MANAGEMENT_H

#include "compiler/config/device.h"

namespace cordon::backends {

// Whether what the policy permits holds connections to the TCP port: also a range, or everything.
[[nodiscard]] inline bool opens(const config::ManagementAccess& access, std::uint16_t port) {
  const packet::ServiceTerm& service = access.service;
  return service.protocol.value_or(packet::protocol::tcp) == packet::protocol::tcp &&
         service.destination.first <= port && port <= service.destination.last;
}

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_MANAGEMENT_H
