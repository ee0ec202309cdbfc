// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/running_permits.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "compiler/change/deciding.h"
#include "compiler/change/openers.h"
#include "compiler/change/parties.h"
#include "compiler/change/replies.h"
#include "compiler/change/running_walk.h"
#include "compiler/ir/endpoint_addresses.h"
#include "compiler/prove/filter_sets.h"

namespace cordon::change {

using packet::MatchRule;
using packet::PacketSet;
using prove::EdgeId;
using prove::VertexId;

namespace {

const packet::ServiceSet& everything() {
  static const packet::ServiceSet any{packet::ServiceTerm{}};
  return any;
}

const ir::Addresses& anyone() {
  static const ir::Addresses all{packet::AddressSet::all(packet::Family::ipv4),
                                 packet::AddressSet::all(packet::Family::ipv6)};
  return all;
}

}  // namespace

RunningPermits::RunningPermits(const Intent& intent, std::span<const prove::ReadDevice> readings,
                               const packet::Budget& budget)
    : intent_(intent),
      policy_(intent.policy()),
      space_(budget),
      forwarding_(policy_),
      ways_(forwarding_),
      routes_(forwarding_),
      sets_(policy_),
      ends_(forwarding_, ways_, sets_),
      tracer_(forwarding_, ways_, sets_, ends_),
      filters_(forwarding_, readings, space_),
      ringed_(space_.empty()) {
  for (const prove::ReadDevice& read : readings) prove::expect_addresses(space_, read.reading->device);
}

PacketSet RunningPermits::both(const PacketSet& a, const PacketSet& b) {
  return value(space_.intersect(a, b));
}
PacketSet RunningPermits::either(const PacketSet& a, const PacketSet& b) { return value(space_.unite(a, b)); }
PacketSet RunningPermits::minus(const PacketSet& a, const PacketSet& b) {
  return value(space_.subtract(a, b));
}

PacketSet RunningPermits::product(const ir::Addresses* from, const ir::Addresses* to) {
  if (from == nullptr) from = &anyone();
  if (to == nullptr) to = &anyone();
  std::vector<MatchRule> rules;
  for (const packet::Family family : packet::families) {
    if (from->of(family).empty() || to->of(family).empty()) continue;
    rules.push_back({.match = {.family = family,
                               .source = &from->of(family),
                               .destination = &to->of(family),
                               .services = &everything()},
                     .action = packet::Action::permit});
  }
  return value(space_.permitted(rules));
}

RunningFate RunningPermits::ask(const ir::Addresses& from, const ir::Addresses& to,
                                const packet::ServiceSet& services) {
  from_ = from;
  to_ = to;
  filters_.start(from_, to_, false);
  return judge(openers_of(services));
}

RunningFate RunningPermits::ask_replies(const PacketSet& connections) {
  const PacketSet replies = replies_to(space_, connections);
  std::swap(from_, to_);
  filters_.start(from_, to_, true);
  return judge(replies);
}

// Neighbours and devices hear what is said on a link, which is no connection.
PacketSet RunningPermits::openers_of(const packet::ServiceSet& services) {
  const Space space(from_, to_, services);
  const PacketSet asked = value(space_.permitted(space.rules()));
  const PacketSet linked = both(asked, either(product(nullptr, &policy_.device_addresses), neighbours()));
  const PacketSet near = openers(intent_, {&from_, &to_, true}, linked, space_);
  const PacketSet far = openers(intent_, {&from_, &to_, false}, minus(asked, linked), space_);
  const PacketSet all = either(near, far);
  return minus(all, itself(all));
}

// Whoever has addresses of one network.
PacketSet RunningPermits::neighbours() {
  PacketSet all = space_.empty();
  for (const ir::Network& network : policy_.networks) {
    const ir::Addresses source = intersect(network.addresses, from_);
    const ir::Addresses target = intersect(network.addresses, to_);
    if (!source.empty() && !target.empty()) all = either(all, product(&source, &target));
  }
  return all;
}

// From a device to itself.
PacketSet RunningPermits::itself(const PacketSet& asked) {
  PacketSet all = space_.empty();
  if (intersect(from_, policy_.device_addresses).empty() || intersect(to_, policy_.device_addresses).empty())
    return all;
  for (const ir::Device& device : policy_.devices) {
    const ir::Addresses own = ir::own_addresses(device);
    const ir::Addresses source = intersect(own, from_), target = intersect(own, to_);
    if (!source.empty() && !target.empty()) all = either(all, both(asked, product(&source, &target)));
  }
  return all;
}

// Between hosts of one network, where no zone keeps them apart; and outside, which no device sees.
PacketSet RunningPermits::direct(const PacketSet& asked) {
  PacketSet all = space_.empty();
  for (const ir::NetworkId id : policy_.networks.ids()) {
    const ir::ZoneId zone = policy_.networks[id].zone;
    const bool apart = zone.valid() && policy_.zones[zone].isolate;
    const ir::Addresses hosts = ir::hosts_of(policy_, id);
    ir::Addresses source = intersect(hosts, from_);
    for (const packet::Family family : packet::families) {
      if (apart && !policy_.networks[id].any(family)) source.of(family) = packet::AddressSet(family);
    }
    const ir::Addresses target = intersect(hosts, to_);
    if (!source.empty() && !target.empty()) all = either(all, both(asked, product(&source, &target)));
  }
  return all;
}

RunningFate RunningPermits::judge(const PacketSet& asked) {
  const PacketSet beside = direct(asked), routed = minus(asked, beside);
  place_posts(routed);
  const bool once = filters_.any_pairs();
  const PacketSet possible = Walk(*this, routed, {.sure = false, .once = false}).run();
  const PacketSet certain = Walk(*this, routed, {.sure = true, .once = once}).run();
  const Stopped stops = stopped();
  RunningFate fate{.asked = asked,
                   .allowed = either(beside, minus(certain, stops.maybe)),
                   .denied = minus(routed, possible),
                   .differs = both(certain, stops.sure),
                   .some = space_.empty(),
                   .unknown = minus(possible, certain)};
  ringed_ = once ? ringed(routed, fate.unknown) : space_.empty();
  fate.some = minus(minus(certain, fate.allowed), fate.differs);
  return fate;
}

PacketSet RunningPermits::ringed(const PacketSet& routed, const PacketSet& unknown) {
  if (empty(unknown)) return unknown;
  return both(unknown, Walk(*this, routed, {.sure = true, .once = false}).run());
}

void RunningPermits::place_posts(const PacketSet& asked) {
  posts_.assign(forwarding_.edges().size() * std::size(prove::stages), Post(space_.empty()));
  between_.clear();
  std::map<std::pair<prove::SetId, prove::SetId>, PacketSet> products;
  for (const prove::Track& track : tracer_.trace(ends_.of_all(from_), ends_.of_all(to_))) {
    const auto known = products.find({track.source, track.destination});
    const PacketSet some = known != products.end()
                               ? known->second
                               : both(asked, product(&sets_[track.source], &sets_[track.destination]));
    products.emplace(std::pair{track.source, track.destination}, some);
    PacketSet& packets = post(track.edge, track.stage).packets;
    packets = either(packets, some);
  }
  place_hairpins(asked);
}

// Hosts that their zone keeps apart may try their gateway, of a network in the middle of ways as well.
void RunningPermits::place_hairpins(const PacketSet& asked) {
  for (const ir::NetworkId id : policy_.networks.ids()) {
    if (!forwarding_.passes_through(id)) continue;
    const ir::Addresses hosts = ir::hosts_of(policy_, id);
    const ir::Addresses source = intersect(hosts, from_), target = intersect(hosts, to_);
    if (source.empty() || target.empty()) continue;
    const PacketSet packets = both(asked, product(&source, &target));
    for (const EdgeId edge : forwarding_.edges_at(id)) {
      for (const Stage stage : {Stage::received, Stage::sent})
        post(edge, stage).packets = either(post(edge, stage).packets, packets);
    }
  }
}

// Of packets that leave by the interface that they came in by: those for hosts there.
PacketSet RunningPermits::back_on(EdgeId edge, const PacketSet& packets) {
  if (empty(packets)) return packets;
  const ir::Addresses hosts = intersect(ir::hosts_of(policy_, forwarding_.edges()[edge].network), to_);
  return both(packets, product(nullptr, &hosts));
}

const LetThrough& RunningPermits::through(EdgeId edge, Stage stage) {
  Post& here = post(edge, stage);
  if (!here.through) here.through = filters_.through({.edge = edge, .stage = stage, .out = {}});
  return *here.through;
}

const LetThrough& RunningPermits::between(EdgeId in, EdgeId out) {
  const auto known = between_.find({in, out});
  if (known != between_.end()) return known->second;
  return between_.emplace(std::pair{in, out}, filters_.through({.edge = in, .out = out})).first->second;
}

template <class Visit>
void RunningPermits::visit_pairs(VertexId vertex, const PacketSet& packets, Visit visit) {
  for (const EdgeId in : forwarding_.vertices()[vertex].edges) {
    const PacketSet came = both(packets, post(in, Stage::received).packets);
    if (empty(came)) continue;
    for (const EdgeId out : forwarding_.vertices()[vertex].edges) {
      PacketSet goes = both(came, post(out, Stage::sent).packets);
      if (in == out) goes = back_on(out, goes);
      if (!empty(goes)) visit(FilterPlace{.edge = in, .out = out}, goes);
    }
  }
}

template <class Visit>
void RunningPermits::visit_places(const PacketSet& packets, Visit visit) {
  for (const EdgeId edge : forwarding_.edges().ids()) {
    for (const Stage stage : prove::stages) {
      const PacketSet here = both(packets, post(edge, stage).packets);
      if (!empty(here)) visit(FilterPlace{.edge = edge, .stage = stage, .out = {}}, here);
    }
  }
  for (const VertexId vertex : forwarding_.vertices().ids()) {
    if (filters_.has_pairs(vertex)) visit_pairs(vertex, packets, visit);
  }
}

RunningPermits::Stopped RunningPermits::stopped() {
  Stopped all{.sure = space_.empty(), .maybe = space_.empty()};
  visit_places(space_.full(), [&](const FilterPlace& place, const PacketSet& packets) {
    const LetThrough& pass =
        place.out.valid() ? between(place.edge, place.out) : through(place.edge, place.stage);
    all.sure = either(all.sure, minus(packets, pass.maybe));
    all.maybe = either(all.maybe, minus(packets, pass.sure));
  });
  return all;
}

PacketSet RunningPermits::on_link(const PacketSet& packets) {
  PacketSet all = direct(packets);
  if (intersect(from_, policy_.device_addresses).empty()) return all;
  for (const prove::Vertex& vertex : forwarding_.vertices()) {
    const ir::Addresses own = intersect(vertex.answered, from_);
    if (own.empty()) continue;
    for (const EdgeId edge : vertex.edges) {
      const ir::Addresses hosts = intersect(ir::hosts_of(policy_, forwarding_.edges()[edge].network), to_);
      if (!hosts.empty()) all = either(all, both(packets, product(&own, &hosts)));
    }
  }
  return all;
}

void RunningPermits::visit_rules(const PacketSet& packets, const RunningFilters::VisitRule& visit) {
  visit_places(packets, [&](const FilterPlace& place, const PacketSet& here) {
    filters_.visit_rules(place, here, visit);
  });
}

std::vector<RunningRule> RunningPermits::rules_for(const PacketSet& packets, bool permits) {
  std::vector<RunningRule> found;
  visit_rules(packets, [&](const RunningRule& rule, const PacketSet&) {
    if (rule.permits == permits) found.push_back(rule);
  });
  std::ranges::stable_sort(found, [](const RunningRule& a, const RunningRule& b) {
    return std::tuple(!a.narrow, a.device, a.line) < std::tuple(!b.narrow, b.device, b.line);
  });
  const auto same = [](const RunningRule& a, const RunningRule& b) {
    return a.device == b.device && a.line == b.line && a.narrow == b.narrow;
  };
  found.erase(std::ranges::unique(found, same).begin(), found.end());
  return found;
}

void RunningPermits::add_rings(const PacketSet& packets, std::vector<Blind>& found) {
  if (empty(packets)) return;
  for (const VertexId vertex : forwarding_.vertices().ids()) {
    if (!filters_.has_pairs(vertex)) continue;
    bool comes_by = false;
    visit_pairs(vertex, packets, [&](const FilterPlace&, const PacketSet&) { comes_by = true; });
    if (!comes_by) continue;
    const ir::DeviceId device = forwarding_.vertices()[vertex].device;
    add_to(found, {.device = device, .not_given = false, .unread = {}, .gaps = {}, .ring = true});
  }
}

std::vector<Blind> RunningPermits::blind_for(const PacketSet& packets) {
  std::vector<Blind> found;
  filters_.add_translating(found);
  visit_places(packets,
               [&](const FilterPlace& place, const PacketSet&) { filters_.add_blind(place, found); });
  add_rings(both(packets, ringed_), found);
  std::ranges::sort(found, {}, &Blind::device);
  for (Blind& blind : found) std::ranges::stable_sort(blind.gaps, {}, &config::Gap::range);
  return found;
}

}  // namespace cordon::change
