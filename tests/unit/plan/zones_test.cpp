// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Zones and devices: one over several, several on one, and hosts kept apart.

#include <algorithm>

#include <doctest/doctest.h>

#include "planned.h"

namespace cordon::plan::testing {
namespace {

using test::PolicyBuilder;

//  north ── a ── link ── b ── south      zone wards: north, south; zone pumps: at b
//                        └─── pumps
PolicyBuilder zone_over_two_devices() {
  PolicyBuilder builder;
  builder.network("north", {"10.1.0.0/24"});
  builder.network("south", {"10.2.0.0/24"});
  builder.network("pumps", {"10.3.0.0/24"});
  builder.network("link", {"10.9.0.0/30"});
  builder.zone("wards", {"north", "south"});
  builder.zone("pumps", {"pumps"});
  builder.device("a", "stateful");
  builder.interface("a", "north", "north", {"10.1.0.1"});
  builder.interface("a", "link", "link", {"10.9.0.1"});
  builder.device("b", "stateful");
  builder.interface("b", "link", "link", {"10.9.0.2"});
  builder.interface("b", "south", "south", {"10.2.0.1"});
  builder.interface("b", "pumps", "pumps", {"10.3.0.1"});
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"wards"}, {"tcp/443"});
  return builder;
}

//  pumps ── wall ── servers      filters on what comes in and on what goes out
PolicyBuilder two_zones_on_one_device(const std::string& platform) {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("servers", {"10.2.0.0/24"});
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"});
  builder.device("wall", platform);
  builder.interface("wall", "pumps", "pumps", {"10.1.0.1"}).filter = ir::FilterMode::both;
  builder.interface("wall", "servers", "servers", {"10.2.0.1"}).filter = ir::FilterMode::both;
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"10.2.0.10"}, {"tcp/443"});
  return builder;
}

//  pump, pump ── one ══ two ── pump, pump      one VLAN over both switches, which `one` routes
//                 └──────────── servers
PolicyBuilder isolating_zone_over_two_switches() {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"}).vlan = 20;
  builder.network("servers", {"10.2.0.0/24"}).vlan = 30;
  builder.zone("pumps", {"pumps"}, true);
  builder.zone("servers", {"servers"});
  builder.device("one", "stateless");
  builder.device("two", "stateless");
  builder.interface("one", "Vlan20", "pumps", {"10.1.0.1"});
  builder.interface("one", "Vlan30", "servers", {"10.2.0.1"});
  for (const char* name : {"one", "two"}) {
    builder.access(name, "p1", "pumps");
    builder.access(name, "p2", "pumps");
  }
  builder.access("one", "p3", "servers");
  builder.link("one", "up", "two", "up");
  builder.link("two", "up", "one", "up");
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  return builder;
}

ir::Network& pumps_of(PolicyBuilder& builder) {
  return builder.policy().networks[builder.network_id("pumps")];
}

const config::Port& port(const config::Device& device, std::string_view name) {
  const auto found = std::ranges::find(device.ports, name, &config::Port::name);
  REQUIRE(found != device.ports.end());
  return *found;
}

}  // namespace

