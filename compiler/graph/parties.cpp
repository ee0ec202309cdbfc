// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/parties.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "compiler/graph/isolated_zone.h"

namespace cordon::graph {
namespace {

using ir::Family;
using packet::AddressRange;
using packet::AddressSet;

// Every address of the zone's networks but the devices' own.
ir::Addresses addresses_of(const ir::Policy& policy, const ir::Zone& zone) {
  ir::Addresses found;
  for (const Family family : packet::families) {
    std::vector<AddressRange> ranges;
    for (const ir::NetworkId network : zone.networks) {
      const std::vector<AddressRange>& own = policy.networks[network].addresses.of(family).ranges();
      ranges.insert(ranges.end(), own.begin(), own.end());
    }
    found.of(family) = AddressSet(family, std::move(ranges));
    if (found.of(family).empty()) continue;
    // Of thousands of device addresses only those near the zone, so that many zones stay cheap.
    const std::vector<AddressRange>& devices = policy.device_addresses.of(family).ranges();
    const auto first =
        std::ranges::lower_bound(devices, found.of(family).ranges().front().first, {}, &AddressRange::last);
    const auto last =
        std::ranges::upper_bound(devices, found.of(family).ranges().back().last, {}, &AddressRange::first);
    if (first >= last) continue;
    found.of(family) = subtract(found.of(family), AddressSet(family, {first, last}));
  }
  return found;
}

// The only address of its family, or nothing.
std::optional<ir::Address> single(const AddressSet& set) {
  if (set.ranges().size() != 1 || set.ranges().front().first != set.ranges().front().last)
    return std::nullopt;
  return ir::Address{.family = set.family(), .bits = set.ranges().front().first};
}

// The addresses of a single machine: at most one in each family.
std::vector<ir::Address> single_host(const ir::Addresses& addresses) {
  std::vector<ir::Address> found;
  for (const Family family : packet::families) {
    if (addresses.of(family).empty()) continue;
    const std::optional<ir::Address> address = single(addresses.of(family));
    if (!address) return {};
    found.push_back(*address);
  }
  return found;
}

ir::Address lowest(const ir::Addresses& addresses) {
  const Family family = addresses.v4.empty() ? Family::ipv6 : Family::ipv4;
  return {.family = family, .bits = addresses.of(family).ranges().front().first};
}

}  // namespace

// What zones that isolate are divided by, gathered once over all flows and hosts.
class IsolatedParts {
 public:
  explicit IsolatedParts(const ir::Policy& policy)
      : policy_(policy), covers_(policy.zones.size()), hosts_(policy.zones.size()) {
    std::vector<bool> used(policy.endpoints.size());
    for (const ir::Conduit& conduit : policy.conduits) {
      for (const ir::Flow& flow : conduit.flows) used[flow.from.value] = used[flow.to.value] = true;
    }
    for (const ir::EndpointId id : policy.endpoints.ids()) {
      if (!used[id.value]) continue;
      for (const ir::Piece& piece : policy.endpoints[id].pieces) add(id, piece);
    }
    for (const ir::HostId id : policy.hosts.ids()) {
      const ir::ZoneId zone = isolating(policy.hosts[id].network);
      if (!zone.valid()) continue;
      hosts_[zone.value].push_back(&policy.hosts[id]);
      for (const auto& address : {policy.hosts[id].ipv4, policy.hosts[id].ipv6}) {
        if (address) host_at_.emplace_back(*address, id);
      }
    }
    std::ranges::sort(host_at_);
  }

  [[nodiscard]] IsolatedZone zone(ir::ZoneId id) const {
    return {addresses_of(policy_, policy_.zones[id]), covers_[id.value], hosts_[id.value]};
  }

  // The declared host that has exactly these addresses or the one of them that there is.
  [[nodiscard]] ir::HostId host_with(const std::vector<ir::Address>& addresses) const {
    ir::HostId found;
    for (const ir::Address& address : addresses) {
      const auto host = std::ranges::lower_bound(host_at_, address, {}, &HostAt::first);
      if (host == host_at_.end() || host->first != address) return {};
      if (found.valid() && found != host->second) return {};
      found = host->second;
    }
    return found;
  }

