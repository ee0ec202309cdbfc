// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/single_points.h"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "definition.h"
#include "paths.h"
#include "tests/support/policy_builder.h"

namespace cordon::graph::testing {
namespace {

using test::PolicyBuilder;
using Names = std::set<std::string>;

constexpr std::uint64_t networks = 2000;

Layer2 layer2_of(const ir::Policy& policy) {
  return {policy, [&](ir::DeviceId id) {
            const std::string& platform = policy.devices[id].platform;
            return platform.empty() || test::capabilities_named(platform).switching == config::Support::yes;
          }};
}

void share(ir::Interface& interface, std::uint16_t group) {
  interface.redundancy = {.protocol = ir::Redundancy::Protocol::hsrp,
                          .group = group,
                          .ipv4 = {},
                          .ipv6 = {},
                          .priority = {},
                          .range = {}};
}

// Devices in several VRFs, some of which share a virtual address on the networks they meet at.
ir::Policy random_redundancy(std::uint64_t seed) {
  ir::Policy policy = random_network(seed);
  Random random(seed + networks);
  for (ir::Device& device : policy.devices) {
    for (ir::Interface& interface : device.interfaces) {
      if (random.chance(60)) share(interface, static_cast<std::uint16_t>(random.below(2)));
    }
  }
  return policy;
}

// The definition, on the routed network: take a thing away and look whether a way is left.
class Losses {
 public:
  Losses(const ir::Policy& policy, const Topology& topology) : policy_(policy), topology_(topology) {}

  [[nodiscard]] Names between(ir::NetworkId from, ir::NetworkId to) const {
    Names found;
    for (const auto& sources : gateways(policy_, topology_, from)) {
      for (const auto& targets : gateways(policy_, topology_, to)) {
        if (!leads(sources, targets, {}, {})) continue;
        for (const ir::DeviceId id : policy_.devices.ids()) {
          if (!leads(sources, targets, id, {})) found.insert("device " + policy_.devices[id].name);
        }
        for (const ir::NetworkId id : policy_.networks.ids()) {
          if (id != from && id != to && !leads(sources, targets, {}, id))
            found.insert("network " + policy_.networks[id].name);
        }
      }
    }
    return found;
  }

 private:
  [[nodiscard]] bool leads(const std::vector<AttachmentId>& sources, const std::vector<AttachmentId>& targets,
                           ir::DeviceId device, ir::NetworkId network) const {
    std::set<VertexId> seen;
    std::vector<VertexId> work;
    const auto visit = [&](AttachmentId at) {
      const VertexId vertex = topology_.attachments()[at].vertex;
      if (topology_.vertices()[vertex].device != device && seen.insert(vertex).second) work.push_back(vertex);
    };
    std::ranges::for_each(sources, visit);
    while (!work.empty()) {
      const VertexId vertex = work.back();
      work.pop_back();
      for (const AttachmentId at : topology_.vertices()[vertex].attachments) {
        const ir::NetworkId next = topology_.attachments()[at].network;
        if (topology_.is_transit(next) && next != network)
          std::ranges::for_each(topology_.attached(next), visit);
      }
    }
    return std::ranges::any_of(
        targets, [&](AttachmentId at) { return seen.contains(topology_.attachments()[at].vertex); });
  }

  const ir::Policy& policy_;
  const Topology& topology_;
};

// Switches with links at random, a network at some of them, and one or two gateways.
struct Wiring {
  explicit Wiring(std::uint64_t seed) {
    Random random(seed);
    switches = 2 + random.below(6);
    const std::uint32_t links = switches - 1 + random.below(4);
    for (std::uint32_t i = 0; i < links; ++i) {
      const std::uint32_t a = random.below(switches), b = random.below(switches);
      if (a != b) edges.push_back({a, b});
    }
    for (std::uint32_t i = 0; i < switches; ++i) {
      if (random.chance(50)) access.push_back(i);
    }
    const std::uint32_t count = 1 + random.below(2);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (random.chance(50)) {  // an interface of a switch on the VLAN
        add_gateway(random.below(switches));
        continue;
      }
      const std::uint32_t router = switches + i;
      edges.push_back({random.below(switches), router});
      add_gateway(router);
    }
    shared = random.chance(70);
  }

