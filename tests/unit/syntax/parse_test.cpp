// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What is written arrives in the typed values, with the place where it stands.

#include "compiler/syntax/parse.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/unit/syntax/reading.h"

using namespace cordon::syntax;
using testing::read;

namespace {

std::string joined(const Texts& texts) {
  std::string result;
  for (const Text& text : texts) result += (result.empty() ? "" : " ") + std::string(text.value);
  return result;
}

}  // namespace

TEST_CASE("the head of a project") {
  const auto reading = read(
      "cordon: 1\n"
      "site: {name: st-elsewhere, description: Reference hospital}\n"
      "include: networks/*.yaml\n"
      "use:\n"
      "  - services/infrastructure\n"
      "  - {module: pumps/bd-alaris, with: {pumps: alaris-pumps, ports: [tcp/1, tcp/2]}, as: east}\n",
      FileRole::project);
  REQUIRE(reading->messages() == "");
  const File& file = reading->file;
  CHECK(file.version->value == 1);
  CHECK(file.site->name.value == "st-elsewhere");
  CHECK(file.site->description.value == "Reference hospital");
  REQUIRE(file.includes.size() == 1);
  CHECK(file.includes[0].pattern.value == "networks/*.yaml");
  REQUIRE(file.uses.size() == 2);
  CHECK(file.uses[0].module.value == "services/infrastructure");
  CHECK_FALSE(file.uses[0].as.present());
  CHECK(file.uses[1].module.value == "pumps/bd-alaris");
  CHECK(file.uses[1].as.value == "east");
  REQUIRE(file.uses[1].with.size() == 2);
  CHECK(file.uses[1].with[0].name.value == "pumps");
  CHECK(joined(file.uses[1].with[1].values) == "tcp/1 tcp/2");
}

TEST_CASE("the head of a module") {
  const auto reading = read(
      "module:\n"
      "  purpose: Pumps to their server\n"
      "  parameters:\n"
      "    pumps: {type: zone, description: The pumps}\n"
      "    ports: {type: service, default: [tcp/3613]}\n"
      "  sources: [An advisory]\n",
      FileRole::module);
  REQUIRE(reading->messages() == "");
  const ModuleHead& head = *reading->file.module;
  CHECK(head.purpose.value == "Pumps to their server");
  REQUIRE(head.parameters.size() == 2);
  CHECK(head.parameters[0].name.value == "pumps");
  CHECK(head.parameters[0].type.value == "zone");
  CHECK_FALSE(head.parameters[0].has_default);
  CHECK(head.parameters[1].has_default);
  CHECK(joined(head.parameters[1].default_values) == "tcp/3613");
  CHECK(joined(head.sources) == "An advisory");
}

TEST_CASE("networks, zones, hosts and groups") {
  const auto reading = read(
      "networks:\n"
      "  pumps: {vlan: 1520, ipv4: 10.1.0.0/24, ipv6: ['fd00:1::/64', 'fd00:2::/64'],\n"
      "          dhcp: {relay: dhcp-server, snooping: true, arp-inspection: true},\n"
      "          wireless: {ssid: IP_Dev, auth: wpa2-enterprise-eap-tls},\n"
      "          isolation: {attested: DOC-640, date: 2026-09-01}, isolated-vlan: 2520, port-authentication: "
      "mab}\n"
      "zones:\n"
      "  pumps: {type: medical-device, security-level: 3, networks: pumps, isolate: true}\n"
      "hosts:\n"
      "  server: {network: zone:servers, ipv4: 10.2.0.1}\n"
      "groups:\n"
      "  short: [server, 10.3.0.0/24]\n"
      "  one: server\n"
      "  long: {members: [short]}\n");
  REQUIRE(reading->messages() == "");
  const File& file = reading->file;
  const Network& network = file.networks.at(0);
  CHECK(network.name.value == "pumps");
  CHECK(network.vlan->value == 1520);
  CHECK(joined(network.ipv6) == "fd00:1::/64 fd00:2::/64");
  CHECK(network.dhcp->relay.value == "dhcp-server");
  CHECK(network.dhcp->snooping.value);
  CHECK(network.dhcp->arp_inspection.value);
  CHECK_FALSE(network.dhcp->source_guard.range.valid());
  CHECK(network.wireless->ssid.value == "IP_Dev");
  CHECK(network.isolation->date.value == "2026-09-01");
  CHECK(network.isolated_vlan->value == 2520);
  CHECK(network.port_authentication.value == "mab");
  const Zone& zone = file.zones.at(0);
  CHECK(zone.type.value == "medical-device");
  CHECK(zone.security_level->value == 3);
  CHECK(joined(zone.networks) == "pumps");
  CHECK(zone.isolate.value);
  CHECK(file.hosts.at(0).network.value == "zone:servers");
  REQUIRE(file.groups.size() == 3);
  CHECK(joined(file.groups[0].members) == "server 10.3.0.0/24");
  CHECK(joined(file.groups[1].members) == "server");
  CHECK(joined(file.groups[2].members) == "short");
}

