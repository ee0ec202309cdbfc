// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The packet-set engine against the packet-by-packet evaluator: building, algebra, equality,
// witnesses and sizes.

#include <cmath>
#include <cstddef>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/packet/packet_set.h"
#include "compiler/packet/samples.h"
#include "tests/property/packet_universe.h"

using namespace cordon::packet;
using namespace cordon::packet::testing;

namespace {

PacketSet permitted(PacketSpace& space, const std::vector<MatchRule>& rules) {
  const auto set = space.permitted(rules);
  REQUIRE(set);
  return *set;
}

void check_decisions(const PacketSpace& space, const PacketSet& set, const Universe& universe,
                     const std::vector<bool>& wanted) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Packet& packet = universe.packets()[i].packet;
    if (space.contains(set, packet) == wanted[i]) continue;
    CAPTURE(to_string(packet));
    REQUIRE(space.contains(set, packet) == wanted[i]);
  }
}

long double weight_of(const Universe& universe, const std::vector<bool>& decisions) {
  long double sum = 0;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (decisions[i]) sum += universe.packets()[i].weight;
  }
  return sum;
}

// A list that is often, but not always, equal to the first.
std::vector<MatchRule> altered(Random& random, std::vector<MatchRule> rules) {
  if (rules.empty()) return rules;
  const std::size_t at = random() % rules.size();
  switch (random() % 5) {
    case 0:
      rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 1:
      std::swap(rules[at], rules[random() % rules.size()]);
      break;
    case 2:
      rules.push_back(rules[at]);
      break;
    case 3:
      rules.insert(rules.begin() + static_cast<std::ptrdiff_t>(at), rules[random() % rules.size()]);
      break;
    default:
      rules[at].match.states = static_cast<std::uint8_t>(1 + random() % 7);
  }
  return rules;
}

// Addresses and ports as they come, at full width, for boundaries that no class was made for.
struct WideRules {
  explicit WideRules(Random& random) {
    const std::size_t count = 1 + random() % 12;
    for (std::size_t i = 0; i < count; ++i) add(random);
  }

  void add(Random& random) {
    const Family family = families[random() % 2];
    addresses.push_back(random_set(random, family));
    addresses.push_back(random_set(random, family));
    ServiceSet terms;
    for (std::size_t i = 0; i <= random() % 3; ++i) terms.push_back(random_term(random));
    services.push_back(normalize(terms));
    const std::size_t last = addresses.size() - 1;
    rules.push_back({{family, &addresses[last - 1], &addresses[last], &services.back()},
                     random() % 3 == 0 ? Action::deny : Action::permit});
  }

  static AddressSet random_set(Random& random, Family family) {
    if (chance(random, 20)) return AddressSet::all(family);
    std::vector<AddressRange> ranges;
    for (std::size_t i = 0; i <= random() % 3; ++i) {
      const int length = static_cast<int>(random() % (static_cast<unsigned>(width(family)) + 1));
      const Bits bits = (Bits{random()} << 64 | random() % 4) & max_bits(family);
      const Prefix prefix{{family, bits}, static_cast<std::uint8_t>(length)};
      ranges.push_back({prefix.first(), prefix.last()});
    }
    return {family, ranges};
  }

  static ServiceTerm random_term(Random& random) {
    ServiceTerm term;
    if (chance(random, 15)) return term;
    term.protocol = static_cast<std::uint8_t>(chance(random, 70) ? 6 : random() % 256);
    if (has_ports(*term.protocol)) {
      const auto a = static_cast<std::uint16_t>(random());
      const auto b = static_cast<std::uint16_t>(random() % 8);
      term.destination = {std::min(a, b), std::max(a, b)};
      if (chance(random, 30)) term.source = {b, static_cast<std::uint16_t>(b + random() % 1000)};
    }
    if (is_icmp(*term.protocol)) term.icmp_type = static_cast<std::uint8_t>(random());
    if (term.protocol == protocol::tcp && chance(random, 30)) term.flags = random();
    return term;
  }

