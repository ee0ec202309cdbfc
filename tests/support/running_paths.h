// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What becomes of a packet on running devices, worked out the slow way: it walks every simple path, one after
// the other, and asks every filter rule by rule.
#ifndef TESTS_SUPPORT_RUNNING_PATHS_H
#define TESTS_SUPPORT_RUNNING_PATHS_H

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "compiler/config/device.h"
#include "compiler/ir/endpoint_addresses.h"
#include "compiler/packet/naive.h"
#include "compiler/prove/forwarding.h"
#include "compiler/prove/stated_routes.h"
#include "tests/support/running_network.h"

namespace cordon::test {

enum class PathVerdict : std::uint8_t { passes, stopped, unknown };

// Every simple path of one packet, one after the other.
class RunningPaths {
 public:
  explicit RunningPaths(const RunningNetwork& network)
      : policy_(network.policy), forwarding_(policy_), routes_(forwarding_) {
    for (std::size_t i = 0; i < network.readings.size(); ++i)
      reading_.emplace(network.of_reading[i], &network.readings[i]);
  }

  std::set<PathVerdict> paths(const packet::Packet& packet) {
    packet_ = packet;
    found_.clear();
    vertices_.clear();
    networks_.clear();
    const packet::Address source{packet.family, packet.source};
    for (const ir::NetworkId id : policy_.networks.ids()) {
      if (!policy_.networks[id].addresses.of(packet.family).contains(source)) continue;
      if (direct(id)) return {PathVerdict::passes};
      networks_.insert(id);
      for (const prove::EdgeId in : forwarding_.edges_at(id)) {
        if (!owns(forwarding_.edges()[in].vertex, packet.source)) arrive(in, PathVerdict::passes, true);
      }
      networks_.clear();
    }
    for (const prove::VertexId vertex : forwarding_.vertices().ids()) {
      if (!forwarding_.vertices()[vertex].answered.of(packet.family).contains(source)) continue;
      vertices_.insert(vertex);
      for (const prove::EdgeId out : forwarding_.vertices()[vertex].edges) {
        if (routed(vertex, out)) put_on(out, PathVerdict::passes);
      }
      vertices_.clear();
    }
    return found_;
  }

 private:
  [[nodiscard]] bool hosts(ir::NetworkId id, packet::Bits bits) const {
    return ir::hosts_of(policy_, id).of(packet_.family).contains({packet_.family, bits});
  }
  [[nodiscard]] bool owns(prove::VertexId vertex, packet::Bits bits) const {
    return forwarding_.vertices()[vertex].own.of(packet_.family).contains({packet_.family, bits});
  }
  [[nodiscard]] bool answers(prove::VertexId vertex) const {
    return forwarding_.vertices()[vertex]
        .answered.of(packet_.family)
        .contains({packet_.family, packet_.destination});
  }
  [[nodiscard]] bool direct(ir::NetworkId id) const {
    const ir::Network& network = policy_.networks[id];
    const bool apart = network.zone.valid() && policy_.zones[network.zone].isolate;
    return hosts(id, packet_.source) && hosts(id, packet_.destination) &&
           (!apart || network.any(packet_.family));
  }
  [[nodiscard]] bool routed(prove::VertexId vertex, prove::EdgeId out) const {
    for (const ir::NetworkId id : policy_.networks.ids()) {
      if (hosts(id, packet_.destination))
        return routes_.allows(vertex, out, routes_.class_of(id), packet_.family);
    }
    return true;
  }

  static PathVerdict worse(PathVerdict a, PathVerdict b) {
    if (a == PathVerdict::stopped || b == PathVerdict::stopped) return PathVerdict::stopped;
    return a == PathVerdict::unknown || b == PathVerdict::unknown ? PathVerdict::unknown
                                                                  : PathVerdict::passes;
  }

  [[nodiscard]] PathVerdict ask(const config::Reading& reading, config::FilterId id) const {
    for (const config::Gap& gap : reading.gaps) {
      if (gap.filter == id) return PathVerdict::unknown;
    }
    std::vector<packet::MatchRule> rules;
    for (const config::Rule& rule : reading.device.filters[id].rules)
      rules.push_back(config::to_match(reading.device, rule));
    return packet::evaluate(rules, packet_) == packet::Action::permit ? PathVerdict::passes
                                                                      : PathVerdict::stopped;
  }

