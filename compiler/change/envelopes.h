// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which of what a change opens somebody has approved beforehand.
//
// The envelopes are those of the policy before the change: a change cannot approve itself. What closes needs
// no envelope. An envelope whose `max-new-hosts` is exceeded approves nothing of the change.
#ifndef COMPILER_CHANGE_ENVELOPES_H
#define COMPILER_CHANGE_ENVELOPES_H

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compiler/change/difference.h"
#include "compiler/change/intent.h"

namespace cordon::change {

// Of what opens between two zones, the part that one envelope approves, or none does.
struct EnvelopePart {
  std::string from, to;
  const ir::Envelope* envelope = nullptr;  // null: outside of every one
  std::vector<packet::Cube> cubes;         // disjoint
  std::optional<packet::Packet> example;
  std::vector<Cause> causes;  // of all that opens between the two
};

struct EnvelopeUse {
  const ir::Envelope* envelope = nullptr;
  // That gain something by it, at the end where they are fewer: declared hosts, and addresses of no declared
  // host.
  long double hosts = 0;
  [[nodiscard]] bool too_many() const {
    return envelope->max_new_hosts && hosts > static_cast<long double>(*envelope->max_new_hosts);
  }
};

struct EnvelopeResult {
  std::vector<EnvelopePart> parts;  // by pair, envelopes by id, what is outside at last
  std::vector<EnvelopeUse> used;    // by id
  std::size_t known = 0;            // envelopes that there are
  [[nodiscard]] const EnvelopeUse* use_of(const EnvelopePart& part) const;
  [[nodiscard]] bool inside(const EnvelopePart& part) const;
  [[nodiscard]] bool inside() const;  // everything is
};

[[nodiscard]] packet::Decided<EnvelopeResult> judge_envelopes(const Intent& before, const Intent& after,
                                                              const Difference& difference,
                                                              const packet::Budget& budget = {});

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_ENVELOPES_H
