// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Crossings, against the definition over every simple path of small random networks.

#include "compiler/graph/carriage.h"

#include <algorithm>
#include <utility>

#include <doctest/doctest.h>

#include "definition.h"
#include "tests/support/policy_builder.h"

namespace cordon::graph::testing {
namespace {

using ir::Family;
using End = Definition::End;

constexpr std::uint64_t networks = 300;

// One random network with both readings of it.
struct Case {
  explicit Case(std::uint64_t seed)
      : policy(random_network(seed)),
        topology(policy),
        definition(policy, topology),
        ends(definition.ends()) {}

  [[nodiscard]] std::vector<AttachmentId> interfaces(bool core) const {
    std::vector<AttachmentId> found;
    for (const AttachmentId id : topology.attachments().ids()) {
      if (definition.is_core(id) == core) found.push_back(id);
    }
    return found;
  }

  [[nodiscard]] std::vector<std::pair<End, End>> pairs() const {
    std::vector<std::pair<End, End>> found;
    for (const End& from : ends) {
      for (const End& to : ends) {
        if (from != to) found.emplace_back(from, to);
      }
    }
    return found;
  }

  ir::Policy policy;
  Topology topology;
  Definition definition;
  std::vector<End> ends;
};

Extent extent_of(const std::vector<End>& chosen) {
  Extent extent;
  for (const End& end : chosen) extent.push_back(end.place);
  std::ranges::sort(extent);
  extent.erase(std::ranges::unique(extent).begin(), extent.end());
  return extent;
}

bool holds(const Extents& extents, ExtentId id, PlaceId place) {
  return id.valid() && std::ranges::binary_search(extents[id], place);
}

// The pairs of one interface and direction by which the products differ from asking pair by pair.
std::size_t differences(const Carriage& carriage, const Extents& extents,
                        const std::vector<Carried>& products, const Carried& wanted, bool ours) {
  std::size_t wrong = 0;
  for (const PlaceId from : extents[wanted.from]) {
    for (const PlaceId to : extents[wanted.to]) {
      if (from == to) continue;  // hosts of one place meet at leaf interfaces
      Passage found = Passage::none, expected = Passage::none;
      for (const Carried& each : products) {
        const bool speaks = each.at == wanted.at && each.leaving == wanted.leaving;
        if (speaks && holds(extents, each.from, from) && holds(extents, each.to, to)) found = each.passage;
      }
      if (ours) {
        expected = wanted.leaving ? carriage.leaves(wanted.at, from, to, Family::ipv4)
                                  : carriage.enters(wanted.at, from, to, Family::ipv4);
      }
      if (found != expected) ++wrong;
    }
  }
  return wrong;
}

}  // namespace

TEST_CASE("random networks: an interface of the core carries a pair when the definition says so") {
  std::size_t carried = 0;
  for (std::uint64_t seed = 1; seed <= networks; ++seed) {
    CAPTURE(seed);
    Case made(seed);
    Extents extents;
    const Carriage carriage(made.topology, extents, std::vector<bool>(made.policy.devices.size(), true));
    for (const AttachmentId at : made.interfaces(true)) {
      REQUIRE(made.topology.attachments()[at].core);
      for (const auto& [from, to] : made.pairs()) {
        const Passage in = carriage.enters(at, from.place, to.place, Family::ipv4);
        REQUIRE(in == made.definition.enters(at, from, to));
        REQUIRE(carriage.leaves(at, from.place, to.place, Family::ipv4) ==
                made.definition.leaves(at, from, to));
        carried += in != Passage::none ? 1U : 0U;
      }
    }
  }
  CHECK(carried > networks);
}

TEST_CASE("random networks: products of places hold the pairs that each interface carries, and no others") {
  for (std::uint64_t seed = 1; seed <= networks; ++seed) {
    CAPTURE(seed);
    const Case made(seed);
    Random random(seed);
    std::vector<bool> wanted;
    while (wanted.size() < made.policy.devices.size()) wanted.push_back(random.chance(80));
    std::vector<End> sources, targets;
    for (const End& each : made.ends) (random.chance(50) ? sources : targets).push_back(each);
    Extents extents;
    Carriage carriage(made.topology, extents, wanted);
    const ExtentId from = extents.intern(extent_of(sources)), to = extents.intern(extent_of(targets));
    const std::vector<Carried> products = carriage.across(from, to, Family::ipv4);
    for (const AttachmentId at : made.interfaces(true)) {
      const VertexId vertex = made.topology.attachments()[at].vertex;
      const bool ours = wanted[made.topology.vertices()[vertex].device.value];
      for (const bool leaving : {false, true}) {
        const Carried question{.at = at, .passage = {}, .leaving = leaving, .from = from, .to = to};
        REQUIRE(differences(carriage, extents, products, question, ours) == 0);
      }
    }
  }
}

TEST_CASE("random networks: from a host network packets go on to all that its device can reach") {
  for (std::uint64_t seed = 1; seed <= networks; ++seed) {
    CAPTURE(seed);
    Case made(seed);
    Extents extents;
    Carriage carriage(made.topology, extents, std::vector<bool>(made.policy.devices.size(), true));
    const ExtentId all = extents.intern(extent_of(made.ends));
    for (const AttachmentId leaf : made.interfaces(false)) {
      const ir::NetworkId network = made.topology.attachments()[leaf].network;
      const End from{.network = network, .self = {}, .place = made.topology.place(network)};
      const Carriage::Beyond beyond = carriage.beyond(leaf, all, false, Family::ipv4);
      for (const End& to : made.ends) {
        if (to.place == from.place) continue;
        const Passage expected = made.definition.enters(leaf, from, to);
        REQUIRE(holds(extents, beyond.forwarded, to.place) == (expected == Passage::forwarded));
        REQUIRE(holds(extents, beyond.self, to.place) == (expected == Passage::self));
      }
    }
  }
}

TEST_CASE("a chain: at the ends an interface carries one direction, in the middle both") {
  // pumps ── a ── left ── b ── right ── c ── servers
  test::PolicyBuilder builder;
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
  const Topology topology(builder.policy());
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
