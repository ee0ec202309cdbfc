// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// By which interfaces a device sends packets on, where the policy tells it: static routes and least costs.
//
// A static route holds for the networks that lie within it, and wins over costs; routes to parts of a network
// count together with the one to all of it. A network that a device stands on, and one that a route covers
// in part only, is sent to by any interface.
#ifndef COMPILER_PROVE_STATED_ROUTES_H
#define COMPILER_PROVE_STATED_ROUTES_H

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/prove/forwarding.h"

namespace cordon::prove {

using RouteClassId = Id<struct RouteClassTag>;

class StatedRoutes {
 public:
  explicit StatedRoutes(const Forwarding& forwarding);

  [[nodiscard]] bool any() const { return !tables_.empty(); }

  // Networks that every device sends to alike; invalid where nothing is stated.
  [[nodiscard]] RouteClassId class_of(ir::NetworkId network) const {
    return any() ? classes_[network.value] : RouteClassId{};
  }
  [[nodiscard]] bool allows(VertexId vertex, EdgeId out, RouteClassId to, packet::Family family) const;

 private:
  // By network and family; nothing: by any interface.
  using Choice = std::optional<std::vector<EdgeId>>;
  using Table = std::vector<std::array<Choice, 2>>;

  [[nodiscard]] Table table_of(VertexId vertex) const;
  void choose_least_cost(VertexId vertex, Table& table) const;
  void choose_routed(VertexId vertex, Table& table) const;
  [[nodiscard]] std::vector<std::uint64_t> costs_by(EdgeId first) const;

  const Forwarding* forwarding_;
  std::map<VertexId, Table> tables_;
  std::vector<RouteClassId> classes_;
  std::vector<ir::NetworkId> samples_;  // by class
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_STATED_ROUTES_H
