// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/filter_depth.h"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "definition.h"
#include "tests/support/policy_builder.h"

namespace cordon::graph::testing {
namespace {

using ir::FilterMode;
using test::PolicyBuilder;

constexpr std::uint64_t networks = 2500;

// Random filters, devices that nobody configures, many VRFs; now and then stated routing.
ir::Policy random_filters(std::uint64_t seed) {
  ir::Policy policy = random_network(seed);
  Random random(seed + networks);
  const bool states = random.chance(30), vrfs = random.chance(60);
  for (ir::Device& device : policy.devices) {
    if (random.chance(25)) device.platform.clear();
    device.shortest_routing = states && random.chance(60);
    for (ir::Interface& interface : device.interfaces) {
      constexpr FilterMode modes[] = {FilterMode::in, FilterMode::out, FilterMode::both, FilterMode::none};
      interface.filter = modes[random.below(4)];
      if (random.chance(30)) interface.cost = 1 + random.below(3);
      if (vrfs && random.chance(40)) interface.vrf = random.chance(50) ? "blue" : "red";
    }
  }
  return policy;
}

// Every simple path, one by one.
class Paths {
 public:
  Paths(const ir::Policy& policy, const Topology& topology, ir::NetworkId target)
      : policy_(policy), topology_(topology), target_(target) {}

  std::optional<std::size_t> fewest(ir::NetworkId from) {
    at(from);
    return fewest_;
  }

 private:
  [[nodiscard]] const ir::Device& device(AttachmentId at) const {
    return policy_.devices[topology_.vertices()[topology_.attachments()[at].vertex].device];
  }
  [[nodiscard]] bool filters(AttachmentId at, FilterMode way) const {
    const FilterMode mode = device(at).interfaces[topology_.attachments()[at].interface].filter;
    return device(at).configured() && (mode == way || mode == FilterMode::both);
  }

  void at(ir::NetworkId network) {
    if (network == target_) {
      std::set<std::string> devices;
      for (const auto& [in, out] : trail_) {
        if (filters(in, FilterMode::in) || filters(out, FilterMode::out)) devices.insert(device(in).name);
      }
      fewest_ = std::min(fewest_.value_or(devices.size()), devices.size());
      return;
    }
    if (!trail_.empty() && !topology_.is_transit(network)) return;
    seen_.insert(network);
    for (const AttachmentId in : topology_.attached(network)) through(in);
    seen_.erase(network);
  }

  void through(AttachmentId in) {
    const VertexId vertex = topology_.attachments()[in].vertex;
    if (!passed_.insert(vertex).second) return;
    const Routing::Ways* stated = topology_.stated_ways(vertex, topology_.place(target_), ir::Family::ipv4);
    for (const AttachmentId out : stated != nullptr ? *stated : topology_.vertices()[vertex].attachments) {
      if (out == in || seen_.contains(topology_.attachments()[out].network)) continue;
      trail_.emplace_back(in, out);
      at(topology_.attachments()[out].network);
      trail_.pop_back();
    }
    passed_.erase(vertex);
  }

