// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/ends.h"

#include <algorithm>

namespace cordon::prove {
namespace {

ir::Addresses common(const ir::Addresses& a, const ir::Addresses& b) {
  return {.v4 = intersect(a.v4, b.v4), .v6 = intersect(a.v6, b.v6)};
}
ir::Addresses less(const ir::Addresses& a, const ir::Addresses& b) {
  return {.v4 = subtract(a.v4, b.v4), .v6 = subtract(a.v6, b.v6)};
}
void add_address(ir::Addresses& set, const ir::Addresses& wanted,
                 const std::optional<packet::Address>& address) {
  if (address && wanted.of(address->family).contains(*address))
    set.of(address->family) = unite(set.of(address->family), packet::AddressSet(*address));
}

}  // namespace

SetId Sets::add(ir::Addresses addresses) {
  const auto [entry, added] = known_.try_emplace(std::move(addresses));
  if (!added) return entry->second;
  entry->second = sets_.push_back(entry->first);
  names_devices_.push_back(!common(entry->first, policy_->device_addresses).empty());
  return entry->second;
}

SetId Sets::unite(std::vector<SetId> ids) {
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  if (ids.size() == 1) return ids.front();
  if (const auto known = unions_.find(ids); known != unions_.end()) return known->second;
  ir::Addresses sum;
  for (const packet::Family family : packet::families) {
    std::vector<packet::AddressRange> ranges;
    for (const SetId id : ids) {
      const auto& more = sets_[id].of(family).ranges();
      ranges.insert(ranges.end(), more.begin(), more.end());
    }
    sum.of(family) = packet::AddressSet(family, std::move(ranges));
  }
  const SetId id = add(std::move(sum));
  unions_.emplace(std::move(ids), id);
  return id;
}

SetId Sets::of_family(SetId id, packet::Family family) {
  const ir::Addresses& both = sets_[id];
  return add({.v4 = family == packet::Family::ipv4 ? both.v4 : packet::AddressSet(packet::Family::ipv4),
              .v6 = family == packet::Family::ipv6 ? both.v6 : packet::AddressSet(packet::Family::ipv6)});
}

SetId Sets::without_own(SetId id, VertexId vertex, const Forwarding& forwarding) {
  if (!names_devices_[id.value]) return id;
  const auto [entry, added] = without_.try_emplace({id, vertex});
  if (added) entry->second = add(less(sets_[id], forwarding.vertices()[vertex].own));
  return entry->second;
}

void Sets::close() {
  known_.clear();
  unions_.clear();
  without_.clear();
}

EndId Ends::of(ir::EndpointId endpoint) {
  EndId& known = of_endpoint_[endpoint.value];
  if (known.valid()) return known;
  const ir::Endpoint& item = forwarding_->policy().endpoints[endpoint];
  End end;
  for (const ir::Piece& piece : item.pieces) add_piece(end, piece);
  for (const VertexId vertex : forwarding_->vertices().ids()) {
    if (item.device.valid() && forwarding_->vertices()[vertex].device == item.device)
      add_device(end, vertex, forwarding_->vertices()[vertex].answered);
  }
  return known = finish(std::move(end));
}

EndId Ends::of_hosts(const std::vector<Hosts>& hosts) {
  End end;
  for (const Hosts& some : hosts) {
    ir::Addresses addresses = hosts_of(some.network);
    if (!some.ipv4) addresses.v4 = packet::AddressSet(packet::Family::ipv4);
    if (!some.ipv6) addresses.v6 = packet::AddressSet(packet::Family::ipv6);
    add(end, ways_->site_of(some.network), some.network, std::move(addresses));
  }
  return finish(std::move(end));
}

EndId Ends::of_all(const ir::Addresses& addresses) {
  End end;
  const ir::Policy& policy = forwarding_->policy();
  for (const ir::NetworkId network : policy.networks.ids())
    add(end, ways_->site_of(network), network, common(hosts_of(network), addresses));
  const ir::Addresses devices = common(addresses, policy.device_addresses);
  if (devices.empty()) return finish(std::move(end));
  for (const VertexId vertex : forwarding_->vertices().ids())
    (void)add_interfaces(end, vertex, common(devices, forwarding_->vertices()[vertex].answered));
  add_answering(end, devices);
  return finish(std::move(end));
}

EndId Ends::of_device(VertexId vertex, const ir::Addresses& addresses) {
  End end;
  add_device(end, vertex, addresses);
  return finish(std::move(end));
}

ir::Addresses Ends::hosts_of(ir::NetworkId network) const {
  const ir::Policy& policy = forwarding_->policy();
  return less(policy.networks[network].addresses, policy.device_addresses);
}

// A literal that is exactly a device's address means the device as well.
void Ends::add_piece(End& end, const ir::Piece& piece) {
  const ir::Policy& policy = forwarding_->policy();
  const ir::Addresses devices = common(piece.addresses, policy.device_addresses);
  add(end, ways_->site_of(piece.network), piece.network,
      piece.whole ? less(piece.addresses, devices) : piece.addresses);
  if (piece.whole || devices.empty()) return;
  add_answering(end, devices);
}

void Ends::add_device(End& end, VertexId vertex, const ir::Addresses& wanted) {
  add_answering(end, add_interfaces(end, vertex, wanted));
}

ir::Addresses Ends::add_interfaces(End& end, VertexId vertex, const ir::Addresses& wanted) {
  ir::Addresses all;
  for (const EdgeId edge : forwarding_->vertices()[vertex].edges) {
    const ir::Interface& interface = forwarding_->interface_of(edge);
    ir::Addresses here;
    add_address(here, wanted, interface.ipv4);
    add_address(here, wanted, interface.ipv6);
    if (interface.redundancy) {
      add_address(here, wanted, interface.redundancy->ipv4);
      add_address(here, wanted, interface.redundancy->ipv6);
    }
    add(end, ways_->site_of(interface.network), interface.network, here);
    for (const packet::Family family : packet::families)
      all.of(family) = unite(all.of(family), here.of(family));
  }
  return all;
}

void Ends::add_answering(End& end, const ir::Addresses& addresses) {
  for (const VertexId vertex : forwarding_->vertices().ids())
    add(end, ways_->site_of(vertex), {}, common(addresses, forwarding_->vertices()[vertex].answered));
}

void Ends::add(End& end, SiteId site, ir::NetworkId network, ir::Addresses addresses) {
  if (!addresses.empty())
    end.push_back({.site = site, .network = network, .addresses = sets_->add(std::move(addresses))});
}

EndId Ends::finish(End end) {
  std::ranges::stable_sort(end, {}, &Part::site);
  return ends_.push_back(std::move(end));
}

}  // namespace cordon::prove