  std::deque<AddressSet> addresses;
  std::deque<ServiceSet> services;
  std::vector<MatchRule> rules;
};

}  // namespace

TEST_CASE("a list permits what the evaluator permits, and as many packets") {
  Random random(11);
  for (unsigned round = 0; round < 600; ++round) {
    CAPTURE(round);
    const Universe universe(random, 1 + round % 2);
    const RuleList list = universe.random_list(random, 1 + random() % 9);
    const std::vector<bool> wanted = universe.decisions(list.rules);
    PacketSpace space;
    const PacketSet set = permitted(space, list.rules);
    check_decisions(space, set, universe, wanted);

    const long double weight = weight_of(universe, wanted);
    const long double size = space.size(set);
    CHECK(std::fabs(size - weight) <= weight * 1e-14L);
    CHECK((set == space.empty()) == (weight == 0));
  }
}

TEST_CASE("lists are equal sets exactly when they decide alike, and a witness tells them apart") {
  Random random(12);
  int equal = 0;
  int different = 0;
  for (unsigned round = 0; round < 1500; ++round) {
    CAPTURE(round);
    const Universe universe(random, 1);
    const RuleList list = universe.random_list(random, 1 + random() % 7);
    std::vector<MatchRule> other = altered(random, list.rules);
    if (chance(random, 30)) other = altered(random, other);

    const bool same = universe.decisions(list.rules) == universe.decisions(other);
    ++(same ? equal : different);
    const auto comparison = compare(list.rules, other);
    REQUIRE(comparison);
    REQUIRE(comparison->equal() == same);
    if (comparison->only_first) {
      CHECK(evaluate(list.rules, *comparison->only_first) == Action::permit);
      CHECK(evaluate(other, *comparison->only_first) == Action::deny);
    }
    if (comparison->only_second) {
      CHECK(evaluate(list.rules, *comparison->only_second) == Action::deny);
      CHECK(evaluate(other, *comparison->only_second) == Action::permit);
    }

    PacketSpace space;  // the second list renumbers what the first one built
    const PacketSet first = permitted(space, list.rules);
    const PacketSet second = permitted(space, other);
    REQUIRE((first == second) == same);
  }
  CHECK(equal > 300);
  CHECK(different > 300);
}

TEST_CASE("union, intersection, difference and complement are those of the decisions") {
  Random random(13);
  for (unsigned round = 0; round < 300; ++round) {
    CAPTURE(round);
    const Universe universe(random, 1);
    const RuleList lists[] = {universe.random_list(random, 1 + random() % 6),
                              universe.random_list(random, 1 + random() % 6)};
    const std::vector<bool> left = universe.decisions(lists[0].rules);
    const std::vector<bool> right = universe.decisions(lists[1].rules);
    PacketSpace space;
    const PacketSet a = permitted(space, lists[0].rules);
    const PacketSet b = permitted(space, lists[1].rules);

    std::vector<bool> wanted[4];
    for (std::size_t i = 0; i < left.size(); ++i) {
      wanted[0].push_back(left[i] || right[i]);
      wanted[1].push_back(left[i] && right[i]);
      wanted[2].push_back(left[i] && !right[i]);
      wanted[3].push_back(!left[i]);
    }
    check_decisions(space, *space.unite(a, b), universe, wanted[0]);
    check_decisions(space, *space.intersect(a, b), universe, wanted[1]);
    check_decisions(space, *space.subtract(a, b), universe, wanted[2]);
    check_decisions(space, *space.complement(a), universe, wanted[3]);
    const bool none_left = std::find(wanted[2].begin(), wanted[2].end(), true) == wanted[2].end();
    CHECK(*space.is_subset(a, b) == none_left);
  }
}

