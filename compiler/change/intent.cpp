// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/intent.h"

#include <algorithm>
#include <utility>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

using packet::Family;

// A client behind a relay renews with the server itself (RFC 2131, 4.4.5).
packet::ServiceTerm renewal() {
  constexpr std::uint16_t client = 68, server = 67;
  packet::ServiceTerm term;
  term.protocol = packet::protocol::udp;
  term.source = {.first = client, .last = client};
  term.destination = {.first = server, .last = server};
  return term;
}

packet::MatchRule permit(Family family, const ir::Addresses& from, const ir::Addresses& to,
                         const packet::ServiceSet& services) {
  return {.match = {.family = family,
                    .source = &from.of(family),
                    .destination = &to.of(family),
                    .services = &services,
                    .fragments = static_cast<std::uint8_t>(packet::Fragment::first_or_whole),
                    .states = static_cast<std::uint8_t>(packet::State::fresh)},
          .action = packet::Action::permit};
}

}  // namespace

Intent::Intent(const ir::Policy& policy)
    : policy_(&policy),
      of_endpoint_(policy.endpoints.size()),
      everything_{packet::ServiceTerm{}},
      asks_{renewal()} {
  for (const ir::ConduitId conduit : policy.conduits.ids()) {
    for (std::uint32_t index = 0; index < policy.conduits[conduit].flows.size(); ++index)
      add_flow({conduit, index});
  }
  for (const ir::ZoneId zone : policy.zones.ids()) add_zone(zone);
  for (const ir::NetworkId network : policy.networks.ids()) add_renewal(network);
}

void Intent::add_flow(ir::FlowId id) {
  const ir::Flow& flow = policy_->flow(id);
  causes_.push_back({.kind = Cause::Kind::flow,
                     .flow = id,
                     .network = {},
                     .from = ir::zone_of(*policy_, policy_->endpoints[flow.from]),
                     .to = ir::zone_of(*policy_, policy_->endpoints[flow.to]),
                     .range = flow.range});
  add(of(flow.from), of(flow.to), policy_->service_lists[flow.services].terms,
      static_cast<std::uint32_t>(causes_.size() - 1));
}

// What lies outside talks to itself as it likes; that is nobody's intent.
void Intent::add_zone(ir::ZoneId id) {
  const ir::Zone& zone = policy_->zones[id];
  if (zone.isolate || zone.networks.empty()) return;
  causes_.push_back(
      {.kind = Cause::Kind::zone, .flow = {}, .network = {}, .from = id, .to = id, .range = zone.name_range});
  const auto cause = static_cast<std::uint32_t>(causes_.size() - 1);
  ir::Addresses known, outside;
  for (const ir::NetworkId network : zone.networks) {
    const ir::Addresses hosts = ir::hosts_of(*policy_, network);
    for (const Family family : packet::families) {
      ir::AddressSet& set = policy_->networks[network].any(family) ? outside.of(family) : known.of(family);
      set = unite(set, hosts.of(family));
    }
  }
  const ir::Addresses& inside = keep(std::move(known));
  add(inside, inside, everything_, cause);
  if (outside.empty()) return;
  const ir::Addresses& rest = keep(std::move(outside));
  add(inside, rest, everything_, cause);
  add(rest, inside, everything_, cause);
}

void Intent::add_renewal(ir::NetworkId id) {
  const ir::Network& network = policy_->networks[id];
  if (!network.dhcp || !network.dhcp->relay.valid()) return;
  const ir::Endpoint& servers = policy_->endpoints[network.dhcp->relay];
  causes_.push_back({.kind = Cause::Kind::renewal,
                     .flow = {},
                     .network = id,
                     .from = network.zone,
                     .to = ir::zone_of(*policy_, servers),
                     .range = network.dhcp->range});
  ir::Addresses clients;
  clients.v4 = ir::hosts_of(*policy_, id).v4;
  add(keep(std::move(clients)), of(network.dhcp->relay), asks_,
      static_cast<std::uint32_t>(causes_.size() - 1));
}

void Intent::add(const ir::Addresses& from, const ir::Addresses& to, const packet::ServiceSet& services,
                 std::uint32_t cause) {
  for (const Family family : packet::families) {
    const packet::ServiceSet& terms = in_family(services, family);
    if (from.of(family).empty() || to.of(family).empty() || terms.empty()) continue;
    rules_.push_back(permit(family, from, to, terms));
    cause_of_.push_back(cause);
  }
}

const ir::Addresses& Intent::of(ir::EndpointId id) {
  const ir::Addresses*& known = of_endpoint_[id.value];
  if (known == nullptr) known = &keep(ir::addresses_of(*policy_, policy_->endpoints[id]));
  return *known;
}

const ir::Addresses& Intent::keep(ir::Addresses addresses) {
  return addresses_.emplace_back(std::move(addresses));
}

const packet::ServiceSet& Intent::in_family(const packet::ServiceSet& services, Family family) {
  const auto [known, fresh] = services_.try_emplace(&services);
  if (fresh) {
    for (const Family each : packet::families)
      known->second[static_cast<std::size_t>(each)] = packet::in_family(services, each);
  }
  return known->second[static_cast<std::size_t>(family)];
}

Space::Space(const ir::Policy& policy, const ir::Traffic& traffic) {
  for (const ir::EndpointId id : traffic.from) ir::add(from_, ir::addresses_of(policy, policy.endpoints[id]));
  for (const ir::EndpointId id : traffic.to) ir::add(to_, ir::addresses_of(policy, policy.endpoints[id]));
  add_rules(traffic.services.valid() ? policy.service_lists[traffic.services].terms
                                     : packet::ServiceSet{packet::ServiceTerm{}});
}

Space::Space(ir::Addresses from, ir::Addresses to, const packet::ServiceSet& services)
    : from_(std::move(from)), to_(std::move(to)) {
  add_rules(services);
}

void Space::add_rules(const packet::ServiceSet& services) {
  for (const Family family : packet::families) {
    packet::ServiceSet& terms = services_[static_cast<std::size_t>(family)];
    terms = packet::in_family(services, family);
    if (from_.of(family).empty() || to_.of(family).empty() || terms.empty()) continue;
    rules_.push_back(permit(family, from_, to_, terms));
  }
}

void expect_addresses(packet::PacketSpace& space,
                      std::initializer_list<std::span<const packet::MatchRule>> permits) {
  std::vector<const packet::AddressSet*> sets;
  for (const auto& list : permits) {
    for (const packet::MatchRule& rule : list)
      sets.insert(sets.end(), {rule.match.source, rule.match.destination});
  }
  std::ranges::sort(sets);
  sets.erase(std::ranges::unique(sets).begin(), sets.end());
  space.expect(sets);
}

}  // namespace cordon::change
