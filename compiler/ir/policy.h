// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The policy with every name resolved: what `check`, `graph`, `plan` and `prove` read.
//
// Typed ids instead of names, address sets instead of text, and a range on everything so that any
// later stage can point at the line that asked. A `Policy` is only made when all of it is sound:
// prefixes of networks are disjoint, hosts lie in their network, every flow crosses its conduit.
// Meaning of the words: IEC 62443-3-2 (zone, conduit, SL-T); design in ARCHITECTURE.md.
#ifndef COMPILER_IR_POLICY_H
#define COMPILER_IR_POLICY_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/ir/evidence.h"
#include "compiler/ir/ids.h"
#include "compiler/packet/address.h"
#include "compiler/packet/service.h"

namespace cordon::ir {

using packet::Address;
using packet::AddressSet;
using packet::Family;
using packet::Prefix;
// A set of addresses in both families.
struct Addresses {
  AddressSet v4{Family::ipv4};
  AddressSet v6{Family::ipv6};

  [[nodiscard]] const AddressSet& of(Family family) const { return family == Family::ipv4 ? v4 : v6; }
  [[nodiscard]] AddressSet& of(Family family) { return family == Family::ipv4 ? v4 : v6; }
  [[nodiscard]] bool empty() const { return v4.empty() && v6.empty(); }
  friend auto operator<=>(const Addresses&, const Addresses&) = default;
};

struct Dhcp {
  EndpointId relay;  // servers behind a relay on the gateway; invalid: none
  HostId server;     // a server on the network itself; invalid: none
  bool snooping = false, arp_inspection = false, source_guard = false;
  Range range;
};
struct Wireless {
  std::string ssid, auth;
  Range range;
};
struct AttestedIsolation {
  std::string document, date;
  Range range;
};
enum class PortAuthentication : std::uint8_t { none, dot1x, mab, dot1x_mab };

// A layer-3 segment, usually one VLAN.
struct Network : Named {
  std::optional<std::uint16_t> vlan;
  Range vlan_range;
  std::vector<Prefix> prefixes;  // both families, ascending; empty in a family that is `any`
  bool any_ipv4 = false, any_ipv6 = false;
  Addresses addresses;   // for `any`: unicast that no network declares
  ZoneId zone;           // invalid: in no zone, hence transit
  bool transit = false;  // may be the middle of a path
  std::optional<Dhcp> dhcp;
  std::optional<Wireless> wireless;
  std::optional<AttestedIsolation> isolation;
  std::optional<std::uint16_t> isolated_vlan;
  PortAuthentication port_authentication = PortAuthentication::none;
  bool ports_set_aside = false;  // retargeting left its access ports out

