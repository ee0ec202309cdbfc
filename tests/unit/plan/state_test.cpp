// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Devices that remember connections, devices that do not, and devices that are not ours.

#include <doctest/doctest.h>

#include "planned.h"

namespace cordon::plan::testing {
namespace {

using config::Role;
using test::PolicyBuilder;

//  pumps ───┐
//           core ── link ── wall ── servers      core: no memory, wall: memory
//  cameras ─┘
PolicyBuilder switch_before_firewall() {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("cameras", {"10.2.0.0/24"});
  builder.network("servers", {"10.3.0.0/24"});
  builder.network("link", {"10.9.0.0/30"});
  for (const char* name : {"pumps", "cameras", "servers"}) builder.zone(name, {name});
  builder.device("core", "stateless");
  builder.interface("core", "pumps", "pumps", {"10.1.0.1"});
  builder.interface("core", "cameras", "cameras", {"10.2.0.1"});
  builder.interface("core", "link", "link", {"10.9.0.1"});
  builder.device("wall", "stateful");
  builder.interface("wall", "link", "link", {"10.9.0.2"});
  builder.interface("wall", "servers", "servers", {"10.3.0.1"});
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"udp/5000"});
  return builder;
}

//             ┌── labs
//  servers ── wall ── link ── router ── wards      router: not ours
//                               └────── rooms
PolicyBuilder behind_router(const std::vector<std::string>& clinic) {
  PolicyBuilder builder;
  builder.network("labs", {"10.1.0.0/24"});
  builder.network("wards", {"10.2.0.0/24"});
  builder.network("rooms", {"10.4.0.0/24"});
  builder.network("servers", {"10.3.0.0/24"});
  builder.network("link", {"10.9.0.0/30"});
  builder.zone("labs", {"labs"});
  builder.zone("servers", {"servers"});
  builder.zone("clinic", clinic);
  builder.device("wall", "stateful");
  builder.interface("wall", "servers", "servers", {"10.3.0.1"});
  builder.interface("wall", "labs", "labs", {"10.1.0.1"});
  builder.interface("wall", "link", "link", {"10.9.0.1"});
  builder.device("router");
  builder.interface("router", "link", "link", {"10.9.0.2"});
  builder.interface("router", "wards", "wards", {"10.2.0.1"});
  builder.interface("router", "rooms", "rooms", {"10.4.0.1"});
  return builder;
}

}  // namespace

TEST_CASE("switch before a firewall: only the switch lists replies and errors") {
  PolicyBuilder builder = switch_before_firewall();
  const Planned planned(builder);
  REQUIRE(planned.messages().empty());
  CHECK(planned.rules("core", "pumps in") == "flow 10.1.0.0/24 > 10.3.0.0/24 udp/5000");
  CHECK(planned.rules("core", "link in") == "reply 10.3.0.0/24 > 10.1.0.0/24 udp/5000->0-65535");
  CHECK(planned.rules("core", "cameras in").empty());
  CHECK(planned.rules("wall", "link in") == "flow 10.1.0.0/24 > 10.3.0.0/24 udp/5000");
  CHECK(planned.rules("wall", "servers in").empty());
  CHECK(planned.has_role("core", "link in", Role::error));
  CHECK(planned.has_role("core", "pumps in", Role::error));
  CHECK_FALSE(planned.has_role("wall", "servers in", Role::error));
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("switch before a firewall: what each filter does to a packet") {
  PolicyBuilder builder = switch_before_firewall();
  const Planned planned(builder);
  REQUIRE(planned.messages().empty());
  const packet::Packet report = packet("udp/5000", "10.1.0.9", "10.3.0.10");
  CHECK(planned.admits("core", "pumps in", report));
  CHECK(planned.admits("wall", "link in", report));
  CHECK(planned.admits("core", "link in", reply(report)));
  CHECK_FALSE(planned.admits("wall", "servers in", reply(report)));  // known connections pass before it
  CHECK_FALSE(planned.admits("core", "cameras in", report));         // spoofed
  CHECK_FALSE(planned.admits("core", "pumps in", packet("udp/5000", "10.1.0.9", "10.2.0.10")));
  const packet::Packet unreachable = packet("icmp/destination-unreachable", "10.9.0.2", "10.1.0.9");
  CHECK(planned.admits("core", "link in", unreachable));
  CHECK_FALSE(
      planned.admits("core", "link in", packet("icmp/destination-unreachable", "10.9.0.2", "10.2.0.9")));
  CHECK_FALSE(planned.admits("core", "link in", packet("icmp/redirect", "10.9.0.2", "10.1.0.9")));
}

TEST_CASE("networks behind a router that is not ours: the firewall speaks for both") {
  PolicyBuilder builder = behind_router({"wards", "rooms"});
  builder.settle();
  builder.flow("records", {"clinic"}, {"servers"}, {"tcp/443"});
  builder.flow("results", {"labs"}, {"wards"}, {"tcp/2575"});
  const Planned planned(builder);
  REQUIRE(planned.messages().empty());
  REQUIRE(planned.plan.devices.size() == 1);
  CHECK(planned.rules("wall", "link in") == "flow 10.2.0.0/24,10.4.0.0/24 > 10.3.0.0/24 tcp/443");
  CHECK(planned.rules("wall", "labs in") == "flow 10.1.0.0/24 > 10.2.0.0/24 tcp/2575");
  CHECK(planned.rules("wall", "servers in").empty());
  CHECK_FALSE(planned.admits("wall", "link in", packet("tcp/443", "10.1.0.9", "10.3.0.10")));  // spoofed
  CHECK_FALSE(planned.admits("wall", "link in", packet("tcp/443", "10.9.0.2", "10.3.0.10")));
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("two zones behind a router that is not ours: nothing could keep them apart") {
  PolicyBuilder builder = behind_router({"wards"});
  builder.zone("rooms", {"rooms"});
  builder.settle();
  const Planned planned(builder);
  CHECK(planned.messages() == "CD4502 no filter stands between zones `clinic` and `rooms`");
  CHECK(planned.whole_message().find("packets from network `wards` pass `router` unfiltered") !=
        std::string::npos);
  CHECK(planned.plan.devices.empty());
}

}  // namespace cordon::plan::testing
