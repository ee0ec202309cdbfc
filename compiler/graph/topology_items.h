// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Vertices and edges of the routed network.
#ifndef COMPILER_GRAPH_TOPOLOGY_ITEMS_H
#define COMPILER_GRAPH_TOPOLOGY_ITEMS_H

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/graph/block_tree.h"
#include "compiler/ir/policy.h"

namespace cordon::graph {

using VertexId = Id<struct VertexTag>;          // a device in one VRF
using AttachmentId = Id<struct AttachmentTag>;  // a routed interface

struct Vertex {
  ir::DeviceId device;
  std::string vrf;
  std::vector<AttachmentId> attachments;
};

struct Attachment {
  VertexId vertex;
  ir::NetworkId network;
  std::uint32_t interface = 0;  // position in the device
  bool core = false;            // leads to a transit network
  std::uint32_t block = BlockTree::none;
};

struct RoutedGraph {
  IdVector<VertexId, Vertex> vertices;
  IdVector<AttachmentId, Attachment> attachments;
  std::vector<std::vector<AttachmentId>> by_network;
};

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_TOPOLOGY_ITEMS_H
