// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Devices that lie on some paths and not on all, against a walk over every simple path of random networks.

#include "compiler/check/assertions/reply_paths.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/random_policy.h"

namespace cordon::check {
namespace {

using graph::AttachmentId;
using graph::Place;
using graph::VertexId;

// Every simple path between two host networks, as the set of its devices.
class Walk {
 public:
  Walk(const graph::Topology& topology, const Place& from, const Place& to) : topology_(topology), to_(to) {
    for (const VertexId vertex : from.attached) step(vertex);
  }
  [[nodiscard]] const std::set<std::set<VertexId>>& paths() const { return paths_; }

 private:
  void step(VertexId vertex) {
    if (!vertices_.insert(vertex).second) return;
    if (std::ranges::binary_search(to_.attached, vertex)) paths_.insert(vertices_);
    for (const AttachmentId out : topology_.vertices()[vertex].attachments) {
      const graph::Attachment& attachment = topology_.attachments()[out];
      if (!attachment.core || !networks_.insert(attachment.network).second) continue;
      for (const AttachmentId in : topology_.attached(attachment.network)) step_from(in, vertex);
      networks_.erase(attachment.network);
    }
    vertices_.erase(vertex);
  }
  void step_from(AttachmentId in, VertexId last) {
    const VertexId next = topology_.attachments()[in].vertex;
    if (next != last && !vertices_.contains(next)) step(next);
  }

  const graph::Topology& topology_;
  const Place& to_;
  std::set<VertexId> vertices_;
  std::set<ir::NetworkId> networks_;
  std::set<std::set<VertexId>> paths_;
};

bool tracks(ir::DeviceId device, std::uint64_t seed) { return (device.value * 7 + seed) % 3 == 0; }

TEST_CASE("a device that tracks connections is bypassed exactly when some paths have it and some have not") {
  std::size_t bypassed = 0, settled = 0;
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    ir::Policy policy = test::random_policy(seed);
    std::mt19937_64 random(seed);
    for (ir::Device& device : policy.devices) device.state_sync = random() % 3 == 0 ? "pair" : "";
    const Context context({.policy = policy,
                           .standards = nullptr,
                           .as_of = {},
                           .bridges = [](ir::DeviceId) { return false; },
                           .tracks = [seed](ir::DeviceId device) { return tracks(device, seed); }});
    const graph::Topology& topology = context.topology();
    if (topology.states_routes()) continue;
    ReplyPaths replies(context);
    const auto table = [&](VertexId vertex) {
      const ir::DeviceId id = topology.vertices()[vertex].device;
      return policy.devices[id].state_sync.empty() ? std::to_string(id.value) : policy.devices[id].state_sync;
    };
    for (const graph::PlaceId from : topology.places().ids()) {
      for (const graph::PlaceId to : topology.places().ids()) {
        const Place& source = topology.places()[from];
        const Place& target = topology.places()[to];
        if (from == to || source.transit.valid() || target.transit.valid() || source.self.valid() ||
            target.self.valid()) {
          continue;
        }
        const Walk walk(topology, source, target);
        std::set<std::string> tables;
        for (const VertexId vertex : topology.vertices().ids()) {
          if (tracks(topology.vertices()[vertex].device, seed)) tables.insert(table(vertex));
        }
        const bool expected = std::ranges::any_of(tables, [&](const std::string& each) {
          const auto has = [&](const std::set<VertexId>& path) {
            return std::ranges::any_of(path, [&](VertexId vertex) {
              return tracks(topology.vertices()[vertex].device, seed) && table(vertex) == each;
            });
          };
          return std::ranges::any_of(walk.paths(), has) && !std::ranges::all_of(walk.paths(), has);
        });
        const ReplyPaths::Result& result = replies.between(from, to, ir::Family::ipv4);
        CAPTURE(seed);
        CHECK(result.there == !walk.paths().empty());
        CHECK(result.bypassed.valid() == expected);
        bypassed += expected ? 1U : 0U;
        settled += !expected && result.there ? 1U : 0U;
      }
    }
  }
  CHECK(bypassed > 100);
  CHECK(settled > 100);
}

}  // namespace
}  // namespace cordon::check