  const ir::Policy& policy_;
  const Topology& topology_;
  ir::NetworkId target_;
  std::set<ir::NetworkId> seen_;
  std::set<VertexId> passed_;
  std::vector<std::pair<AttachmentId, AttachmentId>> trail_;
  std::optional<std::size_t> fewest_;
};

// The hops lead from one to the other, and the filters are those that stand on them.
bool sound(const ir::Policy& policy, const Topology& topology, const FilterPath& path) {
  ir::NetworkId at = path.from;
  std::vector<ir::DeviceId> filters;
  for (const FilterHop& hop : path.hops) {
    const Attachment& in = topology.attachments()[hop.in];
    const Attachment& out = topology.attachments()[hop.out];
    if (in.network != at || in.vertex != out.vertex || hop.in == hop.out) return false;
    if (at != path.from && !topology.is_transit(at)) return false;
    const ir::DeviceId id = topology.vertices()[in.vertex].device;
    const ir::Device& device = policy.devices[id];
    const FilterMode mode_in = device.interfaces[in.interface].filter,
                     mode_out = device.interfaces[out.interface].filter;
    const bool filters_in = device.configured() && (mode_in == FilterMode::in || mode_in == FilterMode::both),
               filters_out =
                   device.configured() && (mode_out == FilterMode::out || mode_out == FilterMode::both);
    if (hop.filters_in != filters_in || hop.filters_out != filters_out) return false;
    if ((filters_in || filters_out) && std::ranges::find(filters, id) == filters.end()) filters.push_back(id);
    at = out.network;
  }
  return at == path.to && filters == path.filters && path.exact;
}

//  ward ── access ── up ── core ── (VRF) ── dc ── servers        core: one device in two VRFs
PolicyBuilder chain() {
  PolicyBuilder builder;
  for (const char* name : {"ward", "up", "middle", "down", "servers"}) builder.network(name, {});
  builder.zone("ward", {"ward"});
  builder.zone("servers", {"servers"});
  for (const char* name : {"access", "core", "firewall"}) builder.device(name, "stateful");
  builder.interface("access", "ward", "ward");
  builder.interface("access", "up", "up");
  builder.interface("core", "up", "up").vrf = "WARD";
  builder.interface("core", "middle", "middle").vrf = "WARD";
  builder.interface("firewall", "inside", "middle");
  builder.interface("firewall", "outside", "down");
  builder.interface("core", "down", "down").vrf = "DC";
  builder.interface("core", "servers", "servers").vrf = "DC";
  builder.settle();
  return builder;
}

std::string depth(const PolicyBuilder& builder, const ir::Policy& policy) {
  const Topology topology(policy);
  const std::vector<ir::NetworkId> from{builder.network_id("ward")}, to{builder.network_id("servers")};
  const auto path = fewest_filters(policy, topology, from, to);
  return path ? std::to_string(path->filters.size()) + ": " + to_string(policy, topology, *path) : "none";
}

}  // namespace

TEST_CASE("random networks: no simple path meets fewer filters, and one meets so few") {
  std::size_t several = 0, narrowed = 0;
  for (std::uint64_t seed = 1; seed <= networks; ++seed) {
    CAPTURE(seed);
    const ir::Policy policy = random_filters(seed);
    const Topology topology(policy);
    for (const ir::NetworkId from : policy.networks.ids()) {
      const FiltersFrom search(policy, topology, {from});
      for (const ir::NetworkId to : policy.networks.ids()) {
        const auto expected = Paths(policy, topology, to).fewest(from);
        const auto found = search.to(std::vector{to});
        REQUIRE(found.has_value() == expected.has_value());
        if (!found) continue;
        REQUIRE(found->filters.size() == *expected);
        REQUIRE(found->from == from);
        REQUIRE(found->to == to);
        REQUIRE(sound(policy, topology, *found));
        several += *expected > 1;
        narrowed += topology.states_routes();
      }
    }
  }
  CHECK(several > networks / 4);
  CHECK(narrowed > networks / 4);
}

TEST_CASE("random networks: between sets of networks the least of all pairs counts") {
  for (std::uint64_t seed = 1; seed <= networks / 5; ++seed) {
    CAPTURE(seed);
    const ir::Policy policy = random_filters(seed);
    const Topology topology(policy);
    Random random(seed);
    std::vector<ir::NetworkId> from, to;
    for (const ir::NetworkId id : policy.networks.ids()) {
      if (random.chance(40)) from.push_back(id);
      if (random.chance(40)) to.push_back(id);
    }
    std::optional<std::size_t> expected;
    for (const ir::NetworkId a : from) {
      for (const ir::NetworkId b : to) {
        const auto pair = Paths(policy, topology, b).fewest(a);
        if (pair) expected = std::min(expected.value_or(*pair), *pair);
      }
    }
    const auto found = fewest_filters(policy, topology, from, to);
    REQUIRE(found.has_value() == expected.has_value());
    if (found) REQUIRE(found->filters.size() == *expected);
  }
}

TEST_CASE("two VRFs of one device are one filter, and the path is told") {
  PolicyBuilder builder = chain();
  CHECK(
      depth(builder, builder.policy()) ==
      "3: ward, access (ward to up, filters), up, core (up to middle, filters), middle, firewall (inside to "
      "outside, filters), down, core (down to servers, filters), servers");
  builder.policy().devices[builder.device_id("access")].platform.clear();
  for (ir::Interface& each : builder.policy().devices[builder.device_id("firewall")].interfaces)
    each.filter = FilterMode::none;
  CHECK(depth(builder, builder.policy()).starts_with("1: ward, access (ward to up), up, core"));
}

TEST_CASE("a way around the firewall is the depth") {
  PolicyBuilder builder = chain();
  builder.device("bypass");
  builder.interface("bypass", "a", "up");
  builder.interface("bypass", "b", "servers");
  CHECK(depth(builder, builder.policy()) ==
        "1: ward, access (ward to up, filters), up, bypass (a to b), servers");
}

TEST_CASE("what no path joins has no depth, and a network none to itself") {
  PolicyBuilder builder = chain();
  builder.network("island", {});
  const Topology topology(builder.policy());
  const std::vector<ir::NetworkId> ward{builder.network_id("ward")}, island{builder.network_id("island")};
  CHECK_FALSE(fewest_filters(builder.policy(), topology, ward, island));
  const auto own = fewest_filters(builder.policy(), topology, ward, ward);
  REQUIRE(own);
  CHECK(own->hops.empty());
  CHECK(own->filters.empty());
}

}  // namespace cordon::graph::testing
