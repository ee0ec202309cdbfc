// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/wanted.h"

#include <algorithm>

#include "compiler/prove/implied.h"

namespace cordon::prove {
namespace {

using packet::AddressSet;
using packet::Family;

// ICMPv4 types 3, 11 and 12; ICMPv6 types 1 to 4.
packet::ServiceSet error_services(Family family) {
  const bool v4 = family == Family::ipv4;
  packet::ServiceSet terms;
  for (const int type : v4 ? std::vector<int>{3, 11, 12} : std::vector<int>{1, 2, 3, 4}) {
    packet::ServiceTerm term;
    term.protocol = v4 ? packet::protocol::icmp : packet::protocol::icmpv6;
    term.icmp_type = static_cast<std::uint8_t>(type);
    terms.push_back(term);
  }
  return terms;
}

AddressSet sum(Family family, const std::vector<const AddressSet*>& sets) {
  std::vector<packet::AddressRange> ranges;
  for (const AddressSet* set : sets) ranges.insert(ranges.end(), set->ranges().begin(), set->ranges().end());
  return {family, std::move(ranges)};
}

}  // namespace

void Permits::add(const AddressSet& source, const AddressSet& destination,
                  const packet::ServiceSet& services) {
  if (source.empty() || destination.empty() || services.empty()) return;
  rules_.push_back({.match = {.family = source.family(),
                              .source = &source,
                              .destination = &destination,
                              .services = &services,
                              .fragments = scope_.fragments,
                              .states = scope_.states},
                    .action = packet::Action::permit});
}

void Permits::add_copy(AddressSet source, AddressSet destination, packet::ServiceSet services) {
  const AddressSet& from = sets_.emplace_back(std::move(source));
  const AddressSet& to = sets_.emplace_back(std::move(destination));
  add(from, to, services_.emplace_back(std::move(services)));
}

template <class Visit>
void Wanted::visit(const Seat& seat, Visit visit) const {
  const std::pair<bool, Stage> sees[] = {
      {seat.received, Stage::received}, {seat.sent, Stage::sent}, {seat.own, Stage::own}};
  for (const auto& [seen, stage] : sees) {
    if (!seen) continue;
    for (const Row& row : traffic_->rows(seat.edge, stage)) visit(row, stage);
  }
}

void Wanted::add_row(const Row& row, Permits& permits) const {
  for (const Family family : packet::families) {
    permits.add(traffic_->addresses(row.source).of(family), traffic_->addresses(row.destination).of(family),
                traffic_->services(row.services, family));
  }
}

Permits Wanted::needed(const Post& post, bool memory, Scope scope) const {
  Permits permits(scope);
  for (const Seat& seat : post.seats) {
    visit(seat, [&](const Row& row, Stage) {
      if (row.purpose == Purpose::opens || (row.purpose == Purpose::reply && !memory)) add_row(row, permits);
    });
    if (!memory) add_errors(seat, post.whole_device, false, permits);
    if (!seat.own) continue;
    for (Implied& implied : implied_at(*forwarding_, seat.edge)) {
      if (implied.needed)
        permits.add_copy(std::move(implied.source), std::move(implied.destination),
                         std::move(implied.services));
    }
  }
  return permits;
}

Permits Wanted::excused(const Post& post, bool memory, Scope scope) const {
  Permits permits(scope);
  for (const Seat& seat : post.seats) {
    visit(seat, [&](const Row& row, Stage) {
      if (row.purpose == Purpose::excused) add_row(row, permits);
    });
    if (!memory) add_errors(seat, post.whole_device, true, permits);
    if (!seat.own) continue;
    for (Implied& implied : implied_at(*forwarding_, seat.edge)) {
      if (!implied.needed)
        permits.add_copy(std::move(implied.source), std::move(implied.destination),
                         std::move(implied.services));
    }
  }
  if (post.beside.empty()) return permits;
  add_beside(post, memory, permits);
  return permits;
}

// All that is wanted or excused there.
void Wanted::add_beside(const Post& post, bool memory, Permits& permits) const {
  for (const Seat& seat : post.beside) {
    visit(seat, [&](const Row& row, Stage) {
      if (row.purpose != Purpose::reply || !memory) add_row(row, permits);
    });
    if (!memory) add_errors(seat, false, false, permits);
    if (!memory) add_errors(seat, false, true, permits);
    if (!seat.own) continue;
    for (Implied& implied : implied_at(*forwarding_, seat.edge)) {
      permits.add_copy(std::move(implied.source), std::move(implied.destination),
                       std::move(implied.services));
    }
  }
}

Permits Wanted::conversations(const Post& post, Scope scope) const {
  Permits permits(scope);
  for (const Seat& seat : post.seats) {
    visit(seat, [&](const Row& row, Stage) {
      if (row.purpose != Purpose::excused) add_row(row, permits);
    });
  }
  return permits;
}

Permits Wanted::errors(Scope scope) {
  Permits permits(scope);
  for (const Family family : packet::families)
    permits.add_copy(AddressSet::all(family), AddressSet::all(family), error_services(family));
  return permits;
}

struct Wanted::Targets {
  AddressSet here;       // of what goes on, and of the device itself
  AddressSet elsewhere;  // of the device itself by way of another gateway
};

// Whoever opens or receives a connection across the position.
Wanted::Targets Wanted::error_targets(const Seat& seat, Family family, bool excused) const {
  std::vector<const AddressSet*> here, elsewhere;
  visit(seat, [&](const Row& row, Stage) {
    if ((row.purpose == Purpose::excused) != excused || traffic_->services(row.services, family).empty())
      return;
    if (traffic_->addresses(row.source).of(family).empty()) return;
    (row.elsewhere ? elsewhere : here).push_back(&traffic_->addresses(row.destination).of(family));
  });
  return {.here = sum(family, here), .elsewhere = sum(family, elsewhere)};
}

void Wanted::add_errors(const Seat& seat, bool anywhere, bool excused, Permits& permits) const {
  const ir::Policy& policy = forwarding_->policy();
  const ir::Network& network = policy.networks[forwarding_->edges()[seat.edge].network];
  for (const Family family : packet::families) {
    const Targets targets = error_targets(seat, family, excused);
    AddressSet sources = AddressSet::all(family);
    if (!anywhere && !seat.sent) {
      if (network.any(family)) {
        sources = subtract(subtract(sources, policy.declared.of(family)), packet::not_unicast(family));
      } else if (forwarding_->is_leaf(seat.edge, family)) {
        sources = network.addresses.of(family);
      }
    }
    permits.add_copy(std::move(sources), targets.here, error_services(family));
    permits.add_copy(AddressSet::all(family), targets.elsewhere, error_services(family));
  }
}

std::vector<source::Range> Wanted::asked(const Post& post, const packet::Packet& packet) const {
  constexpr std::size_t enough = 3;
  std::vector<source::Range> found;
  const packet::Address source{packet.family, packet.source}, destination{packet.family, packet.destination};
  for (const Seat& seat : post.seats) {
    visit(seat, [&](const Row& row, Stage) {
      if (found.size() == enough || row.asked == nullptr) return;
      if (traffic_->addresses(row.source).of(packet.family).contains(source) &&
          traffic_->addresses(row.destination).of(packet.family).contains(destination)) {
        found.push_back(*row.asked);
      }
    });
  }
  return found;
}

bool Wanted::is_spoofed(const Seat& seat, const packet::Packet& packet) const {
  if (seat.sent) return false;
  const ir::Policy& policy = forwarding_->policy();
  const ir::Network& network = policy.networks[forwarding_->edges()[seat.edge].network];
  const packet::Address source{packet.family, packet.source};
  if (network.any(packet.family)) return policy.declared.of(packet.family).contains(source);
  return forwarding_->is_leaf(seat.edge, packet.family) &&
         !network.addresses.of(packet.family).contains(source) &&
         !packet::not_unicast(packet.family).contains(source);
}

}  // namespace cordon::prove
