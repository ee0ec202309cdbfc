// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Sets of ports, and the services that source and destination ports make together.
#ifndef BACKENDS_COMMON_PORT_TERMS_H
#define BACKENDS_COMMON_PORT_TERMS_H

#include <optional>
#include <vector>

#include "compiler/packet/service.h"

namespace cordon::backends {

using Ports = std::vector<packet::PortRange>;

inline constexpr std::size_t largest_term_product = 1024;  // source ports times destination ports

// What is in none of the ranges, which are ascending and apart.
[[nodiscard]] Ports all_but(const Ports& ports);

// Sources times destinations of one protocol, sorted; a side without ports is nothing. Empty when there are
// too many.
[[nodiscard]] packet::ServiceSet terms_of(std::uint8_t protocol, const std::optional<Ports>& sources,
                                          const std::optional<Ports>& destinations);

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_PORT_TERMS_H
