// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// "Lies on a simple path between": answered from the block-cut tree, without walking any path.
//
// A block is a largest piece of a graph that no single vertex can cut in two, or a lone bridge. Blocks
// and vertices form a forest; an edge lies on a simple path between two vertices exactly when its block
// lies on the tree path between them.
#ifndef COMPILER_GRAPH_BLOCK_TREE_H
#define COMPILER_GRAPH_BLOCK_TREE_H

#include <cstdint>
#include <span>
#include <vector>

namespace cordon::graph {

class BlockTree {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  struct Edge {
    std::uint32_t a = 0, b = 0;
  };

  // Edges may repeat: they share a block. No edge joins a vertex to itself.
  BlockTree(std::uint32_t vertex_count, std::span<const Edge> edges);
  BlockTree() = default;

  [[nodiscard]] std::uint32_t block_count() const { return block_count_; }
  [[nodiscard]] std::uint32_t block_of(std::uint32_t edge) const { return edge_blocks_[edge]; }
  [[nodiscard]] std::span<const std::uint32_t> edges(std::uint32_t block) const;
  [[nodiscard]] bool is_bridge(std::uint32_t block) const;  // two vertices, joined by one or more edges

  // Vertices of one component have one number; so has a block.
  [[nodiscard]] std::uint32_t component(std::uint32_t vertex) const { return nodes_[vertex].component; }
  [[nodiscard]] std::uint32_t block_component(std::uint32_t block) const {
    return nodes_[vertex_count_ + block].component;
  }

  // The vertex of the block through which every path from it to `vertex` leaves; `vertex` itself when
  // it belongs to the block. Both are of one component.
  [[nodiscard]] std::uint32_t gate(std::uint32_t block, std::uint32_t vertex) const;

  // The first block on every path between two different vertices of one component.
  [[nodiscard]] std::uint32_t first_block(std::uint32_t from, std::uint32_t to) const;

  // The blocks on the tree paths between any two of the vertices, each once, in an order that depends
  // on the graph only. Linear in the length of those paths.
  [[nodiscard]] std::vector<std::uint32_t> spanned(std::span<const std::uint32_t> vertices) const;

 private:
  // Vertices come first, blocks after them. `enter` and `leave` number the walk over the forest.
  struct Node {
    std::uint32_t parent = none;
    std::uint32_t component = none;
    std::uint32_t depth = 0;
    std::uint32_t enter = 0, leave = 0;
  };

  void root_forest();
  [[nodiscard]] bool within(std::uint32_t node, std::uint32_t ancestor) const {
    return nodes_[ancestor].enter <= nodes_[node].enter && nodes_[node].enter < nodes_[ancestor].leave;
  }
  [[nodiscard]] std::uint32_t child_towards(std::uint32_t ancestor, std::uint32_t node) const;

  std::uint32_t vertex_count_ = 0;
  std::uint32_t block_count_ = 0;
  std::vector<std::uint32_t> edge_blocks_;
  std::vector<std::uint32_t> block_edges_, block_edge_starts_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> children_, child_starts_;  // of each node, ascending by `enter`
};

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_BLOCK_TREE_H
