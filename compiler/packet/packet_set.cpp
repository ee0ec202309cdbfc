// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/packet_set.h"

#include <utility>

#include "compiler/base/check.h"
#include "compiler/packet/algebra.h"
#include "compiler/packet/cover.h"
#include "compiler/packet/diagram.h"
#include "compiler/packet/first_match.h"
#include "compiler/packet/line_uses.h"
#include "compiler/packet/query.h"
#include "compiler/packet/rule_list.h"
#include "compiler/packet/sweep.h"
#include "compiler/packet/work.h"

namespace cordon::packet {

class PacketSpace::Engine {
 public:
  explicit Engine(Budget budget)
      : work(budget),
        diagram(work),
        algebra(diagram, work),
        lists(diagram, algebra, work),
        sweep(diagram, lists),
        first_match(diagram, sweep, work),
        line_uses(sweep, work) {}

  [[nodiscard]] Unexpected<Undecided> undecided() const { return {work.reason()}; }

  Work work;
  Diagram diagram;
  Algebra algebra;
  RuleLists lists;
  Sweep sweep;
  FirstMatch first_match;
  LineUses line_uses;
};

bool operator==(const PacketSet& a, const PacketSet& b) {
  CORDON_CHECK(a.space_ == b.space_);
  return a.roots_ == b.roots_;
}

PacketSpace::PacketSpace(Budget budget) : engine_(std::make_unique<Engine>(budget)) {}
PacketSpace::~PacketSpace() = default;

PacketSet PacketSpace::empty() const { return {this, {empty_node, empty_node}}; }
PacketSet PacketSpace::full() const { return {this, {full_node, full_node}}; }

void PacketSpace::expect(std::span<const AddressSet* const> sets) { engine_->lists.expect(sets); }

Decided<PacketSet> PacketSpace::permitted(std::span<const MatchRule> rules) {
  engine_->work.begin();
  const std::array<Lines, 2> lines = engine_->lists.read(rules);
  PacketSet set = empty();
  for (std::size_t family = 0; family < 2; ++family) {
    set.roots_[family] = engine_->first_match.permitted(lines[family].entries);
  }
  if (engine_->work.exhausted()) return engine_->undecided();
  return set;
}

Decided<PacketSet> PacketSpace::combine(Operation operation, const PacketSet& a, const PacketSet& b) {
  CORDON_CHECK(a.space_ == this && b.space_ == this);
  engine_->work.begin();
  PacketSet set = empty();
  for (std::size_t family = 0; family < 2; ++family) {
    set.roots_[family] = engine_->algebra.apply(operation, a.roots_[family], b.roots_[family]);
  }
  if (engine_->work.exhausted()) return engine_->undecided();
  return set;
}

Decided<PacketSet> PacketSpace::unite(const PacketSet& a, const PacketSet& b) {
  return combine(Operation::unite, a, b);
}
Decided<PacketSet> PacketSpace::intersect(const PacketSet& a, const PacketSet& b) {
  return combine(Operation::intersect, a, b);
}
Decided<PacketSet> PacketSpace::subtract(const PacketSet& a, const PacketSet& b) {
  return combine(Operation::subtract, a, b);
}
Decided<PacketSet> PacketSpace::complement(const PacketSet& a) { return subtract(full(), a); }

Decided<bool> PacketSpace::is_subset(const PacketSet& inner, const PacketSet& outer) {
  const auto rest = subtract(inner, outer);
  if (!rest) return Unexpected<Undecided>{rest.error()};
  return *rest == empty();
}

bool PacketSpace::contains(const PacketSet& set, const Packet& packet) const {
  CORDON_CHECK(set.space_ == this);
  const NodeId root = set.roots_[static_cast<std::size_t>(packet.family)];
  return holds(engine_->diagram, engine_->lists, root, packet);
}

std::optional<Packet> PacketSpace::witness(const PacketSet& set) const {
  CORDON_CHECK(set.space_ == this);
  for (const Family family : families) {
    const NodeId root = set.roots_[static_cast<std::size_t>(family)];
    if (root != empty_node) return plainest_packet(engine_->diagram, engine_->lists, family, root);
  }
  return std::nullopt;
}

long double PacketSpace::size(const PacketSet& set) const {
  CORDON_CHECK(set.space_ == this);
  long double sum = 0;
  for (const Family family : families) {
    const NodeId root = set.roots_[static_cast<std::size_t>(family)];
    sum += packet_count(engine_->diagram, engine_->lists, family, root);
  }
  return sum;
}

Decided<std::vector<Cube>> PacketSpace::cover(const PacketSet& set) {
  CORDON_CHECK(set.space_ == this);
  engine_->work.begin();
  std::vector<Cube> cubes;
  for (const Family family : families) {
    const NodeId root = set.roots_[static_cast<std::size_t>(family)];
    add_cover(engine_->diagram, engine_->lists, engine_->algebra, engine_->work, family, root, cubes);
    if (engine_->work.exhausted()) return engine_->undecided();
  }
  return cubes;
}

Decided<std::vector<LineUse>> PacketSpace::analyze(std::span<const MatchRule> rules) {
  engine_->work.begin();
  std::vector<LineUse> uses(rules.size());
  for (const Lines& lines : engine_->lists.read(rules)) {
    const std::vector<UseFlags> flags = engine_->line_uses.uses(lines.entries);
    if (engine_->work.exhausted()) return engine_->undecided();
    for (std::size_t i = 0; i < flags.size(); ++i) {
      uses[lines.rules[i]] = {(flags[i] & hit_flag) != 0, (flags[i] & needed_flag) != 0};
    }
  }
  return uses;
}

Decided<Comparison> compare(std::span<const MatchRule> first, std::span<const MatchRule> second,
                            Budget budget) {
  PacketSpace space(budget);
  const auto a = space.permitted(first);
  if (!a) return Unexpected<Undecided>{a.error()};
  const auto b = space.permitted(second);
  if (!b) return Unexpected<Undecided>{b.error()};
  const auto only_first = space.subtract(*a, *b);
  if (!only_first) return Unexpected<Undecided>{only_first.error()};
  const auto only_second = space.subtract(*b, *a);
  if (!only_second) return Unexpected<Undecided>{only_second.error()};
  return Comparison{space.witness(*only_first), space.witness(*only_second)};
}

}  // namespace cordon::packet
