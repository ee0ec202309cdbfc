// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How much of a policy its tests hold in place.
//
// A flow is pinned when some test would fail without it; a pair of zones is pinned when everything that is
// denied between them is claimed to be denied by a test or an assertion. Mutation makes the mistakes that
// people make and asks whether any test or assertion would notice. All answers are about sets of packets. A
// pair costs one question, a mutant two; what no test speaks of costs nothing.
#ifndef COMPILER_CHANGE_TEST_STRENGTH_H
#define COMPILER_CHANGE_TEST_STRENGTH_H

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "compiler/change/intent.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

struct Coverage {
  std::size_t flows = 0,
              pinned_flows =
                  0;  // flows that other flows open as well can be pinned by nobody and do not count
  std::vector<ir::FlowId> loose_flows;
  std::size_t pairs = 0, pinned_pairs = 0;  // ordered, of different zones
};
[[nodiscard]] packet::Decided<Coverage> measure_coverage(const Intent& intent);

// A mistake that somebody could make in the policy.
struct Mutant {
  std::string text;  // `drop flow 1 of conduit telemetry`
  source::Range range;
  bool noticed = false;
};
struct MutationResult {
  std::vector<Mutant> mutants;  // those that change what is permitted
  std::size_t without_effect = 0;
  [[nodiscard]] std::size_t noticed() const;
};
// At most so many, spread evenly over all that there are.
[[nodiscard]] packet::Decided<MutationResult> mutate(const Intent& intent, std::size_t most);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_TEST_STRENGTH_H
