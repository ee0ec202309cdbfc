// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One file of the policy language as typed values: what was written, where, and nothing more.
//
// References stay text here; `resolve` gives them meaning. Every value carries its range. Text is a
// view into the file in `source::Sources` or into the storage of the file's YAML document, which the
// `File` keeps alive. What each key means is said once, in the language table (language.cpp).
#ifndef COMPILER_SYNTAX_AST_H
#define COMPILER_SYNTAX_AST_H

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/source/source.h"

namespace cordon::syntax {

using source::Range;

struct Text {
  std::string_view value;
  Range range;
  [[nodiscard]] bool present() const { return range.valid(); }
};
struct Integer {
  std::int64_t value = 0;
  Range range;
};
struct Flag {
  bool value = false;
  Range range;                 // invalid: not written, the default holds
  std::string_view parameter;  // of a module, whose value it has; empty: none
};
using OptionalText = Text;  // an absent one has an invalid range
using Texts = std::vector<Text>;

// The site's name, shown in headers.
struct Site {
  OptionalText name, description;
  Range range;
};

// `include: [networks/*.yaml]`; a glob relative to the file that says it, inside the project.
struct Include {
  Text pattern;
};

// `use: [services/infrastructure]` or `{module: pumps/bd-alaris, with: {…}, as: alaris-east}`.
struct Argument {
  Text name;
  Texts values;
};
struct Use {
  Text module;
  OptionalText as;
  std::vector<Argument> with;
  Range range;
};

// The head of a module file.
struct Parameter {
  Text name;
  Text type;  // zone, network, host, group, endpoint, service, text, device
  OptionalText description;
  Texts default_values;
  bool has_default = false;
  Range range;
};
struct ModuleHead {
  Text purpose;
  std::vector<Parameter> parameters;
  Texts sources;
  Range range;
};

struct Dhcp {
  OptionalText relay;   // host or group of DHCP servers reached through a relay on the gateway
  OptionalText server;  // host on the network itself that answers
  Flag snooping, arp_inspection, source_guard;  // asked of access switches; default false
  Range range;
};
struct Wireless {
  Text ssid;
  Text auth;
  Range range;
};
struct Attestation {  // `isolation: {attested: DOC-640, date: 2026-09-01}`
  Text attested;
  OptionalText date;
  Range range;
};
struct Network {
  Text name;
  Range range;
  std::optional<Integer> vlan;
  Texts ipv4, ipv6;  // prefixes, or the single word `any`
  std::optional<Dhcp> dhcp;
  std::optional<Wireless> wireless;
  std::optional<Attestation> isolation;
  std::optional<Integer> isolated_vlan;
  Flag transit;
  OptionalText port_authentication;  // `dot1x`, `mab`, `dot1x-mab`: asked of access ports
  OptionalText description;
};

struct Zone {
  Text name;
  Range range;
  OptionalText type, description, owner;
  std::optional<Integer> security_level;
  Texts networks;
  Flag isolate, wired_and_wireless;
};

struct Host {
  Text name;
  Range range;
  Text network;
  OptionalText ipv4, ipv6;
  OptionalText description;
};
// `hosts: !csv {file: pumps.csv, columns: {name: hostname, network: segment, ipv4: ip}}`
struct CsvHosts {
  Text file;
  std::vector<std::pair<Text, Text>> columns;  // field of a host, heading in the file
  OptionalText network;                        // for files without a network column
  OptionalText separator;                      // one character
  Range range;
};

struct Group {
  Text name;
  Range range;
  Texts members;  // hosts, networks, zones, groups, literal prefixes or addresses
};

struct Service {
  Text name;
  Range range;
  Texts terms;  // `tcp/443`, or the name of another service
};

struct Flow {
  Range range;
  Texts from, to, except, services;
  Texts data;
  OptionalText encryption, description, purpose, evidence;
  Flag log;
};
struct Conduit {
  Text name;
  Range range;
  Texts between;  // two zones
  OptionalText purpose, description, owner, ticket, expires, reviewed, evidence;
  Flag redundant;
  std::vector<Flow> flows;
};

struct Redundancy {  // `hsrp: {group: 10, ipv4: 10.1.0.1}` or `vrrp: …`
  Text protocol;     // the key: hsrp or vrrp
  std::optional<Integer> group;
  OptionalText ipv4, ipv6;
  std::optional<Integer> priority;
  Range range;
};
struct Interface {
  Text name;
  Range range;
  OptionalText port;
  Text network;
  OptionalText ipv4, ipv6;   // one address of the network; its length is the network's
  OptionalText vrf, filter;  // filter: in, out, both, none
  std::optional<Redundancy> redundancy;
  std::optional<Integer> security_level, cost;
  Flag ospf;
  OptionalText description;
};
struct Port {
  Text name;  // one port, or a range `GigabitEthernet1/0/1-24`
  Range range;
  OptionalText access;  // network
  OptionalText to;      // `device/port`: a link
  Flag shutdown;
  OptionalText description;
  std::optional<Integer> native_vlan;
};
struct Radio {
  Text name;
  Range range;
  Texts networks;
};
struct StaticRoute {
  Text to;   // prefix or `any`
  Text via;  // next hop address
  OptionalText vrf;
  Range range;
};
struct Device {
  Text name;
  Range range;
  OptionalText platform, version, description;
  std::vector<Interface> interfaces;
  std::vector<Port> ports;
  OptionalText unused;  // `shutdown`
  std::optional<Integer> parking_vlan;
  std::vector<Radio> radios;
  std::vector<StaticRoute> routes;
  OptionalText routing;     // `any-path` (default) or `shortest`
  OptionalText state_sync;  // names a peer device or cluster that shares its connection table
};

// Checked, never compiled.
struct Assertion {
  Text name;
  Range range;
  Text kind;  // never, always, only, via, at-least, roundtrip
  Texts from, to, services, through;
  std::optional<Integer> filters;
};
struct PolicyTest {
  OptionalText name;
  Range range;
  Text expect;  // allow or deny
  Text from, to;
  Texts services;
  Texts tags;
};
struct Waiver {
  Text id;
  Range range;
  Text code;
  Texts accepts;  // `alaris-pumps -> biomed tcp/23`
  OptionalText element, reason, owner, approved_by, ticket, created, expires;
};
// `envelopes: [{id: biomed-routine, approves: ['pumps -> pump-servers https'], max-new-hosts: 50}]`
struct Envelope {
  Text id;
  Range range;
  Texts approves, reviewers;
  std::optional<Integer> max_new_hosts;
};
struct QuestionnaireAnswer {
  Text name;
  Range range;
  OptionalText answer, evidence, date, reason;
};

// `mds2: {alaris-8015: {zones: [alaris-pumps], document: MDS2-17, answers: {RMOT-1: no}}}`
struct Mds2Form {
  Text name;
  Range range;
  Texts zones;
  OptionalText document, date;
  std::vector<Argument> answers;
};

// `checks: {profile: hospital, severities: {CD4021: warning}}`
struct Checks {
  Range range;
  OptionalText profile;
  std::vector<Argument> severities;
  std::optional<Integer> review_days, waiver_days, warning_days, filters_to_devices;
};

struct File {
  source::FileId file;
  std::optional<Integer> version;  // `cordon: 1`
  std::optional<Site> site;
  std::optional<ModuleHead> module;
  std::vector<Include> includes;
  std::vector<Use> uses;
  std::vector<Network> networks;
  std::vector<Zone> zones;
  std::vector<Host> hosts;
  std::vector<CsvHosts> csv_hosts;
  std::vector<Group> groups;
  std::vector<Service> services;
  std::vector<Conduit> conduits;
  std::vector<Device> devices;
  std::vector<Assertion> assertions;
  std::vector<PolicyTest> tests;
  std::vector<Waiver> waivers;
  std::vector<Envelope> envelopes;
  std::vector<QuestionnaireAnswer> attestations;
  std::vector<Mds2Form> mds2;
  std::optional<Checks> checks;

  std::shared_ptr<const void> storage;  // keeps the bytes behind every Text alive
};

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_AST_H
