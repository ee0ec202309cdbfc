// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// VLANs on ports and trunks, unused ports, and hosts that are kept apart on the wire.

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/unit/prove/proved.h"

namespace cordon::prove::testing {
namespace {

using test::PolicyBuilder;

config::Port port(std::string name, config::PortMode mode) {
  config::Port item;
  item.name = std::move(name);
  item.mode = mode;
  return item;
}

config::Port access(std::string name, std::uint16_t vlan) {
  config::Port item = port(std::move(name), config::PortMode::access);
  item.access_vlan = vlan;
  return item;
}

config::Port trunk(std::string name, std::vector<std::uint16_t> vlans) {
  config::Port item = port(std::move(name), config::PortMode::trunk);
  item.trunk_vlans = std::move(vlans);
  return item;
}

//  pumps, servers ─ p1, p2 [left] up ───── down [right] p1 ─ pumps
//                           spare ──────── spare [leaf]       (no member behind it)
PolicyBuilder switches(bool isolate) {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"}).vlan = 20;
  builder.network("servers", {"10.2.0.0/24"}).vlan = 30;
  builder.zone("pumps", {"pumps"}, isolate);
  builder.zone("servers", {"servers"});
  for (const char* name : {"left", "right", "leaf"}) builder.device(name, "stateless").shut_unused = true;
  builder.access("left", "p1", "pumps");
  builder.access("left", "p2", "servers");
  builder.link("left", "up", "right", "down");
  builder.link("left", "spare", "leaf", "spare");
  builder.access("right", "p1", "pumps");
  builder.link("right", "down", "left", "up");
  builder.link("leaf", "spare", "left", "spare");
  builder.settle();
  return builder;
}

Proved wired(PolicyBuilder& builder) {
  Proved proved(builder);
  proved.device("left").ports = {access("p1", 20), access("p2", 30), trunk("up", {20}), trunk("spare", {})};
  proved.device("right").ports = {access("p1", 20), trunk("down", {20})};
  proved.device("leaf").ports = {trunk("spare", {})};
  return proved;
}

std::string broken_at(const std::string& device, std::size_t index, const config::Port& instead) {
  PolicyBuilder builder = switches(false);
  Proved proved = wired(builder);
  proved.device(device).ports[index] = instead;
  return proved.broken();
}

}  // namespace

TEST_CASE("layer 2: each VLAN where it has to be") {
  PolicyBuilder builder = switches(false);
  CHECK(wired(builder).broken() == "");
}

TEST_CASE("layer 2: a port in another VLAN, a trunk, or shut") {
  CHECK(broken_at("left", 0, access("p1", 30)) == "layer 2 left p1");
  CHECK(broken_at("left", 0, trunk("p1", {20})) == "layer 2 left p1");
  CHECK(broken_at("left", 0, port("p1", config::PortMode::unused)) == "layer 2 left p1");
}

TEST_CASE("layer 2: a trunk with a VLAN too many or too few") {
  CHECK(broken_at("left", 2, trunk("up", {20, 30})) == "layer 2 left up");
  CHECK(broken_at("right", 1, trunk("down", {})) == "layer 2 right down");
  CHECK(broken_at("left", 3, trunk("spare", {20})) == "layer 2 left spare");
  config::Port native = trunk("up", {20});
  native.native_vlan = 30;
  CHECK(broken_at("left", 2, native) == "layer 2 left up");
}

TEST_CASE("layer 2: a port that nobody names is shut") {
  PolicyBuilder builder = switches(false);
  Proved proved = wired(builder);
  proved.device("left").ports.push_back(port("p3", config::PortMode::unused));
  CHECK(proved.broken() == "");
  proved.device("left").ports.push_back(access("p4", 999));
  CHECK(proved.broken() == "layer 2 left p4");
}

TEST_CASE("layer 2: a port below the last one that is named in its slot is shut, and said to be") {
  PolicyBuilder builder = switches(false);
  builder.access("left", "Gi1/0/3", "servers");
  Proved proved = wired(builder);
  proved.device("left").ports.push_back(access("Gi1/0/3", 30));
  CHECK(proved.broken() == "layer 2 left Gi1/0/1; layer 2 left Gi1/0/2");
  proved.device("left").ports.push_back(port("Gi1/0/1", config::PortMode::unused));
  proved.device("left").ports.push_back(port("Gi1/0/2", config::PortMode::unused));
  CHECK(proved.broken() == "");
}

TEST_CASE("layer 2: hosts on two switches are kept apart by a private VLAN only") {
  PolicyBuilder builder = switches(true);
  CHECK(wired(builder).broken() == "layer 2");  // nothing could
  builder.policy().networks[builder.network_id("pumps")].isolated_vlan = 21;
  Proved proved = wired(builder);
  for (const char* name : {"left", "right"}) {
    config::Device& device = proved.device(name);
    config::Port& hosts = device.ports.front();
    hosts.isolation = config::Isolation::private_vlan;
    hosts.isolated_vlan = 21;
    device.ports[name[0] == 'l' ? 2 : 1].trunk_vlans = {20, 21};
    config::Vlan vlan;
    vlan.id = 20;
    vlan.isolated_vlan = 21;
    device.vlans.push_back(vlan);
  }
  CHECK(proved.broken() == "");
  proved.device("right").ports.front().isolation = config::Isolation::protected_port;
  CHECK(proved.broken() == "layer 2 right p1");
  proved.device("right").ports.front().isolation = config::Isolation::none;
  CHECK(proved.broken() == "layer 2 right p1");
}

TEST_CASE("layer 2: on one switch protected ports will do, and an attestation is an assumption") {
  PolicyBuilder builder = switches(true);
  std::erase_if(builder.policy().devices[builder.device_id("right")].ports,
                [](const ir::Port& item) { return item.access.valid(); });
  Proved proved = wired(builder);
  proved.device("left").ports[2].trunk_vlans.clear();
  proved.device("right").ports = {trunk("down", {})};
  CHECK(proved.broken() == "layer 2 left p1");
  proved.device("left").ports.front().isolation = config::Isolation::protected_port;
  CHECK(proved.broken() == "");

  PolicyBuilder attested = switches(true);
  attested.policy().networks[attested.network_id("pumps")].isolation.emplace();
  const Proof proof = wired(attested).proof();
  CHECK(proof.holds());
  REQUIRE(proof.assumptions.size() == 1);
  CHECK(proof.assumptions.front().kind == Assumption::Kind::attested_isolation);
}

}  // namespace cordon::prove::testing
