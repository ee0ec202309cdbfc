// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/exposure_graph.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "compiler/graph/cuts.h"
#include "compiler/graph/paths.h"
#include "exposure_definition.h"
#include "paths.h"
#include "tests/support/policy_builder.h"

namespace cordon::graph::testing {
namespace {

using test::PolicyBuilder;

constexpr std::uint64_t policies = 2000;

std::set<ir::Address> addresses_of(const Party& party) {
  std::set<ir::Address> found;
  for (const ir::Family family : packet::families) {
    for (const packet::AddressRange& range : party.addresses.of(family).ranges()) {
      for (packet::Bits bits = range.first; bits <= range.last; ++bits)
        found.insert({.family = family, .bits = bits});
    }
  }
  return found;
}

// The graph beside its definition, and the number that the definition has for each party.
struct Case {
  explicit Case(std::uint64_t seed) : policy(random_exposure(seed)), definition(policy), graph(policy) {
    for (const PartyId id : graph.parties().all().ids()) {
      const auto found = std::ranges::find(definition.parties(), addresses_of(graph.parties().all()[id]));
      REQUIRE(found != definition.parties().end());
      numbers.push_back(static_cast<std::size_t>(found - definition.parties().begin()));
    }
    REQUIRE(numbers.size() == definition.parties().size());
  }

  [[nodiscard]] auto ids() const { return graph.parties().all().ids(); }

  // Every party and every arc spelled out.
  [[nodiscard]] Digraph spelled_out() const {
    std::vector<Digraph::Arc> arcs;
    for (const PartyId a : ids()) {
      for (const PartyId b : ids()) {
        if (a != b && !definition.flows(numbers[a.value], numbers[b.value]).empty())
          arcs.push_back({.from = a.value, .to = b.value});
      }
    }
    return {static_cast<std::uint32_t>(numbers.size()), std::move(arcs)};
  }