  // Of the filters that are bound so.
  template <class Here, class There>
  [[nodiscard]] PathVerdict filters(prove::EdgeId edge, Here here, There there) const {
    const ir::DeviceId device = forwarding_.edges()[edge].device;
    if (!policy_.devices[device].configured()) return PathVerdict::passes;
    const auto known = reading_.find(device);
    if (known == reading_.end()) return PathVerdict::unknown;
    const config::Reading& reading = *known->second;
    for (const config::Gap& gap : reading.gaps) {
      if (!gap.filter.valid()) return PathVerdict::unknown;
    }
    PathVerdict verdict = PathVerdict::passes;
    for (const config::Binding& binding : reading.device.bindings) {
      if (here(binding)) verdict = worse(verdict, ask(reading, binding.filter));
    }
    for (const config::Between& pair : reading.between) {
      if (there(pair)) verdict = worse(verdict, ask(reading, pair.filter));
    }
    return verdict;
  }

  void arrive(prove::EdgeId in, PathVerdict so_far, bool onward) {
    const prove::VertexId vertex = forwarding_.edges()[in].vertex;
    const std::uint32_t number = forwarding_.edges()[in].interface;
    if (vertices_.contains(vertex)) return;
    if (answers(vertex)) {
      const PathVerdict own = filters(
          in,
          [&](const config::Binding& binding) {
            return binding.stage == config::Stage::own &&
                   (!binding.interface.valid() || binding.interface.value == number);
          },
          [](const config::Between&) { return false; });
      found_.insert(worse(so_far, own));
      if (owns(vertex, packet_.destination)) return;  // who shares it may pass it on
    }
    if (!onward || owns(vertex, packet_.source)) return;
    const PathVerdict received = filters(
        in,
        [&](const config::Binding& binding) {
          return binding.stage == config::Stage::interface_in && binding.interface.value == number;
        },
        [](const config::Between&) { return false; });
    vertices_.insert(vertex);
    for (const prove::EdgeId out : forwarding_.vertices()[vertex].edges)
      leave(in, out, worse(so_far, received));
    vertices_.erase(vertex);
  }

  void leave(prove::EdgeId in, prove::EdgeId out, PathVerdict so_far) {
    const ir::NetworkId network = forwarding_.edges()[out].network;
    const bool back = hosts(network, packet_.source) && hosts(network, packet_.destination);
    if (!back && (in == out || networks_.contains(network))) return;
    if (!routed(forwarding_.edges()[in].vertex, out)) return;
    const std::uint32_t from = forwarding_.edges()[in].interface, to = forwarding_.edges()[out].interface;
    const PathVerdict sent = filters(
        out,
        [&](const config::Binding& binding) {
          return binding.stage == config::Stage::interface_out && binding.interface.value == to;
        },
        [&](const config::Between& pair) { return pair.in.value == from && pair.out.value == to; });
    put_on(out, worse(so_far, sent));
  }

  void put_on(prove::EdgeId out, PathVerdict verdict) {
    const ir::NetworkId network = forwarding_.edges()[out].network;
    if (hosts(network, packet_.destination)) {
      found_.insert(verdict);
      return;
    }
    const bool through = forwarding_.passes_through(network);
    const ir::Network& here = policy_.networks[network];
    const bool near = !here.any(packet_.family) &&
                      here.addresses.of(packet_.family).contains({packet_.family, packet_.destination});
    if (!through && !near) return;
    if (!networks_.insert(network).second) return;
    for (const prove::EdgeId in : forwarding_.edges_at(network)) {
      if (in != out) arrive(in, verdict, through);
    }
    networks_.erase(network);
  }

  const ir::Policy& policy_;
  prove::Forwarding forwarding_;
  prove::StatedRoutes routes_;
  std::map<ir::DeviceId, const config::Reading*> reading_;
  packet::Packet packet_;
  std::set<prove::VertexId> vertices_;
  std::set<ir::NetworkId> networks_;
  std::set<PathVerdict> found_;
};

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_RUNNING_PATHS_H
