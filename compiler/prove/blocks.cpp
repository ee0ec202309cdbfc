// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/blocks.h"

#include <algorithm>

namespace cordon::prove {

// One depth-first search over everything, with a stack of its own.
class Blocks::Search {
 public:
  Search(const Graph& graph, Blocks& blocks)
      : graph_(graph), blocks_(blocks), at_(graph.vertices), order_(graph.vertices), low_(graph.vertices) {
    for (std::uint32_t edge = 0; edge < graph.edges.size(); ++edge) {
      for (const std::uint32_t end : graph.edges[edge]) at_[end].push_back(edge);
    }
  }

  void run() {
    for (std::uint32_t root = 0; root < graph_.vertices; ++root) {
      if (order_[root] != 0) continue;
      enter(root, none);
      while (!frames_.empty()) step();
    }
    for (const std::uint32_t vertex : visited_) settle(vertex);
  }

 private:
  struct Frame {
    std::uint32_t vertex, by;  // the edge it was reached by
    std::size_t next = 0;
  };

  void enter(std::uint32_t vertex, std::uint32_t by) {
    visited_.push_back(vertex);
    order_[vertex] = low_[vertex] = static_cast<std::uint32_t>(visited_.size());
    frames_.push_back({vertex, by});
  }

  [[nodiscard]] std::uint32_t other_end(std::uint32_t edge, std::uint32_t vertex) const {
    return graph_.edges[edge][0] == vertex ? graph_.edges[edge][1] : graph_.edges[edge][0];
  }

  void step() {
    Frame& frame = frames_.back();
    if (frame.next == at_[frame.vertex].size()) return leave();
    const std::uint32_t edge = at_[frame.vertex][frame.next++];
    if (edge == frame.by) return;
    const std::uint32_t other = other_end(edge, frame.vertex);
    if (order_[other] == 0) {
      open_.push_back(edge);
      enter(other, edge);
    } else if (order_[other] < order_[frame.vertex]) {
      open_.push_back(edge);
      low_[frame.vertex] = std::min(low_[frame.vertex], order_[other]);
    }
  }

  void leave() {
    const Frame done = frames_.back();
    frames_.pop_back();
    if (frames_.empty()) return;
    const std::uint32_t parent = frames_.back().vertex;
    low_[parent] = std::min(low_[parent], low_[done.vertex]);
    if (low_[done.vertex] >= order_[parent]) close(parent, done.by);
  }

  // Everything since the edge is one block that hangs on the vertex.
  void close(std::uint32_t top, std::uint32_t first) {
    const auto block = static_cast<std::uint32_t>(blocks_.edges_of_.size());
    std::vector<std::uint32_t> edges;
    do {
      edges.push_back(open_.back());
      open_.pop_back();
      blocks_.of_edge_[edges.back()] = block;
      for (const std::uint32_t end : graph_.edges[edges.back()]) {
        if (end != top) blocks_.block_over_[end] = block;
      }
    } while (edges.back() != first);
    blocks_.edges_of_.push_back(std::move(edges));
    blocks_.top_of_.push_back(top);
  }

  // In the order of the search what is nearer to the root comes first.
  void settle(std::uint32_t vertex) {
    const std::uint32_t over = blocks_.block_over_[vertex];
    const std::uint32_t top = over == none ? vertex : blocks_.top_of_[over];
    blocks_.depth_[vertex] = over == none ? 0 : blocks_.depth_[top] + 1;
    blocks_.component_[vertex] = over == none ? vertex : blocks_.component_[top];
  }

  const Graph& graph_;
  Blocks& blocks_;
  std::vector<std::vector<std::uint32_t>> at_;
  std::vector<std::uint32_t> order_, low_, visited_, open_;  // order counts from one
  std::vector<Frame> frames_;
};

Blocks::Blocks(const Graph& graph)
    : of_edge_(graph.edges.size(), none),
      block_over_(graph.vertices, none),
      depth_(graph.vertices),
      component_(graph.vertices) {
  Search(graph, *this).run();
}

void Blocks::between(std::uint32_t a, std::uint32_t b, std::vector<std::uint32_t>& found) const {
  if (component_[a] != component_[b]) return;
  while (a != b) {
    if (depth_[a] < depth_[b]) std::swap(a, b);
    const std::uint32_t block = block_over_[a];
    found.push_back(block);
    if (block_over_[b] == block) return;
    a = top_of_[block];
  }
}

}  // namespace cordon::prove