TEST_CASE("hosts from a table") {
  const auto reading = read(
      "hosts: !csv {file: pumps.csv, columns: {name: hostname, ipv4: ip}, network: pumps, separator: ';'}\n");
  REQUIRE(reading->messages() == "");
  REQUIRE(reading->file.csv_hosts.size() == 1);
  const CsvHosts& csv = reading->file.csv_hosts[0];
  CHECK(csv.file.value == "pumps.csv");
  CHECK(csv.network.value == "pumps");
  CHECK(csv.separator.value == ";");
  REQUIRE(csv.columns.size() == 2);
  CHECK(csv.columns[1].first.value == "ipv4");
  CHECK(csv.columns[1].second.value == "ip");
  const auto tabs = read("hosts: !csv {file: pumps.tsv, separator: tab}\n");
  CHECK(tabs->file.csv_hosts.at(0).separator.value == "\t");
}

TEST_CASE("services and conduits") {
  const auto reading = read(
      "services: {comm: tcp/3613, all: [comm, icmp/echo-request, module.dns]}\n"
      "conduits:\n"
      "  telemetry:\n"
      "    between: [pumps, servers]\n"
      "    purpose: Dose and status\n"
      "    expires: 2027-06-30\n"
      "    flows:\n"
      "      - {from: pumps, except: quarantine, to: [server, 'device:fw'], services: comm, data: [phi], "
      "encryption: tls,\n"
      "         log: true}\n");
  REQUIRE(reading->messages() == "");
  const File& file = reading->file;
  CHECK(joined(file.services.at(0).terms) == "tcp/3613");
  CHECK(joined(file.services.at(1).terms) == "comm icmp/echo-request module.dns");
  const Conduit& conduit = file.conduits.at(0);
  CHECK(joined(conduit.between) == "pumps servers");
  CHECK(conduit.purpose.value == "Dose and status");
  CHECK(conduit.expires.value == "2027-06-30");
  const Flow& flow = conduit.flows.at(0);
  CHECK(joined(flow.from) == "pumps");
  CHECK(joined(flow.except) == "quarantine");
  CHECK(joined(flow.to) == "server device:fw");
  CHECK(joined(flow.services) == "comm");
  CHECK(joined(flow.data) == "phi");
  CHECK(flow.encryption.value == "tls");
  CHECK(flow.log.value);
}

