// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How far an intruder comes, a connection at a time.
//
// A permit fires in the first step in which its sources are met, and then everything that it leads to is
// reached: each fires once, so the search is linear in permits, times the ranges of their ends.
#include <algorithm>
#include <map>
#include <utility>

#include "compiler/change/query.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

using packet::AddressSet;
using packet::Family;

ir::Addresses without(const ir::Addresses& all, const ir::Addresses& taken) {
  ir::Addresses rest;
  for (const Family family : packet::families) rest.of(family) = subtract(all.of(family), taken.of(family));
  return rest;
}
ir::Addresses common(const ir::Addresses& a, const ir::Addresses& b) {
  ir::Addresses both;
  for (const Family family : packet::families) both.of(family) = intersect(a.of(family), b.of(family));
  return both;
}

// The other addresses of whoever has one of these.
class Twins {
 public:
  explicit Twins(const ir::Policy& policy) {
    std::vector<ir::Addresses> declared(policy.networks.size());
    for (const ir::Host& host : policy.hosts) {
      ir::Addresses own = ir::addresses_of(host);
      if (host.network.valid()) ir::add(declared[host.network.value], own);
      if (!own.v4.empty() && !own.v6.empty()) groups_.push_back(std::move(own));
    }
    for (const ir::Device& device : policy.devices) groups_.push_back(ir::own_addresses(device));
    for (const ir::NetworkId id : policy.networks.ids()) {
      ir::Addresses rest = without(ir::hosts_of(policy, id), declared[id.value]);
      if (!rest.v4.empty() && !rest.v6.empty()) loose_.push_back(std::move(rest));
    }
  }

  void add_to(ir::Addresses& addresses) const {
    const ir::Addresses met = addresses;
    for (const ir::Addresses& group : groups_) {
      if (!common(group, met).empty()) ir::add(addresses, group);
    }
    for (const ir::Addresses& network : loose_) {
      const ir::Addresses part = common(network, met);
      for (const Family family : packet::families) {
        const Family other = family == Family::ipv4 ? Family::ipv6 : Family::ipv4;
        if (!part.of(family).empty()) addresses.of(other) = unite(addresses.of(other), network.of(other));
      }
    }
  }

 private:
  std::vector<ir::Addresses> groups_;  // all of one is one
  std::vector<ir::Addresses> loose_;   // of each network, of no declared host
};

class Search {
 public:
  Search(const Permits& permits, const ir::Policy& policy, std::span<const End> ends,
         const ir::Addresses& set)
      : permits_(permits), twins_(policy), ends_(ends), held_(set), fired_(permits.rules.size()) {
    twins_.add_to(held_);
    blast_.start = held_;
  }

  Blast run(std::size_t limit) {
    for (std::size_t step = 1; limit == 0 || step <= limit; ++step) {
      const ir::Addresses before = held_;
      if (!take(step, before)) break;
    }
    blast_.reached = without(held_, blast_.start);
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
    fresh = without(fresh, before);
    blast_.steps = step;
    for (std::size_t end = 0; end < ends_.size(); ++end) record(step, end, fresh, firing);
    ir::add(held_, fresh);
    return true;
  }

  void record(std::size_t step, std::size_t end, const ir::Addresses& fresh,
              const std::vector<std::size_t>& firing) {
    BlastEnd found;
    found.addresses = common(fresh, ends_[end].addresses);
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
