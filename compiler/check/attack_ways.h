// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Ways by which an intruder could come from some parties to others in several steps, each over what a flow
// opens.
//
// A party (graph/parties.h) that is *closed* holds out: no way passes it. So "not through a jump host" is a
// question with the jump hosts closed.
#ifndef COMPILER_CHECK_ATTACK_WAYS_H
#define COMPILER_CHECK_ATTACK_WAYS_H

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/check/finding.h"
#include "compiler/graph/digraph.h"
#include "compiler/graph/exposure_graph.h"

namespace cordon::check {

using graph::PartyId;
using ZoneTest = std::function<bool(const ir::Zone&)>;

// Parties of the zones that pass the test, ascending.
[[nodiscard]] std::vector<PartyId> parties_of(const Context& context, const ZoneTest& test);

struct AttackWay {
  std::vector<PartyId> parties;     // of the shortest way
  std::size_t further = 0;          // other ways, counted up to `further_limit`
  std::vector<ir::FlowId> cut;      // the fewest flows without which there is no way at all
  std::vector<PartyId> gates;       // the fewest parties without which there is none
  std::vector<ir::ZoneId> reached;  // zones of the targets that some way leads to

  static constexpr std::size_t further_limit = 5;
  [[nodiscard]] std::size_t steps() const { return parties.size() - 1; }
};

// From any of `from` to any of `to`. Targets that `from` opens to directly are closed as well: what is wrong
// there needs no second step.
[[nodiscard]] std::optional<AttackWay> find_attack_way(const Context& context,
                                                       const std::vector<PartyId>& from,
                                                       const std::vector<PartyId>& to,
                                                       const std::vector<PartyId>& closed);

// What allows the steps between neighbours: of several flows the first.
[[nodiscard]] std::vector<const FlowFact*> flows_along(const Context& context,
                                                       const std::vector<PartyId>& parties);
[[nodiscard]] std::vector<Hop> hops_along(const Context& context, const std::vector<PartyId>& parties);

// Names in backticks; long lists are cut with a count of the rest.
[[nodiscard]] std::string zone_list(const Context& context, const std::vector<ir::ZoneId>& zones);

// `zone A … zone B … N steps`: with a label on each step, the count of other ways, and how to close them.
using WayKind = diagnostics::Kind<std::string_view, std::string_view, std::size_t>;
void raise_way(const Context& context, Findings& findings, const WayKind& kind, ir::ZoneId from,
               const AttackWay& way);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_ATTACK_WAYS_H