  void add_gateway(std::uint32_t device) {
    if (std::ranges::find(gates, device) == gates.end()) gates.push_back(device);
  }
  [[nodiscard]] static std::string port(std::uint32_t other, std::size_t edge) {
    return "to-" + std::to_string(other) + "-" + std::to_string(edge);
  }

  [[nodiscard]] PolicyBuilder build() const {
    PolicyBuilder builder;
    builder.network("pumps", {"10.1.0.0/24"}).vlan = 20;
    for (std::uint32_t i = 0; i < switches + 2; ++i)
      builder.device(std::to_string(i), i < switches ? "stateless" : "stateful");
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const std::string a = std::to_string(edges[i].a), b = std::to_string(edges[i].b);
      builder.link(a, port(edges[i].b, i), b, port(edges[i].a, i));
      builder.link(b, port(edges[i].a, i), a, port(edges[i].b, i));
    }
    for (const std::uint32_t i : access) {
      builder.access(std::to_string(i), "p1", "pumps");
      builder.access(std::to_string(i), "p2", "pumps");
    }
    for (const std::uint32_t gate : gates) {
      std::string name = "Vlan20";
      for (std::size_t i = 0; i < edges.size(); ++i) {
        if (gate >= switches && edges[i].b == gate) name = port(edges[i].a, i) + ".20";
      }
      ir::Interface& interface = builder.interface(std::to_string(gate), name, "pumps");
      if (shared) share(interface, 1);
    }
    builder.settle();
    return builder;
  }

  // Some gateway of the set is reached from the switch when one device or link is lost.
  [[nodiscard]] bool reaches(std::uint32_t from, const std::vector<std::uint32_t>& set, std::uint32_t device,
                             std::size_t edge) const {
    Edges left;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if (i != edge) left.push_back(edges[i]);
    }
    const std::set<std::uint32_t> found = reached(left, from, device);
    return std::ranges::any_of(set, [&](std::uint32_t gate) { return found.contains(gate); });
  }

  // By the name of what is lost, how many switches it separates.
  [[nodiscard]] std::map<std::string, std::uint32_t> separations() const {
    std::vector<std::vector<std::uint32_t>> sets;
    for (const std::uint32_t gate : gates) {
      if (!shared || sets.empty()) sets.emplace_back();
      sets.back().push_back(gate);
    }
    std::map<std::string, std::uint32_t> most;
    for (const std::vector<std::uint32_t>& set : sets) {
      const auto count = [&](const std::string& name, std::uint32_t device, std::size_t edge) {
        const auto cut = std::ranges::count_if(access, [&](std::uint32_t each) {
          return each != device && reaches(each, set, BlockTree::none, edges.size()) &&
                 !reaches(each, set, device, edge);
        });
        if (cut > 0) most[name] = std::max(most[name], static_cast<std::uint32_t>(cut));
      };
      for (std::uint32_t i = 0; i < switches + 2; ++i) count("device " + std::to_string(i), i, edges.size());
      for (std::size_t i = 0; i < edges.size(); ++i) {
        const auto [low, high] = std::minmax(edges[i].a, edges[i].b);
        count("link " + std::to_string(low) + "/" + port(high, i) + " to " + std::to_string(high) + "/" +
                  port(low, i),
              BlockTree::none, i);
      }
    }
    return most;
  }

  std::uint32_t switches = 0;
  Edges edges;
  std::vector<std::uint32_t> access, gates;
  bool shared = false;
};