TEST_CASE("laws of sets hold as equality of sets") {
  Random random(14);
  for (unsigned round = 0; round < 400; ++round) {
    CAPTURE(round);
    const Universe universe(random, 2);
    PacketSpace space;
    std::vector<PacketSet> sets;
    for (int i = 0; i < 3; ++i) {
      const RuleList list = universe.random_list(random, 1 + random() % 6);
      sets.push_back(permitted(space, list.rules));
    }
    const auto& [a, b, c] = std::tie(sets[0], sets[1], sets[2]);
    const auto unite = [&](const PacketSet& x, const PacketSet& y) { return *space.unite(x, y); };
    const auto intersect = [&](const PacketSet& x, const PacketSet& y) { return *space.intersect(x, y); };
    const auto complement = [&](const PacketSet& x) { return *space.complement(x); };
    CHECK(unite(a, b) == unite(b, a));
    CHECK(intersect(a, b) == intersect(b, a));
    CHECK(unite(a, unite(b, c)) == unite(unite(a, b), c));
    CHECK(intersect(a, unite(b, c)) == unite(intersect(a, b), intersect(a, c)));
    CHECK(complement(unite(a, b)) == intersect(complement(a), complement(b)));
    CHECK(complement(complement(a)) == a);
    CHECK(*space.subtract(a, b) == intersect(a, complement(b)));
    CHECK(unite(a, complement(a)) == space.full());
    CHECK(intersect(a, complement(a)) == space.empty());
    CHECK(*space.is_subset(intersect(a, b), a));
    CHECK(std::fabs(space.size(a) + space.size(complement(a)) - space.size(space.full())) <=
          space.size(space.full()) * 1e-14L);
  }
}

TEST_CASE("a witness is in its set, and only the empty set has none") {
  Random random(15);
  for (unsigned round = 0; round < 1000; ++round) {
    CAPTURE(round);
    const Universe universe(random, 1);
    const RuleList list = universe.random_list(random, 1 + random() % 4);
    PacketSpace space;
    const PacketSet set = permitted(space, list.rules);
    const auto witness = space.witness(set);
    REQUIRE(witness.has_value() == (set != space.empty()));
    if (!witness) continue;
    CHECK(space.contains(set, *witness));
    CHECK(evaluate(list.rules, *witness) == Action::permit);
    CHECK(clear_absent_fields(*witness) == *witness);
  }
}

TEST_CASE("at full width, boundary and random packets are decided as the evaluator decides") {
  Random random(16);
  for (unsigned round = 0; round < 1500; ++round) {
    CAPTURE(round);
    const WideRules list(random);
    PacketSpace space;
    const PacketSet set = permitted(space, list.rules);
    PacketSampler sampler(list.rules, round);
    std::vector<Packet> packets = sampler.boundary();
    for (int i = 0; i < 300; ++i) packets.push_back(sampler.next());
    for (const Packet& packet : packets) {
      const bool wanted = evaluate(list.rules, packet) == Action::permit;
      if (space.contains(set, packet) == wanted) continue;
      CAPTURE(to_string(packet));
      REQUIRE(space.contains(set, packet) == wanted);
    }
  }
}

TEST_CASE("sets stay what they are while later lists renumber the addresses") {
  Random random(17);
  for (unsigned round = 0; round < 100; ++round) {
    CAPTURE(round);
    PacketSpace space;
    std::deque<WideRules> lists;
    std::vector<PacketSet> sets;
    for (int i = 0; i < 6; ++i) {
      lists.emplace_back(random);
      sets.push_back(permitted(space, lists.back().rules));
    }
    for (std::size_t i = 0; i < sets.size(); ++i) {
      REQUIRE(permitted(space, lists[i].rules) == sets[i]);
      PacketSampler sampler(lists[i].rules, i);
      for (const Packet& packet : sampler.boundary()) {
        REQUIRE(space.contains(sets[i], packet) == (evaluate(lists[i].rules, packet) == Action::permit));
      }
    }
  }
}
