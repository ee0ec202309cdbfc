// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Replies and errors, with memory and without.

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/unit/prove/proved.h"

namespace cordon::prove::testing {
namespace {

using test::PolicyBuilder;
using Rules = std::vector<std::string>;

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
  builder.flow("telemetry", {"10.1.0.9"}, {"10.2.0.9"}, {"tcp/443"});
  return builder;
}

const Rules asked{"permit 10.1.0.0/24 > 10.2.0.9 icmp/3", "permit 10.1.0.0/24 > 10.2.0.9 icmp/11",
                  "permit 10.1.0.0/24 > 10.2.0.9 icmp/12", "permit 10.1.0.9 > 10.2.0.9 tcp/443"};
const Rules answered{"permit 10.2.0.0/24 > 10.1.0.9 icmp/3", "permit 10.2.0.0/24 > 10.1.0.9 icmp/11",
                     "permit 10.2.0.0/24 > 10.1.0.9 icmp/12", "permit 10.2.0.9 > 10.1.0.9 tcp/443 reply"};

std::string without_memory(const Rules& inside, const Rules& outside) {
  PolicyBuilder builder = gate("stateless");
  Proved proved(builder);
  proved.filter("gate", "pumps in", inside).filter("gate", "servers in", outside);
  return proved.broken();
}

Rules but_last(Rules rules, const std::string& last) {
  rules.back() = last;
  return rules;
}

}  // namespace

TEST_CASE("without memory: the flow, its reply and errors about it") {
  CHECK(without_memory(asked, answered) == "");
}

TEST_CASE("without memory: a reply that is lost, or wide open") {
  CHECK(without_memory(asked, but_last(answered, "deny any > any")) == "completeness gate servers in");
  const Rules open = but_last(answered, "permit 10.2.0.9 > 10.1.0.9 tcp/443->0-65535");
  CHECK(without_memory(asked, open) == "soundness gate servers in");
}

TEST_CASE("without memory: errors go to the ends of connections only") {
  Rules wide = answered;
  wide.insert(wide.begin(), "permit 10.2.0.0/24 > 10.1.0.0/24 icmp/3");
  CHECK(without_memory(asked, wide) == "soundness gate servers in");
  Rules none = answered;
  none.erase(none.begin());
  CHECK(without_memory(asked, none) == "completeness gate servers in");
}

TEST_CASE("states that are spelled out in rules") {
  const Rules first{"permit any > any any established", "permit any > any icmp/3 related"};
  const auto broken = [&](Rules before) {
    PolicyBuilder builder = gate("stateful");
    before.emplace_back("permit 10.1.0.9 > 10.2.0.9 tcp/443 new");
    Proved proved(builder);
    proved.filter("gate", "pumps in", before)
        .filter("gate", "servers in", first)
        .filter("gate", "own", first);
    return proved.broken();
  };
  CHECK(broken(first) == "");
  CHECK(broken({"permit any > any any established", "permit any > any any related"}) ==
        "soundness gate pumps in");
  CHECK(broken({"permit any > any icmp/3 related"}) == "completeness gate pumps in");
}

TEST_CASE("residue: replies of UDP that nothing remembers, and none of TCP") {
  PolicyBuilder builder = gate("stateless");
  builder.flow("telemetry", {"10.1.0.9"}, {"10.2.0.9"}, {"udp/161"});
  Rules pumps = asked, servers = answered;
  pumps.emplace_back("permit 10.1.0.9 > 10.2.0.9 udp/161");
  servers.emplace_back("permit 10.2.0.9 > 10.1.0.9 udp/161 reply");
  Proved proved(builder);
  proved.filter("gate", "pumps in", pumps).filter("gate", "servers in", servers);
  const Proof proof = proved.proof();
  CHECK(proof.holds());
  REQUIRE(proof.residue.size() == 1);
  REQUIRE(proof.residue.front().cubes.size() == 1);
  const packet::Cube& cube = proof.residue.front().cubes.front();
  CHECK(packet::to_string(cube.services) == "udp/161->0-65535");
  CHECK(cube.source == packet::AddressSet(packet::parse_address("10.2.0.9").value()));

  PolicyBuilder remembering = gate("stateful");
  remembering.flow("telemetry", {"10.1.0.9"}, {"10.2.0.9"}, {"udp/161"});
  Proved kept(remembering);
  kept.filter("gate", "pumps in",
              {"permit 10.1.0.9 > 10.2.0.9 tcp/443", "permit 10.1.0.9 > 10.2.0.9 udp/161"});
  kept.filter("gate", "servers in", {}).filter("gate", "own", {});
  CHECK(kept.broken() == "");
  CHECK(kept.proof().residue.empty());
}

TEST_CASE("assumption: two firewalls side by side that do not share what they remember") {
  PolicyBuilder builder = gate("stateful");
  builder.device("spare", "stateful");
  builder.interface("spare", "pumps", "pumps", {"10.1.0.2"});
  builder.interface("spare", "servers", "servers", {"10.2.0.2"});
  const auto assumptions = [&] {
    Proved proved(builder);
    for (const char* name : {"gate", "spare"}) {
      proved.filter(name, "pumps in", {"permit 10.1.0.9 > 10.2.0.9 tcp/443"});
      proved.filter(name, "servers in", {}).filter(name, "own", {});
    }
    CHECK(proved.broken() == "");
    const Proof proof = proved.proof();
    return std::ranges::count(proof.assumptions, Assumption::Kind::asymmetric_state, &Assumption::kind);
  };
  CHECK(assumptions() == 1);
  for (ir::Device& device : builder.policy().devices) device.state_sync = "pair";
  CHECK(assumptions() == 0);
}

}  // namespace cordon::prove::testing