std::string points(const PolicyBuilder& builder, const ir::Policy& policy, std::string_view from,
                   std::string_view to) {
  const Topology topology(policy);
  const Layer2 layer2 = layer2_of(policy);
  std::string text;
  for (const SinglePoint& point :
       SinglePoints(policy, topology, layer2).between(builder.network_id(from), builder.network_id(to)))
    text += (text.empty() ? "" : "; ") + to_string(policy, layer2, point);
  return text;
}

//  pumps ─┬─ one ─┬─ middle ── firewall ── servers
//         └─ two ─┘
PolicyBuilder pair() {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("middle", {"10.2.0.0/24"});
  builder.network("servers", {"10.3.0.0/24"});
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"});
  for (const char* name : {"one", "two", "firewall"}) builder.device(name, "stateless");
  for (const char* name : {"one", "two"}) {
    share(builder.interface(name, "ward", "pumps"), 10);
    builder.interface(name, "up", "middle");
  }
  builder.interface("firewall", "inside", "middle");
  builder.interface("firewall", "dc", "servers");
  builder.settle();
  return builder;
}

void cable(PolicyBuilder& builder, const std::string& a, std::string a_port, const std::string& b,
           std::string b_port) {
  builder.link(a, a_port, b, b_port);
  builder.link(b, std::move(b_port), a, std::move(a_port));
}

}  // namespace

TEST_CASE("random networks: single points are what takes the last way with it") {
  std::size_t found = 0, none = 0;
  for (std::uint64_t seed = 1; seed <= networks; ++seed) {
    CAPTURE(seed);
    const ir::Policy policy = random_redundancy(seed);
    const Topology topology(policy);
    const Layer2 layer2 = layer2_of(policy);
    const SinglePoints search(policy, topology, layer2);
    const Losses losses(policy, topology);
    for (const ir::NetworkId from : policy.networks.ids()) {
      for (const ir::NetworkId to : policy.networks.ids()) {
        if (from == to) continue;
        Names names;
        for (const SinglePoint& point : search.between(from, to))
          REQUIRE(names.insert(to_string(policy, layer2, point)).second);
        REQUIRE(names == losses.between(from, to));
        found += names.size();
        none += names.empty() && topology.connected(topology.places()[topology.place(from)],
                                                    topology.places()[topology.place(to)]);
      }
    }
  }
  CHECK(found > networks);
  CHECK(none > networks / 20);
}

TEST_CASE("random wirings: what separates switches from the gateways, and how many") {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= networks; ++seed) {
    CAPTURE(seed);
    const Wiring wiring(seed);
    PolicyBuilder builder = wiring.build();
    const Topology topology(builder.policy());
    const Layer2 layer2 = layer2_of(builder.policy());
    std::map<std::string, std::uint32_t> separated;
    for (const SinglePoints::Separation& each :
         SinglePoints(builder.policy(), topology, layer2).within(builder.network_id("pumps")))
      separated[to_string(builder.policy(), layer2, each.point)] = each.switches;
    REQUIRE(separated == wiring.separations());
    found += separated.size();
  }
  CHECK(found > networks);
}

TEST_CASE("the members of a pair stand in for each other, one gateway does not") {
  PolicyBuilder builder = pair();
  CHECK(points(builder, builder.policy(), "pumps", "servers") == "network middle; device firewall");
  CHECK(points(builder, builder.policy(), "servers", "pumps") == "device firewall; network middle");
}

TEST_CASE("two devices on a network that share no address are a gateway each") {
  PolicyBuilder builder = pair();
  builder.policy().devices[builder.device_id("two")].interfaces[0].redundancy.reset();
  CHECK(points(builder, builder.policy(), "pumps", "servers") ==
        "device one; network middle; device firewall; device two");
  ir::Network& pumps = builder.policy().networks[builder.network_id("pumps")];
  SUBCASE("but routers of IPv6 are advertised") {
    pumps.addresses.v6 = packet::AddressSet(packet::parse_prefix("fd00::/64").value());
    pumps.addresses.v4 = packet::AddressSet(ir::Family::ipv4);
    CHECK(points(builder, builder.policy(), "pumps", "servers") == "network middle; device firewall");
  }
  SUBCASE("but the world outside knows every way in") {
    pumps.any_ipv4 = true;
    CHECK(points(builder, builder.policy(), "pumps", "servers") == "network middle; device firewall");
  }
}

