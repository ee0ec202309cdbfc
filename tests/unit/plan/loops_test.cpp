// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Loops within loops, and routing that says which way round.

#include <doctest/doctest.h>

#include "planned.h"

namespace cordon::plan::testing {
namespace {

using test::PolicyBuilder;

struct Interface {
  const char* device;
  const char* network;
  const char* address;
};

void attach(PolicyBuilder& builder, const std::vector<Interface>& interfaces) {
  for (const Interface& each : interfaces) {
    if (!builder.device_id(each.device).valid()) builder.device(each.device, "stateful").state_sync = "all";
    builder.interface(each.device, each.network, each.network, {each.address});
  }
}

//  cameras ── f ══ b ── offices      f hangs on b by two links: a loop that leads nowhere
//                 ╱ ╲                a, b, c: one loop
//       pumps ── a ── c              c, d, e: the next, and within it two links from c to d
//                    ╱ ║
//                   e ─ d ── servers
PolicyBuilder nested_loops() {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("offices", {"10.2.0.0/24"});
  builder.network("servers", {"10.3.0.0/24"});
  builder.network("cameras", {"10.4.0.0/24"});
  for (const char* name : {"pumps", "offices", "servers", "cameras"}) builder.zone(name, {name});
  int number = 0;
  for (const char* name : {"ab", "bc", "ca", "cd", "dc", "de", "ec", "bf", "fb"})
    builder.network(name, {"10.9." + std::to_string(++number) + ".0/30"});
  attach(builder, {{"a", "pumps", "10.1.0.1"},   {"a", "ab", "10.9.1.1"},      {"a", "ca", "10.9.3.1"},
                   {"b", "offices", "10.2.0.1"}, {"b", "ab", "10.9.1.2"},      {"b", "bc", "10.9.2.1"},
                   {"b", "bf", "10.9.8.1"},      {"b", "fb", "10.9.9.1"},      {"c", "ca", "10.9.3.2"},
                   {"c", "bc", "10.9.2.2"},      {"c", "cd", "10.9.4.1"},      {"c", "dc", "10.9.5.1"},
                   {"c", "ec", "10.9.7.1"},      {"d", "servers", "10.3.0.1"}, {"d", "cd", "10.9.4.2"},
                   {"d", "dc", "10.9.5.2"},      {"d", "de", "10.9.6.1"},      {"e", "de", "10.9.6.2"},
                   {"e", "ec", "10.9.7.2"},      {"f", "bf", "10.9.8.2"},      {"f", "fb", "10.9.9.2"},
                   {"f", "cameras", "10.4.0.1"}});
  builder.settle();
  return builder;
}

//            ┌─ left ── b ── north ─┐
//  pumps ── a                       d ── servers
//            └─ right ─ c ── south ─┘
PolicyBuilder two_ways() {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("servers", {"10.2.0.0/24"});
  builder.network("left", {"10.9.1.0/30"});
  builder.network("right", {"10.9.2.0/30"});
  builder.network("north", {"10.9.3.0/30"});
  builder.network("south", {"10.9.4.0/30"});
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"});
  attach(builder, {{"a", "pumps", "10.1.0.1"},
                   {"a", "left", "10.9.1.1"},
                   {"a", "right", "10.9.2.1"},
                   {"b", "left", "10.9.1.2"},
                   {"b", "north", "10.9.3.1"},
                   {"c", "right", "10.9.2.2"},
                   {"c", "south", "10.9.4.1"},
                   {"d", "north", "10.9.3.2"},
                   {"d", "south", "10.9.4.2"},
                   {"d", "servers", "10.2.0.1"}});
  for (ir::Interface& each : builder.policy().devices[builder.device_id("a")].interfaces)
    each.filter = ir::FilterMode::both;
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  return builder;
}

ir::Device& device_a(PolicyBuilder& builder) { return builder.policy().devices[builder.device_id("a")]; }

ir::StaticRoute route(std::string_view to, std::string_view via) {
  return {.to = packet::parse_prefix(to).value(),
          .via = packet::parse_address(via).value(),
          .vrf = {},
          .range = {}};
}

const std::string there = "flow 10.1.0.0/24 > 10.2.0.0/24 tcp/443";

}  // namespace

TEST_CASE("nested loops: a flow through two of them stays out of the third") {
  PolicyBuilder builder = nested_loops();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  const std::string flow = "flow 10.1.0.0/24 > 10.3.0.0/24 tcp/443";
  CHECK(planned.rules("a", "pumps in") == flow);
  for (const char* where : {"ab in", "ca in"}) CHECK(planned.rules("a", where) == flow);
  for (const char* where : {"ab in", "bc in"}) CHECK(planned.rules("b", where) == flow);
  for (const char* where : {"bc in", "ca in", "cd in", "dc in", "ec in"})
    CHECK(planned.rules("c", where) == flow);
  for (const char* where : {"cd in", "dc in", "de in"}) CHECK(planned.rules("d", where) == flow);
  for (const char* where : {"de in", "ec in"}) CHECK(planned.rules("e", where) == flow);
  for (const char* where : {"bf in", "fb in", "offices in"}) CHECK(planned.rules("b", where) == "");
  for (const char* where : {"bf in", "fb in", "cameras in"}) CHECK(planned.rules("f", where) == "");
  CHECK(planned.rules("d", "servers in") == "");
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("nested loops: a flow within one of them stays out of the others") {
  PolicyBuilder builder = nested_loops();
  builder.flow("maintenance", {"offices"}, {"pumps"}, {"tcp/22"});
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  const std::string flow = "flow 10.2.0.0/24 > 10.1.0.0/24 tcp/22";
  CHECK(planned.rules("b", "offices in") == flow);
  for (const char* where : {"ab in", "ca in"}) CHECK(planned.rules("a", where) == flow);
  for (const char* where : {"bc in", "ca in"}) CHECK(planned.rules("c", where) == flow);
  for (const char* where : {"cd in", "dc in", "ec in"}) CHECK(planned.rules("c", where) == "");
  for (const char* where : {"cd in", "dc in", "de in", "servers in"}) CHECK(planned.rules("d", where) == "");
  for (const char* where : {"de in", "ec in"}) CHECK(planned.rules("e", where) == "");
  for (const char* where : {"bf in", "fb in", "cameras in"}) CHECK(planned.rules("f", where) == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("stated routing: without it, a device sends both ways") {
  PolicyBuilder builder = two_ways();
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  for (const char* where : {"left", "right"}) {
    CHECK(planned.rules("a", std::string(where) + " out") == there);
    CHECK(planned.rules("a", std::string(where) + " in") == there);
  }
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("stated routing: a static route leaves one way out") {
  PolicyBuilder builder = two_ways();
  device_a(builder).routes = {route("10.2.0.0/24", "10.9.1.2")};
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(planned.rules("a", "pumps in") == there);
  CHECK(planned.rules("a", "left out") == there);
  CHECK(planned.rules("a", "right out") == "");
  // What comes in on the one may only go out on the other.
  CHECK(planned.rules("a", "left in") == "");
  CHECK(planned.rules("a", "right in") == there);
  CHECK(planned.open_end() == "");
  CHECK(planned.fault("a") == "");  // the simulator knows nothing of routes
}

TEST_CASE("stated routing: the longest route wins, and part of a network is not narrowed") {
  PolicyBuilder longest = two_ways();
  device_a(longest).routes = {route("10.0.0.0/8", "10.9.1.2"), route("10.2.0.0/16", "10.9.2.2")};
  const Planned one(longest);
  REQUIRE(one.messages() == "");
  CHECK(one.rules("a", "left out") == "");
  CHECK(one.rules("a", "right out") == there);

  PolicyBuilder part = two_ways();
  device_a(part).routes = {route("10.2.0.0/25", "10.9.1.2")};
  const Planned both(part);
  REQUIRE(both.messages() == "");
  CHECK(both.rules("a", "left out") == there);
  CHECK(both.rules("a", "right out") == there);
  CHECK(both.fault() == "");
}

TEST_CASE("stated routing: costs choose the shorter way, and both when they are equal") {
  PolicyBuilder builder = two_ways();
  device_a(builder).shortest_routing = true;
  const Planned equal(builder);
  REQUIRE(equal.messages() == "");
  CHECK(equal.rules("a", "left out") == there);
  CHECK(equal.rules("a", "right out") == there);

  PolicyBuilder dearer = two_ways();
  device_a(dearer).shortest_routing = true;
  device_a(dearer).interfaces[1].cost = 5;  // left
  const Planned planned(dearer);
  REQUIRE(planned.messages() == "");
  CHECK(planned.rules("a", "left out") == "");
  CHECK(planned.rules("a", "right out") == there);
  CHECK(planned.fault("a") == "");
}

TEST_CASE("stated routing: a route that leads elsewhere leaves no path") {
  PolicyBuilder builder = two_ways();
  builder.network("stub", {"10.9.5.0/30"});
  builder.interface("a", "stub", "stub", {"10.9.5.1"});
  builder.policy().networks[builder.network_id("stub")].addresses.v4 =
      packet::AddressSet(packet::parse_prefix("10.9.5.0/30").value());
  device_a(builder).routes = {route("10.2.0.0/24", "10.9.5.2")};
  const Planned planned(builder);
  CHECK(planned.messages() == "CD4501 no path leads from `pumps` to `servers`");
  CHECK(planned.whole_message().find("the stated routing leads elsewhere") != std::string::npos);
}

}  // namespace cordon::plan::testing
