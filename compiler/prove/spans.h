// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How far each VLAN has to reach, by a walk over switches and links of its own.
//
// A device that bridges is one vertex; every port of one that does not, and every routed port, is a vertex of
// its own. A link carries a network when it lies on a simple path between two of its members: access ports,
// routed interfaces, radios.
#ifndef COMPILER_PROVE_SPANS_H
#define COMPILER_PROVE_SPANS_H

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "compiler/ir/policy.h"
#include "compiler/prove/blocks.h"

namespace cordon::prove {

class Spans {
 public:
  // `bridges` says of each device whether it forwards frames between its ports.
  Spans(const ir::Policy& policy, const std::function<bool(ir::DeviceId)>& bridges);

  // Networks that the link at the port carries, ascending.
  [[nodiscard]] const std::vector<ir::NetworkId>& carried(ir::DeviceId device, const std::string& port) const;
  // The other end of the link at the port.
  [[nodiscard]] std::optional<ir::LinkEnd> other_end(ir::DeviceId device, const std::string& port) const;
  // A routed interface or its subinterfaces stand on the port.
  [[nodiscard]] bool is_routed(ir::DeviceId device, const std::string& port) const;

 private:
  using Place = std::pair<ir::DeviceId, std::string>;  // a port; an empty name: the bridging device

  void add_links(ir::DeviceId device);
  void add_members(ir::DeviceId id);
  void add_interface(ir::DeviceId id, const ir::Interface& interface);
  void spread();
  [[nodiscard]] std::uint32_t vertex_of(ir::DeviceId device, const std::string& port);

  const ir::Policy* policy_;
  const std::function<bool(ir::DeviceId)>* bridges_;
  Graph graph_;
  std::map<Place, std::uint32_t> vertices_;
  std::map<Place, std::uint32_t> link_at_;
  std::vector<std::array<Place, 2>> ends_;           // of each link
  std::vector<std::vector<std::uint32_t>> members_;  // of each network
  std::vector<std::vector<ir::NetworkId>> carried_;  // by each link
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_SPANS_H