 private:
  [[nodiscard]] ir::ZoneId isolating(ir::NetworkId network) const {
    if (!network.valid()) return {};
    const ir::ZoneId zone = policy_.networks[network].zone;
    return zone.valid() && policy_.zones[zone].isolate ? zone : ir::ZoneId{};
  }

  void add(ir::EndpointId endpoint, const ir::Piece& piece) {
    const ir::ZoneId zone = isolating(piece.network);
    if (!zone.valid()) return;
    for (const Family family : packet::families) {
      for (const AddressRange& range : piece.addresses.of(family).ranges())
        covers_[zone.value].push_back({.endpoint = endpoint, .family = family, .range = range});
    }
  }

  using HostAt = std::pair<ir::Address, ir::HostId>;

  const ir::Policy& policy_;
  std::vector<std::vector<Cover>> covers_;
  std::vector<std::vector<const ir::Host*>> hosts_;
  std::vector<HostAt> host_at_;  // ascending
};

namespace {

// What to call the parties of one zone that isolates.
class Labels {
 public:
  Labels(const ir::Policy& policy, const ir::Zone& zone, const std::vector<IsolatedZone::Class>& classes)
      : policy_(policy), zone_(zone), count_(classes.size()) {
    for (const IsolatedZone::Class& each : classes) {
      for (const ir::EndpointId endpoint : each.endpoints) ++held_[endpoint];
    }
  }

  std::string make(const IsolatedZone::Class& party, ir::HostId host) {
    std::string label = plain(party, host);
    if (!taken_.insert({label, true}).second)
      label += fmt::format(", from {}", packet::to_string(lowest(party.addresses)));
    return label;
  }

 private:
  [[nodiscard]] std::string plain(const IsolatedZone::Class& party, ir::HostId host) const {
    if (host.valid()) return fmt::format("host {}", policy_.hosts[host].name);
    if (count_ == 1) return fmt::format("zone {}", zone_.name);
    const std::vector<ir::Address> addresses = single_host(party.addresses);
    if (!addresses.empty())
      return fmt::format("address {} in zone {}", packet::to_string(addresses.front()), zone_.name);
    const auto held = [&](ir::EndpointId endpoint) { return held_.at(endpoint); };
    const auto tightest = std::ranges::min_element(party.endpoints, {}, held);
    if (tightest == party.endpoints.end() || held(*tightest) == count_)
      return fmt::format("rest of zone {}", zone_.name);
    return fmt::format("{} in zone {}", policy_.endpoints[*tightest].label, zone_.name);
  }