TEST_CASE("zone over two devices: its networks talk through both, new connections either way") {
  PolicyBuilder builder = zone_over_two_devices();
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(planned.rules("a", "north in") == "zone 10.1.0.0/24 > 10.1.0.0/24,10.2.0.0/24 any");
  CHECK(planned.admits("a", "north in", packet("tcp/22", "10.1.0.9", "10.2.0.9")));
  CHECK(planned.admits("a", "link in", packet("tcp/22", "10.2.0.9", "10.1.0.9")));
  CHECK(planned.admits("b", "link in", packet("tcp/22", "10.1.0.9", "10.2.0.9")));
  CHECK(planned.admits("b", "south in", packet("tcp/22", "10.2.0.9", "10.1.0.9")));
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("zone over two devices: a flow to the zone goes to each part of it") {
  PolicyBuilder builder = zone_over_two_devices();
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(planned.rules("b", "pumps in") == "flow 10.3.0.0/24 > 10.1.0.0/24,10.2.0.0/24 tcp/443");
  CHECK(planned.admits("a", "link in", packet("tcp/443", "10.3.0.9", "10.1.0.9")));
  CHECK_FALSE(planned.admits("a", "link in", packet("tcp/22", "10.3.0.9", "10.1.0.9")));
  CHECK_FALSE(planned.admits("a", "link in", packet("tcp/443", "10.3.0.9", "10.2.0.9")));
  CHECK_FALSE(planned.admits("a", "north in", packet("tcp/443", "10.1.0.9", "10.3.0.9")));
}

TEST_CASE("zone over two devices: without a way between its parts nothing is asked and nothing is said") {
  PolicyBuilder builder = zone_over_two_devices();
  builder.policy().devices[builder.device_id("a")].interfaces.pop_back();
  builder.policy().conduits[ir::ConduitId{0}].flows.clear();
  const Planned planned(builder);
  CHECK(planned.messages() == "");
  CHECK(planned.rules("a", "north in") == "");
}

TEST_CASE("two zones on one device: in and out filters say the same of one flow") {
  PolicyBuilder builder = two_zones_on_one_device("stateful");
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(planned.rules("wall", "pumps in") == "flow 10.1.0.0/24 > 10.2.0.10 tcp/443");
  CHECK(planned.rules("wall", "servers out") == "flow 10.1.0.0/24 > 10.2.0.10 tcp/443");
  CHECK(planned.rules("wall", "servers in") == "");
  CHECK(planned.rules("wall", "pumps out") == "");
  CHECK(planned.rules("wall", "pumps own") == "");
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("two zones on one device without memory: replies from the one server only") {
  PolicyBuilder builder = two_zones_on_one_device("stateless");
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  const std::string back = "reply 10.2.0.10 > 10.1.0.0/24 tcp/443->0-65535 established";
  CHECK(planned.rules("wall", "servers in") == back);
  CHECK(planned.rules("wall", "pumps out") == back);
  CHECK(planned.rules("wall", "pumps in") == "flow 10.1.0.0/24 > 10.2.0.10 tcp/443");
  CHECK_FALSE(planned.admits("wall", "servers in", reply(packet("tcp/443", "10.1.0.9", "10.2.0.11"))));
  CHECK(planned.rules("wall", "own") == "no filter");
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("isolating zone over two switches: a private VLAN holds, and the gateway does not turn back") {
  PolicyBuilder builder = isolating_zone_over_two_switches();
  pumps_of(builder).isolated_vlan = 21;
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  for (const char* name : {"one", "two"}) {
    for (const char* access : {"p1", "p2"}) {
      CHECK(port(planned.device(name), access).isolation == config::Isolation::private_vlan);
      CHECK(port(planned.device(name), access).isolated_vlan == 21);
    }
    CHECK(port(planned.device(name), "up").trunk_vlans == std::vector<std::uint16_t>{20, 21});
  }
  CHECK(port(planned.device("one"), "p3").isolation == config::Isolation::none);
  CHECK(planned.rules("one", "Vlan20 in") == "flow 10.1.0.0/24 > 10.2.0.0/24 tcp/443");
  CHECK_FALSE(planned.admits("one", "Vlan20 in", packet("tcp/443", "10.1.0.9", "10.1.0.10")));
  CHECK(planned.admits("one", "Vlan30 in", packet("tcp/443", "10.2.0.9", "10.2.0.10")));
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("isolating zone over two switches: without a second VLAN it is refused") {
  PolicyBuilder builder = isolating_zone_over_two_switches();
  const Planned planned(builder);
  CHECK(planned.messages() == "CD5102 the access ports of network `pumps` cannot keep its hosts apart");
  CHECK(planned.plan.devices.empty());
}

TEST_CASE("isolating zone on one switch: protected ports do without a second VLAN") {
  PolicyBuilder builder = isolating_zone_over_two_switches();
  std::erase_if(builder.policy().devices[builder.device_id("two")].ports,
                [](const ir::Port& each) { return each.access.valid(); });
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(port(planned.device("one"), "p1").isolation == config::Isolation::protected_port);
  CHECK(port(planned.device("one"), "p2").isolation == config::Isolation::protected_port);
  CHECK(port(planned.device("one"), "p3").isolation == config::Isolation::none);
}

}  // namespace cordon::plan::testing
