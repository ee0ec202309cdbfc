// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "definition.h"

#include <string>

#include "tests/support/policy_builder.h"

namespace cordon::graph::testing {

ir::Policy random_network(std::uint64_t seed) {
  Random random(seed);
  test::PolicyBuilder builder;
  const std::uint32_t hosts = 2 + random.below(3), transits = 1 + random.below(5);
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < hosts + transits; ++i) {
    names.push_back((i < hosts ? "h" : "t") + std::to_string(i));
    builder.network(names.back(), {"10." + std::to_string(i) + ".0.0/24"}).transit = random.chance(5);
  }
  for (std::uint32_t i = 0; i < hosts; ++i) builder.zone(names[i], {names[i]});
  const std::uint32_t devices = 1 + random.below(5);
  for (std::uint32_t i = 0; i < devices; ++i) {
    const std::string device = "d" + std::to_string(i);
    builder.device(device, "stateful");
    const bool split = random.chance(20);
    for (const std::string& name : names) {
      if (!random.chance(40)) continue;
      ir::Interface& interface = builder.interface(device, name, name);
      if (split && random.chance(50)) interface.vrf = "blue";
    }
  }
  builder.settle();
  return std::move(builder.policy());
}

Definition::Definition(const ir::Policy& policy, const Topology& topology)
    : policy_(policy), topology_(topology) {
  const auto devices = static_cast<std::uint32_t>(topology.vertices().size());
  vertex_count_ = devices + static_cast<std::uint32_t>(policy.networks.size());
  for (const AttachmentId id : topology.attachments().ids()) {
    const Attachment& each = topology.attachments()[id];
    if (!is_core(id)) continue;
    edges_.push_back({each.vertex.value, devices + each.network.value});
    edge_attachments_.push_back(id);
  }
}

bool Definition::is_core(AttachmentId id) const {
  const ir::Network& network = policy_.networks[topology_.attachments()[id].network];
  return network.transit || !network.zone.valid();
}

std::vector<Definition::End> Definition::ends() const {
  std::vector<End> found;
  for (const ir::NetworkId id : policy_.networks.ids())
    found.push_back({.network = id, .self = {}, .place = topology_.place(id)});
  for (const VertexId id : topology_.vertices().ids())
    found.push_back({.network = {}, .self = id, .place = topology_.place(id)});
  return found;
}

Passage Definition::enters(AttachmentId in, const End& from, const End& to) {
  const VertexId vertex = topology_.attachments()[in].vertex;
  if (from.self == vertex || !on_side_of(in, from, to)) return Passage::none;
  if (to.self == vertex) return Passage::self;
  for (const AttachmentId out : topology_.vertices()[vertex].attachments) {
    if (out != in && on_side_of(out, to, from)) return Passage::forwarded;
  }
  return Passage::none;
}

// A crossing at s enters from s and never leaves to it; else the interface lies between.
bool Definition::on_side_of(AttachmentId at, const End& from, const End& to) {
  const ir::NetworkId network = topology_.attachments()[at].network;
  if (network == from.network) return true;
  return is_core(at) && network != to.network && between(from, to).contains(at);
}

std::vector<VertexId> Definition::attached(const End& end) const {
  if (end.self.valid()) return {end.self};
  std::vector<VertexId> found;
  for (const Attachment& each : topology_.attachments()) {
    if (each.network == end.network) found.push_back(each.vertex);
  }
  return found;
}

const std::set<AttachmentId>& Definition::between(const End& a, const End& b) {
  const auto [entry, added] = between_.try_emplace({a, b});
  if (!added) return entry->second;
  for (const VertexId start : attached(a)) {
    for (const VertexId goal : attached(b)) {
      for (const std::uint32_t edge : on_paths(vertex_count_, edges_, start.value, goal.value))
        entry->second.insert(edge_attachments_[edge]);
    }
  }
  return entry->second;
}

}  // namespace cordon::graph::testing
