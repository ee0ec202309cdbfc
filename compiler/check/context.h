// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What every check may ask: the policy, its flows by zone, the topology, the day.
#ifndef COMPILER_CHECK_CONTEXT_H
#define COMPILER_CHECK_CONTEXT_H

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/check/date.h"
#include "compiler/check/finding.h"
#include "compiler/graph/exposure_graph.h"
#include "compiler/graph/layer2.h"
#include "compiler/graph/topology.h"
#include "compiler/ir/policy.h"
#include "compiler/ir/standards.h"

namespace cordon::check {

struct Inputs {
  const ir::Policy& policy;
  const ir::Standards* standards = nullptr;            // null: findings name no controls
  Date as_of;                                          // the day that dates are compared with
  graph::Layer2::Bridges bridges;                      // whether a device passes frames between its ports
  std::function<bool(ir::DeviceId)> tracks = nullptr;  // whether a device remembers connections; null: none
};

// A flow and the zones at its ends.
struct FlowFact {
  ir::FlowId id;
  const ir::Flow* flow = nullptr;
  const ir::Conduit* conduit = nullptr;
  const ir::Endpoint* from = nullptr;
  const ir::Endpoint* to = nullptr;
  const packet::ServiceSet* services = nullptr;
  ir::ZoneId from_zone, to_zone;  // invalid: the end is a device
};

struct FlowRedundancy;

class Context {
 public:
  explicit Context(const Inputs& inputs);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  [[nodiscard]] const ir::Policy& policy() const { return inputs_.policy; }
  [[nodiscard]] const ir::Evidence& evidence() const { return inputs_.policy.evidence; }
  [[nodiscard]] const ir::CheckSettings& settings() const { return evidence().checks; }
  [[nodiscard]] const ir::Standards* standards() const { return inputs_.standards; }
  [[nodiscard]] Date as_of() const { return inputs_.as_of; }

  // Every flow, conduits by name.
  [[nodiscard]] std::span<const FlowFact> flows() const { return flows_; }
  // Those that start, or end, in the zone; a flow to a device is in the zone of its other end.
  [[nodiscard]] std::span<const std::uint32_t> flows_from(ir::ZoneId zone) const { return from_[zone.value]; }
  [[nodiscard]] std::span<const std::uint32_t> flows_to(ir::ZoneId zone) const { return to_[zone.value]; }
  [[nodiscard]] const FlowFact& flow(std::uint32_t position) const { return flows_[position]; }

  // Which flows others make superfluous; worked out when first asked for. Not for several threads at once.
  [[nodiscard]] const FlowRedundancy& redundancy() const;
  [[nodiscard]] const FlowFact& flow_at(ir::FlowId flow) const {
    return flows_[conduit_starts_[flow.conduit.value] + flow.index];
  }

  [[nodiscard]] const graph::Topology& topology() const { return topology_; }
  [[nodiscard]] const graph::Layer2& layer2() const { return layer2_; }

  // Who could take over whom; made when it is first asked for.
  [[nodiscard]] const graph::ExposureGraph& exposure() const;
  // The device filters, and refuses the reply of a connection that it has not seen.
  [[nodiscard]] bool tracks_connections(ir::DeviceId device) const {
    return inputs_.tracks != nullptr && inputs_.tracks(device);
  }

  [[nodiscard]] const ir::Zone& zone(ir::ZoneId id) const { return policy().zones[id]; }

 private:
  Inputs inputs_;
  std::vector<FlowFact> flows_;
  std::vector<std::vector<std::uint32_t>> from_, to_;
  std::vector<std::size_t> conduit_starts_;  // where the flows of each conduit start
  graph::Topology topology_;
  graph::Layer2 layer2_;
  mutable std::unique_ptr<FlowRedundancy> redundancy_;
  mutable std::unique_ptr<graph::ExposureGraph> exposure_;
};

// `conduit:telemetry`, and so on: what findings are about.
[[nodiscard]] std::string element_of(const ir::Conduit& conduit);
[[nodiscard]] std::string element_of(const ir::Zone& zone);
[[nodiscard]] std::string element_of(const ir::Network& network);
[[nodiscard]] std::string element_of(const ir::Device& device);
[[nodiscard]] std::string element_of(const ir::Host& host);

// The packets that a flow opens connections with.
[[nodiscard]] TrafficPart traffic_of(const ir::Policy& policy, const FlowFact& fact);
// One step of a way that the flow allows.
[[nodiscard]] Hop hop_of(const ir::Policy& policy, const FlowFact& fact);
// `tcp/443, udp/53`; long sets are cut with a count of the rest.
[[nodiscard]] std::string service_text(const packet::ServiceSet& services);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_CONTEXT_H
