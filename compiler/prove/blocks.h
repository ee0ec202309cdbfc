// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Blocks (biconnected components) of a multigraph, and which of them lie between two vertices.
//
// An edge lies on a simple path between two vertices exactly when its block lies between them in the tree
// of blocks and vertices: so no path is ever walked. Linear in the edges (Hopcroft and Tarjan, 1973).
#ifndef COMPILER_PROVE_BLOCKS_H
#define COMPILER_PROVE_BLOCKS_H

#include <array>
#include <cstdint>
#include <vector>

namespace cordon::prove {

struct Graph {
  std::uint32_t vertices = 0;
  std::vector<std::array<std::uint32_t, 2>> edges;  // parallel ones are fine, loops are not
};

class Blocks {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  explicit Blocks(const Graph& graph);

  [[nodiscard]] std::size_t count() const { return edges_of_.size(); }
  [[nodiscard]] std::uint32_t of_edge(std::uint32_t edge) const { return of_edge_[edge]; }
  [[nodiscard]] const std::vector<std::uint32_t>& edges_of(std::uint32_t block) const {
    return edges_of_[block];
  }

  // Appends the blocks between two vertices; none when they are the same or not connected.
  void between(std::uint32_t a, std::uint32_t b, std::vector<std::uint32_t>& found) const;

 private:
  class Search;

  std::vector<std::uint32_t> of_edge_;
  std::vector<std::vector<std::uint32_t>> edges_of_;
  std::vector<std::uint32_t> top_of_;      // the vertex of a block that is nearest to the root
  std::vector<std::uint32_t> block_over_;  // the block between a vertex and the root; none at the root
  std::vector<std::uint32_t> depth_, component_;
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_BLOCKS_H
