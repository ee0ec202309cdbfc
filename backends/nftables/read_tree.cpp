// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_tree.h"

#include <algorithm>

namespace cordon::backends::nftables::reading {
namespace {

constexpr std::size_t longest_label = 200;

}  // namespace

NodeId Tree::add(Node node, std::initializer_list<NodeId> children) {
  const NodeId parent = nodes_.push_back(node);
  NodeId last;
  for (const NodeId child : children) adopt(parent, last, child);
  return parent;
}

void Tree::adopt(NodeId parent, NodeId& last, NodeId child) {
  if (last.valid()) {
    nodes_[last].next = child;
  } else {
    nodes_[parent].first = child;
  }
  last = child;
}

NodeId Tree::child(NodeId id, std::size_t index) const {
  NodeId child = nodes_[id].first;
  while (index-- > 0 && child.valid()) child = nodes_[child].next;
  return child;
}

std::string shown(std::string_view text) {
  std::string out(text.substr(0, longest_label));
  std::ranges::replace_if(
      out, [](char c) { return c < ' ' || c > '~'; }, '?');
  return out;
}

}  // namespace cordon::backends::nftables::reading
