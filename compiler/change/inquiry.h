// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A question about a policy as sets of packets: what is asked, and which of it is permitted by what.
#ifndef COMPILER_CHANGE_INQUIRY_H
#define COMPILER_CHANGE_INQUIRY_H

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "compiler/change/intent.h"
#include "compiler/change/why.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

// Every answer may throw `Exhausted`.
class Inquiry {
 public:
  Inquiry(const Intent& intent, const ir::FlowSet& question, const packet::Budget& budget);

  [[nodiscard]] const Intent& intent() const { return intent_; }
  [[nodiscard]] const ir::Policy& policy() const { return intent_.policy(); }
  [[nodiscard]] const ir::FlowSet& question() const { return question_; }

  [[nodiscard]] const packet::PacketSet& asked() const { return *asked_; }
  [[nodiscard]] const packet::PacketSet& allowed() const { return *allowed_; }
  [[nodiscard]] const packet::PacketSet& denied() const { return *denied_; }
  // Permits of the policy that share some packet with the question, ascending.
  [[nodiscard]] const std::vector<std::size_t>& opening() const { return opening_; }

  [[nodiscard]] packet::PacketSet set(std::span<const packet::MatchRule> rules);
  [[nodiscard]] packet::PacketSet both(const packet::PacketSet& a, const packet::PacketSet& b);
  [[nodiscard]] packet::PacketSet minus(const packet::PacketSet& a, const packet::PacketSet& b);
  [[nodiscard]] bool empty(const packet::PacketSet& set) const { return set == space_.empty(); }
  [[nodiscard]] bool meet(const packet::PacketSet& a, const packet::PacketSet& b) {
    return !empty(both(a, b));
  }
  [[nodiscard]] Part part(const packet::PacketSet& set);
  [[nodiscard]] std::vector<packet::Cube> cubes(const packet::PacketSet& set);
  [[nodiscard]] long double size(const packet::PacketSet& set) const { return space_.size(set); }

  // What the policy permits of packets between these addresses, without the permits that are left out.
  [[nodiscard]] packet::PacketSet permitted(const Space& among, std::span<const std::size_t> left_out = {});

 private:
  [[nodiscard]] std::vector<std::size_t> rules_among(const Space& among) const;

  const Intent& intent_;
  const ir::FlowSet& question_;
  packet::PacketSpace space_;
  Space space_asked_;
  std::vector<std::size_t> opening_;
  std::optional<packet::PacketSet> asked_, allowed_, denied_;
};

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_INQUIRY_H