  [[nodiscard]] bool any(Family family) const { return family == Family::ipv4 ? any_ipv4 : any_ipv6; }
};

struct Zone : Named {
  std::string type;
  std::optional<std::uint8_t> security_level;  // SL-T, 0..4
  std::vector<NetworkId> networks;
  bool isolate = false;             // no host of it talks to another host of it
  bool wired_and_wireless = false;  // it says that it mixes them
  std::string owner, description;
};

struct Host : Named {
  NetworkId network;
  std::optional<Address> ipv4, ipv6;
};

struct Group : Named {
  EndpointId endpoint;
};

struct Service : Named {
  packet::ServiceSet terms;
};

// Where a flow starts or ends: addresses, split by the network that holds them. Endpoints with the
// same members are one endpoint, so ten thousand flows between the same groups stay small.
struct Piece {
  NetworkId network;
  Addresses addresses;
  // Every address of the network (which never means devices' own addresses). In a piece that is not
  // whole, a device's own address is among `addresses` only where a literal is exactly that address.
  bool whole = false;
  friend auto operator<=>(const Piece&, const Piece&) = default;
};
struct Endpoint {
  std::string label;          // for object names and remarks: `alaris-pumps`, `dc1,dc2`
  std::vector<Piece> pieces;  // ascending by network; empty for a device
  DeviceId device;            // `device:NAME`: the device's own addresses; invalid: not a device
  // Of an expression in a test or waiver: what lies in no network. Never of a flow.
  Addresses beyond = {};
};

// The services of a flow as one union of terms; equal lists are one list.
struct ServiceList {
  std::string label;
  packet::ServiceSet terms;
};

// An `except` of a flow, and which addresses of its two ends fall under it.
struct Excepted {
  std::string name;  // as written
  Addresses from, to;
  Range range;
};

struct Flow {
  ConduitId conduit;
  std::uint32_t number = 0;  // counted from one within its conduit
  EndpointId from, to;
  ServiceListId services;
  bool log = false;
  std::vector<std::string> data;
  std::string encryption, purpose;
  std::string evidence;  // the document that asks for it; of its conduit or module, unless it says so itself
  std::vector<Excepted> excepted;  // is left out of the ends already
  Range range, from_range, to_range, services_range;
};

struct Conduit : Named {
  ZoneId first, second;
  Range between_range;
  std::vector<Flow> flows;
  std::string purpose, owner, ticket, expires, reviewed;
  Range expires_range, reviewed_range;
  bool redundant = false;  // no single device or network may be able to cut it
};

enum class FilterMode : std::uint8_t { in, out, both, none };

struct Redundancy {
  enum class Protocol : std::uint8_t { hsrp, vrrp } protocol = Protocol::hsrp;
  std::uint16_t group = 0;
  std::optional<Address> ipv4, ipv6;
  std::optional<std::uint16_t> priority;
  Range range;
};

// A routed interface: physical, subinterface or SVI.
struct Interface : Named {
  std::string port;  // the name on the device: `GigabitEthernet0/1.1520`, `Vlan20`
  NetworkId network;
  std::optional<Address> ipv4, ipv6;
  std::optional<std::uint8_t> ipv4_length,
      ipv6_length;  // only where the network is `any`: how much is on the link
  std::string vrf;  // empty: the global table
  FilterMode filter = FilterMode::in;
  Range filter_range;
  std::optional<Redundancy> redundancy;
  std::optional<std::uint8_t> security_level;
  std::optional<std::uint32_t> cost;
  bool ospf = false;
};

// A layer-2 port after ranges like `Gi1/0/1-24` are spelled out.
struct LinkEnd {
  DeviceId device;
  std::string port;
};
struct Port : Named {
  NetworkId access;           // invalid: not an access port
  std::optional<LinkEnd> to;  // a link to another device
  bool shutdown = false;
  std::optional<std::uint16_t> native_vlan;
};

// A radio of an access point and the networks (SSIDs) it serves.
struct Radio : Named {
  std::vector<NetworkId> networks;
};

struct StaticRoute {
  Prefix to;
  Address via;
  std::string vrf;
  Range range;
};

struct Device : Named {
  std::string platform;  // empty: forwards, but is not ours to configure
  Range platform_range;
  std::string version;
  std::vector<Interface> interfaces;
  std::vector<Port> ports;
  bool shut_unused = false;
  std::optional<std::uint16_t> parking_vlan;
  std::vector<Radio> radios;
  std::vector<StaticRoute> routes;
  bool shortest_routing = false;
  std::string state_sync;  // members of one value share their connection table

  [[nodiscard]] bool configured() const { return !platform.empty(); }
};

struct Site {
  std::string name, description;
};

struct Policy {
  Site site;
  IdVector<NetworkId, Network> networks;
  IdVector<ZoneId, Zone> zones;
  IdVector<HostId, Host> hosts;
  IdVector<GroupId, Group> groups;
  IdVector<ServiceId, Service> services;
  IdVector<EndpointId, Endpoint> endpoints;
  IdVector<ServiceListId, ServiceList> service_lists;
  IdVector<ConduitId, Conduit> conduits;
  IdVector<DeviceId, Device> devices;

  Addresses declared;          // every prefix of every network that is not `any`
  Addresses device_addresses;  // every interface's own and virtual address

  Evidence evidence;

  [[nodiscard]] const Flow& flow(FlowId id) const { return conduits[id.conduit].flows[id.index]; }
};

}  // namespace cordon::ir

#endif  // COMPILER_IR_POLICY_H
