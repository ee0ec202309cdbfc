// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How far an intruder comes, a connection at a time.
//
// A permit fires in the first step in which its sources are met, and then everything that it leads to is
// reached: each fires once, so the search is linear in permits, times the ranges of their ends.
#include <algorithm>
#include <utility>

#include "compiler/change/parties.h"
#include "compiler/change/query.h"
#include "compiler/change/twins.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

using packet::AddressSet;

class Search {
 public:
  Search(const Permits& permits, const ir::Policy& policy, std::span<const End> ends, ir::Addresses set)
      : permits_(permits), twins_(policy), ends_(ends), held_(std::move(set)), fired_(permits.rules.size()) {
    twins_.add_to(held_);
    blast_.start = held_;
  }

  Blast run(std::size_t limit) {
    for (std::size_t step = 1; limit == 0 || step <= limit; ++step) {
      const ir::Addresses before = held_;
      if (!take(step, before)) break;
    }
    blast_.reached = subtract(held_, blast_.start);
    return std::move(blast_);
  }

 private:
  // Whether the step reaches anything new.
  bool take(std::size_t step, const ir::Addresses& before) {
    std::vector<std::size_t> firing;
    ir::Addresses fresh;
    for (std::size_t at = 0; at < fired_.size(); ++at) {
      const packet::Match& match = permits_.rules[at].match;
      if (fired_[at] || !intersects(*match.source, before.of(match.family))) continue;
      fired_[at] = true;
      AddressSet reached = subtract(*match.destination, before.of(match.family));
      if (reached.empty()) continue;
      firing.push_back(at);
      fresh.of(match.family) = unite(fresh.of(match.family), reached);
    }
    if (fresh.empty()) return false;
    twins_.add_to(fresh);
    fresh = subtract(fresh, before);
    blast_.steps = step;
    for (std::size_t end = 0; end < ends_.size(); ++end) record(step, end, fresh, firing);
    ir::add(held_, fresh);
    return true;
  }

  void record(std::size_t step, std::size_t end, const ir::Addresses& fresh,
              const std::vector<std::size_t>& firing) {
    BlastEnd found;
    found.addresses = intersect(fresh, ends_[end].addresses);
    if (found.addresses.empty()) return;
    found.step = step;
    found.end = end;
    for (const std::size_t at : firing) {
      const packet::Match& match = permits_.rules[at].match;
      if (!intersects(*match.destination, found.addresses.of(match.family))) continue;
      found.causes.push_back(permits_.causes[at]);
      found.services.insert(found.services.end(), match.services->begin(), match.services->end());
    }
    std::ranges::sort(found.causes);
    found.causes.erase(std::ranges::unique(found.causes).begin(), found.causes.end());
    found.services = normalize(std::move(found.services));
    blast_.found.push_back(std::move(found));
  }

  const Permits& permits_;
  Twins twins_;
  std::span<const End> ends_;
  ir::Addresses held_;
  std::vector<bool> fired_;
  Blast blast_;
};

}  // namespace

Blast blast_radius(const Permits& permits, const ir::Policy& policy, std::span<const End> ends,
                   const ir::Addresses& set, std::size_t steps) {
  return Search(permits, policy, ends, set).run(steps);
}

}  // namespace cordon::change
