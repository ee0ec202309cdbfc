// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/demand.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "compiler/plan/set_table.h"

namespace cordon::plan {
namespace {

constexpr std::uint16_t dhcp_server_port = 67, dhcp_client_port = 68;

packet::ServiceSet udp(std::uint16_t source, std::uint16_t destination) {
  return {{.protocol = packet::protocol::udp,
           .source = {source, source},
           .destination = {destination, destination},
           .icmp_type = {},
           .icmp_code = {}}};
}

template <class Item>
std::vector<const Item*> by_name(const auto& items) {
  std::vector<const Item*> sorted;
  for (const Item& item : items) sorted.push_back(&item);
  std::ranges::sort(sorted, {}, [](const Item* item) -> const std::string& { return item->name; });
  return sorted;
}

std::string note_of(const ir::Conduit& conduit) {
  std::string note;
  for (const std::string* part : {&conduit.ticket, &conduit.owner, &conduit.purpose}) {
    if (part->empty()) continue;
    if (!note.empty()) note += "; ";
    note += *part;
  }
  return note;
}

std::vector<ir::Address> addresses_of(const ir::Interface& interface, bool with_virtual) {
  std::vector<ir::Address> found;
  const auto add = [&](const std::optional<ir::Address>& address) {
    if (address) found.push_back(*address);
  };
  add(interface.ipv4);
  add(interface.ipv6);
  if (with_virtual && interface.redundancy) {
    add(interface.redundancy->ipv4);
    add(interface.redundancy->ipv6);
  }
  return found;
}

}  // namespace

Demands::Demands(const ir::Policy& policy, const graph::Topology& topology, graph::Extents& extents)
    : policy_(policy),
      topology_(topology),
      extents_(extents),
      endpoint_sides_(policy.endpoints.size()),
      list_services_(policy.service_lists.size()) {
  for (const graph::AttachmentId id : topology.attachments().ids()) {
    const graph::Attachment& attachment = topology.attachments()[id];
    const ir::Device& device = policy.devices[topology.vertices()[attachment.vertex].device];
    for (const ir::Address address : addresses_of(device.interfaces[attachment.interface], true)) {
      Owner& owner = owners_[address];
      owner.network = attachment.network;
      owner.vertices.push_back(attachment.vertex);
    }
  }
  std::vector<ir::NetworkId> networks(policy.networks.ids().begin(), policy.networks.ids().end());
  std::ranges::sort(networks, {},
                    [&](ir::NetworkId id) -> const std::string& { return policy.networks[id].name; });
  for (const ir::NetworkId network : networks) {
    if (policy.networks[network].dhcp) add_relays(network);
  }
  for (const ir::Conduit* conduit : by_name<ir::Conduit>(policy.conduits)) add_conduit(*conduit);
  for (const ir::Zone* zone : by_name<ir::Zone>(policy.zones)) {
    if (!zone->isolate) add_zone(*zone);
  }
}

const AddressSet* Demands::keep(AddressSet set) { return &sets_.emplace_back(std::move(set)); }

const packet::ServiceSet* Demands::keep(packet::ServiceSet set) {
  return set.empty() ? nullptr : &service_sets_.emplace_back(std::move(set));
}

Demands::Services Demands::one_way(const packet::ServiceSet& terms) {
  Services result;
  for (const Family family : packet::families) {
    result.terms[static_cast<std::size_t>(family)] = keep(packet::in_family(terms, family));
  }
  return result;
}

Demands::Services Demands::services(const packet::ServiceSet& terms) {
  Services result = one_way(terms);
  for (const Family family : packet::families) {
    const packet::ServiceSet replies = packet::reply_of(packet::in_family(terms, family));
    result.replies[static_cast<std::size_t>(family)] = keep(packet::in_family(replies, family));
  }
  return result;
}

Demands::Services Demands::services(ir::ServiceListId list) {
  Services& known = list_services_[list.value];
  if (known.terms[0] == nullptr && known.terms[1] == nullptr)
    known = services(policy_.service_lists[list].terms);
  return known;
}

void Demands::add(config::Role role, SideId from, SideId to, const Services& services,
                  std::string service_label, bool log, config::Origin origin) {
  demands_.push_back({.role = role,
                      .from = from,
                      .to = to,
                      .services = services.terms,
                      .replies = services.replies,
                      .service_label = std::move(service_label),
                      .log = log,
                      .outside_stays_outside = role == config::Role::zone,
                      .origin = std::move(origin)});
}

// Clients renew their lease with the server itself; the relays of the network talk to it both ways.
void Demands::add_relays(ir::NetworkId id) {
  const ir::Network& network = policy_.networks[id];
  if (!network.dhcp->relay.valid()) return;
  const config::Origin origin{.label = "dhcp " + network.name, .note = {}, .range = network.dhcp->range};
  const SideId servers = endpoint_side(network.dhcp->relay);
  std::vector<ir::Address> relays;
  std::set<graph::VertexId> seen;
  for (const graph::AttachmentId attached : topology_.attached(id)) {
    const graph::VertexId vertex = topology_.attachments()[attached].vertex;
    if (!seen.insert(vertex).second) continue;
    const ir::Device& device = policy_.devices[topology_.vertices()[vertex].device];
    for (const graph::AttachmentId other : topology_.vertices()[vertex].attachments) {
      const ir::Interface& interface = device.interfaces[topology_.attachments()[other].interface];
      if (interface.ipv4) relays.push_back(*interface.ipv4);
    }
  }
  if (!network.addresses.v4.empty()) {
    const SideId clients = network_side(network.name, {id});
    add(config::Role::infrastructure, clients, servers, services(udp(dhcp_client_port, dhcp_server_port)),
        "dhcp-renewal", false, origin);
  }
  if (relays.empty()) return;
  const SideId agents = own_side("relays-of-" + network.name, relays);
  const Services relay =
      one_way(udp(dhcp_server_port, dhcp_server_port));  // each direction is a demand of its own
  add(config::Role::infrastructure, agents, servers, relay, "dhcp-relay", false, origin);
  add(config::Role::infrastructure, servers, agents, relay, "dhcp-relay", false, origin);
}

void Demands::add_conduit(const ir::Conduit& conduit) {
  std::vector<const ir::Flow*> flows;
  for (const ir::Flow& flow : conduit.flows) flows.push_back(&flow);
  std::ranges::sort(flows, {}, &ir::Flow::number);
  const std::string note = note_of(conduit);
  for (const ir::Flow* flow : flows) {
    add(config::Role::flow, endpoint_side(flow->from), endpoint_side(flow->to), services(flow->services),
        policy_.service_lists[flow->services].label, flow->log,
        {.label = fmt::format("{}/{}", conduit.name, flow->number), .note = note, .range = flow->range});
  }
}

// Replies need no rules of their own: both directions are the zone's.
void Demands::add_zone(const ir::Zone& zone) {
  std::vector<ir::NetworkId> networks = zone.networks;
  std::ranges::sort(networks, {},
                    [&](ir::NetworkId id) -> const std::string& { return policy_.networks[id].name; });
  const SideId side = network_side(zone.name, networks);
  add(config::Role::zone, side, side, one_way({packet::ServiceTerm{}}), "any", false,
      {.label = "zone " + zone.name, .note = {}, .range = zone.name_range});
}

SideId Demands::add_side(Side side) {
  graph::Extent extent;
  for (const Atom& atom : side.atoms) {
    extent.push_back(atom.place);
    for (const Family family : packet::families) {
      if (atom.kind_of(family) == Kind::own) side.own[static_cast<std::size_t>(family)] = true;
    }
  }
  std::ranges::sort(extent);
  extent.erase(std::ranges::unique(extent).begin(), extent.end());
  side.extent = extents_.intern(std::move(extent));
  return sides_.push_back(std::move(side));
}

SideId Demands::endpoint_side(ir::EndpointId id) {
  if (endpoint_sides_[id.value].valid()) return endpoint_sides_[id.value];
  const ir::Endpoint& endpoint = policy_.endpoints[id];
  Side side{.label = endpoint.label, .atoms = {}, .extent = {}};
  if (endpoint.device.valid()) {
    std::vector<ir::Address> addresses;
    for (const ir::Interface& interface : policy_.devices[endpoint.device].interfaces) {
      std::ranges::copy(addresses_of(interface, true), std::back_inserter(addresses));
    }
    endpoint_sides_[id.value] = own_side(endpoint.label, addresses);
    return endpoint_sides_[id.value];
  }
  for (const ir::Piece& piece : endpoint.pieces) add_piece(piece, side);
  endpoint_sides_[id.value] = add_side(std::move(side));
  return endpoint_sides_[id.value];
}

SideId Demands::network_side(std::string label, const std::vector<ir::NetworkId>& networks) {
  Side side{.label = std::move(label), .atoms = {}, .extent = {}};
  for (const ir::NetworkId id : networks) {
    add_piece({.network = id, .addresses = policy_.networks[id].addresses, .whole = true}, side);
  }
  return add_side(std::move(side));
}

SideId Demands::own_side(std::string label, const std::vector<ir::Address>& addresses) {
  Side side{.label = std::move(label), .atoms = {}, .extent = {}};
  for (const Family family : packet::families) {
    std::vector<packet::AddressRange> ranges;
    for (const ir::Address address : addresses) {
      if (address.family == family) ranges.push_back({address.bits, address.bits});
    }
    if (!ranges.empty()) add_own(AddressSet(family, std::move(ranges)), side);
  }
  return add_side(std::move(side));
}

// `any`, or `any` less a few literals, is written as all addresses less those literals: the complement of
// the declared prefixes never appears. A literal inside it is written as it is.
const AddressSet* Demands::open_end(const ir::Network& network, const AddressSet& addresses, Family family) {
  const AddressSet removed = packet::subtract(network.addresses.of(family), addresses);
  AddressSet open = packet::subtract(AddressSet::all(family), removed);
  return open.ranges().size() <= addresses.ranges().size() ? keep(std::move(open)) : nullptr;
}

void Demands::add_piece(const ir::Piece& piece, Side& side) {
  const ir::Network& network = policy_.networks[piece.network];
  Atom atom{.place = topology_.place(piece.network), .network = piece.network, .addresses = no_addresses()};
  for (const Family family : packet::families) {
    const auto index = static_cast<std::size_t>(family);
    const AddressSet& addresses = piece.addresses.of(family);
    if (addresses.empty()) continue;
    AddressSet own(family);
    if (!piece.whole) own = packet::intersect(addresses, policy_.device_addresses.of(family));
    if (!own.empty()) add_own(own, side);
    if (network.any(family) && (piece.whole || addresses.ranges().size() > 2)) {
      if (const AddressSet* open = open_end(network, addresses, family)) {
        atom.addresses[index] = open;
        atom.kind[index] = Kind::any;
        continue;
      }
    }
    atom.kind[index] = network.any(family) ? Kind::outside : Kind::inside;
    atom.addresses[index] = keep(own.empty() ? addresses : packet::subtract(addresses, own));
  }
  if (!atom.addresses[0]->empty() || !atom.addresses[1]->empty()) side.atoms.push_back(atom);
}

// A device's address is a host of its network and the device itself: paths to either end there.
void Demands::add_own(const AddressSet& addresses, Side& side) {
  const Family family = addresses.family();
  const auto index = static_cast<std::size_t>(family);
  std::map<ir::NetworkId, std::vector<packet::AddressRange>> hosts;
  std::map<graph::VertexId, std::vector<packet::AddressRange>> devices;
  for (const packet::AddressRange& range : addresses.ranges()) {
    for (auto owned = owners_.lower_bound({.family = family, .bits = range.first});
         owned != owners_.end() && owned->first.family == family && owned->first.bits <= range.last;
         ++owned) {
      const packet::AddressRange one{owned->first.bits, owned->first.bits};
      hosts[owned->second.network].push_back(one);
      for (const graph::VertexId vertex : owned->second.vertices) devices[vertex].push_back(one);
    }
  }
  const auto add = [&](graph::PlaceId place, ir::NetworkId network,
                       std::vector<packet::AddressRange> ranges) {
    Atom atom{.place = place, .network = network, .addresses = no_addresses()};
    atom.addresses[index] = keep(AddressSet(family, std::move(ranges)));
    atom.kind[index] = Kind::own;
    atom.open = network.valid() && policy_.networks[network].any(family);
    side.atoms.push_back(atom);
  };
  for (auto& [network, ranges] : hosts) add(topology_.place(network), network, std::move(ranges));
  for (auto& [vertex, ranges] : devices) add(topology_.place(vertex), {}, std::move(ranges));
}

}  // namespace cordon::plan
