// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The routed network: what is a vertex, what is a place, what routing says; layer 3 by hand.

#include "compiler/graph/topology.h"

#include <doctest/doctest.h>

#include "tests/support/policy_builder.h"

namespace cordon::graph::testing {
namespace {

using ir::Family;
using test::PolicyBuilder;

//            ┌─ left ── b ── north ─┐
//  pumps ── a                       d ── servers
//            └─ right ─ c ── south ─┘
PolicyBuilder two_ways() {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("servers", {"10.2.0.0/24", "2001:db8:2::/64"});
  builder.network("left", {"10.9.1.0/30", "2001:db8:91::/64"});
  builder.network("right", {"10.9.2.0/30"});
  builder.network("north", {"10.9.3.0/30"});
  builder.network("south", {"10.9.4.0/30"});
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"});
  for (const char* name : {"a", "b", "c", "d"}) builder.device(name, "stateful");
  for (const char* network : {"pumps", "left", "right"}) builder.interface("a", network, network);
  for (const char* network : {"left", "north"}) builder.interface("b", network, network);
  for (const char* network : {"right", "south"}) builder.interface("c", network, network);
  for (const char* network : {"north", "south", "servers"}) builder.interface("d", network, network);
  builder.settle();
  return builder;
}

ir::Device& device(PolicyBuilder& builder, std::string_view name) {
  return builder.policy().devices[builder.device_id(name)];
}

ir::StaticRoute route(std::string_view to, std::string_view via) {
  return {.to = packet::parse_prefix(to).value(),
          .via = packet::parse_address(via).value(),
          .vrf = {},
          .range = {}};
}

// The networks by which a device says that it sends to another one; `unsaid` when it does not say.
std::string ways(const PolicyBuilder& builder, const ir::Policy& policy, std::string_view from,
                 std::string_view to, Family family = Family::ipv4) {
  const Topology topology(policy);
  const VertexId vertex = topology.vertices_of(builder.device_id(from)).front();
  const Routing::Ways* stated = topology.stated_ways(vertex, topology.place(builder.network_id(to)), family);
  if (stated == nullptr) return "unsaid";
  std::string text;
  for (const AttachmentId id : *stated) {
    text += (text.empty() ? "" : ",") + policy.networks[topology.attachments()[id].network].name;
  }
  return text;
}

}  // namespace

TEST_CASE("a device is a vertex for each VRF") {
  PolicyBuilder builder = two_ways();
  device(builder, "a").interfaces[1].vrf = "red";
  device(builder, "a").interfaces[2].vrf = "red";
  const Topology topology(builder.policy());
  const auto vertices = topology.vertices_of(builder.device_id("a"));
  REQUIRE(vertices.size() == 2);
  CHECK(topology.vertices()[vertices[0]].vrf.empty());
  CHECK(topology.vertices()[vertices[1]].vrf == "red");
  CHECK(topology.component(vertices[0]) != topology.component(vertices[1]));
  const Place& pumps = topology.places()[topology.place(builder.network_id("pumps"))];
  const Place& servers = topology.places()[topology.place(builder.network_id("servers"))];
  CHECK_FALSE(topology.connected(pumps, servers));
  CHECK(topology.reaches(vertices[1], servers));
}

TEST_CASE("networks of zones are ends, networks of none are ways, and the world outside is an end") {
  PolicyBuilder builder = two_ways();
  builder.network("internet", {"any4"});
  const Topology plain(builder.policy());
  for (const char* name : {"pumps", "servers", "internet"})
    CHECK_FALSE(plain.is_transit(builder.network_id(name)));
  for (const char* name : {"left", "right", "north", "south"})
    CHECK(plain.is_transit(builder.network_id(name)));
  builder.policy().networks[builder.network_id("pumps")].transit = true;
  CHECK(Topology(builder.policy()).is_transit(builder.network_id("pumps")));
}

TEST_CASE("host networks that hang on the same devices are one place") {
  PolicyBuilder builder = two_ways();
  builder.network("cameras", {"10.3.0.0/24"});
  builder.zone("cameras", {"cameras"});
  builder.interface("a", "cameras", "cameras");
  const Topology one(builder.policy());
  CHECK(one.place(builder.network_id("cameras")) == one.place(builder.network_id("pumps")));
  builder.interface("b", "cameras", "cameras");
  const Topology two(builder.policy());
  CHECK(two.place(builder.network_id("cameras")) != two.place(builder.network_id("pumps")));
}

TEST_CASE("a network is between others exactly when their paths pass its block") {
  PolicyBuilder builder = two_ways();
  builder.network("tail", {"10.9.5.0/30"});
  builder.device("e", "stateful");
  builder.interface("d", "tail", "tail");
  builder.interface("e", "tail", "tail");
  const Topology topology(builder.policy());
  const Place& pumps = topology.places()[topology.place(builder.network_id("pumps"))];
  const Place& servers = topology.places()[topology.place(builder.network_id("servers"))];
  const Place& beyond =
      topology.places()[topology.place(topology.vertices_of(builder.device_id("e")).front())];
  const std::uint32_t ring = topology.attachments()[topology.attachment(builder.device_id("b"), 0)].block,
                      tail = topology.attachments()[topology.attachment(builder.device_id("e"), 0)].block;
  CHECK(topology.attachments_in(ring).size() == 8);
  CHECK(topology.between(ring, pumps, servers));
  CHECK_FALSE(topology.between(tail, pumps, servers));
  CHECK(topology.between(tail, pumps, beyond));
  CHECK_FALSE(topology.between(ring, servers, beyond));
}

TEST_CASE("nobody states a way where nobody states routing") {
  PolicyBuilder builder = two_ways();
  const Topology topology(builder.policy());
  CHECK_FALSE(topology.states_routes());
  CHECK(ways(builder, builder.policy(), "a", "servers") == "unsaid");
}

TEST_CASE("a static route states the way of its next hop, in its family only") {
  PolicyBuilder builder = two_ways();
  device(builder, "a").routes = {route("10.2.0.0/16", "10.9.1.2")};
  CHECK(ways(builder, builder.policy(), "a", "servers") == "left");
  CHECK(ways(builder, builder.policy(), "a", "servers", Family::ipv6) == "unsaid");
  CHECK(ways(builder, builder.policy(), "d", "pumps") == "unsaid");
  device(builder, "a").routes.push_back(route("2001:db8::/32", "2001:db8:91::2"));
  CHECK(ways(builder, builder.policy(), "a", "servers", Family::ipv6) == "left");
}

TEST_CASE("the longest route wins, equal ones share, and routes to parts count together") {
  PolicyBuilder builder = two_ways();
  ir::Device& a = device(builder, "a");
  a.routes = {route("0.0.0.0/0", "10.9.1.2"), route("10.2.0.0/24", "10.9.2.2")};
  CHECK(ways(builder, builder.policy(), "a", "servers") == "right");
  a.routes = {route("10.2.0.0/24", "10.9.1.2"), route("10.2.0.0/24", "10.9.2.2")};
  CHECK(ways(builder, builder.policy(), "a", "servers") == "left,right");
  a.routes = {route("0.0.0.0/0", "10.9.1.2"), route("10.2.0.128/25", "10.9.2.2")};
  CHECK(ways(builder, builder.policy(), "a", "servers") == "left,right");
  a.routes = {route("10.2.0.0/25", "10.9.1.2")};
  CHECK(ways(builder, builder.policy(), "a", "servers") == "unsaid");
}

TEST_CASE("a device says nothing of networks that it is attached to, nor by hops that it cannot see") {
  PolicyBuilder builder = two_ways();
  device(builder, "a").routes = {route("10.0.0.0/8", "10.9.1.2")};
  CHECK(ways(builder, builder.policy(), "a", "right") == "unsaid");
  CHECK(ways(builder, builder.policy(), "a", "south") == "left");
  device(builder, "a").routes = {route("10.2.0.0/24", "10.9.3.2")};
  CHECK(ways(builder, builder.policy(), "a", "servers") == "unsaid");
}

TEST_CASE("costs choose the cheapest way, one for each hop that states none, and routes win over them") {
  PolicyBuilder builder = two_ways();
  device(builder, "a").shortest_routing = true;
  CHECK(ways(builder, builder.policy(), "a", "servers") == "left,right");
  CHECK(ways(builder, builder.policy(), "a", "north") == "left");
  device(builder, "c").interfaces[1].cost = 3;  // c sends to south
  CHECK(ways(builder, builder.policy(), "a", "servers") == "left");
  device(builder, "a").interfaces[1].cost = 4;  // a sends to left
  CHECK(ways(builder, builder.policy(), "a", "servers") == "right");
  device(builder, "a").routes = {route("10.2.0.0/24", "10.9.1.2")};
  CHECK(ways(builder, builder.policy(), "a", "servers") == "left");
}

TEST_CASE("a way leads on only as far as every device on it states") {
  PolicyBuilder builder = two_ways();
  const auto leads = [&] {
    const Topology topology(builder.policy());
    return topology.leads(topology.place(builder.network_id("pumps")),
                          topology.place(builder.network_id("servers")), Family::ipv4);
  };
  CHECK(leads());
  device(builder, "a").routes = {route("10.2.0.0/24", "10.9.1.2")};
  CHECK(leads());
  device(builder, "b").routes = {route("10.2.0.0/24", "10.9.1.1")};  // back again
  CHECK_FALSE(leads());
  device(builder, "b").routes = {route("10.2.0.0/24", "10.9.3.2")};
  CHECK(leads());
}

}  // namespace cordon::graph::testing
