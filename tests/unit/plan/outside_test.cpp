// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The world outside, routing tables kept apart, and the two families.

#include <doctest/doctest.h>

#include "planned.h"

namespace cordon::plan::testing {
namespace {

using config::Role;
using packet::Family;
using test::PolicyBuilder;

//  internet ──┬── east ──┬── spine ── wall ── servers
//             └── west ──┘             └───── pumps
PolicyBuilder two_uplinks() {
  PolicyBuilder builder;
  builder.network("internet", {"any4"});
  builder.network("servers", {"10.2.0.0/24"});
  builder.network("pumps", {"10.3.0.0/24"});
  builder.network("spine", {"10.9.0.0/29"});
  for (const char* name : {"internet", "servers", "pumps"}) builder.zone(name, {name});
  builder.device("east", "stateful").state_sync = "edge";
  builder.interface("east", "internet", "internet", {"198.51.100.1"});
  builder.interface("east", "spine", "spine", {"10.9.0.1"});
  builder.device("west", "stateful").state_sync = "edge";
  builder.interface("west", "internet", "internet", {"203.0.113.1"});
  builder.interface("west", "spine", "spine", {"10.9.0.2"});
  builder.device("wall", "stateful");
  builder.interface("wall", "spine", "spine", {"10.9.0.3"});
  builder.interface("wall", "servers", "servers", {"10.2.0.1"});
  builder.interface("wall", "pumps", "pumps", {"10.3.0.1"});
  builder.settle();
  builder.flow("updates", {"servers"}, {"internet"}, {"tcp/443"});
  builder.flow("portal", {"internet"}, {"10.2.0.10"}, {"tcp/8443"});
  return builder;
}

//  pumps ── box[red] ── left ── wall ── right ── box[blue] ── servers
PolicyBuilder two_tables(bool joined) {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("servers", {"10.2.0.0/24"});
  builder.network("left", {"10.9.1.0/30"});
  builder.network("right", {"10.9.2.0/30"});
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"});
  builder.device("box", "stateless");
  builder.interface("box", "pumps", "pumps", {"10.1.0.1"}).vrf = "red";
  builder.interface("box", "left", "left", {"10.9.1.1"}).vrf = "red";
  builder.interface("box", "right", "right", {"10.9.2.1"}).vrf = "blue";
  builder.interface("box", "servers", "servers", {"10.2.0.1"}).vrf = "blue";
  builder.device("wall", "stateful");
  builder.interface("wall", "left", "left", {"10.9.1.2"});
  if (joined) builder.interface("wall", "right", "right", {"10.9.2.2"});
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  return builder;
}

//  labs (IPv4) ──┐
//                wall ── servers (both families)
//  wards (both) ─┘
PolicyBuilder two_families() {
  PolicyBuilder builder;
  builder.network("labs", {"10.1.0.0/24"});
  builder.network("wards", {"10.2.0.0/24", "2001:db8:2::/64"});
  builder.network("servers", {"10.3.0.0/24", "2001:db8:3::/64"});
  builder.zone("clinic", {"labs", "wards"});
  builder.zone("servers", {"servers"});
  builder.device("wall", "stateful");
  builder.interface("wall", "labs", "labs", {"10.1.0.1"});
  builder.interface("wall", "wards", "wards", {"10.2.0.1", "2001:db8:2::1"});
  builder.interface("wall", "servers", "servers", {"10.3.0.1", "2001:db8:3::1"});
  builder.settle();
  builder.flow("records", {"clinic"}, {"servers"}, {"tcp/443"});
  builder.flow("records", {"labs"}, {"servers"}, {"udp/123"});
  return builder;
}

}  // namespace

TEST_CASE("two internet uplinks: either carries what goes out and what comes in") {
  PolicyBuilder builder = two_uplinks();
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  for (const char* name : {"east", "west"}) {
    CHECK(planned.rules(name, "internet in") == "flow any > 10.2.0.10 tcp/8443");
    CHECK(planned.admits(name, "internet in", packet("tcp/8443", "192.0.2.7", "10.2.0.10")));
    CHECK(planned.admits(name, "spine in", packet("tcp/443", "10.2.0.9", "192.0.2.7")));
  }
  CHECK(planned.rules("wall", "servers in") == "flow 10.2.0.0/24 > any tcp/443");
  CHECK(planned.rules("wall", "spine in") == "flow any > 10.2.0.10 tcp/8443");
  CHECK(planned.rules("wall", "pumps in") == "");
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("two internet uplinks: nothing declared comes in from outside, and `any` is nothing declared") {
  PolicyBuilder builder = two_uplinks();
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  for (const char* name : {"east", "west"}) {
    CHECK(planned.has_role(name, "internet in", Role::anti_spoofing));
    for (const char* source : {"10.2.0.9", "10.3.0.9", "10.9.0.3", "224.0.0.1", "127.0.0.1", "169.254.0.9"})
      CHECK_FALSE(planned.admits(name, "internet in", packet("tcp/8443", source, "10.2.0.10")));
    CHECK_FALSE(planned.admits(name, "internet in", packet("tcp/8443", "192.0.2.7", "10.3.0.9")));
  }
  for (const char* target : {"10.3.0.9", "10.9.0.1", "224.0.0.1", "255.255.255.255", "169.254.0.9"})
    CHECK_FALSE(planned.admits("wall", "servers in", packet("tcp/443", "10.2.0.9", target)));
  CHECK(planned.admits("wall", "servers in", packet("tcp/443", "10.2.0.9", "192.0.2.7")));
  // The uplinks' own addresses lie outside what is declared; still nobody asked to talk to them.
  for (const char* own : {"198.51.100.1", "203.0.113.1"})
    CHECK_FALSE(planned.admits("wall", "servers in", packet("tcp/443", "10.2.0.9", own)));
}

TEST_CASE("a device with two VRFs: a flow passes it twice, with a firewall between") {
  PolicyBuilder builder = two_tables(true);
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  const std::string there = "flow 10.1.0.0/24 > 10.2.0.0/24 tcp/443";
  const std::string back = "reply 10.2.0.0/24 > 10.1.0.0/24 tcp/443->0-65535 established";
  CHECK(planned.rules("box", "pumps in") == there);
  CHECK(planned.rules("box", "right in") == there);
  CHECK(planned.rules("box", "left in") == back);
  CHECK(planned.rules("box", "servers in") == back);
  // In the middle a crossing counts in either direction; at the ends it does not.
  CHECK(planned.rules("wall", "left in") == there);
  CHECK(planned.rules("wall", "right in") == there);
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("a device with two VRFs is no way from one to the other") {
  PolicyBuilder builder = two_tables(false);
  const Planned planned(builder);
  CHECK(planned.messages() == "CD4501 no path leads from `pumps` to `servers`");
}

TEST_CASE("an IPv4 network and a dual-stack network in one zone: each family has what it can have") {
  PolicyBuilder builder = two_families();
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(planned.rules("wall", "labs in") ==
        "flow 10.1.0.0/24 > 10.3.0.0/24 tcp/443; flow 10.1.0.0/24 > 10.3.0.0/24 udp/123; "
        "zone 10.1.0.0/24 > 10.1.0.0/24,10.2.0.0/24 any");
  CHECK(planned.rules("wall", "labs in", Family::ipv6) == "");
  CHECK(planned.rules("wall", "wards in") ==
        "flow 10.2.0.0/24 > 10.3.0.0/24 tcp/443; zone 10.2.0.0/24 > 10.1.0.0/24,10.2.0.0/24 any");
  CHECK(planned.rules("wall", "wards in", Family::ipv6) == "flow 2001:db8:2::/64 > 2001:db8:3::/64 tcp/443");
  CHECK_FALSE(planned.admits("wall", "wards in", packet("udp/123", "2001:db8:2::9", "2001:db8:3::9")));
  CHECK_FALSE(planned.admits("wall", "labs in", packet("tcp/443", "2001:db8:2::9", "2001:db8:3::9")));
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("an interface without an address of a family takes no part in what its links say in it") {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24", "2001:db8:1::/64"});
  builder.network("servers", {"10.3.0.0/24", "2001:db8:3::/64"});
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"});
  builder.device("wall", "stateless");
  builder.interface("wall", "pumps", "pumps", {"10.1.0.1"});
  builder.interface("wall", "servers", "servers", {"10.3.0.1", "2001:db8:3::1"});
  builder.settle();
  builder.flow("telemetry", {"10.1.0.10"}, {"10.3.0.10"}, {"tcp/443"});
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK_FALSE(planned.admits("wall", "pumps in", packet("icmpv6/135", "fe80::9", "ff02::1:ff00:1")));
  CHECK(planned.admits("wall", "servers in", packet("icmpv6/135", "fe80::9", "ff02::1:ff00:1")));
}

}  // namespace cordon::plan::testing
