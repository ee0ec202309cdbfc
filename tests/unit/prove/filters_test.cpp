// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What filters admit, too much and too little.

#include <doctest/doctest.h>

#include "tests/unit/prove/proved.h"

namespace cordon::prove::testing {
namespace {

using test::PolicyBuilder;
using Rules = std::vector<std::string>;

// pumps ── gate ── servers
PolicyBuilder gate(const std::string& platform) {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("servers", {"10.2.0.0/24"});
  builder.zone("pumps", {"pumps"}, true);
  builder.zone("servers", {"servers"}, true);
  for (ir::Network& network : builder.policy().networks) network.isolation.emplace();
  builder.device("gate", platform);
  builder.interface("gate", "pumps", "pumps", {"10.1.0.1"});
  builder.interface("gate", "servers", "servers", {"10.2.0.1"});
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  return builder;
}

const Rules keep_own{"deny any > 10.1.0.1", "deny any > 10.2.0.1", "deny 10.1.0.1 > any",
                     "deny 10.2.0.1 > any"};

Rules after(Rules first, const Rules& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Proved stateful(const Rules& pumps, const Rules& servers = {}, const Rules& own = {}) {
  PolicyBuilder builder = gate("stateful");
  Proved proved(builder);
  proved.filter("gate", "pumps in", after(keep_own, pumps));
  proved.filter("gate", "servers in", after(keep_own, servers)).filter("gate", "own", own);
  return proved;
}

}  // namespace

TEST_CASE("a firewall that admits the flow and nothing else is proved") {
  CHECK(stateful({"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443"}).broken() == "");
}

TEST_CASE("soundness: a port too many, an address too many, a protocol too many") {
  const Proved port = stateful({"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443-444"});
  CHECK(port.broken() == "soundness gate pumps in");
  CHECK(port.witness().find("444") != std::string::npos);
  CHECK(stateful({"permit 10.1.0.0/24 > 10.2.0.0/23 tcp/443"}).broken() == "soundness gate pumps in");
  CHECK(stateful({"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443", "permit 10.1.0.0/24 > 10.2.0.0/24 udp/443"})
            .broken() == "soundness gate pumps in");
}

TEST_CASE("soundness: nobody opens a connection the other way") {
  CHECK(stateful({"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443"}, {"permit 10.2.0.0/24 > 10.1.0.0/24 tcp/443"})
            .broken() == "soundness gate servers in");
}

TEST_CASE("soundness: a zone never means a device's own addresses") {
  PolicyBuilder builder = gate("stateful");
  Proved proved(builder);
  proved.filter("gate", "pumps in", {"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443"});
  proved.filter("gate", "servers in", {}).filter("gate", "own", {});
  CHECK(proved.broken() == "soundness gate pumps in");
}

TEST_CASE("soundness: hosts of one network do not pass their gateway in a zone that isolates") {
  CHECK(stateful({"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443", "permit 10.1.0.0/24 > 10.1.0.0/24 tcp/22"})
            .broken() == "soundness gate pumps in");
}

TEST_CASE("soundness: the guard admits nothing that no flow to the device asks for") {
  const Proved proved =
      stateful({"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443"}, {}, {"permit 10.2.0.0/24 > 10.2.0.1 tcp/22"});
  CHECK(proved.broken() == "soundness gate own");
}

TEST_CASE("origin of sources: a source that cannot be behind the interface") {
  const Proved proved =
      stateful({"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443", "permit 10.7.0.0/24 > 10.2.0.0/24 tcp/443"});
  CHECK(proved.broken() == "origin of sources gate pumps in");
  CHECK(proved.witness().find("10.7.0.") != std::string::npos);
}

TEST_CASE("origin of sources: the outside does not use declared addresses") {
  PolicyBuilder builder;
  builder.network("servers", {"10.2.0.0/24"});
  builder.network("internet", {"any4"});
  builder.zone("servers", {"servers"}, true);
  builder.zone("internet", {"internet"}, true);
  for (ir::Network& network : builder.policy().networks) network.isolation.emplace();
  builder.device("gate", "stateful");
  builder.interface("gate", "outside", "internet", {"198.51.100.1"});
  builder.interface("gate", "servers", "servers", {"10.2.0.1"});
  builder.settle();
  builder.flow("portal", {"internet"}, {"servers"}, {"tcp/443"});
  const Rules exact{
      "deny any > 10.2.0.1",    "deny 198.51.100.1 > any",    "deny 10.2.0.0/24 > any",
      "deny 0.0.0.0/8 > any",   "deny 127.0.0.0/8 > any",     "deny 169.254.0.0/16 > any",
      "deny 224.0.0.0/4 > any", "deny 255.255.255.255 > any", "permit any > 10.2.0.0/24 tcp/443"};
  Proved good(builder);
  good.filter("gate", "outside in", exact).filter("gate", "servers in", {}).filter("gate", "own", {});
  CHECK(good.broken() == "");
  CAPTURE(good.witness());
  Rules spoofed = exact;
  spoofed.erase(spoofed.begin() + 2);
  Proved bad(builder);
  bad.filter("gate", "outside in", spoofed).filter("gate", "servers in", {}).filter("gate", "own", {});
  CHECK(bad.broken() == "origin of sources gate outside in");
}

TEST_CASE("completeness: a flow that is refused in part") {
  const Proved narrow = stateful({"permit 10.1.0.0/25 > 10.2.0.0/24 tcp/443"});
  CHECK(narrow.broken() == "completeness gate pumps in");
  CHECK(narrow.witness().find("10.1.0.128") != std::string::npos);
  const Proved shadowed = stateful({"deny 10.1.0.9 > any", "permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443"});
  CHECK(shadowed.broken() == "completeness gate pumps in");
  CHECK(stateful({}).broken() == "completeness gate pumps in");
}

TEST_CASE("completeness: a flow to a device passes its guard") {
  PolicyBuilder builder = gate("stateful");
  builder.flow("manage", {"10.2.0.9"}, {"device:gate"}, {"tcp/22"});
  Proved proved(builder);
  proved.filter("gate", "pumps in", after(keep_own, {"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443"}));
  proved.filter("gate", "servers in", {}).filter("gate", "own", {"permit 10.2.0.9 > 10.2.0.1 tcp/22"});
  CHECK(proved.broken() == "completeness gate own");
  CHECK(proved.witness().find("10.1.0.1") != std::string::npos);
  Proved whole(builder);
  whole.filter("gate", "pumps in", after(keep_own, {"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443"}));
  whole.filter("gate", "servers in", {});
  whole.filter("gate", "own", {"permit 10.2.0.9 > 10.2.0.1 tcp/22", "permit 10.2.0.9 > 10.1.0.1 tcp/22"});
  CHECK(whole.broken() == "");
}

TEST_CASE("a packet has to pass every filter that stands there") {
  PolicyBuilder builder = gate("stateful");
  Proved proved(builder);
  proved.filter("gate", "pumps in", after(keep_own, {"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443-444"}));
  proved.filter("gate", "pumps in", after(keep_own, {"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/442-443"}));
  proved.filter("gate", "servers in", {}).filter("gate", "own", {});
  CHECK(proved.broken() == "");
}

TEST_CASE("a filter before forwarding, which sees everything, and one behind it") {
  PolicyBuilder builder = gate("stateful");
  builder.flow("manage", {"10.1.0.9"}, {"device:gate"}, {"tcp/22"});
  const Rules manage{"permit 10.1.0.9 > 10.1.0.1 tcp/22", "permit 10.1.0.9 > 10.2.0.1 tcp/22"};
  const auto broken = [&](const std::string& forwarded, const Rules& guard) {
    Proved proved(builder);
    proved.filter("gate", "pumps in",
                  after(manage, after(keep_own, {"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443"})));
    config::Device& device = proved.device("gate");
    device.bindings.push_back({.stage = config::Stage::own,
                               .interface = device.bindings.front().interface,
                               .filter = device.bindings.front().filter});
    proved.filter("gate", "pumps in", {forwarded}).filter("gate", "servers in", {});
    proved.filter("gate", "pumps own", guard).filter("gate", "servers own", {});
    return proved.broken();
  };
  CHECK(broken("permit any > any", manage) == "");
  CHECK(broken("permit any > 10.2.0.0/24", manage) == "");
  CHECK(broken("permit any > 10.3.0.0/24", manage) == "completeness gate pumps in");
  CHECK(broken("permit any > any", {"permit any > any"}) == "");
  CHECK(broken("permit any > any", {"permit 10.1.0.9 > 10.1.0.1 tcp/22"}) == "completeness gate pumps own");
}

TEST_CASE("filters between pairs of interfaces") {
  PolicyBuilder builder = gate("stateful");
  const auto broken = [&](const Rules& forth, const Rules& back, bool both = true) {
    Proved proved(builder);
    proved.filter("gate", "own", {});
    config::Reading& reading = proved.reading("gate");
    const auto stand = [&](std::uint32_t in, std::uint32_t out, const Rules& rules) {
      proved.filter("gate", "pumps in", after(keep_own, rules));
      reading.between.push_back({.in = {in}, .out = {out}, .filter = reading.device.bindings.back().filter});
      reading.device.bindings.pop_back();
    };
    stand(0, 1, forth);
    for (const std::uint32_t same : {0U, 1U}) stand(same, same, {});
    if (both) stand(1, 0, back);
    return proved.broken();
  };
  const Rules flow{"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443"};
  CHECK(broken(flow, {}) == "");
  CHECK(broken({}, {}) == "completeness gate pumps to servers");
  CHECK(broken({"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/442-443"}, {}) == "soundness gate pumps to servers");
  CHECK(broken(flow, {"permit 10.2.0.0/24 > 10.1.0.0/24 tcp/443"}) == "soundness gate servers to pumps");
  CHECK(broken(flow, {}, false) == "enforcement; enforcement gate servers in");
}

TEST_CASE("a line that was not understood, or work beyond the budget, proves nothing") {
  Proved proved = stateful({"permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443"});
  CHECK(proved.broken({.steps = 3}).starts_with("undecided"));
  proved.reading("gate").gaps.push_back({.range = {}, .reason = "an application is matched", .filter = {}});
  CHECK(proved.broken() == "undecided");
}

}  // namespace cordon::prove::testing
