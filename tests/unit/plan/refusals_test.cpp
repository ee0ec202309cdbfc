// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What no filter can hold is refused, with what asked for it, where, why, and the way out; and what every
// filter ends with.

#include <doctest/doctest.h>

#include "planned.h"

namespace cordon::plan::testing {
namespace {

using test::PolicyBuilder;

//  pumps ── wall ── servers
PolicyBuilder one_device(const std::string& platform) {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("servers", {"10.2.0.0/24", "2001:db8:2::/64"});
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"});
  builder.device("wall", platform);
  builder.interface("wall", "pumps", "pumps", {"10.1.0.1"});
  builder.interface("wall", "servers", "servers", {"10.2.0.1", "2001:db8:2::1"});
  return builder;
}

ir::Interface& interface(PolicyBuilder& builder, std::size_t index) {
  return builder.policy().devices[builder.device_id("wall")].interfaces[index];
}

bool says(const Planned& planned, std::string_view part) {
  return planned.whole_message().find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a flow without a path is refused at the line that asks for it") {
  PolicyBuilder builder = one_device("stateful");
  interface(builder, 1).network = builder.network_id("pumps");
  builder.settle();
  const source::Range line{.file = source::FileId{0}, .begin = 700, .end = 720};
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"}).range = line;
  const Planned planned(builder);
  REQUIRE(planned.messages() == "CD4501 no path leads from `pumps` to `servers`");
  CHECK(planned.diagnostics.all().front().labels.front().range == line);
  CHECK(says(planned, "no device has an interface on network `servers`"));
  CHECK(planned.plan.devices.empty());
}

TEST_CASE("two flows over one gap are one message") {
  PolicyBuilder builder = one_device("stateful");
  interface(builder, 1).network = builder.network_id("pumps");
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  builder.flow("telemetry", {"servers"}, {"pumps"}, {"tcp/22"});
  const Planned planned(builder);
  CHECK(planned.diagnostics.all().size() == 1);
}

TEST_CASE("zones with nothing between them are refused, with the device and the way out") {
  PolicyBuilder foreign = one_device("");
  foreign.settle();
  const Planned ours_nowhere(foreign);
  CHECK(ours_nowhere.messages() == "CD4502 no filter stands between zones `pumps` and `servers`");
  CHECK(says(ours_nowhere, "packets from network `pumps` pass `wall` unfiltered"));
  CHECK(says(ours_nowhere, "give `wall` a `platform:`"));

  PolicyBuilder silent = one_device("stateful");
  interface(silent, 0).filter = ir::FilterMode::none;
  silent.settle();
  silent.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  const Planned planned(silent);
  CHECK(planned.messages() == "CD4502 no filter stands between zones `pumps` and `servers`");
  CHECK(says(planned, "let interface `pumps` filter what it receives"));
  CHECK(planned.plan.devices.empty());
}

TEST_CASE("a filter on one side is enough where it sees both directions") {
  PolicyBuilder builder = one_device("stateful");
  interface(builder, 0).filter = ir::FilterMode::both;
  interface(builder, 1).filter = ir::FilterMode::none;
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(planned.rules("wall", "pumps in") == "flow 10.1.0.0/24 > 10.2.0.0/24 tcp/443");
  CHECK(planned.rules("wall", "pumps out") == "");
  CHECK(planned.rules("wall", "servers in") == "no filter");
  CHECK(planned.fault() == "");
  CHECK(planned.path_fault() == "");
}

TEST_CASE("an isolating zone whose hosts meet at a gateway that does not filter is refused") {
  PolicyBuilder builder = one_device("stateful");
  builder.policy().zones[builder.zone_id("pumps")].isolate = true;
  builder.policy().networks[builder.network_id("pumps")].isolation = {
      .document = "WLC-7", .date = "2024-01-01", .range = {}};
  interface(builder, 0).filter = ir::FilterMode::none;
  interface(builder, 1).filter = ir::FilterMode::both;
  builder.settle();
  const Planned planned(builder);
  CHECK(planned.messages() == "CD4503 no filter keeps the hosts of zone `pumps` apart at `wall`");
  CHECK(says(planned, "let interface `pumps` filter what it receives"));
}

TEST_CASE("what a platform has not got is refused, with the platform, the device and what is missing") {
  const auto message = [](auto change) {
    PolicyBuilder builder = one_device("plain");
    change(interface(builder, 0));
    builder.settle();
    const Planned planned(builder);
    CHECK(planned.plan.devices.empty());
    return planned.messages();
  };
  CHECK(message([](ir::Interface& each) { each.filter = ir::FilterMode::both; }) ==
        "CD5104 platform `plain` of device `wall` has no filters on what an interface sends");
  CHECK(message([](ir::Interface& each) {
          each.redundancy = {
              .group = 1, .ipv4 = packet::parse_address("10.1.0.3"), .ipv6 = {}, .priority = {}, .range = {}};
        }) == "CD5104 platform `plain` of device `wall` has no HSRP");
}

TEST_CASE("every filter ends by denying and logging the rest of both families") {
  for (const char* platform : {"stateful", "stateful-twice", "stateless", "stateless-guard", "plain"}) {
    CAPTURE(platform);
    for (const bool flows : {false, true}) {
      PolicyBuilder builder = one_device(platform);
      const bool out = test::capabilities_named(platform).filter_out == config::Support::yes;
      if (out) interface(builder, 0).filter = interface(builder, 1).filter = ir::FilterMode::both;
      builder.settle();
      if (flows) builder.flow("telemetry", {"pumps"}, {"servers"}, {"any"}).log = true;
      const Planned planned(builder);
      REQUIRE(planned.messages() == "");
      const config::Device& device = planned.device("wall");
      const bool guard = test::capabilities_named(platform).own_filter == config::Support::yes;
      const bool twice = test::capabilities_named(platform).filter_sees_own == config::Support::yes;
      CHECK(device.bindings.size() == (out ? 4U : 2U) + (!guard ? 0U : twice ? 1U : 2U));
      CHECK(planned.open_end() == "");
      CHECK(planned.fault() == "");
    }
  }
}

TEST_CASE("a filter for which nothing is intended denies and nothing else") {
  PolicyBuilder builder = one_device("stateful");
  builder.settle();
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(planned.rules("wall", "pumps own") == "");
  CHECK_FALSE(planned.admits("wall", "pumps in", packet("tcp/443", "10.1.0.9", "10.2.0.10")));
  CHECK_FALSE(planned.admits("wall", "pumps own", packet("tcp/22", "10.1.0.9", "10.1.0.1")));
}

TEST_CASE("a flow to a device itself opens its guard, for that service only") {
  PolicyBuilder builder = one_device("stateful");
  builder.settle();
  builder.flow("management", {"10.2.0.10"}, {"device:wall"}, {"tcp/22"});
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(planned.rules("wall", "servers own") == "flow 10.2.0.10 > 10.1.0.1,10.2.0.1 tcp/22");
  CHECK(planned.rules("wall", "servers in") == "");
  REQUIRE(planned.device("wall").management.size() == 1);
  CHECK(planned.open_end() == "");
  CHECK(planned.fault() == "");
}

TEST_CASE("a guard that stands alone knows which sources belong behind which interface") {
  for (const std::string platform : {"stateful", "stateless-guard"}) {
    CAPTURE(platform);
    PolicyBuilder builder = one_device(platform);
    builder.settle();
    builder.flow("monitoring", {"10.2.0.10"}, {"device:wall"}, {"udp/161"});
    const Planned planned(builder);
    REQUIRE(planned.messages() == "");
    const packet::Packet spoofed = packet("udp/161", "10.2.0.10", "10.1.0.1");
    CHECK(planned.admits("wall", "servers own", spoofed));
    CHECK_FALSE(planned.admits("wall", "pumps own", spoofed));
    CHECK(planned.fault() == "");
  }
}

TEST_CASE("a guard behind interface filters is one for the device") {
  PolicyBuilder builder = one_device("stateful-twice");
  builder.settle();
  builder.flow("monitoring", {"10.2.0.10"}, {"device:wall"}, {"udp/161"});
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(planned.rules("wall", "own") == "flow 10.2.0.10 > 10.1.0.1,10.2.0.1 udp/161");
  CHECK_FALSE(planned.admits("wall", "pumps in", packet("udp/161", "10.2.0.10", "10.1.0.1")));
  CHECK(planned.fault() == "");
}

}  // namespace cordon::plan::testing
