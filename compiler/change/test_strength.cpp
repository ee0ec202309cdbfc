// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/test_strength.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "compiler/change/deciding.h"
#include "compiler/change/statements.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

using packet::Decided;
using packet::Family;
using packet::MatchRule;
using packet::PacketSet;
using packet::PacketSpace;

MatchRule permit(const packet::AddressSet& from, const packet::AddressSet& to,
                 const packet::ServiceSet& services) {
  return {.match = {.family = from.family(),
                    .source = &from,
                    .destination = &to,
                    .services = &services,
                    .fragments = static_cast<std::uint8_t>(packet::Fragment::first_or_whole),
                    .states = static_cast<std::uint8_t>(packet::State::fresh)},
          .action = packet::Action::permit};
}

// What tests and assertions claim to be open, and to be closed.
class Claims {
 public:
  Claims(const Intent& intent, PacketSpace& space) : policy_(intent.policy()), space_(space) {
    for (const ir::PolicyTest& test : policy_.evidence.tests) add(test.traffic, test.allow);
    for (const ir::Assertion& assertion : policy_.evidence.assertions) {
      if (assertion.kind == ir::Assertion::Kind::always) add(assertion.traffic, true);
      if (assertion.kind == ir::Assertion::Kind::never) add(assertion.traffic, false);
      if (assertion.kind == ir::Assertion::Kind::only) add_only(assertion);
    }
    open_ = value(space_.permitted(rules_[1]));
    closed_ = value(space_.permitted(rules_[0]));
  }

  [[nodiscard]] const PacketSet& open() const { return *open_; }
  [[nodiscard]] const PacketSet& closed() const { return *closed_; }

  // Ordered pairs of zones that a claim of something closed could be about.
  [[nodiscard]] const std::set<std::pair<ir::ZoneId, ir::ZoneId>>& closed_pairs() const {
    return closed_pairs_;
  }

 private:
  void add(const ir::Traffic& traffic, bool open) {
    const Space& asked = spaces_.emplace_back(policy_, traffic);
    rules_[open ? 1 : 0].insert(rules_[open ? 1 : 0].end(), asked.rules().begin(), asked.rules().end());
    if (!open) note_pairs(zones_of(traffic.from), zones_of(traffic.to));
  }

  // Nobody but `from` opens connections to `to`.
  void add_only(const ir::Assertion& assertion) {
    const Space& closed = spaces_.emplace_back(closed_by_only(policy_, assertion));
    rules_[0].insert(rules_[0].end(), closed.rules().begin(), closed.rules().end());
    std::set<ir::ZoneId> everyone;
    for (const ir::ZoneId id : policy_.zones.ids()) everyone.insert(id);
    note_pairs(everyone, zones_of(assertion.traffic.to));
  }

  [[nodiscard]] std::set<ir::ZoneId> zones_of(const std::vector<ir::EndpointId>& ids) const {
    std::set<ir::ZoneId> zones;
    for (const ir::EndpointId id : ids) {
      for (const ir::Piece& piece : policy_.endpoints[id].pieces) {
        if (policy_.networks[piece.network].zone.valid()) zones.insert(policy_.networks[piece.network].zone);
      }
    }
    return zones;
  }

  void note_pairs(const std::set<ir::ZoneId>& from, const std::set<ir::ZoneId>& to) {
    for (const ir::ZoneId a : from) {
      for (const ir::ZoneId b : to) closed_pairs_.emplace(a, b);
    }
  }

  const ir::Policy& policy_;
  PacketSpace& space_;
  std::deque<Space> spaces_;
  std::vector<MatchRule> rules_[2];  // closed, open
  std::set<std::pair<ir::ZoneId, ir::ZoneId>> closed_pairs_;
  std::optional<PacketSet> open_, closed_;
};

using Pair = std::pair<ir::ZoneId, ir::ZoneId>;

// The permits of each pair of zones. Addresses of zones are disjoint, so nobody else permits anything there.
using ByPair = std::map<std::pair<ir::ZoneId, ir::ZoneId>, std::vector<std::size_t>>;

Pair pair_of(const Cause& cause) { return {cause.from, cause.to}; }

class Strength {
 public:
  explicit Strength(const Intent& intent) : intent_(intent), claims_(intent, space_) {
    for (std::size_t rule = 0; rule < intent.rules().size(); ++rule)
      by_pair_[pair_of(intent.cause(rule))].push_back(rule);
    whole_ = value(space_.permitted(intent.rules()));
  }

