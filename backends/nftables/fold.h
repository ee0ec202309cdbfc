// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Many small permits as one look-up.
//
// A run of permits of one family, role and treatment is a union, so their order among each other means
// nothing. What they permit is cut into cells (source range, destination range, protocol, port range),
// and cells go into a concatenated set that the kernel searches at once:
//
//   10.20.0.0/24 . 10.30.0.10 . tcp . 8443 comment "telemetry/1"
//
// The kernel refuses tuples that overlap, and not every overlap reliably, so cells of a set are disjoint
// by construction: within one set any two values of a field are the same or have nothing in common. A
// host beside its network, or a port beside a range with that port, goes to another set. What fits
// nowhere, and what is one rule but very many cells, stays a rule.
#ifndef BACKENDS_NFTABLES_FOLD_H
#define BACKENDS_NFTABLES_FOLD_H

#include <cstdint>
#include <vector>

#include "compiler/config/device.h"

namespace cordon::backends::nftables {

struct Cell {
  packet::AddressRange source, destination;
  std::uint8_t protocol = 0;
  packet::PortRange ports;
  config::OriginId origin;
};

// Cells that are pairwise equal in a field or disjoint in it. Never twice the same cell.
struct CellSet {
  packet::Family family = packet::Family::ipv4;
  std::vector<Cell> cells;
};

// A filter in the order in which it is to be written: sets and rules, first match wins.
struct Step {
  const config::Rule* rule = nullptr;  // or
  CellSet set;                         // permits exactly its cells
};
[[nodiscard]] std::vector<Step> fold(const config::Device& device, const config::Filter& filter);

}  // namespace cordon::backends::nftables

#endif  // BACKENDS_NFTABLES_FOLD_H
