// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/envelopes.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

using packet::Decided;
using packet::Family;
using packet::MatchRule;
using packet::PacketSet;
using packet::PacketSpace;
using Failed = std::optional<packet::Undecided>;

long double size_of(const packet::AddressSet& set) {
  long double size = 0;
  for (const packet::AddressRange& range : set.ranges())
    size += static_cast<long double>(range.last - range.first) + 1;
  return size;
}

// Declared hosts, and addresses of no declared host: of two families the smaller number, since a host may
// have one of each.
long double hosts_in(const ir::Policy& policy, ir::Addresses addresses) {
  long double hosts = 0;
  for (const ir::Host& host : policy.hosts) {
    const ir::Addresses own = ir::addresses_of(host);
    if (!intersects(own.v4, addresses.v4) && !intersects(own.v6, addresses.v6)) continue;
    ++hosts;
    for (const Family family : packet::families)
      addresses.of(family) = subtract(addresses.of(family), own.of(family));
  }
  const long double v4 = size_of(addresses.v4), v6 = size_of(addresses.v6);
  return hosts + (v4 == 0 ? v6 : v6 == 0 ? v4 : std::min(v4, v6));
}

class Judge {
 public:
  Judge(const Intent& before, const Intent& after, const packet::Budget& budget)
      : before_(before.policy()), after_(after.policy()), space_(budget) {}

  Decided<EnvelopeResult> run(const Difference& difference) {
    if (auto failed = learn_envelopes()) return Unexpected{*failed};
    for (const PairDifference& pair : difference.pairs) {
      if (pair.opened.cubes.empty()) continue;
      if (auto failed = judge_pair(pair)) return Unexpected{*failed};
    }
    for (auto& [envelope, ends] : ends_) {
      const auto hosts = std::min(hosts_in(after_, ends.first), hosts_in(after_, ends.second));
      result_.used.push_back({&before_.evidence.envelopes[envelope], hosts});
    }
    result_.known = before_.evidence.envelopes.size();
    return std::move(result_);
  }

 private:
  Failed learn_envelopes() {
    for (const ir::Envelope& envelope : before_.evidence.envelopes) {
      PacketSet approved = space_.empty();
      for (const ir::Traffic& traffic : envelope.approves) {
        const Space asked(before_, traffic);
        const auto set = space_.permitted(asked.rules());
        if (!set) return set.error();
        const auto sum = space_.unite(approved, *set);
        if (!sum) return sum.error();
        approved = *sum;
      }
      approved_.push_back(approved);
    }
    return std::nullopt;
  }

  Failed judge_pair(const PairDifference& pair) {
    std::vector<MatchRule> rules;
    for (const packet::Cube& cube : pair.opened.cubes) rules.push_back(cube.permit());
    const auto opened = space_.permitted(rules);
    if (!opened) return opened.error();
    PacketSet rest = *opened;
    for (std::size_t at = 0; at < approved_.size(); ++at) {
      const auto part = space_.intersect(rest, approved_[at]);
      if (!part) return part.error();
      if (*part == space_.empty()) continue;
      if (auto failed = add(pair, *part, at)) return failed;
      const auto left = space_.subtract(rest, *part);
      if (!left) return left.error();
      rest = *left;
    }
    return rest == space_.empty() ? std::nullopt : add(pair, rest, std::nullopt);
  }

  Failed add(const PairDifference& pair, const PacketSet& set, std::optional<std::size_t> envelope) {
    auto cubes = space_.cover(set);
    if (!cubes) return cubes.error();
    EnvelopePart part{pair.from,           pair.to,           nullptr, std::move(*cubes),
                      space_.witness(set), pair.opened.causes};
    if (envelope) {
      part.envelope = &before_.evidence.envelopes[*envelope];
      auto& [from, to] = ends_[*envelope];
      for (const packet::Cube& cube : part.cubes) {
        const Family family = cube.family();
        from.of(family) = unite(from.of(family), cube.source);
        to.of(family) = unite(to.of(family), cube.destination);
      }
    }
    result_.parts.push_back(std::move(part));
    return std::nullopt;
  }

  const ir::Policy& before_;
  const ir::Policy& after_;
  PacketSpace space_;
  std::vector<PacketSet> approved_;                                      // by envelope
  std::map<std::size_t, std::pair<ir::Addresses, ir::Addresses>> ends_;  // of what each approves
  EnvelopeResult result_;
};

}  // namespace

const EnvelopeUse* EnvelopeResult::use_of(const EnvelopePart& part) const {
  const auto found = std::ranges::find(used, part.envelope, &EnvelopeUse::envelope);
  return found == used.end() ? nullptr : &*found;
}

bool EnvelopeResult::inside(const EnvelopePart& part) const {
  const EnvelopeUse* use = use_of(part);
  return use != nullptr && !use->too_many();
}

bool EnvelopeResult::inside() const {
  return std::ranges::all_of(parts, [this](const EnvelopePart& part) { return inside(part); });
}

Decided<EnvelopeResult> judge_envelopes(const Intent& before, const Intent& after,
                                        const Difference& difference, const packet::Budget& budget) {
  return Judge(before, after, budget).run(difference);
}

}  // namespace cordon::change
