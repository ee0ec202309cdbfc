// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Two ways from one end to the other.

#include <doctest/doctest.h>

#include "planned.h"

namespace cordon::plan::testing {
namespace {

using test::PolicyBuilder;

//  pumps ──┬── a ──┬── servers      a and b share the gateway address of pumps
//          └── b ──┘
PolicyBuilder pair(const std::string& platform, const std::string& state_sync) {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("servers", {"10.2.0.0/24"});
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"});
  for (const std::string name : {"a", "b"}) {
    const std::string last = name == "a" ? "2" : "3";
    builder.device(name, platform).state_sync = state_sync;
    ir::Interface& gateway = builder.interface(name, "pumps", "pumps", {"10.1.0." + last});
    gateway.redundancy = {
        .group = 7, .ipv4 = packet::parse_address("10.1.0.1"), .ipv6 = {}, .priority = {}, .range = {}};
    builder.interface(name, "servers", "servers", {"10.2.0." + last});
  }
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  return builder;
}

//  pumps ── east ── link ── west ── offices
//             \             /
//             left      right
//               \       /
//                 core ── servers
PolicyBuilder ring() {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("offices", {"10.2.0.0/24"});
  builder.network("servers", {"10.3.0.0/24"});
  builder.network("left", {"10.9.1.0/29"});
  builder.network("right", {"10.9.2.0/29"});
  builder.network("link", {"10.9.3.0/29"});
  for (const char* name : {"pumps", "offices", "servers"}) builder.zone(name, {name});
  builder.device("east", "stateful").state_sync = "ring";
  builder.interface("east", "pumps", "pumps", {"10.1.0.1"});
  builder.interface("east", "left", "left", {"10.9.1.1"});
  builder.interface("east", "link", "link", {"10.9.3.1"});
  builder.device("west", "stateful").state_sync = "ring";
  builder.interface("west", "offices", "offices", {"10.2.0.1"});
  builder.interface("west", "right", "right", {"10.9.2.1"});
  builder.interface("west", "link", "link", {"10.9.3.2"});
  builder.device("core", "stateless");
  builder.interface("core", "servers", "servers", {"10.3.0.1"});
  builder.interface("core", "left", "left", {"10.9.1.2"});
  builder.interface("core", "right", "right", {"10.9.2.2"});
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  return builder;
}

const std::string flow = "flow 10.1.0.0/24 > 10.2.0.0/24 tcp/443";

}  // namespace

TEST_CASE("redundancy pair: both members filter alike") {
  PolicyBuilder builder = pair("stateful", "pair");
  const Planned planned(builder);
  REQUIRE(planned.messages().empty());
  for (const char* name : {"a", "b"}) {
    CHECK(planned.rules(name, "pumps in") == flow);
    CHECK(planned.rules(name, "servers in").empty());
    CHECK_FALSE(planned.has_role(name, "servers in", config::Role::error));
  }
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("redundancy pair without memory: replies come back through either member") {
  PolicyBuilder builder = pair("stateless", "");
  const Planned planned(builder);
  REQUIRE(planned.messages().empty());
  for (const char* name : {"a", "b"}) {
    CHECK(planned.rules(name, "pumps in") == flow);
    CHECK(planned.rules(name, "servers in") ==
          "reply 10.2.0.0/24 > 10.1.0.0/24 tcp/443->0-65535 established");
    CHECK(planned.has_role(name, "servers in", config::Role::error));
  }
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("redundancy pair: the members hear each other and nobody else") {
  PolicyBuilder builder = pair("stateless", "");
  const Planned planned(builder);
  REQUIRE(planned.messages().empty());
  CHECK(planned.admits("a", "pumps in", packet("udp/1985", "10.1.0.3", "224.0.0.102")));
  CHECK(planned.admits("b", "pumps in", packet("udp/1985", "10.1.0.2", "224.0.0.2")));
  CHECK_FALSE(planned.admits("a", "pumps in", packet("udp/1985", "10.1.0.9", "224.0.0.102")));
  CHECK_FALSE(planned.admits("a", "servers in", packet("udp/1985", "10.2.0.3", "224.0.0.102")));
  CHECK_FALSE(planned.admits("a", "pumps in", packet("udp/1986", "10.1.0.3", "224.0.0.102")));
}

TEST_CASE("redundancy pair: nobody talks to the shared address") {
  PolicyBuilder builder = pair("stateless", "");
  builder.flow("telemetry", {"servers"}, {"pumps"}, {"tcp/22"});
  const Planned planned(builder);
  REQUIRE(planned.messages().empty());
  CHECK(planned.admits("a", "servers in", packet("tcp/22", "10.2.0.9", "10.1.0.9")));
  for (const char* own : {"10.1.0.1", "10.1.0.2", "10.1.0.3"})
    CHECK_FALSE(planned.admits("a", "servers in", packet("tcp/22", "10.2.0.9", own)));
  CHECK(planned.fault() == "");
}

TEST_CASE("redundancy pair with memory that is not shared: a warning names both") {
  PolicyBuilder builder = pair("stateful", "");
  const Planned planned(builder);
  CHECK(planned.messages() == "CD4504 `a` and `b` track connections on parallel paths without sharing them");
  CHECK(planned.fault() == "");
}

TEST_CASE("two firewalls in a ring with a switch: both ways round are open, for the flow only") {
  PolicyBuilder builder = ring();
  const Planned planned(builder);
  REQUIRE(planned.messages().empty());
  const std::string there = "flow 10.1.0.0/24 > 10.3.0.0/24 tcp/443";
  const std::string back = "reply 10.3.0.0/24 > 10.1.0.0/24 tcp/443->0-65535 established";
  CHECK(planned.rules("east", "pumps in") == there);
  // The ring is one block: each of its interfaces may carry the flow.
  for (const char* where : {"left in", "link in"}) CHECK(planned.rules("east", where) == there);
  for (const char* where : {"right in", "link in"}) CHECK(planned.rules("west", where) == there);
  for (const char* where : {"left in", "right in"})
    CHECK(planned.rules("core", where) == there + "; " + back);
  CHECK(planned.rules("core", "servers in") == back);
  CHECK(planned.rules("west", "offices in").empty());
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("two firewalls in a ring with a switch: the switch cannot be talked to from the ring") {
  PolicyBuilder builder = ring();
  const Planned planned(builder);
  REQUIRE(planned.messages().empty());
  CHECK(planned.admits("core", "left in", packet("tcp/443", "10.1.0.9", "10.3.0.10")));
  CHECK_FALSE(planned.admits("core", "left in", packet("tcp/443", "10.1.0.9", "10.3.0.1")));
  CHECK_FALSE(planned.admits("core", "left in", packet("tcp/443", "10.1.0.9", "10.9.1.2")));
  CHECK_FALSE(planned.admits("core", "servers in", packet("tcp/443", "10.3.0.10", "10.1.0.9")));
  CHECK(planned.admits("core", "servers in", reply(packet("tcp/443", "10.1.0.9", "10.3.0.10"))));
}

TEST_CASE("two firewalls in a ring that do not share memory: a warning names both") {
  PolicyBuilder builder = ring();
  builder.policy().devices[builder.device_id("east")].state_sync.clear();
  const Planned planned(builder);
  CHECK(planned.messages() ==
        "CD4504 `east` and `west` track connections on parallel paths without sharing them");
}

}  // namespace cordon::plan::testing
