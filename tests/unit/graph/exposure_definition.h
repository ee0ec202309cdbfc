// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Who could take over whom, address by address; and small random policies to ask it about.
#ifndef TESTS_UNIT_GRAPH_EXPOSURE_DEFINITION_H
#define TESTS_UNIT_GRAPH_EXPOSURE_DEFINITION_H

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "compiler/graph/exposure_graph.h"

namespace cordon::graph::testing {

// Zones of eight addresses in each family, some of them hosts, devices, or of hosts with both; some zones
// isolate. Flows start and end at zones, networks, hosts, prefixes, groups and devices.
[[nodiscard]] ir::Policy random_exposure(std::uint64_t seed);

class ExposureDefinition {
 public:
  explicit ExposureDefinition(const ir::Policy& policy);

  // A party by its addresses.
  using Party = std::set<ir::Address>;
  [[nodiscard]] const std::vector<Party>& parties() const { return parties_; }
  [[nodiscard]] std::set<std::size_t> met_by(const ir::Endpoint& endpoint, ir::Family family) const;
  [[nodiscard]] std::set<ir::FlowId> flows(std::size_t from, std::size_t to) const;

 private:
  [[nodiscard]] bool holds(const ir::Endpoint& endpoint, const ir::Address& address) const;
  [[nodiscard]] std::vector<Party> machines(const ir::Zone& zone) const;
  void add_zone(const ir::Zone& zone);

  const ir::Policy& policy_;
  std::vector<Party> parties_;
  std::map<ir::DeviceId, std::size_t> devices_;
};

}  // namespace cordon::graph::testing

#endif  // TESTS_UNIT_GRAPH_EXPOSURE_DEFINITION_H