  const ir::Policy& policy_;
  const ir::Zone& zone_;
  std::size_t count_;
  std::map<ir::EndpointId, std::size_t> held_;  // how many parties the endpoint holds
  std::map<std::string, bool> taken_;
};

}  // namespace

Parties::Parties(const ir::Policy& policy)
    : of_zone_(policy.zones.size()), of_device_(policy.devices.size()), whole_(policy.networks.size()) {
  const IsolatedParts parts(policy);
  for (const ir::ZoneId id : policy.zones.ids()) {
    const ir::Zone& zone = policy.zones[id];
    if (zone.isolate) {
      add_isolated(policy, id, parts);
      continue;
    }
    const PartyId party = all_.push_back({.zone = id,
                                          .device = {},
                                          .host = {},
                                          .addresses = addresses_of(policy, zone),
                                          .label = fmt::format("zone {}", zone.name)});
    of_zone_[id.value].push_back(party);
    for (const ir::NetworkId network : zone.networks) whole_[network.value] = party;
  }
  for (std::vector<Segment>& segments : segments_) {
    std::ranges::sort(segments, {}, [](const Segment& segment) { return segment.range.first; });
  }
  add_devices(policy);
}

void Parties::add_isolated(const ir::Policy& policy, ir::ZoneId id, const IsolatedParts& parts) {
  const IsolatedZone zone = parts.zone(id);
  Labels labels(policy, policy.zones[id], zone.classes());
  const auto first = static_cast<std::uint32_t>(all_.size());
  for (const IsolatedZone::Class& each : zone.classes()) {
    const ir::HostId host = parts.host_with(single_host(each.addresses));
    of_zone_[id.value].push_back(all_.push_back({.zone = id,
                                                 .device = {},
                                                 .host = host,
                                                 .addresses = each.addresses,
                                                 .label = labels.make(each, host)}));
  }
  for (const Family family : packet::families) {
    for (const IsolatedZone::Segment& segment : zone.segments(family))
      segments_.at(static_cast<std::size_t>(family)).push_back({segment.range, PartyId{first + segment.of}});
  }
}

void Parties::add_devices(const ir::Policy& policy) {
  for (const ir::DeviceId id : policy.devices.ids()) {
    std::array<std::vector<AddressRange>, 2> ranges;
    const PartyId party{static_cast<std::uint32_t>(all_.size())};
    const auto add = [&](const std::optional<ir::Address>& address) {
      if (!address) return;
      ranges.at(static_cast<std::size_t>(address->family)).push_back({address->bits, address->bits});
      own_addresses_.at(static_cast<std::size_t>(address->family)).push_back({address->bits, party});
    };
    for (const ir::Interface& interface : policy.devices[id].interfaces) {
      add(interface.ipv4);
      add(interface.ipv6);
      if (interface.redundancy) add(interface.redundancy->ipv4);
      if (interface.redundancy) add(interface.redundancy->ipv6);
    }
    of_device_[id.value] = all_.push_back({.zone = {},
                                           .device = id,
                                           .host = {},
                                           .addresses = {.v4 = {Family::ipv4, std::move(ranges[0])},
                                                         .v6 = {Family::ipv6, std::move(ranges[1])}},
                                           .label = fmt::format("device {}", policy.devices[id].name)});
  }
  for (std::vector<Owned>& owned : own_addresses_) {
    std::ranges::sort(owned);
    owned.erase(std::ranges::unique(owned).begin(), owned.end());
  }
}

std::vector<PartyId> Parties::met_by(const ir::Endpoint& endpoint, Family family) const {
  std::vector<PartyId> met;
  if (endpoint.device.valid()) {
    const PartyId device = of(endpoint.device);
    if (!all_[device].addresses.of(family).empty()) met.push_back(device);
  }
  for (const ir::Piece& piece : endpoint.pieces) meet(piece, family, met);
  std::ranges::sort(met);
  met.erase(std::ranges::unique(met).begin(), met.end());
  return met;
}

std::vector<PartyId> Parties::met_by(const ir::Endpoint& endpoint) const {
  std::vector<PartyId> both;
  std::ranges::set_union(met_by(endpoint, Family::ipv4), met_by(endpoint, Family::ipv6),
                         std::back_inserter(both));
  return both;
}

void Parties::meet(const ir::Piece& piece, Family family, std::vector<PartyId>& met) const {
  const PartyId whole = whole_[piece.network.value];
  const std::vector<Segment>& segments = segments_.at(static_cast<std::size_t>(family));
  const std::vector<Owned>& owned = own_addresses_.at(static_cast<std::size_t>(family));
  for (const AddressRange& range : piece.addresses.of(family).ranges()) {
    const auto first = std::ranges::lower_bound(owned, range.first, {}, &Owned::address);
    const auto last = std::ranges::upper_bound(owned, range.last, {}, &Owned::address);
    packet::Bits own = 0;
    for (auto at = first; at != last; ++at) {
      if (at == first || at->address != std::prev(at)->address) ++own;
      if (!piece.whole) met.push_back(at->party);
    }
    const bool only_own = own != 0 && range.last - range.first == own - 1;
    if (whole.valid() && !only_own) met.push_back(whole);
    if (whole.valid()) continue;
    auto segment = std::ranges::lower_bound(segments, range.first, {},
                                            [](const Segment& each) { return each.range.last; });
    for (; segment != segments.end() && segment->range.first <= range.last; ++segment)
      met.push_back(segment->party);
  }
}

}  // namespace cordon::graph
