// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/port_terms.h"

#include <algorithm>

namespace cordon::backends {
namespace {

constexpr std::uint16_t last_port = 65535;

}  // namespace

Ports all_but(const Ports& ports) {
  Ports rest;
  std::uint32_t next = 0;
  for (const packet::PortRange& port : ports) {
    if (port.first > next)
      rest.push_back({static_cast<std::uint16_t>(next), static_cast<std::uint16_t>(port.first - 1)});
    next = port.last + 1U;
  }
  if (next <= last_port) rest.push_back({static_cast<std::uint16_t>(next), last_port});
  return rest;
}

packet::ServiceSet terms_of(std::uint8_t protocol, const std::optional<Ports>& sources,
                            const std::optional<Ports>& destinations) {
  const Ports all{packet::PortRange{}};
  const Ports& from = sources ? *sources : all;
  const Ports& to = destinations ? *destinations : all;
  packet::ServiceSet terms;
  if (from.size() * to.size() > largest_term_product) return terms;
  for (const packet::PortRange& source : from) {
    for (const packet::PortRange& destination : to) {
      packet::ServiceTerm& term = terms.emplace_back();
      term.protocol = protocol;
      term.source = source;
      term.destination = destination;
    }
  }
  std::ranges::sort(terms);
  return terms;
}

}  // namespace cordon::backends
