// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/ways.h"

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/change/deciding.h"
#include "compiler/change/openers.h"
#include "compiler/change/parties.h"
#include "compiler/change/trails.h"
#include "compiler/change/way_judge.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

using packet::PacketSet;
using packet::PacketSpace;

struct End {
  TrailEnd trail;
  Stop stop;
  ir::Addresses addresses;
};

ir::Addresses own_addresses(const ir::Policy& policy, const graph::Topology& topology,
                            graph::VertexId vertex) {
  ir::Device part;
  for (const graph::AttachmentId at : topology.vertices()[vertex].attachments)
    part.interfaces.push_back(
        policy.devices[topology.vertices()[vertex].device].interfaces[topology.attachments()[at].interface]);
  return ir::own_addresses(part);
}

// Hosts by network, then devices themselves. An address that a pair shares is of both.
std::vector<End> ends_of(const ir::Policy& policy, const graph::Topology& topology,
                         const ir::Addresses& asked) {
  std::vector<End> ends;
  for (const ir::NetworkId id : policy.networks.ids()) {
    ir::Addresses hosts = intersect(ir::hosts_of(policy, id), asked);
    if (!hosts.empty()) ends.push_back({.trail = {id, {}}, .stop = {id, {}}, .addresses = std::move(hosts)});
  }
  if (intersect(policy.device_addresses, asked).empty()) return ends;
  for (const ir::DeviceId id : policy.devices.ids()) {
    End end{.trail = {}, .stop = {{}, id}, .addresses = {}};
    for (const graph::VertexId vertex : topology.vertices_of(id)) {
      const ir::Addresses own = intersect(own_addresses(policy, topology, vertex), asked);
      if (own.empty()) continue;
      end.trail.vertices.push_back(vertex);
      ir::add(end.addresses, own);
    }
    if (!end.addresses.empty()) ends.push_back(std::move(end));
  }
  return ends;
}

// What becomes of packets on one way or another. Where lines are not understood, what is sure is less than
// what may be.
struct Fates {
  PacketSet asked, arrive, may_arrive, lost, may_be_lost;

  explicit Fates(const PacketSpace& space)
      : asked(space.empty()),
        arrive(space.empty()),
        may_arrive(space.empty()),
        lost(space.empty()),
        may_be_lost(space.empty()) {}
};

// Not every family takes it where routes are stated.
struct FamilyTrail {
  Trail trail;
  std::array<bool, 2> families{};
};

class Finder {
 public:
  Finder(const Intent& intent, std::span<const prove::ReadDevice> readings, const WaysLimit& limit,
         const packet::Budget& budget)
      : intent_(intent),
        policy_(intent.policy()),
        topology_(policy_),
        limit_(limit),
        space_(budget),
        judge_(policy_, topology_, readings, limit.lines, space_),
        fates_(space_) {}

  WaysAnswer run(const ir::FlowSet& question) {
    const std::vector<End> sources = ends_of(policy_, topology_, question.from);
    const std::vector<End> targets = ends_of(policy_, topology_, question.to);
    for (const End& from : sources) {
      for (const End& to : targets) add_pair(from, to, question.services);
    }
    if (limit_.outcome) {
      show_passing_pairs();
      answer_.outcome = outcome();
    }
    return std::move(answer_);
  }

 private:
  void add_pair(const End& from, const End& to, const packet::ServiceSet& services) {
    if (from.stop.device.valid() && from.stop.device == to.stop.device) return;
    const Space asked(from.addresses, to.addresses, services);
    if (asked.empty()) return;
    if (answer_.pairs.size() >= limit_.pairs && !limit_.outcome) {
      ++answer_.more_pairs;
      return;
    }
    answer_.pairs.push_back(pair(from, to, asked));
    answer_.uncounted = answer_.uncounted || answer_.pairs.back().more_uncounted;
  }

  // Where something gets through is what people look for.
  void show_passing_pairs() {
    const auto passes = [](const PairWays& pair) {
      return std::ranges::any_of(pair.ways,
                                 [](const Way& way) { return way.there.passage != Passage::none; });
    };
    std::ranges::stable_partition(answer_.pairs, passes);
    if (answer_.pairs.size() <= limit_.pairs) return;
    answer_.more_pairs = answer_.pairs.size() - limit_.pairs;
    answer_.pairs.resize(limit_.pairs);
  }

  PairWays pair(const End& from, const End& to, const Space& asked) {
    PairWays pair{.from = from.stop, .to = to.stop, .ways = {}};
    pair.same_network = from.stop.network.valid() && from.stop.network == to.stop.network;
    const WayEnds ends{&from.addresses, &to.addresses, pair.same_network || to.stop.device.valid()};
    const PacketSet set = openers(intent_, ends, value(space_.permitted(asked.rules())), space_);
    pair.opens_nothing = set == space_.empty();
    if (pair.opens_nothing) return pair;
    const PacketSet direct = pair.same_network ? among_hosts(pair.from.network, asked, set) : space_.empty();
    const PacketSet routed = value(space_.subtract(set, direct));
    add_fate(direct, {direct, direct});
    if (routed != space_.empty()) add_ways(pair, ends, routed, trails(from, to, asked, pair));
    if (limit_.outcome) fates_.asked = value(space_.unite(fates_.asked, set));
    return pair;
  }