TEST_CASE("devices") {
  const auto reading = read(
      "devices:\n"
      "  sw:\n"
      "    platform: some-platform\n"
      "    version: 9.18\n"
      "    interfaces:\n"
      "      pumps: {port: Vlan20, network: pumps, ipv4: 10.1.0.2, filter: both, security-level: 50, cost: "
      "10, ospf: true,\n"
      "              vrf: MGMT, vrrp: {group: 7, ipv4: 10.1.0.1, priority: 110}}\n"
      "    ports:\n"
      "      GigabitEthernet1/0/1-24: {access: pumps}\n"
      "      TenGigabitEthernet1/1/1: {to: fw-core/GigabitEthernet0/1, native-vlan: 998}\n"
      "      unused: shutdown\n"
      "    parking-vlan: 999\n"
      "    radios: {air: [guest, pumps]}\n"
      "    routes: [{to: any, via: 10.1.0.9}]\n"
      "    routing: shortest\n"
      "    state-sync: edge\n");
  REQUIRE(reading->messages() == "");
  const Device& device = reading->file.devices.at(0);
  CHECK(device.platform.value == "some-platform");
  CHECK(device.version.value == "9.18");
  const Interface& interface = device.interfaces.at(0);
  CHECK(interface.port.value == "Vlan20");
  CHECK(interface.filter.value == "both");
  CHECK(interface.security_level->value == 50);
  CHECK(interface.cost->value == 10);
  CHECK(interface.ospf.value);
  CHECK(interface.vrf.value == "MGMT");
  CHECK(interface.redundancy->protocol.value == "vrrp");
  CHECK(interface.redundancy->group->value == 7);
  CHECK(interface.redundancy->priority->value == 110);
  REQUIRE(device.ports.size() == 2);
  CHECK(device.ports[0].name.value == "GigabitEthernet1/0/1-24");
  CHECK(device.ports[0].access.value == "pumps");
  CHECK(device.ports[1].to.value == "fw-core/GigabitEthernet0/1");
  CHECK(device.ports[1].native_vlan->value == 998);
  CHECK(device.unused.value == "shutdown");
  CHECK(device.parking_vlan->value == 999);
  CHECK(joined(device.radios.at(0).networks) == "guest pumps");
  CHECK(device.routes.at(0).to.value == "any");
  CHECK(device.routing.value == "shortest");
  CHECK(device.state_sync.value == "edge");
}

TEST_CASE("assertions, tests, waivers and attestations") {
  const auto reading = read(
      "assertions:\n"
      "  - {name: depth, at-least: {from: internet, to: pumps, filters: 2}}\n"
      "  - {name: via-dmz, only: {from: vendor, to: server, through: [dmz]}}\n"
      "tests:\n"
      "  - {name: pumps reach their server, allow: {from: pump-17, to: server, service: tcp/443}, tags: "
      "pumps}\n"
      "waivers:\n"
      "  - {id: W-12, code: CD4021, element: 'conduit:legacy', approved_by: ciso, expires: 2027-01-31}\n"
      "attestations:\n"
      "  default-credentials-changed: {answer: yes, evidence: DOC-881, date: 2026-10-02}\n");
  REQUIRE(reading->messages() == "");
  const File& file = reading->file;
  CHECK(file.assertions.at(0).kind.value == "at-least");
  CHECK(file.assertions.at(0).filters->value == 2);
  CHECK(joined(file.assertions.at(0).from) == "internet");
  CHECK(joined(file.assertions.at(1).through) == "dmz");
  CHECK(file.tests.at(0).expect.value == "allow");
  CHECK(file.tests.at(0).from.value == "pump-17");
  CHECK(joined(file.tests.at(0).services) == "tcp/443");
  CHECK(joined(file.tests.at(0).tags) == "pumps");
  CHECK(file.waivers.at(0).approved_by.value == "ciso");
  CHECK(file.attestations.at(0).answer.value == "yes");
}

TEST_CASE("places are those of the text") {
  const auto reading = read("zones:\n  pumps: {networks: [wifi]}\n");
  REQUIRE(reading->messages() == "");
  const Zone& zone = reading->file.zones.at(0);
  CHECK(reading->sources.text(zone.name.range) == "pumps");
  CHECK(reading->sources.text(zone.range) == "pumps: {networks: [wifi]}");
  CHECK(reading->sources.text(zone.networks.at(0).range) == "wifi");
}