  Coverage coverage() {
    Coverage coverage;
    std::map<ir::FlowId, std::vector<std::size_t>> by_flow;
    for (std::size_t rule = 0; rule < intent_.rules().size(); ++rule) {
      if (intent_.cause(rule).kind == Cause::Kind::flow) by_flow[intent_.cause(rule).flow].push_back(rule);
    }
    for (const auto& [flow, rules] : by_flow) {
      const PacketSet own = lost_without(rules);
      if (own == space_.empty()) continue;
      ++coverage.flows;
      if (meets(own, claims_.open())) {
        ++coverage.pinned_flows;
      } else {
        coverage.loose_flows.push_back(flow);
      }
    }
    const std::size_t zones = intent_.policy().zones.size();
    coverage.pairs = zones * (zones == 0 ? 0 : zones - 1);
    for (const Pair& pair : claims_.closed_pairs())
      coverage.pinned_pairs += pair.first != pair.second && is_pinned(pair);
    return coverage;
  }

  // What the policy no longer permits when these permits of one pair are gone.
  PacketSet lost_without(const std::vector<std::size_t>& rules) {
    std::vector<MatchRule> own, others;
    for (const std::size_t rule : by_pair_[pair_of(intent_.cause(rules.front()))]) {
      const bool gone = std::ranges::find(rules, rule) != rules.end();
      (gone ? own : others).push_back(intent_.rules()[rule]);
    }
    return value(space_.subtract(value(space_.permitted(own)), value(space_.permitted(others))));
  }

  [[nodiscard]] bool notices_loss(const PacketSet& lost) { return meets(lost, claims_.open()); }
  [[nodiscard]] bool notices_gain(const PacketSet& gained) { return meets(gained, claims_.closed()); }
  PacketSet gained(std::span<const MatchRule> rules) {
    return value(space_.subtract(value(space_.permitted(rules)), *whole_));
  }
  [[nodiscard]] bool is_empty(const PacketSet& set) const { return set == space_.empty(); }

 private:
  bool meets(const PacketSet& a, const PacketSet& b) {
    return value(space_.intersect(a, b)) != space_.empty();
  }

  bool is_pinned(const Pair& pair) {
    const ir::Policy& policy = intent_.policy();
    const ir::Addresses from = ir::hosts_of(policy, policy.zones[pair.first]);
    const ir::Addresses to = ir::hosts_of(policy, policy.zones[pair.second]);
    const packet::ServiceSet everything{packet::ServiceTerm{}};
    std::vector<MatchRule> all;
    for (const Family family : packet::families) {
      if (!from.of(family).empty() && !to.of(family).empty())
        all.push_back(permit(from.of(family), to.of(family), everything));
    }
    if (all.empty()) return true;
    const PacketSet denied = value(space_.subtract(value(space_.permitted(all)), *whole_));
    return value(space_.is_subset(denied, claims_.closed()));
  }

  const Intent& intent_;
  PacketSpace space_;
  Claims claims_;
  ByPair by_pair_;
  std::optional<PacketSet> whole_;
};

// A mistake, and how to tell what it would do.
struct Idea {
  std::string text;
  source::Range range;
  std::vector<std::size_t> dropped;  // permits that go
  std::vector<MatchRule> added;
};

// Sets that the ideas point to.
struct Store {
  std::deque<packet::AddressSet> addresses;
  std::deque<packet::ServiceSet> services;
};

packet::ServiceSet other_protocol(const packet::ServiceSet& terms) {
  packet::ServiceSet out;
  for (packet::ServiceTerm term : terms) {
    if (term.protocol != packet::protocol::tcp && term.protocol != packet::protocol::udp) continue;
    term.protocol = term.protocol == packet::protocol::tcp ? packet::protocol::udp : packet::protocol::tcp;
    term.flags = packet::any_tcp_flags;
    out.push_back(term);
  }
  return packet::normalize(std::move(out));
}

packet::ServiceSet every_port(const packet::ServiceSet& terms) {
  packet::ServiceSet out = terms;
  for (packet::ServiceTerm& term : out) {
    if (term.protocol && packet::has_ports(*term.protocol)) term.destination = {};
  }
  return packet::normalize(std::move(out));
}

class Ideas {
 public:
  Ideas(const Intent& intent, Store& store) : intent_(intent), store_(store) {
    std::map<ir::FlowId, std::vector<std::size_t>> by_flow;
    for (std::size_t rule = 0; rule < intent.rules().size(); ++rule) {
      if (intent.cause(rule).kind == Cause::Kind::flow) by_flow[intent.cause(rule).flow].push_back(rule);
    }
    for (const auto& [flow, rules] : by_flow) add_flow(flow, rules);
    for (const ir::Zone& zone : intent.policy().zones) add_zone(zone);
  }
  std::vector<Idea> take() { return std::move(ideas_); }

