// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Who could take over whom: from each party to those that it may open something to.
//
// A leads to B when some flow's `from` meets A and its `to` meets B, in a family that both have and the
// services occur in. Flows whose ends meet the same parties are one *link*. Between hundreds of parties
// on either side a link is not spelled out: vertices for "any of these" stand between, so that the graph
// is linear in what endpoints meet. Only flows count: no infrastructure traffic, no reply, no flow from
// a party to itself. A device stands for its own flows, not for what it forwards.
#ifndef COMPILER_GRAPH_EXPOSURE_GRAPH_H
#define COMPILER_GRAPH_EXPOSURE_GRAPH_H

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/graph/digraph.h"
#include "compiler/graph/parties.h"
#include "compiler/ir/policy.h"

namespace cordon::graph {

class ExposureGraph {
 public:
  explicit ExposureGraph(const ir::Policy& policy);

  [[nodiscard]] const Parties& parties() const { return parties_; }

  // Vertices: every party under its own number, then what is passed through (see paths.h). For a question of
  // digraph.h, paths.h or cuts.h about parties; dominators that are no parties are to be left out.
  [[nodiscard]] const Digraph& digraph() const { return digraph_; }
  [[nodiscard]] const std::vector<bool>& through() const { return through_; }
  [[nodiscard]] bool is_party(std::uint32_t vertex) const { return vertex < parties_.all().size(); }

  // The flows of the link that the arc is, ascending; none: the arc gathers or spreads.
  [[nodiscard]] std::span<const ir::FlowId> flows(std::uint32_t arc) const {
    return std::span(flows_).subspan(flow_starts_[arc], flow_starts_[arc + 1] - flow_starts_[arc]);
  }
  // All flows by which the one reaches the other without a third, ascending. O(links that leave it).
  [[nodiscard]] std::vector<ir::FlowId> flows(PartyId from, PartyId to) const;

  // Parties that can be opened to directly, or that can open directly; ascending, without itself.
  [[nodiscard]] std::vector<PartyId> targets_of(PartyId party) const;
  [[nodiscard]] std::vector<PartyId> sources_of(PartyId party) const;

  // For minimum_vertex_cut: parties cost one. For minimum_arc_cut: a link costs its flows, so that
  // the cut is the least number of flows. (Rarely a flow meets other parties by each family, and
  // counts for both.)
  [[nodiscard]] std::vector<std::uint32_t> party_costs() const;
  [[nodiscard]] std::vector<std::uint32_t> flow_costs() const;

 private:
  Parties parties_;
  Digraph digraph_;
  std::vector<bool> through_;
  std::vector<ir::FlowId> flows_;
  std::vector<std::uint32_t> flow_starts_;
};

// A path by which an intruder could go: parties in order, and between two neighbours the flows that allow it.
struct AttackPath {
  std::vector<PartyId> parties;
  std::vector<std::vector<ir::FlowId>> hops;  // one fewer than parties
};

// Up to `count` of them, the shortest first; see `shortest_paths`.
[[nodiscard]] std::vector<AttackPath> attack_paths(const ExposureGraph& graph, std::span<const PartyId> from,
                                                   std::span<const PartyId> to, std::size_t count);

// Every party that may be taken over from one of these, themselves included; ascending.
[[nodiscard]] std::vector<PartyId> exposed_to(const ExposureGraph& graph, std::span<const PartyId> from);

// The parties that every attack path from these to that party passes, in order; not itself, and of
// `from` only what all paths start at.
[[nodiscard]] std::vector<PartyId> passed_by_all(const ExposureGraph& graph, std::span<const PartyId> from,
                                                 PartyId to);

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_EXPOSURE_GRAPH_H
