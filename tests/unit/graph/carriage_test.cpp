// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Crossings, against the definition read word by word over every simple path of small random networks.

#include "compiler/graph/carriage.h"

#include <algorithm>
#include <map>
#include <utility>

#include <doctest/doctest.h>

#include "paths.h"
#include "tests/support/policy_builder.h"

namespace cordon::graph::testing {
namespace {

using ir::Family;
using test::PolicyBuilder;

constexpr std::uint64_t networks = 300;

// Devices, some in two VRFs, that hang at random on host networks, transit networks and one that says
// `transit: true`. Loops are as likely as islands.
ir::Policy random_network(std::uint64_t seed) {
  Random random(seed);
  PolicyBuilder builder;
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

// The definition. A place is a network or a device itself.
class Slow {
 public:
  Slow(const ir::Policy& policy, const Topology& topology) : policy_(policy), topology_(topology) {
    const auto devices = static_cast<std::uint32_t>(topology.vertices().size());
    vertex_count_ = devices + static_cast<std::uint32_t>(policy.networks.size());
    for (const AttachmentId id : topology.attachments().ids()) {
      const Attachment& each = topology.attachments()[id];
      if (!is_core(id)) continue;
      edges_.push_back({each.vertex.value, devices + each.network.value});
      edge_attachments_.push_back(id);
    }
  }

  struct Place {
    ir::NetworkId network;
    VertexId self;
    friend auto operator<=>(const Place&, const Place&) = default;
  };

  [[nodiscard]] bool is_core(AttachmentId id) const {
    const ir::Network& network = policy_.networks[topology_.attachments()[id].network];
    return network.transit || !network.zone.valid();
  }

  [[nodiscard]] Passage enters(AttachmentId in, const Place& from, const Place& to) {
    const VertexId vertex = topology_.attachments()[in].vertex;
    if (from.self == vertex || !from_side(in, from, to)) return Passage::none;
    if (to.self == vertex) return Passage::self;
    for (const AttachmentId out : topology_.vertices()[vertex].attachments) {
      if (out != in && from_side(out, to, from)) return Passage::forwarded;
    }
    return Passage::none;
  }

  // Mirrored: what leaves towards `to` is what would enter from there.
  [[nodiscard]] Passage leaves(AttachmentId out, const Place& from, const Place& to) {
    return enters(out, to, from);
  }

 private:
  // A crossing at s enters from s, and never leaves to it; else the interface lies between.
  bool from_side(AttachmentId at, const Place& from, const Place& to) {
    const ir::NetworkId network = topology_.attachments()[at].network;
    if (from.network.valid() && network == from.network) return true;
    return is_core(at) && network != to.network && between(from, to).contains(at);
  }

  [[nodiscard]] std::vector<VertexId> attached(const Place& place) const {
    if (place.self.valid()) return {place.self};
    std::vector<VertexId> found;
    for (const AttachmentId id : topology_.attachments().ids()) {
      const Attachment& each = topology_.attachments()[id];
      if (each.network == place.network) found.push_back(each.vertex);
    }
    return found;
  }

  const std::set<AttachmentId>& between(const Place& a, const Place& b) {
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

  const ir::Policy& policy_;
  const Topology& topology_;
  std::uint32_t vertex_count_ = 0;
  Edges edges_;
  std::vector<AttachmentId> edge_attachments_;
  std::map<std::pair<Place, Place>, std::set<AttachmentId>> between_;
};

// Everything that can be an end, in both readings.
std::vector<std::pair<Slow::Place, PlaceId>> ends(const ir::Policy& policy, const Topology& topology) {
  std::vector<std::pair<Slow::Place, PlaceId>> found;
  for (const ir::NetworkId id : policy.networks.ids())
    found.push_back({{.network = id, .self = {}}, topology.place(id)});
  for (const VertexId id : topology.vertices().ids())
    found.push_back({{.network = {}, .self = id}, topology.place(id)});
  return found;
}

Extent extent_of(const std::vector<std::pair<Slow::Place, PlaceId>>& chosen) {
  Extent extent;
  for (const auto& [slow, id] : chosen) extent.push_back(id);
  std::ranges::sort(extent);
  extent.erase(std::ranges::unique(extent).begin(), extent.end());
  return extent;
}

bool holds(const Extent& extent, PlaceId id) { return std::ranges::binary_search(extent, id); }

}  // namespace

TEST_CASE("random networks: an interface of the core carries a pair when the definition says so") {
  std::size_t carried = 0;
  for (std::uint64_t seed = 1; seed <= networks; ++seed) {
    CAPTURE(seed);
    const ir::Policy policy = random_network(seed);
    const Topology topology(policy);
    Extents extents;
    const Carriage carriage(topology, extents, std::vector<bool>(policy.devices.size(), true));
    Slow slow(policy, topology);
    const auto places = ends(policy, topology);
    for (const AttachmentId at : topology.attachments().ids()) {
      REQUIRE(topology.attachments()[at].core == slow.is_core(at));
      if (!slow.is_core(at)) continue;
      CAPTURE(at.value);
      for (const auto& [from, from_id] : places) {
        for (const auto& [to, to_id] : places) {
          if (from == to) continue;
          const Passage in = slow.enters(at, from, to);
          REQUIRE(carriage.enters(at, from_id, to_id, Family::ipv4) == in);
          REQUIRE(carriage.leaves(at, from_id, to_id, Family::ipv4) == slow.leaves(at, from, to));
          carried += in != Passage::none ? 1U : 0U;
        }
      }
    }
  }
  CHECK(carried > networks);
}

TEST_CASE("random networks: products of places hold the pairs that each interface carries, and no others") {
  for (std::uint64_t seed = 1; seed <= networks; ++seed) {
    CAPTURE(seed);
    const ir::Policy policy = random_network(seed);
    const Topology topology(policy);
    Extents extents;
    Random random(seed);
    std::vector<bool> wanted(policy.devices.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] = random.chance(80);
    Carriage carriage(topology, extents, wanted);
    const auto places = ends(policy, topology);
    std::vector<std::pair<Slow::Place, PlaceId>> sources, targets;
    for (const auto& each : places) (random.chance(50) ? sources : targets).push_back(each);
    if (sources.empty() || targets.empty()) continue;
    const Extent from = extent_of(sources), to = extent_of(targets);
    const std::vector<Carried>& answers =
        carriage.across(extents.intern(from), extents.intern(to), Family::ipv4);
    for (const AttachmentId at : topology.attachments().ids()) {
      if (!topology.attachments()[at].core) continue;
      const bool ours = wanted[topology.vertices()[topology.attachments()[at].vertex].device.value];
      for (const bool leaving : {false, true}) {
        for (const PlaceId s : from) {
          for (const PlaceId d : to) {
            if (s == d) continue;  // hosts of one place meet at leaf interfaces
            Passage found = Passage::none;
            for (const Carried& each : answers) {
              if (each.at == at && each.leaving == leaving && holds(extents[each.from], s) &&
                  holds(extents[each.to], d))
                found = each.passage;
            }
            const Passage expected = !ours     ? Passage::none
                                     : leaving ? carriage.leaves(at, s, d, Family::ipv4)
                                               : carriage.enters(at, s, d, Family::ipv4);
            REQUIRE(found == expected);
          }
        }
      }
    }
  }
}

TEST_CASE("random networks: from a host network packets go on to all that its device can reach") {
  for (std::uint64_t seed = 1; seed <= networks; ++seed) {
    CAPTURE(seed);
    const ir::Policy policy = random_network(seed);
    const Topology topology(policy);
    Extents extents;
    Carriage carriage(topology, extents, std::vector<bool>(policy.devices.size(), true));
    Slow slow(policy, topology);
    const auto places = ends(policy, topology);
    const ExtentId all = extents.intern(extent_of(places));
    for (const AttachmentId leaf : topology.attachments().ids()) {
      if (topology.attachments()[leaf].core) continue;
      const Slow::Place from{.network = topology.attachments()[leaf].network, .self = {}};
      const Carriage::Beyond beyond = carriage.beyond(leaf, all, false, Family::ipv4);
      for (const auto& [to, to_id] : places) {
        if (to_id == topology.place(from.network)) continue;
        const Passage expected = slow.enters(leaf, from, to);
        const bool forwarded = beyond.forwarded.valid() && holds(extents[beyond.forwarded], to_id);
        const bool self = beyond.self.valid() && holds(extents[beyond.self], to_id);
        REQUIRE(forwarded == (expected == Passage::forwarded));
        REQUIRE(self == (expected == Passage::self));
      }
    }
  }
}

TEST_CASE("a chain: each interface carries towards the end that it faces away from, and in the middle both") {
  // pumps ── a ── left ── b ── right ── c ── servers
  PolicyBuilder builder;
  for (const char* name : {"pumps", "servers", "left", "right"}) builder.network(name, {});
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"});
  for (const char* name : {"a", "b", "c"}) builder.device(name, "stateful");
  builder.interface("a", "pumps", "pumps");
  builder.interface("a", "left", "left");
  builder.interface("b", "left", "left");
  builder.interface("b", "right", "right");
  builder.interface("c", "right", "right");
  builder.interface("c", "servers", "servers");
  const ir::Policy& policy = builder.policy();
  const Topology topology(policy);
  Extents extents;
  const Carriage carriage(topology, extents, {true, true, true});
  const PlaceId pumps = topology.place(builder.network_id("pumps")),
                servers = topology.place(builder.network_id("servers"));
  const auto enters = [&](std::uint32_t device, std::size_t interface) {
    return carriage.enters(topology.attachment(ir::DeviceId{device}, interface), pumps, servers,
                           Family::ipv4);
  };
  CHECK(enters(0, 1) == Passage::none);
  CHECK(enters(1, 0) == Passage::forwarded);
  CHECK(enters(1, 1) == Passage::forwarded);
  CHECK(enters(2, 0) == Passage::forwarded);
  const AttachmentId last = topology.attachment(ir::DeviceId{2}, 0);
  CHECK(carriage.leaves(last, pumps, servers, Family::ipv4) == Passage::none);
  CHECK(carriage.leaves(last, servers, pumps, Family::ipv4) == Passage::forwarded);
  const PlaceId self = topology.place(topology.attachments()[last].vertex);
  CHECK(carriage.enters(last, pumps, self, Family::ipv4) == Passage::self);
}

}  // namespace cordon::graph::testing
