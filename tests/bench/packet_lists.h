// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Long lists of rules for measuring, seeded: the same size gives the same list.
//
// `zone_list` is what a zone policy spells out to: prefixes of zones, pairs of zones, a few services
// a pair. `ugly_list` is what years of hand work look like: nested prefixes, many rules from or to
// anywhere, denies in between, odd port ranges. `rewritten` gives an equal list that looks different.
#ifndef TESTS_BENCH_PACKET_LISTS_H
#define TESTS_BENCH_PACKET_LISTS_H

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <random>
#include <vector>

#include "compiler/packet/match.h"

namespace cordon::packet::bench {

using Random = std::mt19937_64;

struct RuleList {
  std::deque<AddressSet> addresses;
  std::deque<ServiceSet> services;
  std::vector<MatchRule> rules;

  const AddressSet* keep(AddressSet set) { return &addresses.emplace_back(std::move(set)); }
  const ServiceSet* keep(const ServiceTerm& term) { return &services.emplace_back(ServiceSet{term}); }
};

inline ServiceTerm port_term(std::uint8_t protocol, std::uint16_t first, std::uint16_t last) {
  ServiceTerm term;
  term.protocol = protocol;
  term.destination = {first, last};
  return term;
}

inline Bits base_of(Family family) { return family == Family::ipv4 ? Bits{10} << 24 : Bits{0xfd} << 120; }

class ZoneListMaker {
 public:
  ZoneListMaker(RuleList& list, Family family, std::size_t zones) : list_(&list), family_(family) {
    Bits next = base_of(family);
    const int unit = family == Family::ipv4 ? 4 : 64;  // the smallest prefix, in host bits
    for (std::size_t zone = 0; zone < zones; ++zone) {
      std::vector<const AddressSet*> prefixes;
      for (std::size_t i = 0; i <= random_() % 8; ++i) {
        next += (1 + random_() % 3) * (Bits{1} << unit);
        prefixes.push_back(list.keep(AddressSet(family, {{next, next + (Bits{1} << unit) - 1}})));
        next += Bits{1} << unit;
      }
      zones_.push_back(std::move(prefixes));
    }
    for (unsigned i = 0; i < 60; ++i) {
      const auto port = static_cast<std::uint16_t>(random_() % 10000);
      const std::uint8_t number = i % 3 == 0 ? protocol::udp : protocol::tcp;
      services_.push_back(
          list.keep(port_term(number, port, static_cast<std::uint16_t>(port + i % 5 / 4 * 100))));
    }
  }

  void make(std::size_t count) {
    ServiceTerm established;
    established.protocol = protocol::tcp;
    established.flags = established_flags();
    const AddressSet* all = list_->keep(AddressSet::all(family_));
    list_->rules.push_back({{family_, all, all, list_->keep(established)}, Action::permit});
    while (list_->rules.size() < count) add_conduit();
  }

 private:
  void add_conduit() {
    const auto& from = zones_[random_() % zones_.size()];
    const auto& to = zones_[random_() % zones_.size()];
    std::vector<const ServiceSet*> services;
    for (std::size_t i = 0; i <= random_() % 6; ++i)
      services.push_back(services_[random_() % services_.size()]);
    for (const AddressSet* source : from) {
      for (const AddressSet* destination : to) {
        for (const ServiceSet* service : services) {
          list_->rules.push_back({{family_, source, destination, service}, Action::permit});
        }
      }
    }
  }

  RuleList* list_;
  Family family_;
  Random random_{7};
  std::vector<std::vector<const AddressSet*>> zones_;
  std::vector<const ServiceSet*> services_;
};

inline void zone_list(RuleList& list, std::size_t count, Family family = Family::ipv4) {
  const std::size_t zones = count <= 1000 ? 50 : count <= 10000 ? 500 : 3000;
  ZoneListMaker(list, family, zones).make(count);
}

// Prefixes nest, within a space that the rules share, and a quarter of them is short.
inline AddressSet ugly_addresses(Random& random, Family family, unsigned any_percent) {
  if (random() % 100 < any_percent) return AddressSet::all(family);
  const int unit = family == Family::ipv4 ? 0 : 64;
  const Bits place = Bits{random() % (1U << 24)} << unit;
  const int host_bits = unit + static_cast<int>(random() % 4 == 0 ? 8 + random() % 8 : random() % 9);
  const Bits size = Bits{1} << host_bits;
  const Bits first = (base_of(family) + place) & ~(size - 1);
  return {family, {{first, first + size - 1}}};
}

inline ServiceTerm ugly_service(Random& random) {
  const std::uint8_t number = random() % 3 == 0 ? protocol::udp : protocol::tcp;
  const auto port = static_cast<std::uint16_t>(random() % 60000);
  const auto kind = random() % 20;
  if (kind == 0) return port_term(number, 0, 65535);
  if (kind < 6) return port_term(number, port, static_cast<std::uint16_t>(port + random() % 5000));
  if (kind < 8) return port_term(number, 1024, 65535);
  return port_term(number, port % 64, port % 64);
}

inline void ugly_list(RuleList& list, std::size_t count, Family family = Family::ipv4) {
  Random random(8);
  while (list.rules.size() < count) {
    const AddressSet* source = list.keep(ugly_addresses(random, family, 15));
    // Never from anywhere to anywhere: a few of those would shadow most of a long list.
    const AddressSet* destination = list.keep(ugly_addresses(random, family, source->is_all() ? 0 : 5));
    const Action action = random() % 100 < 28 ? Action::deny : Action::permit;
    list.rules.push_back({{family, source, destination, list.keep(ugly_service(random))}, action});
  }
}

// Splits a rule at the middle of its source.
inline std::array<const AddressSet*, 2> halves(RuleList& keeper, const AddressSet& set) {
  const AddressRange& range = set.ranges().front();
  const Bits middle = range.first + (range.last - range.first) / 2;
  const AddressSet low(set.family(), {{range.first, middle}});
  const AddressSet high = subtract(set, low);
  return {keeper.keep(low), keeper.keep(high)};
}

// The same set in other lines: a tenth of the rules split, copies further down, and runs of one
// action shuffled. `keeper` owns the new sets.
inline std::vector<MatchRule> rewritten(const std::vector<MatchRule>& rules, RuleList& keeper) {
  Random random(9);
  std::vector<MatchRule> out;
  for (const MatchRule& rule : rules) {
    const bool split = random() % 10 == 0 &&
                       rule.match.source->ranges().front().last != rule.match.source->ranges().front().first;
    if (split) {
      for (const AddressSet* half : halves(keeper, *rule.match.source)) {
        out.push_back(rule);
        out.back().match.source = half;
      }
    } else {
      out.push_back(rule);
    }
    if (random() % 50 == 0)
      out.push_back(out[random() % out.size()].action == rule.action ? rule : out.back());
  }
  for (auto run = out.begin(); run != out.end();) {
    const auto end =
        std::find_if(run, out.end(), [&](const MatchRule& rule) { return rule.action != run->action; });
    std::shuffle(run, end, random);
    run = end;
  }
  return out;
}

}  // namespace cordon::packet::bench

#endif  // TESTS_BENCH_PACKET_LISTS_H
