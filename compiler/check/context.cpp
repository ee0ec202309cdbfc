// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/context.h"

#include "compiler/check/flow_redundancy.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

std::string qualified(const ir::Policy& policy, const ir::Endpoint& endpoint) {
  if (endpoint.device.valid()) return "device " + policy.devices[endpoint.device].name;
  const ir::ZoneId zone = ir::zone_of(policy, endpoint);
  const std::string& name = policy.zones[zone].name;
  return endpoint.label == name ? "zone " + name : endpoint.label + " of zone " + name;
}

}  // namespace

Context::Context(const Inputs& inputs)
    : inputs_(inputs),
      from_(inputs.policy.zones.size()),
      to_(inputs.policy.zones.size()),
      topology_(inputs.policy),
      layer2_(inputs.policy, inputs.bridges) {
  const ir::Policy& policy = inputs_.policy;
  for (const ir::ConduitId conduit : policy.conduits.ids()) {
    conduit_starts_.push_back(flows_.size());
    for (std::uint32_t index = 0; index < policy.conduits[conduit].flows.size(); ++index) {
      FlowFact fact;
      fact.id = {conduit, index};
      fact.flow = &policy.conduits[conduit].flows[index];
      fact.conduit = &policy.conduits[conduit];
      fact.from = &policy.endpoints[fact.flow->from];
      fact.to = &policy.endpoints[fact.flow->to];
      fact.services = &policy.service_lists[fact.flow->services].terms;
      fact.from_zone = ir::zone_of(policy, *fact.from);
      fact.to_zone = ir::zone_of(policy, *fact.to);
      const auto position = static_cast<std::uint32_t>(flows_.size());
      if (fact.from_zone.valid()) from_[fact.from_zone.value].push_back(position);
      if (fact.to_zone.valid()) to_[fact.to_zone.value].push_back(position);
      flows_.push_back(fact);
    }
  }
}

Context::~Context() = default;

const FlowRedundancy& Context::redundancy() const {
  if (!redundancy_) redundancy_ = std::make_unique<FlowRedundancy>(flow_redundancy(*this));
  return *redundancy_;
}

const graph::ExposureGraph& Context::exposure() const {
  if (!exposure_) exposure_ = std::make_unique<graph::ExposureGraph>(policy());
  return *exposure_;
}

std::string element_of(const ir::Conduit& conduit) { return "conduit:" + conduit.name; }
std::string element_of(const ir::Zone& zone) { return "zone:" + zone.name; }
std::string element_of(const ir::Network& network) { return "network:" + network.name; }
std::string element_of(const ir::Device& device) { return "device:" + device.name; }
std::string element_of(const ir::Host& host) { return "host:" + host.name; }

TrafficPart traffic_of(const ir::Policy& policy, const FlowFact& fact) {
  return {ir::addresses_of(policy, *fact.from), ir::addresses_of(policy, *fact.to), *fact.services};
}

Hop hop_of(const ir::Policy& policy, const FlowFact& fact) {
  return {qualified(policy, *fact.from), qualified(policy, *fact.to), service_text(*fact.services),
          fact.conduit->name, fact.flow->range};
}

std::string service_text(const packet::ServiceSet& services) {
  constexpr std::size_t shown = 4;
  if (services.size() <= shown) return to_string(services);
  return fmt::format("{} and {} more",
                     to_string(packet::ServiceSet(services.begin(), services.begin() + shown)),
                     services.size() - shown);
}

}  // namespace cordon::check