TEST_CASE("two pairs on one network stand in for their own members only") {
  PolicyBuilder builder = pair();
  for (const char* name : {"three", "four"}) {
    builder.device(name, "stateless");
    share(builder.interface(name, "ward", "pumps"), 11);
  }
  builder.interface("three", "up", "middle");
  const Topology topology(builder.policy());
  const auto sets = gateways(builder.policy(), topology, builder.network_id("pumps"));
  REQUIRE(sets.size() == 2);
  CHECK(sets[0].size() == 2);
  CHECK(sets[1].size() == 2);
  // Of the second pair only one member leads on.
  CHECK(points(builder, builder.policy(), "pumps", "servers") ==
        "network middle; device firewall; device three");
}

TEST_CASE("a device goes with all its VRFs") {
  PolicyBuilder builder = pair();
  builder.device("other", "stateful");
  builder.interface("other", "up", "middle");
  builder.interface("other", "dc", "servers");
  for (const char* name : {"firewall", "other"})
    share(builder.policy().devices[builder.device_id(name)].interfaces[1], 20);
  CHECK(points(builder, builder.policy(), "pumps", "servers") == "network middle");
  // Both ways up now pass the same box, in a VRF each.
  builder.network("left", {});
  builder.network("right", {});
  builder.device("core", "stateful");
  const std::pair<const char*, const char*> sides[] = {{"one", "left"}, {"two", "right"}};
  for (const auto& [device, side] : sides) {
    builder.policy().devices[builder.device_id(device)].interfaces[1].network = builder.network_id(side);
    builder.interface("core", side, side).vrf = side;
    builder.interface("core", std::string(side) + "-up", "middle").vrf = side;
  }
  CHECK(points(builder, builder.policy(), "pumps", "servers") == "device core; network middle");
}

TEST_CASE("a transit network is as strong as its links") {
  PolicyBuilder builder = pair();
  builder.policy().networks[builder.network_id("middle")].vlan = 30;
  builder.device("left", "stateless");
  builder.device("right", "stateless");
  cable(builder, "one", "up", "left", "p1");
  cable(builder, "two", "up", "right", "p1");
  cable(builder, "left", "p2", "right", "p2");
  cable(builder, "firewall", "inside", "left", "p3");
  CHECK(points(builder, builder.policy(), "pumps", "servers") ==
        "device left; link firewall/inside to left/p3; device firewall");
}

TEST_CASE("the loss of a switch separates those behind it, and of the only gateway all others") {
  //  far ── near ── core (gateway)
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"}).vlan = 20;
  for (const char* name : {"far", "near", "core"}) builder.device(name, "stateless");
  cable(builder, "far", "p2", "near", "p2");
  cable(builder, "near", "p3", "core", "p3");
  for (const char* name : {"far", "near"}) builder.access(name, "p1", "pumps");
  builder.interface("core", "Vlan20", "pumps");
  builder.settle();
  const Topology topology(builder.policy());
  const Layer2 layer2 = layer2_of(builder.policy());
  std::string text;
  for (const SinglePoints::Separation& each :
       SinglePoints(builder.policy(), topology, layer2).within(builder.network_id("pumps")))
    text += to_string(builder.policy(), layer2, each.point) + " " + std::to_string(each.switches) + "; ";
  CHECK(text == "device near 1; device core 2; link far/p2 to near/p2 1; link near/p3 to core/p3 2; ");
}

}  // namespace cordon::graph::testing
