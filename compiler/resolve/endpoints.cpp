// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Endpoints: what `from`, `to`, `except` and group members stand for, as addresses split by network.
#include <algorithm>

#include "compiler/resolve/resolver.h"

namespace cordon::resolve {
namespace {

// A kind before a colon; names have none, and IPv6 literals do not begin with these words.
struct Qualified {
  std::string_view kind, name;
};
Qualified split(std::string_view text) {
  for (const std::string_view kind : {"zone:", "network:", "host:", "group:", "device:"}) {
    if (text.starts_with(kind)) return {kind.substr(0, kind.size() - 1), text.substr(kind.size())};
  }
  return {{}, text};
}

void add_piece(std::vector<ir::Piece>& pieces, ir::Piece piece) {
  const auto place = std::ranges::lower_bound(pieces, piece.network, {}, &ir::Piece::network);
  if (place == pieces.end() || place->network != piece.network) {
    pieces.insert(place, std::move(piece));
    return;
  }
  for (const Family family : packet::families) {
    place->addresses.of(family) = unite(place->addresses.of(family), piece.addresses.of(family));
  }
  place->whole = place->whole || piece.whole;
}

std::optional<Prefix> literal(std::string_view text) {
  if (const auto prefix = packet::parse_prefix(text)) return prefix;
  if (const auto address = packet::parse_address(text)) {
    return Prefix{*address, static_cast<std::uint8_t>(packet::width(address->family))};
  }
  return std::nullopt;
}

}  // namespace

Members Resolver::members_of(std::span<const Reference> references) {
  Members members;
  for (const Reference& each : references) {
    for (const Reference& reference : bound(each.text, each.scope)) add_reference(members, reference);
  }
  std::ranges::sort(members.devices);
  members.devices.erase(std::unique(members.devices.begin(), members.devices.end()), members.devices.end());
  return members;
}

void Resolver::add_reference(Members& members, const Reference& reference) {
  const auto [wanted, name] = split(reference.text.value);
  if (wanted == "device") {
    const ir::DeviceId device = device_reference(reference.text, name, reference.scope);
    members.broken = members.broken || !device.valid();
    if (device.valid()) members.devices.push_back(device);
    return;
  }
  if (wanted.empty()) {
    if (const auto prefix = literal(name)) return add_literal(members, reference, *prefix);
  }
  const PlaceName* place = find_place(reference, name);
  if (place == nullptr) {
    unknown_place(reference, name);
    members.broken = true;
    return;
  }
  const bool fits = wanted.empty() || (wanted == "zone" && place->zone.valid()) ||
                    (wanted == "network" && place->network.valid()) ||
                    (wanted == "host" && place->host.valid()) || (wanted == "group" && place->group.valid());
  if (!fits) {
    diagnostics_
        .build(kind::wrong_kind, reference.text.range, name, describe(*place), fmt::format("a {}", wanted))
        .label(place->range, "declared here")
        .emit();
    members.broken = true;
    return;
  }
  add_place(members, *place);
}

void Resolver::add_place(Members& members, const PlaceName& place) {
  const auto add_whole = [&](ir::NetworkId network) {
    members.broken = members.broken || broken_networks_[network.value];
    add_piece(members.pieces, whole(network));
  };
  if (place.group.valid()) {
    const Members& group = group_members(place.group);
    group_used_[place.group.value] = true;
    members.broken = members.broken || group.broken;
    for (const ir::Piece& piece : group.pieces) add_piece(members.pieces, piece);
  } else if (place.host.valid()) {
    const ir::Host& host = policy_.hosts[place.host];
    ir::Piece piece{host.network, {}, false};
    if (host.ipv4) piece.addresses.v4 = AddressSet(*host.ipv4);
    if (host.ipv6) piece.addresses.v6 = AddressSet(*host.ipv6);
    if (piece.network.valid() && !piece.addresses.empty()) {
      add_piece(members.pieces, std::move(piece));
    } else {
      members.broken = true;  // the host itself was reported
    }
  } else if (place.zone.valid()) {
    for (const ir::NetworkId network : policy_.zones[place.zone].networks) add_whole(network);
    members.broken = members.broken || policy_.zones[place.zone].networks.empty();
  } else {
    add_whole(place.network);
  }
}

// A whole network never means the devices' own addresses either; there the flag says so, which lets a
// platform write the network as one prefix.
ir::Piece Resolver::whole(ir::NetworkId network) const {
  return {network, policy_.networks[network].addresses, true};
}

void Resolver::add_literal(Members& members, const Reference& reference, const Prefix& prefix) {
  const Family family = prefix.family();
  if (prefix.has_host_bits()) {
    diagnostics_.build(kind::host_bits, reference.text.range, reference.text.value)
        .help("the network is `{}`", to_string(Prefix{{family, prefix.first()}, prefix.length}))
        .emit();
    members.broken = true;
    return;
  }
  std::vector<const Segment*> inside;
  const auto& segments = segments_[static_cast<std::size_t>(family)];
  auto segment = std::ranges::upper_bound(segments, prefix.first(), {}, &Segment::first);
  if (segment != segments.begin()) --segment;
  for (; segment != segments.end() && segment->first <= prefix.last(); ++segment) {
    if (segment->last >= prefix.first()) inside.push_back(&*segment);
  }
  AddressSet addresses(prefix);
  ir::NetworkId network = any_network(family);
  if (inside.size() == 1 && inside[0]->first <= prefix.first() && prefix.last() <= inside[0]->last) {
    network = inside[0]->network;
  } else if (!inside.empty() || !network.valid() || intersects(addresses, packet::not_unicast(family))) {
    report_literal(reference, inside, network);
    members.broken = true;
    return;
  }
  const AddressSet own = intersect(addresses, policy_.device_addresses.of(family));
  if (own != addresses) addresses = subtract(addresses, own);
  ir::Piece piece{network, {}, false};
  piece.addresses.of(family) = std::move(addresses);
  add_piece(members.pieces, std::move(piece));
}

void Resolver::report_literal(const Reference& reference, const std::vector<const Segment*>& inside,
                              ir::NetworkId any) {
  if (inside.empty()) {
    auto builder = diagnostics_.build(kind::literal_outside, reference.text.range, reference.text.value);
    if (any.valid()) {
      builder.help("it is no unicast address, and `any` means unicast only");
    } else {
      builder.help("declare the network that holds it, or one with `any` for everything else");
    }
    builder.emit();
    return;
  }
  auto builder = diagnostics_.build(kind::literal_in_several, reference.text.range, reference.text.value);
  constexpr std::size_t shown = 4;
  for (std::size_t index = 0; index < inside.size() && index < shown; ++index) {
    builder.label(inside[index]->range, "`{}` of network `{}`", to_string(inside[index]->prefix),
                  policy_.networks[inside[index]->network].name);
  }
  if (inside.size() > shown) builder.note("and {} more networks", inside.size() - shown);
  builder.help("name the networks, or write one prefix for each of them");
  builder.emit();
}

ir::EndpointId Resolver::intern_endpoint(std::string label, Members members) {
  const auto [found, fresh] = endpoint_ids_.try_emplace(std::move(members.pieces));
  if (fresh) found->second = policy_.endpoints.push_back({std::move(label), found->first, {}, {}});
  return found->second;
}

ir::EndpointId Resolver::device_endpoint(ir::DeviceId device) {
  const auto [found, fresh] = device_endpoints_.try_emplace(device);
  if (fresh)
    found->second = policy_.endpoints.push_back({"device:" + policy_.devices[device].name, {}, device, {}});
  return found->second;
}

}  // namespace cordon::resolve
