// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The parties of a zone that isolates.
//
// Ends of the pieces of flows' endpoints cut the zone's addresses into stretches. Every endpoint in turn
// moves the stretches within it from the class they are in to a new one, so that in the end stretches are in
// one class exactly when the same endpoints hold them. A declared host whose two addresses came apart
// is taken out of both classes and joins the one of both their endpoints.
#ifndef COMPILER_GRAPH_ISOLATED_ZONE_H
#define COMPILER_GRAPH_ISOLATED_ZONE_H

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/ir/policy.h"

namespace cordon::graph {

// Addresses of one family that an endpoint of some flow holds.
struct Cover {
  ir::EndpointId endpoint;
  ir::Family family = ir::Family::ipv4;
  packet::AddressRange range;
};

class IsolatedZone {
 public:
  struct Class {
    std::vector<ir::EndpointId> endpoints;  // ascending
    ir::Addresses addresses;                // never empty
  };
  struct Segment {
    packet::AddressRange range;
    std::uint32_t of = 0;  // the class
  };

  // Covers ascend by endpoint. Hosts are those of the zone.
  IsolatedZone(const ir::Addresses& addresses, std::span<const Cover> covers,
               std::span<const ir::Host* const> hosts);

  [[nodiscard]] const std::vector<Class>& classes() const { return classes_; }  // by lowest address
  [[nodiscard]] const std::vector<Segment>& segments(ir::Family family) const {
    return segments_[static_cast<std::size_t>(family)];
  }

 private:
  std::vector<Class> classes_;
  std::array<std::vector<Segment>, 2> segments_;
};

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_ISOLATED_ZONE_H