  void add_ways(PairWays& pair, const WayEnds& ends, const PacketSet& routed,
                const std::vector<FamilyTrail>& trails) {
    for (const FamilyTrail& each : trails) {
      const PacketSet taking = in_families(routed, each.families);
      if (taking == space_.empty()) continue;
      const bool shown = pair.ways.size() < limit_.ways;
      pair.more += !shown;
      if (!shown && !limit_.outcome) continue;
      Arrived arrived{space_.empty(), space_.empty()};
      Way way = judge_.judge(each.trail, ends, taking, arrived);
      if (shown) pair.ways.push_back(std::move(way));
      add_fate(taking, arrived);
    }
    // Of ways that nobody looked at nothing is claimed.
    if (pair.more_uncounted) add_fate(routed, {routed, space_.empty()});
  }

  // What hosts of one network send each other without asking a device: where no zone keeps them apart, and
  // outside, which no device sees.
  [[nodiscard]] PacketSet among_hosts(ir::NetworkId id, const Space& asked, const PacketSet& set) {
    const ir::Network& network = policy_.networks[id];
    if (!network.zone.valid() || !policy_.zones[network.zone].isolate) return set;
    std::vector<packet::MatchRule> outside;
    for (const packet::MatchRule& rule : asked.rules()) {
      if (network.any(rule.match.family)) outside.push_back(rule);
    }
    return value(space_.intersect(set, value(space_.permitted(outside))));
  }

  [[nodiscard]] PacketSet in_families(const PacketSet& set, const std::array<bool, 2>& families) {
    if (families[0] && families[1]) return set;
    const packet::Family family = families[0] ? packet::Family::ipv4 : packet::Family::ipv6;
    const ir::AddressSet every = ir::AddressSet::all(family);
    const packet::ServiceSet services{packet::ServiceTerm{}};
    const packet::MatchRule rule{
        .match = {.family = family, .source = &every, .destination = &every, .services = &services},
        .action = packet::Action::permit};
    return value(space_.intersect(set, value(space_.permitted({&rule, 1}))));
  }

  [[nodiscard]] std::vector<FamilyTrail> trails(const End& from, const End& to, const Space& asked,
                                                PairWays& pair) const {
    std::vector<FamilyTrail> all;
    if (pair.same_network) {
      for (Trail& trail : find_hairpins(topology_, from.stop.network))
        all.push_back({std::move(trail), {true, true}});
      return all;
    }
    for (const packet::MatchRule& rule : asked.rules()) {
      Trails found = find_trails(topology_, from.trail, to.trail, rule.match.family);
      pair.more_uncounted = pair.more_uncounted || !found.all;
      for (Trail& trail : found.found) add(all, std::move(trail), rule.match.family);
    }
    std::ranges::stable_sort(all, {}, [](const FamilyTrail& each) { return each.trail.size(); });
    return all;
  }

  // Ways of both families are told once.
  static void add(std::vector<FamilyTrail>& all, Trail trail, packet::Family family) {
    auto known = std::ranges::find(all, trail, &FamilyTrail::trail);
    if (known == all.end()) known = all.insert(all.end(), {std::move(trail), {}});
    known->families[static_cast<std::size_t>(family)] = true;
  }

  void add_fate(const PacketSet& taking, const Arrived& arrived) {
    if (!limit_.outcome) return;
    fates_.arrive = value(space_.unite(fates_.arrive, arrived.certain));
    fates_.may_arrive = value(space_.unite(fates_.may_arrive, arrived.possible));
    fates_.lost = value(space_.unite(fates_.lost, value(space_.subtract(taking, arrived.possible))));
    fates_.may_be_lost =
        value(space_.unite(fates_.may_be_lost, value(space_.subtract(taking, arrived.certain))));
  }

  Fate outcome() {
    const PacketSet allowed = value(space_.subtract(fates_.arrive, fates_.may_be_lost));
    const PacketSet denied = value(space_.subtract(fates_.asked, fates_.may_arrive));
    const PacketSet differs = value(space_.intersect(fates_.arrive, fates_.lost));
    PacketSet unknown = value(space_.subtract(fates_.asked, allowed));
    unknown = value(space_.subtract(value(space_.subtract(unknown, denied)), differs));
    return {
        .allowed = part(allowed), .denied = part(denied), .differs = part(differs), .unknown = part(unknown)};
  }
  Part part(const PacketSet& set) {
    return {.cubes = value(space_.cover(set)), .example = space_.witness(set)};
  }

  const Intent& intent_;
  const ir::Policy& policy_;
  graph::Topology topology_;
  WaysLimit limit_;
  PacketSpace space_;
  WayJudge judge_;
  Fates fates_;
  WaysAnswer answer_;
};

}  // namespace

std::string_view to_string(Passage passage) {
  switch (passage) {
    case Passage::all:
      return "allowed";
    case Passage::none:
      return "denied";
    case Passage::some:
      return "partly";
    case Passage::unknown:
      return "unknown";
  }
  return {};
}

Passage answer_of(const Fate& fate) {
  if (!fate.unknown.empty()) return Passage::unknown;
  if (fate.allowed.empty() && fate.differs.empty()) return Passage::none;
  return fate.denied.empty() && fate.differs.empty() ? Passage::all : Passage::some;
}

packet::Decided<WaysAnswer> find_ways(const Intent& intent, const ir::FlowSet& question,
                                      std::span<const prove::ReadDevice> readings, const WaysLimit& limit,
                                      const packet::Budget& budget) {
  return decide([&] { return Finder(intent, readings, limit, budget).run(question); });
}

}  // namespace cordon::change
