// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/layer2.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "paths.h"
#include "tests/support/policy_builder.h"

namespace cordon::graph::testing {
namespace {

using test::PolicyBuilder;

constexpr std::uint64_t wirings = 300;

Layer2 layer2_of(const ir::Policy& policy) {
  return {policy, [&](ir::DeviceId id) {
            const std::string& platform = policy.devices[id].platform;
            return platform.empty() || test::capabilities_named(platform).switching == config::Support::yes;
          }};
}

void cable(PolicyBuilder& builder, const std::string& a, const std::string& b, const std::string& mark = {}) {
  builder.link(a, "to-" + b + mark, b, "to-" + a + mark);
  builder.link(b, "to-" + a + mark, a, "to-" + b + mark);
}

std::string in_order(std::vector<std::string> names) {
  std::ranges::sort(names);
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

// The cables of a network's span by the names of their ends, `one-two`, ascending.
std::string cables(const PolicyBuilder& builder, const ir::Policy& policy, std::string_view network) {
  const Layer2 layer2 = layer2_of(policy);
  std::vector<std::string> names;
  for (const CableId id : layer2.span(builder.network_id(network)).cables) {
    const auto name = [&](const CableEnd& end) {
      return policy.devices[layer2.segments()[end.segment].device].name;
    };
    const auto [first, second] = std::minmax({name(layer2.cables()[id].a), name(layer2.cables()[id].b)});
    names.push_back(first + "-" + second);
  }
  return in_order(std::move(names));
}

bool joined(const PolicyBuilder& builder, const ir::Policy& policy, std::string_view network) {
  return layer2_of(policy).span(builder.network_id(network)).joined;
}

//  one ── two ── three      the network has hosts at one and three; four hangs on two
//          └─── four
PolicyBuilder tree() {
  PolicyBuilder builder;
  builder.network("pumps", {}).vlan = 20;
  for (const char* name : {"one", "two", "three", "four"}) builder.device(name, "stateless");
  cable(builder, "one", "two");
  cable(builder, "two", "three");
  cable(builder, "two", "four");
  builder.access("one", "p1", "pumps");
  builder.access("three", "p1", "pumps");
  return builder;
}

// Switches with links at random, and the network at some of them.
struct Wiring {
  explicit Wiring(std::uint64_t seed) {
    Random random(seed);
    count = 2 + random.below(6);
    const std::uint32_t links = random.below(count + 4);
    for (std::uint32_t i = 0; i < links; ++i) {
      const std::uint32_t a = random.below(count), b = random.below(count);
      if (a != b) edges.push_back({a, b});
    }
    for (std::uint32_t i = 0; i < count; ++i) {
      if (random.chance(40)) members.push_back(i);
    }
  }

  [[nodiscard]] PolicyBuilder build() const {
    PolicyBuilder builder;
    builder.network("pumps", {}).vlan = 20;
    for (std::uint32_t i = 0; i < count; ++i) builder.device(std::to_string(i), "stateless");
    for (std::uint32_t i = 0; i < edges.size(); ++i)
      cable(builder, std::to_string(edges[i].a), std::to_string(edges[i].b), "-" + std::to_string(i));
    for (const std::uint32_t i : members) builder.access(std::to_string(i), "p", "pumps");
    return builder;
  }

  [[nodiscard]] std::string carried() const {
    std::set<std::uint32_t> found;
    for (const std::uint32_t a : members) {
      for (const std::uint32_t b : members) found.merge(on_paths(count, edges, a, b));
    }
    std::vector<std::string> names;
    for (const std::uint32_t edge : found) {
      const auto [low, high] = std::minmax(edges[edge].a, edges[edge].b);
      names.push_back(std::to_string(low) + "-" + std::to_string(high));
    }
    return in_order(std::move(names));
  }

  [[nodiscard]] bool is_joined() const {
    return std::ranges::all_of(members, [&](std::uint32_t each) {
      return reached(edges, members.front(), BlockTree::none).contains(each);
    });
  }

  std::uint32_t count = 0;
  Edges edges;
  std::vector<std::uint32_t> members;
};

}  // namespace

TEST_CASE("a link carries a network when it lies between members of it") {
  PolicyBuilder builder = tree();
  CHECK(cables(builder, builder.policy(), "pumps") == "one-two three-two");
  CHECK(joined(builder, builder.policy(), "pumps"));
  const Layer2 layer2 = layer2_of(builder.policy());
  CHECK(layer2.span(builder.network_id("pumps")).reached.size() == 3);
  CHECK(layer2.span(builder.network_id("pumps")).members.size() == 2);
  builder.access("four", "p1", "pumps");
  CHECK(cables(builder, builder.policy(), "pumps") == "four-two one-two three-two");
}

TEST_CASE("in a ring both ways round carry, and a second link beside the first too") {
  PolicyBuilder builder = tree();
  cable(builder, "three", "four");
  CHECK(cables(builder, builder.policy(), "pumps") == "four-three four-two one-two three-two");
  cable(builder, "one", "two", "-again");
  CHECK(cables(builder, builder.policy(), "pumps") == "four-three four-two one-two one-two three-two");
}

TEST_CASE("members that no link joins are told") {
  PolicyBuilder builder = tree();
  builder.device("far", "stateless");
  builder.access("far", "p1", "pumps");
  CHECK_FALSE(joined(builder, builder.policy(), "pumps"));
  CHECK(cables(builder, builder.policy(), "pumps") == "one-two three-two");
}

TEST_CASE("a link that is declared at both ends is one link") {
  PolicyBuilder builder = tree();
  const Layer2 layer2 = layer2_of(builder.policy());
  CHECK(layer2.cables().size() == 3);
  CHECK(layer2.cable_at(builder.device_id("one"), "to-two") ==
        layer2.cable_at(builder.device_id("two"), "to-one"));
  CHECK_FALSE(layer2.cable_at(builder.device_id("one"), "p1").valid());
}

TEST_CASE("a device routes between its routed ports and does not bridge them") {
  //  one ── router ── three      with the network on a subinterface of the router's port to one
  PolicyBuilder builder;
  builder.network("pumps", {}).vlan = 20;
  for (const char* name : {"one", "three"}) builder.device(name, "stateless");
  builder.device("router", "stateful");
  cable(builder, "one", "router");
  cable(builder, "three", "router");
  builder.access("one", "p1", "pumps");
  builder.interface("router", "to-one.20", "pumps");
  CHECK(cables(builder, builder.policy(), "pumps") == "one-router");
  CHECK(joined(builder, builder.policy(), "pumps"));
  builder.access("three", "p1", "pumps");
  CHECK_FALSE(joined(builder, builder.policy(), "pumps"));
}

TEST_CASE("an interface of a switch on a VLAN is a member at the switch itself") {
  PolicyBuilder builder = tree();
  builder.interface("four", "Vlan20", "pumps");
  CHECK(cables(builder, builder.policy(), "pumps") == "four-two one-two three-two");
}

TEST_CASE("radios are members, and what is not ours bridges") {
  PolicyBuilder builder = tree();
  builder.device("closet");
  builder.device("ap");
  cable(builder, "four", "closet");
  cable(builder, "closet", "ap");
  builder.radio("ap", {"pumps"});
  CHECK(cables(builder, builder.policy(), "pumps") == "ap-closet closet-four four-two one-two three-two");
}

TEST_CASE("frames that leave by a link come only to what lies behind it") {
  PolicyBuilder builder = tree();
  const Layer2 layer2 = layer2_of(builder.policy());
  const auto at = [&](std::string_view device) {
    for (const SegmentId id : layer2.segments().ids()) {
      if (layer2.segments()[id].device == builder.device_id(device)) return id;
    }
    return SegmentId{};
  };
  const CableId up = layer2.cable_at(builder.device_id("one"), "to-two"),
                down = layer2.cable_at(builder.device_id("two"), "to-four");
  CHECK(layer2.leads_to(up, at("one"), at("three")));
  CHECK_FALSE(layer2.leads_to(up, at("two"), at("three")));
  CHECK(layer2.leads_to(up, at("two"), at("one")));
  CHECK(layer2.leads_to(down, at("two"), at("four")));
  CHECK_FALSE(layer2.leads_to(down, at("two"), at("one")));
}

TEST_CASE("the port of a subinterface") {
  CHECK(parent_port("eth0.1520") == "eth0");
  CHECK(parent_port("GigabitEthernet0/1.20") == "GigabitEthernet0/1");
  CHECK(parent_port("Vlan20") == "Vlan20");
}

TEST_CASE("random wirings: a link carries a network when it lies on a simple path between two members") {
  for (std::uint64_t seed = 1; seed <= wirings; ++seed) {
    CAPTURE(seed);
    const Wiring wiring(seed);
    PolicyBuilder builder = wiring.build();
    REQUIRE(cables(builder, builder.policy(), "pumps") == wiring.carried());
    REQUIRE(joined(builder, builder.policy(), "pumps") == wiring.is_joined());
  }
}

}  // namespace cordon::graph::testing
