// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/purpose.h"

#include <algorithm>
#include <utility>

#include "compiler/change/causes.h"

namespace cordon::change {
namespace {

using packet::Decided;
using packet::MatchRule;
using packet::PacketSet;
using packet::PacketSpace;
using Failed = std::optional<packet::Undecided>;

class Judge {
 public:
  Judge(const Intent& before, const Intent& after, const packet::Budget& budget)
      : before_(before), after_(after), space_(budget) {
    expect_addresses(space_, {before.rules(), after.rules()});
  }

  Decided<PurposeResult> run(const Purpose& purpose) {
    const auto was = space_.permitted(before_.rules()), is = space_.permitted(after_.rules());
    if (!was) return Unexpected{was.error()};
    if (!is) return Unexpected{is.error()};
    if (auto failed = judge_lines(purpose.opens, true, *was, *is)) return Unexpected{*failed};
    if (auto failed = judge_lines(purpose.closes, false, *is, *was)) return Unexpected{*failed};
    if (auto failed = rest(*was, *is, purpose.opens, after_, result_.opened)) return Unexpected{*failed};
    if (auto failed = rest(*is, *was, purpose.closes, before_, result_.closed)) return Unexpected{*failed};
    return std::move(result_);
  }

 private:
  // Each flow has to lie outside `without` and within `with`.
  Failed judge_lines(const std::vector<ir::FlowSet>& flows, bool opens, const PacketSet& without,
                     const PacketSet& with) {
    for (const ir::FlowSet& flow : flows) {
      PurposeLine line;
      line.flow = &flow;
      line.opens = opens;
      const Space asked(flow);
      line.vacuous = asked.empty();
      const auto set = space_.permitted(asked.rules());
      if (!set) return set.error();
      const auto already = space_.intersect(*set, without), missing = space_.subtract(*set, with);
      if (!already) return already.error();
      if (!missing) return missing.error();
      if (auto failed = describe(opens ? *already : *missing, line.before)) return failed;
      if (auto failed = describe(opens ? *missing : *already, line.after)) return failed;
      result_.lines.push_back(std::move(line));
    }
    return std::nullopt;
  }

  // What one has beyond the other and the flows do not say.
  Failed rest(const PacketSet& less, const PacketSet& more, const std::vector<ir::FlowSet>& flows,
              const Intent& intent, Side& side) {
    auto beyond = space_.subtract(more, less);
    for (const ir::FlowSet& flow : flows) {
      if (!beyond) break;
      const Space asked(flow);
      const auto set = space_.permitted(asked.rules());
      if (!set) return set.error();
      beyond = space_.subtract(*beyond, *set);
    }
    if (!beyond) return beyond.error();
    Part part;
    if (auto failed = describe(*beyond, part)) return failed;
    side.cubes = std::move(part.cubes);
    side.example = part.example;
    return add_causes(space_, *beyond, side.cubes, intent, side.causes);
  }

  Failed describe(const PacketSet& set, Part& part) {
    if (set == space_.empty()) return std::nullopt;
    auto cubes = space_.cover(set);
    if (!cubes) return cubes.error();
    part.cubes = std::move(*cubes);
    part.example = space_.witness(set);
    return std::nullopt;
  }

  const Intent& before_;
  const Intent& after_;
  PacketSpace space_;
  PurposeResult result_;
};

}  // namespace

bool PurposeResult::met() const {
  return opened.cubes.empty() && closed.cubes.empty() && std::ranges::all_of(lines, &PurposeLine::met);
}

Decided<PurposeResult> judge(const Intent& before, const Intent& after, const Purpose& purpose,
                             const packet::Budget& budget) {
  return Judge(before, after, budget).run(purpose);
}

}  // namespace cordon::change
