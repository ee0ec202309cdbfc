// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The packet-set engine against a generic library of decision diagrams, which looks at every packet there is
// and not at some: equality, containment, emptiness, and both kinds of witness.

#include <optional>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/packet/packet_set.h"
#include "tests/property/packet_universe.h"
#include "tests/support/bdd_lists.h"

using namespace cordon::packet;
using namespace cordon::packet::testing;
using cordon::test::BddSpace;

namespace {

// One rule turned round, dropped or swapped with another.
std::vector<MatchRule> altered(Random& random, std::vector<MatchRule> rules) {
  const std::size_t at = random() % rules.size();
  switch (random() % 4) {
    case 0:
      rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 1:
      std::swap(rules[at], rules[random() % rules.size()]);
      break;
    case 2:
      rules[at].action = rules[at].action == Action::permit ? Action::deny : Action::permit;
      break;
    default:
      rules[at].match.states = static_cast<std::uint8_t>(1 + random() % 7);
  }
  return rules;
}

// A packet of the difference lies in the diagram of the difference.
void check_witness(const BddSpace& judge, const std::optional<Packet>& witness, const bdd& difference) {
  REQUIRE(witness.has_value() == (difference != bddfalse));
  if (!witness) return;
  CAPTURE(to_string(*witness));
  CHECK((judge.of(*witness) - difference) == bddfalse);
}

}  // namespace

TEST_CASE("sets of random lists are those of a generic diagram") {
  Random random(21);
  const BddSpace judge(1 << 20);
  int equal = 0, different = 0;
  for (unsigned round = 0; round < 1500; ++round) {
    CAPTURE(round);
    const Universe universe(random, round % 3);
    const RuleList list = universe.random_list(random, 1 + random() % 9);
    const std::vector<MatchRule> other = altered(random, list.rules);
    const bdd a = judge.permitted(list.rules), b = judge.permitted(other);
    const auto compared = compare(list.rules, other);
    REQUIRE(compared);
    CHECK(compared->equal() == (a == b));
    check_witness(judge, compared->only_first, a - b);
    check_witness(judge, compared->only_second, b - a);
    ++(a == b ? equal : different);

    PacketSpace space;
    const PacketSet first = *space.permitted(list.rules), second = *space.permitted(other);
    CHECK(*space.is_subset(first, second) == ((a - b) == bddfalse));
    CHECK((*space.intersect(first, second) == space.empty()) == ((a & b) == bddfalse));
    CHECK((first == space.empty()) == (a == bddfalse));
  }
  CHECK(equal > 100);
  CHECK(different > 100);
}
