// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The vendor-neutral configuration of one device: what an emitter takes and a reader gives.
//
// Rules refer to address sets and service sets by id, so a rule over two groups stays one rule; a
// platform writes the sets as object groups, as sets, or spelled out. Nothing here names a vendor.
#ifndef COMPILER_CONFIG_DEVICE_H
#define COMPILER_CONFIG_DEVICE_H

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/packet/address.h"
#include "compiler/packet/match.h"
#include "compiler/packet/service.h"
#include "compiler/source/source.h"

namespace cordon::config {

using packet::Action;
using packet::Address;
using packet::Family;
using packet::Prefix;
using source::Range;

using AddressSetId = Id<struct AddressSetTag>;
using ServiceSetId = Id<struct ServiceSetTag>;
using OriginId = Id<struct OriginTag>;
using FilterId = Id<struct FilterTag>;
using InterfaceId = Id<struct ConfigInterfaceTag>;

// Why a rule exists. Rules of different roles are never merged.
enum class Role : std::uint8_t {
  infrastructure,  // DHCP, neighbour discovery, redundancy and routing protocols that the model declares
  anti_spoofing,   // refuses sources that cannot be behind the interface
  error,           // ICMP errors of permitted connections
  own_address,     // keeps flows between zones away from devices' own addresses
  flow,            // a flow of a conduit
  zone,            // hosts of one zone among themselves
  reply,           // the other direction of a flow, on a filter without memory
  boundary,        // keeps `any` away from declared prefixes
  default_deny,
};
[[nodiscard]] const char* to_string(Role role);

// What asked for a rule: a flow of a conduit, a zone, a network's DHCP, an interface's HSRP.
struct Origin {
  std::string label;  // `pump-telemetry/1`, `zone servers`, `dhcp pumps-wifi`: printable, one line
  std::string note;   // ticket, owner or purpose, for the source map; may be empty
  Range range;        // the policy line; invalid for what no line asked for (default deny)
  friend bool operator==(const Origin&, const Origin&) = default;
};

// One that stands for several, of rules that became one.
struct JointOrigin {
  OriginId origin;
  std::vector<OriginId> parts;
};

struct NamedAddressSet {
  packet::AddressSet addresses;  // never empty
  std::string label;             // where it came from, for naming an object group
};
struct NamedServiceSet {
  packet::ServiceSet terms;  // never empty; only terms of the rule's family
  std::string label;
};

struct Rule {
  Action action = Action::deny;
  Family family = Family::ipv4;
  Role role = Role::default_deny;
  bool log = false;
  AddressSetId source, destination;
  ServiceSetId services;
  std::uint8_t states = packet::any_state;        // all states on a device that tracks none
  std::uint8_t fragments = packet::any_fragment;  // a permit with ports admits later fragments too
  OriginId origin;
  friend bool operator==(const Rule&, const Rule&) = default;
};

// First match wins; every filter ends in explicit rules that deny the rest of both families.
// One filter may stand at several interfaces. In a filter of a device that tracks connections the rules speak
// of new connections only; replies and errors of tracked ones pass first, as `stateful` says.
struct Filter {
  std::string name;  // `pumps-in`, `east.west-in`: unique in the device, `[a-z0-9.-]+`
  std::vector<Rule> rules;
  bool stateful = false;
};

// Where a filter stands. `own` sees packets to the device itself (the guard): one guard for the device
// where interface filters see these packets too, else one at each interface.
enum class Stage : std::uint8_t { interface_in, interface_out, own };
struct Binding {
  Stage stage = Stage::interface_in;
  InterfaceId interface;  // for `own` invalid where one guard stands for the whole device
  FilterId filter;
};

struct Redundancy {
  bool vrrp = false;  // else HSRP version 2
  std::uint16_t group = 0;
  std::optional<Address> ipv4, ipv6;
  std::optional<std::uint16_t> priority;
  friend bool operator==(const Redundancy&, const Redundancy&) = default;
};

// A routed interface.
struct Interface {
  std::string name;         // in the policy: `pumps`
  std::string port;         // on the device: `GigabitEthernet0/1.1520`, `Vlan1520`
  std::string description;  // printable: the network's and the zone's name
  std::optional<std::uint16_t> vlan;
  std::optional<Prefix> ipv4, ipv6;  // own address with the network's length
  std::string vrf;
  std::optional<std::uint8_t> security_level;
  std::vector<Address> dhcp_relay;  // servers
  std::optional<Redundancy> redundancy;
  std::optional<std::uint16_t> private_vlan;  // isolated secondary VLAN mapped to this SVI
  bool ospf = false;
  bool leaf = false;  // only hosts behind it
  Range range;
};

enum class PortMode : std::uint8_t { access, trunk, unused };
enum class Isolation : std::uint8_t { none, protected_port, private_vlan };
enum class PortAuthentication : std::uint8_t { none, dot1x, mab, dot1x_mab };

// A switch port.
struct Port {
  std::string name;
  std::string description;
  PortMode mode = PortMode::unused;
  std::optional<std::uint16_t> access_vlan;
  std::vector<std::uint16_t> trunk_vlans;  // ascending
  std::optional<std::uint16_t> native_vlan;
  Isolation isolation = Isolation::none;
  std::optional<std::uint16_t> isolated_vlan;  // secondary VLAN for Isolation::private_vlan
  // On a trunk towards a router, which knows nothing of private VLANs: primary and isolated VLAN, where
  // frames of the second go out and come in as the first (a promiscuous trunk). Ascending.
  std::vector<std::pair<std::uint16_t, std::uint16_t>> promiscuous;
  PortAuthentication authentication = PortAuthentication::none;
  bool dhcp_trust = false;  // towards the DHCP server or the rest of the network
  bool source_guard = false;
  OriginId origin;
  Range range;
};

struct Vlan {
  std::uint16_t id = 0;
  std::string name;  // the network's name
  bool dhcp_snooping = false, arp_inspection = false;
  std::optional<std::uint16_t> isolated_vlan;  // this one is a primary VLAN with that secondary
  OriginId origin;
};

// A management service of the device itself that a flow to `device:NAME` opens.
struct ManagementAccess {
  Family family = Family::ipv4;
  AddressSetId source, destination;  // the latter addresses of the device
  InterfaceId interface;             // where it arrives; invalid: on any
  packet::ServiceTerm service;
  OriginId origin;
};

struct Device {
  std::string name;
  std::string platform;
  std::string version;
  Range range;

  IdVector<InterfaceId, Interface> interfaces;
  std::vector<Port> ports;
  std::vector<Vlan> vlans;  // ascending by id
  std::optional<std::uint16_t> parking_vlan;
  bool switching = false;  // has switch ports of its own
  IdVector<FilterId, Filter> filters;
  std::vector<Binding> bindings;
  std::vector<ManagementAccess> management;

  IdVector<AddressSetId, NamedAddressSet> addresses;
  IdVector<ServiceSetId, NamedServiceSet> services;
  IdVector<OriginId, Origin> origins;
  std::vector<JointOrigin> joint_origins;
};

// A rule as the packet-set engine and the naive evaluator take it. Valid as long as the device is.
[[nodiscard]] packet::MatchRule to_match(const Device& device, const Rule& rule);

}  // namespace cordon::config

#endif  // COMPILER_CONFIG_DEVICE_H