 private:
  using Change = std::function<MatchRule(const MatchRule&)>;

  void add_flow(ir::FlowId id, const std::vector<std::size_t>& rules) {
    const ir::Conduit& conduit = intent_.policy().conduits[id.conduit];
    const ir::Flow& flow = conduit.flows[id.index];
    const std::string of = fmt::format("flow {} of conduit {}", flow.number, conduit.name);
    const auto widened = [&](const std::string& text, const Change& change) {
      Idea idea{.text = text, .range = flow.range, .dropped = {}, .added = {}};
      for (const std::size_t rule : rules) {
        const MatchRule made = change(intent_.rules()[rule]);
        if (made.match.source != nullptr) idea.added.push_back(made);
      }
      if (!idea.added.empty()) ideas_.push_back(std::move(idea));
    };
    ideas_.push_back({.text = "drop " + of, .range = flow.range, .dropped = rules, .added = {}});
    widened("turn round " + of, [](MatchRule rule) {
      std::swap(rule.match.source, rule.match.destination);
      return rule;
    });
    widened("open every port of the protocol in " + of,
            [&](MatchRule rule) { return with(rule, every_port(*rule.match.services)); });
    widened("open the other of TCP and UDP in " + of,
            [&](MatchRule rule) { return with(rule, other_protocol(*rule.match.services)); });
    const Cause& cause = intent_.cause(rules.front());
    if (cause.from.valid())
      widened(fmt::format("let all of zone {} open {}", intent_.policy().zones[cause.from].name, of),
              [&](MatchRule rule) {
                rule.match.source = &whole(cause.from, rule.match.family);
                return rule;
              });
    if (cause.to.valid())
      widened(fmt::format("open {} to all of zone {}", of, intent_.policy().zones[cause.to].name),
              [&](MatchRule rule) {
                rule.match.destination = &whole(cause.to, rule.match.family);
                return rule;
              });
  }

  void add_zone(const ir::Zone& zone) {
    if (!zone.isolate) return;
    Idea idea{.text = fmt::format("lose `isolate` of zone {}", zone.name),
              .range = zone.name_range,
              .dropped = {},
              .added = {}};
    const ir::Addresses hosts = ir::hosts_of(intent_.policy(), zone);
    const packet::ServiceSet& all = store_.services.emplace_back(packet::ServiceSet{packet::ServiceTerm{}});
    for (const Family family : packet::families) {
      if (hosts.of(family).empty()) continue;
      const packet::AddressSet& set = store_.addresses.emplace_back(hosts.of(family));
      idea.added.push_back(permit(set, set, all));
    }
    if (!idea.added.empty()) ideas_.push_back(std::move(idea));
  }

  MatchRule with(MatchRule rule, packet::ServiceSet services) {
    if (services.empty()) return {};
    rule.match.services = &store_.services.emplace_back(std::move(services));
    return rule;
  }

  const packet::AddressSet& whole(ir::ZoneId zone, Family family) {
    const auto [known, fresh] = wholes_.try_emplace({zone, family}, nullptr);
    if (fresh)
      known->second = &store_.addresses.emplace_back(
          ir::hosts_of(intent_.policy(), intent_.policy().zones[zone]).of(family));
    return *known->second;
  }

  const Intent& intent_;
  Store& store_;
  std::map<std::pair<ir::ZoneId, Family>, const packet::AddressSet*> wholes_;
  std::vector<Idea> ideas_;
};

}  // namespace

Decided<Coverage> measure_coverage(const Intent& intent) {
  return decide([&] { return Strength(intent).coverage(); });
}

std::size_t MutationResult::noticed() const {
  return static_cast<std::size_t>(std::ranges::count_if(mutants, &Mutant::noticed));
}

Decided<MutationResult> mutate(const Intent& intent, std::size_t most) {
  Store store;
  const std::vector<Idea> ideas = Ideas(intent, store).take();
  const std::size_t count = std::min(most, ideas.size());
  return decide([&] {
    Strength strength(intent);
    MutationResult result;
    for (std::size_t at = 0; at < count; ++at) {
      const Idea& idea = ideas[at * ideas.size() / count];
      const PacketSet change =
          idea.dropped.empty() ? strength.gained(idea.added) : strength.lost_without(idea.dropped);
      if (strength.is_empty(change)) {
        ++result.without_effect;
        continue;
      }
      const bool noticed =
          idea.dropped.empty() ? strength.notices_gain(change) : strength.notices_loss(change);
      result.mutants.push_back({idea.text, idea.range, noticed});
    }
    return result;
  });
}

}  // namespace cordon::change