  ir::Policy policy;
  ExposureDefinition definition;
  ExposureGraph graph;
  std::vector<std::size_t> numbers;
};

// No two parties have one label, and none leads to itself.
bool well_formed(const ExposureGraph& graph) {
  std::set<std::string> known;
  for (const Party& party : graph.parties().all()) known.insert(party.label);
  return known.size() == graph.parties().all().size() &&
         std::ranges::none_of(graph.digraph().arcs(),
                              [](const Digraph::Arc& arc) { return arc.from == arc.to; });
}

std::string labels(const ExposureGraph& graph, const std::vector<PartyId>& parties) {
  std::string text;
  for (const PartyId id : parties) text += (text.empty() ? "" : "; ") + graph.parties().all()[id].label;
  return text;
}

ir::Host host(std::string name, ir::NetworkId network, std::string_view ipv4, std::string_view ipv6 = {}) {
  ir::Host made;
  made.name = std::move(name);
  made.network = network;
  made.ipv4 = packet::parse_address(ipv4);
  if (!ipv6.empty()) made.ipv6 = packet::parse_address(ipv6);
  return made;
}

// Guests that are kept apart, pumps that are not, and a server's zone.
PolicyBuilder hospital() {
  PolicyBuilder builder;
  builder.network("guest", {"10.1.0.0/24", "fd00:1::/64"});
  builder.network("pumps", {"10.2.0.0/24"});
  builder.network("servers", {"10.3.0.0/24", "fd00:3::/64"});
  builder.zone("guest", {"guest"}, true);
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"}, true);
  builder.device("firewall", "stateful");
  builder.interface("firewall", "in", "servers", {"10.3.0.1"});
  builder.settle();
  builder.policy().hosts.push_back(
      host("alaris-server", builder.network_id("servers"), "10.3.0.10", "fd00:3::10"));
  return builder;
}

}  // namespace

TEST_CASE("random policies: parties, whom endpoints meet, and the flows of every hop are as defined") {
  std::size_t hops = 0, set_vertices = 0;
  for (std::uint64_t seed = 1; seed <= policies; ++seed) {
    CAPTURE(seed);
    const Case made(seed);
    REQUIRE(well_formed(made.graph));
    for (const ir::Endpoint& endpoint : made.policy.endpoints) {
      for (const ir::Family family : packet::families) {
        std::set<std::size_t> met;
        for (const PartyId id : made.graph.parties().met_by(endpoint, family))
          met.insert(made.numbers[id.value]);
        REQUIRE(met == made.definition.met_by(endpoint, family));
      }
    }
    for (const PartyId a : made.ids()) {
      std::vector<PartyId> targets;
      for (const PartyId b : made.ids()) {
        if (a == b) continue;
        const std::set<ir::FlowId> expected =
            made.definition.flows(made.numbers[a.value], made.numbers[b.value]);
        const std::vector<ir::FlowId> found = made.graph.flows(a, b);
        REQUIRE(std::set(found.begin(), found.end()) == expected);
        REQUIRE(found.size() == expected.size());
        if (!expected.empty()) targets.push_back(b);
        REQUIRE(std::ranges::binary_search(made.graph.sources_of(b), a) == !expected.empty());
      }
      REQUIRE(made.graph.targets_of(a) == targets);
      hops += targets.size();
    }
    set_vertices += made.graph.digraph().vertex_count() - made.numbers.size();
  }
  CHECK(hops > policies * 5);
  CHECK(set_vertices > policies);
}

TEST_CASE("random policies: paths, what is passed by all, and cuts are those of the graph spelled out") {
  std::size_t paths = 0, cuts = 0;
  for (std::uint64_t seed = 1; seed <= policies; ++seed) {
    CAPTURE(seed);
    const Case made(seed);
    const Digraph plain = made.spelled_out();
    Random random(seed);
    const PartyId from{random.below(made.numbers.size())}, to{random.below(made.numbers.size())};
    const std::vector<std::uint32_t> start{from.value}, end{to.value};
    const std::vector<PartyId> start_id{from}, end_id{to};

    std::vector<Path> found;
    for (const AttackPath& path : attack_paths(made.graph, start_id, end_id, 5)) {
      found.emplace_back();
      for (const PartyId party : path.parties) found.back().push_back(party.value);
      REQUIRE(path.hops.size() + 1 == path.parties.size());
      for (std::size_t i = 0; i < path.hops.size(); ++i)
        REQUIRE(path.hops[i] == made.graph.flows(path.parties[i], path.parties[i + 1]));
    }
    REQUIRE(found == shortest_paths(plain, start, end, 5));
    paths += found.size();

    std::vector<std::uint32_t> exposed, expected, passed;
    for (const PartyId party : exposed_to(made.graph, start_id)) exposed.push_back(party.value);
    const std::vector<bool> reached = reachable(plain, start);
    for (std::uint32_t i = 0; i < reached.size(); ++i) {
      if (reached[i]) expected.push_back(i);
    }
    REQUIRE(exposed == expected);
    for (const PartyId party : passed_by_all(made.graph, start_id, to)) passed.push_back(party.value);
    REQUIRE(passed == Dominators(plain, start).of(to.value));

    const auto cut = minimum_vertex_cut(made.graph.digraph(), start, end, made.graph.party_costs());
    const auto other =
        minimum_vertex_cut(plain, start, end, std::vector<std::uint32_t>(plain.vertex_count(), 1));
    REQUIRE(cut.has_value() == other.has_value());
    if (cut) REQUIRE(cut->items == other->items);
    cuts += cut && !cut->items.empty();
  }
  CHECK(paths > policies / 4);
  CHECK(cuts > policies / 50);
}

TEST_CASE("a zone is one party; one that isolates is as many as flows tell apart") {
  PolicyBuilder builder = hospital();
  builder.flow("a", {"guest"}, {"10.3.0.10", "fd00:3::10"}, {"tcp/443"});
  builder.flow("a", {"pumps"}, {"10.3.0.10"}, {"tcp/8443"});
  builder.flow("a", {"10.1.0.0/25"}, {"10.3.0.20"}, {"tcp/22"});
  const ExposureGraph graph(builder.policy());
  const auto of = [&](std::string_view zone) {
    return labels(graph, graph.parties().of(builder.zone_id(zone)));
  };
  CHECK(of("pumps") == "zone pumps");
  CHECK(of("guest") == "10.1.0.0/25 in zone guest; rest of zone guest");
  CHECK(of("servers") == "rest of zone servers; host alaris-server; address 10.3.0.20 in zone servers");
  const std::vector<PartyId> servers = graph.parties().of(builder.zone_id("servers"));
  CHECK(graph.parties().all()[servers[1]].host == ir::HostId{0});
  CHECK_FALSE(graph.parties().all()[servers[2]].host.valid());
}

TEST_CASE("a host stays one when only one of its addresses is named") {
  PolicyBuilder builder = hospital();
  builder.flow("a", {"pumps"}, {"10.3.0.10"}, {"tcp/8443"});
  builder.flow("a", {"fd00:3::/64"}, {"fd00:1::/64"}, {"tcp/8443"});
  const ExposureGraph graph(builder.policy());
  const std::vector<PartyId> pumps = graph.parties().of(builder.zone_id("pumps")),
                             guest = graph.parties().of(builder.zone_id("guest"));
  const std::vector<AttackPath> paths = attack_paths(graph, pumps, guest, 5);
  REQUIRE(paths.size() == 1);
  CHECK(labels(graph, paths[0].parties) == "zone pumps; host alaris-server; fd00:1::/64 in zone guest");
}

TEST_CASE("a flow needs a family that both ends have and that its services occur in") {
  PolicyBuilder builder = hospital();
  builder.flow("a", {"pumps"}, {"fd00:3::10"}, {"tcp/443"});
  builder.flow("a", {"servers"}, {"guest"}, {"icmpv6/128"});
  const ExposureGraph graph(builder.policy());
  CHECK(graph.targets_of(graph.parties().of(builder.zone_id("pumps")).front()).empty());
  CHECK(labels(graph, graph.parties().of(builder.zone_id("servers"))) ==
        "rest of zone servers; host alaris-server");
}

TEST_CASE("a device is a party for its own addresses, which are of no zone") {
  PolicyBuilder builder = hospital();
  builder.flow("a", {"pumps"}, {"device:firewall"}, {"tcp/22"});
  builder.flow("a", {"guest"}, {"10.3.0.1"}, {"tcp/443"});
  builder.flow("a", {"device:firewall"}, {"servers"}, {"udp/514"});
  const ExposureGraph graph(builder.policy());
  const PartyId firewall = graph.parties().of(builder.device_id("firewall"));
  CHECK(labels(graph, graph.sources_of(firewall)) == "zone guest; zone pumps");
  CHECK(labels(graph, graph.targets_of(firewall)) == "zone servers");
  const std::vector<PartyId> guest = graph.parties().of(builder.zone_id("guest")),
                             servers = graph.parties().of(builder.zone_id("servers"));
  CHECK(labels(graph, passed_by_all(graph, guest, servers.front())) == "zone guest; device firewall");
}

TEST_CASE("between hundreds of parties on both sides the graph stays linear") {
  PolicyBuilder builder = hospital();
  constexpr std::uint32_t hosts = 200;
  for (std::uint32_t i = 20; i < 20 + hosts; ++i) {
    builder.flow("names", {"10.1.0." + std::to_string(i)}, {"pumps"}, {"tcp/1"});
    builder.flow("names", {"10.3.0." + std::to_string(i)}, {"pumps"}, {"tcp/1"});
  }
  for (std::uint32_t i = 0; i < 50; ++i) builder.flow("all", {"guest"}, {"servers"}, {"tcp/2"});
  const ExposureGraph graph(builder.policy());
  CHECK(graph.digraph().arcs().size() < 5 * hosts);
  const std::vector<PartyId> guest = graph.parties().of(builder.zone_id("guest"));
  CHECK(guest.size() == hosts + 1);
  CHECK(graph.targets_of(guest[7]).size() == hosts + 2);
  const auto cut =
      minimum_arc_cut(graph.digraph(), std::vector<std::uint32_t>{guest[0].value},
                      std::vector<std::uint32_t>{graph.targets_of(guest[7])[1].value}, graph.flow_costs());
  REQUIRE(cut);
  CHECK(cut->cost == 50);
}

}  // namespace cordon::graph::testing
