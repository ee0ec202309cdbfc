// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Small random directed graphs, and the plain answers about them: by walking everything.
#ifndef TESTS_UNIT_GRAPH_DIGRAPHS_H
#define TESTS_UNIT_GRAPH_DIGRAPHS_H

#include <cstdint>
#include <functional>
#include <set>
#include <vector>

#include "compiler/graph/digraph.h"
#include "paths.h"

namespace cordon::graph::testing {

struct DigraphCase {
  Digraph graph;
  std::vector<std::uint32_t> sources, targets;  // one or two of each, at random
};
// Two to seven vertices with one to four arcs each; some arcs twice, some from a vertex to itself.
[[nodiscard]] DigraphCase random_digraph(std::uint64_t seed);

// Says of a vertex or an arc whether it is gone.
using Gone = std::function<bool(std::uint32_t)>;
[[nodiscard]] std::set<std::uint32_t> walked(const Digraph& graph, const std::vector<std::uint32_t>& from,
                                             const Gone& vertex_gone = {}, const Gone& arc_gone = {});
[[nodiscard]] bool leads(const Digraph& graph, const std::vector<std::uint32_t>& from,
                         const std::vector<std::uint32_t>& to, const Gone& vertex_gone = {},
                         const Gone& arc_gone = {});

// Every simple path that meets one source, its first stop, and one target, its last; vertices in `through`
// are no stops and may be passed again.
[[nodiscard]] std::set<std::vector<std::uint32_t>> all_paths(const DigraphCase& made,
                                                             const std::vector<bool>& through);

}  // namespace cordon::graph::testing

#endif  // TESTS_UNIT_GRAPH_DIGRAPHS_H
