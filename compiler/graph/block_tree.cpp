// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/block_tree.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>
#include <utility>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>

namespace cordon::graph {
namespace {

using EdgeProperty = boost::property<boost::edge_index_t, std::size_t>;
using Graph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, EdgeProperty>;

// The simple graph under the edges (repetitions share an edge), and the simple edge of each.
struct Simple {
  std::vector<BlockTree::Edge> edges;
  std::vector<std::uint32_t> of;
};

Simple simplify(std::span<const BlockTree::Edge> edges) {
  std::vector<std::uint32_t> order(edges.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto key = [&](std::uint32_t i) { return std::minmax(edges[i].a, edges[i].b); };
  const auto ends = [&](std::uint32_t i) {
    const auto [low, high] = key(i);
    return std::pair{low, high};
  };
  std::ranges::stable_sort(order, {}, ends);
  Simple simple;
  simple.of.resize(edges.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (k == 0 || ends(order[k]) != ends(order[k - 1])) simple.edges.push_back(edges[order[k]]);
    simple.of[order[k]] = static_cast<std::uint32_t>(simple.edges.size() - 1);
  }
  return simple;
}

// The block of each simple edge.
std::vector<std::uint32_t> biconnected(std::uint32_t vertex_count, const std::vector<BlockTree::Edge>& edges,
                                       std::uint32_t& block_count) {
  Graph graph(vertex_count);
  for (std::size_t i = 0; i < edges.size(); ++i) boost::add_edge(edges[i].a, edges[i].b, i, graph);
  std::vector<std::uint32_t> blocks(edges.size());
  const auto index = boost::get(boost::edge_index, graph);
  block_count = static_cast<std::uint32_t>(
      boost::biconnected_components(graph, boost::make_iterator_property_map(blocks.begin(), index)));
  return blocks;
}

// Lists by key, one after the other: items of key k are `items[starts[k] .. starts[k + 1])`.
void bucket(const std::vector<std::uint32_t>& keys, std::uint32_t key_count,
            std::vector<std::uint32_t>& items, std::vector<std::uint32_t>& starts) {
  starts.assign(key_count + 1, 0);
  for (const std::uint32_t key : keys) ++starts[key + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  items.resize(keys.size());
  std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
  for (std::uint32_t i = 0; i < keys.size(); ++i) items[next[keys[i]]++] = i;
}

}  // namespace

BlockTree::BlockTree(std::uint32_t vertex_count, std::span<const Edge> edges) : vertex_count_(vertex_count) {
  const Simple simple = simplify(edges);
  const std::vector<std::uint32_t> blocks = biconnected(vertex_count, simple.edges, block_count_);
  edge_blocks_.resize(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) edge_blocks_[i] = blocks[simple.of[i]];
  bucket(edge_blocks_, block_count_, block_edges_, block_edge_starts_);

  // The forest's edges, both ways: a vertex and each block it belongs to.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> joins;
  for (std::size_t i = 0; i < simple.edges.size(); ++i) {
    joins.emplace_back(simple.edges[i].a, vertex_count_ + blocks[i]);
    joins.emplace_back(simple.edges[i].b, vertex_count_ + blocks[i]);
  }
  std::ranges::sort(joins);
  joins.erase(std::ranges::unique(joins).begin(), joins.end());
  nodes_.resize(vertex_count_ + block_count_);
  std::vector<std::uint32_t> keys, others;
  for (const auto& [vertex, block] : joins) {
    keys.insert(keys.end(), {vertex, block});
    others.insert(others.end(), {block, vertex});
  }
  std::vector<std::uint32_t> items;
  bucket(keys, vertex_count_ + block_count_, items, child_starts_);
  children_.resize(items.size());
  std::ranges::transform(items, children_.begin(), [&](std::uint32_t i) { return others[i]; });
  root_forest();
}

// Numbers the forest by a walk without recursion, so that a long chain costs no stack. Until here
// `children_` holds all neighbours; afterwards the parent stands first and the rest ascend by `enter`.
void BlockTree::root_forest() {
  std::uint32_t clock = 0, components = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> stack;  // node, next neighbour
  for (std::uint32_t root = 0; root < vertex_count_; ++root) {
    if (nodes_[root].component != none) continue;
    nodes_[root].component = components;
    nodes_[root].enter = clock++;
    stack.emplace_back(root, child_starts_[root]);
    while (!stack.empty()) {
      auto& [node, next] = stack.back();
      if (next == child_starts_[node + 1]) {
        nodes_[node].leave = clock;
        stack.pop_back();
        continue;
      }
      const std::uint32_t child = children_[next++];
      if (child == nodes_[node].parent) continue;
      nodes_[child] = {
          .parent = node, .component = components, .depth = nodes_[node].depth + 1, .enter = clock++};
      stack.emplace_back(child, child_starts_[child]);
    }
    ++components;
  }
  for (std::uint32_t node = 0; node < nodes_.size(); ++node) {
    const std::uint32_t parent = nodes_[node].parent;
    const auto rank = [&](std::uint32_t other) { return other == parent ? 0 : nodes_[other].enter + 1; };
    std::sort(children_.begin() + child_starts_[node], children_.begin() + child_starts_[node + 1],
              [&](std::uint32_t x, std::uint32_t y) { return rank(x) < rank(y); });
  }
}

std::span<const std::uint32_t> BlockTree::edges(std::uint32_t block) const {
  return std::span(block_edges_)
      .subspan(block_edge_starts_[block], block_edge_starts_[block + 1] - block_edge_starts_[block]);
}

bool BlockTree::is_bridge(std::uint32_t block) const {
  return child_starts_[vertex_count_ + block + 1] - child_starts_[vertex_count_ + block] == 2;
}

std::uint32_t BlockTree::child_towards(std::uint32_t ancestor, std::uint32_t node) const {
  const std::uint32_t skip = nodes_[ancestor].parent == none ? 0 : 1;
  const auto first = children_.begin() + child_starts_[ancestor] + skip;
  const auto last = children_.begin() + child_starts_[ancestor + 1];
  const auto after =
      std::upper_bound(first, last, nodes_[node].enter,
                       [&](std::uint32_t enter, std::uint32_t child) { return enter < nodes_[child].enter; });
  return *(after - 1);
}

std::uint32_t BlockTree::gate(std::uint32_t block, std::uint32_t vertex) const {
  const std::uint32_t here = vertex_count_ + block;
  return within(vertex, here) ? child_towards(here, vertex) : nodes_[here].parent;
}

std::uint32_t BlockTree::first_block(std::uint32_t from, std::uint32_t to) const {
  const std::uint32_t node = within(to, from) ? child_towards(from, to) : nodes_[from].parent;
  return node - vertex_count_;
}

std::vector<std::uint32_t> BlockTree::spanned(std::span<const std::uint32_t> vertices) const {
  std::vector<std::uint32_t> blocks;
  if (vertices.empty()) return blocks;
  std::unordered_set<std::uint32_t> marked{vertices.front()};
  const auto mark = [&](std::uint32_t node) {
    marked.insert(node);
    if (node >= vertex_count_) blocks.push_back(node - vertex_count_);
  };
  std::uint32_t apex = vertices.front();
  for (std::uint32_t node : vertices) {
    while (!marked.contains(node)) {
      if (nodes_[node].depth >= nodes_[apex].depth) {
        mark(node);
        node = nodes_[node].parent;
      } else {
        apex = nodes_[apex].parent;
        if (!marked.contains(apex)) mark(apex);
      }
    }
  }
  std::ranges::sort(blocks);
  return blocks;
}

}  // namespace cordon::graph
