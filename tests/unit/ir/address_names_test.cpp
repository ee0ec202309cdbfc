// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/ir/address_names.h"

#include <map>

#include <doctest/doctest.h>

#include "compiler/ir/endpoint_addresses.h"
#include "compiler/resolve/file_system.h"
#include "compiler/resolve/resolve.h"

namespace cordon::ir {
namespace {

Policy site() {
  const std::map<std::string, std::string> texts{
      {"cordon.yaml",
       "cordon: 1\n"
       "networks:\n"
       "  pumps: {vlan: 20, ipv4: 10.20.0.0/24, ipv6: 'fd00:20::/64'}\n"
       "  spares: {vlan: 21, ipv4: 10.21.0.0/24}\n"
       "  servers: {vlan: 30, ipv4: 10.30.0.0/24}\n"
       "  internet: {ipv4: any}\n"
       "zones:\n"
       "  devices: {networks: [pumps, spares]}\n"
       "  servers: {networks: [servers]}\n"
       "  internet: {networks: [internet]}\n"
       "hosts:\n"
       "  gateway: {network: servers, ipv4: 10.30.0.10}\n"
       "  library: {network: servers, ipv4: 10.30.0.11}\n"
       "groups:\n"
       "  masters: [gateway, library]\n"
       "conduits:\n"
       "  all: {between: [devices, servers], flows: [{from: devices, to: masters, services: [tcp/1]}]}\n"
       "devices:\n"
       "  firewall:\n"
       "    interfaces:\n"
       "      pumps: {port: eth1, network: pumps, ipv4: 10.20.0.1}\n"
       "      servers: {port: eth2, network: servers, ipv4: 10.30.0.1}\n"}};
  const resolve::MemoryFileSystem files(texts);
  diagnostics::Diagnostics diagnostics;
  const resolve::Project project = resolve::load_project(files, "cordon.yaml", nullptr, diagnostics);
  auto policy = resolve::resolve(project, diagnostics);
  REQUIRE(policy);
  return std::move(*policy);
}

AddressSet of(std::initializer_list<const char*> prefixes) {
  AddressSet set(Family::ipv4);
  for (const char* text : prefixes) set = unite(set, AddressSet(*packet::parse_prefix(text)));
  return set;
}

TEST_CASE("what has a name is called by it") {
  const Policy policy = site();
  const AddressNames names(policy);
  CHECK(names.text(of({"10.20.0.0/24", "10.21.0.0/24"})) == "devices");
  CHECK(names.text(hosts_of(policy, policy.zones[ZoneId{0}])) == "devices");
  CHECK(names.text(of({"10.21.0.0/24"})) == "spares");
  CHECK(names.text(of({"10.30.0.10/31"})) == "masters");
  CHECK(names.text(of({"10.30.0.10/32"})) == "gateway");
  CHECK(names.text(of({"10.20.0.1/32"})) == "device firewall");
  CHECK(names.text(policy.networks[NetworkId{0}].addresses.v4) == "internet");
}

TEST_CASE("what has none is taken apart by network") {
  const Policy policy = site();
  const AddressNames names(policy);
  CHECK(names.text(of({"10.20.0.64/26"})) == "10.20.0.64/26 in pumps");
  CHECK(names.text(of({"10.21.0.0/24", "10.30.0.11/32"})) == "library, spares");
  CHECK(names.text(subtract(of({"10.21.0.0/24"}), of({"10.21.0.7/32"}))) == "spares except 10.21.0.7");
  CHECK(names.text(subtract(of({"10.20.0.0/27"}), of({"10.20.0.1/32"}))) == "10.20.0.0/27 in pumps");
  CHECK(names.text(of({"203.0.113.0/24"})) == "203.0.113.0/24 in internet");
  CHECK(names.text(subtract(policy.networks[NetworkId{0}].addresses.v4, of({"203.0.113.0/24"}))) ==
        "internet except 203.0.113.0/24");
  CHECK(names.text(AddressSet(Family::ipv4)) == "nobody");
  CHECK(names.text(of({"10.21.0.1/32", "10.21.0.4/32", "10.21.0.9/32"}), 2) ==
        "10.21.0.1 in spares, 10.21.0.4 in spares and 1 more");
}

}  // namespace
}  // namespace cordon::ir
