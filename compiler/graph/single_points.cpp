// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/single_points.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "compiler/graph/block_tree.h"

namespace cordon::graph {
namespace {

const std::optional<ir::Redundancy>& redundancy_at(const ir::Policy& policy, const Topology& topology,
                                                   AttachmentId at) {
  const Attachment& attachment = topology.attachments()[at];
  const ir::Device& device = policy.devices[topology.vertices()[attachment.vertex].device];
  return device.interfaces[attachment.interface].redundancy;
}

// The segment at which each routed interface joins the layer 2 of the network.
std::map<AttachmentId, SegmentId> routed_members(const Topology& topology, const Layer2& layer2,
                                                 ir::NetworkId network) {
  std::map<AttachmentId, SegmentId> found;
  for (const Member& member : layer2.span(network).members) {
    if (member.kind != MemberKind::routed) continue;
    const ir::DeviceId device = layer2.segments()[member.segment].device;
    found[topology.attachment(device, member.index)] = member.segment;
  }
  return found;
}

}  // namespace

std::vector<std::vector<AttachmentId>> gateways(const ir::Policy& policy, const Topology& topology,
                                                ir::NetworkId network) {
  const std::vector<AttachmentId>& attached = topology.attached(network);
  if (attached.empty()) return {};
  const ir::Network& where = policy.networks[network];
  if (where.any_ipv4 || where.any_ipv6 || (where.addresses.v4.empty() && !where.addresses.v6.empty()))
    return {attached};
  std::vector<std::vector<AttachmentId>> sets;
  std::map<std::pair<ir::Redundancy::Protocol, std::uint16_t>, std::size_t> known;
  for (const AttachmentId at : attached) {
    const std::optional<ir::Redundancy>& shared = redundancy_at(policy, topology, at);
    const std::size_t fresh = sets.size();
    const std::size_t set =
        shared ? known.try_emplace({shared->protocol, shared->group}, fresh).first->second : fresh;
    if (set == fresh) sets.emplace_back();
    sets[set].push_back(at);
  }
  return sets;
}

std::string to_string(const ir::Policy& policy, const Layer2& layer2, const SinglePoint& point) {
  if (point.device.valid()) return fmt::format("device {}", policy.devices[point.device].name);
  if (point.network.valid()) return fmt::format("network {}", policy.networks[point.network].name);
  const auto end = [&](const CableEnd& each) {
    return fmt::format("{}/{}", policy.devices[layer2.segments()[each.segment].device].name, each.port);
  };
  const Cable& cable = layer2.cables()[point.cable];
  return fmt::format("link {} to {}", end(cable.a), end(cable.b));
}

SinglePoints::SinglePoints(const ir::Policy& policy, const Topology& topology, const Layer2& layer2)
    : policy_(policy), topology_(topology), layer2_(layer2) {
  for (const Vertex& vertex : topology.vertices())
    add_node({.device = vertex.device, .network = {}, .cable = {}});
  for (const ir::NetworkId id : policy.networks.ids()) {
    if (topology.is_transit(id)) add_network(id);
  }
  const std::size_t one_way = edges_.size();
  for (std::size_t i = 0; i < one_way; ++i) join(edges_[i].to, edges_[i].from);
  graph_ = Digraph(static_cast<Node>(things_.size()), std::exchange(edges_, {}));
}

SinglePoints::Node SinglePoints::add_node(SinglePoint thing) {
  things_.push_back(thing);
  return static_cast<Node>(things_.size() - 1);
}

void SinglePoints::add_network(ir::NetworkId id) {
  const Span& span = layer2_.span(id);
  if (!span.joined || span.cables.empty()) {
    const Node node = add_node({.device = {}, .network = id, .cable = {}});
    for (const AttachmentId at : topology_.attached(id)) join(topology_.attachments()[at].vertex.value, node);
    return;
  }
  std::map<SegmentId, Node> segments;
  for (const SegmentId segment : span.reached) {
    segments[segment] = add_node({.device = layer2_.segments()[segment].device, .network = {}, .cable = {}});
  }
  for (const CableId cable : span.cables) {
    const Node node = add_node({.device = {}, .network = {}, .cable = cable});
    join(node, segments.at(layer2_.cables()[cable].a.segment));
    join(node, segments.at(layer2_.cables()[cable].b.segment));
  }
  for (const auto& [at, segment] : routed_members(topology_, layer2_, id))
    join(topology_.attachments()[at].vertex.value, segments.at(segment));
}

// A shortest path when the thing is lost; of no nodes when there is none.
std::vector<SinglePoints::Node> SinglePoints::path(const std::vector<Node>& from, const std::vector<Node>& to,
                                                   const SinglePoint& lost) const {
  std::vector<Node> before(graph_.vertex_count(), Digraph::none), work;
  const auto visit = [&](Node node, Node by) {
    if (before[node] != Digraph::none || things_[node] == lost) return;
    before[node] = by;
    work.push_back(node);
  };
  for (const Node node : from) visit(node, node);
  std::size_t next = 0;
  while (next < work.size()) {
    Node node = work[next++];
    if (std::ranges::find(to, node) != to.end()) {
      std::vector<Node> found{node};
      for (; before[node] != node; node = before[node]) found.push_back(before[node]);
      std::ranges::reverse(found);
      return found;
    }
    for (const std::uint32_t arc : graph_.leaving(node)) visit(graph_.arcs()[arc].to, node);
  }
  return {};
}

// What all paths share lies on any one of them, so only that is tried.
std::vector<SinglePoint> SinglePoints::between(ir::NetworkId from, ir::NetworkId to) const {
  std::vector<SinglePoint> found;
  if (from == to) return found;
  const auto nodes = [&](const std::vector<AttachmentId>& set) {
    std::vector<Node> vertices;
    for (const AttachmentId at : set) vertices.push_back(topology_.attachments()[at].vertex.value);
    return vertices;
  };
  for (const std::vector<AttachmentId>& sources : gateways(policy_, topology_, from)) {
    for (const std::vector<AttachmentId>& targets : gateways(policy_, topology_, to)) {
      const std::vector<Node> starts = nodes(sources), ends = nodes(targets);
      for (const Node node : path(starts, ends, {})) {
        const SinglePoint& thing = things_[node];
        if (thing.network == from || thing.network == to) continue;
        if (std::ranges::find(found, thing) == found.end() && path(starts, ends, thing).empty())
          found.push_back(thing);
      }
    }
  }
  return found;
}

namespace {

// The layer 2 of one network with a last vertex behind a set of its gateways. A device that joins it
// at several segments is lost with all of them, so these meet in a vertex of its own.
class GatewayTree {
 public:
  GatewayTree(const Layer2& layer2, const Span& span, const std::vector<SegmentId>& gateways)
      : layer2_(layer2) {
    for (const CableId cable : span.cables) {
      const Cable& ends = layer2.cables()[cable];
      edges_.push_back({vertex(ends.a.segment), vertex(ends.b.segment)});
      cables_.push_back(cable);
    }
    std::map<ir::DeviceId, std::uint32_t> devices;
    for (const SegmentId segment : gateways) {
      const ir::DeviceId device = layer2.segments()[segment].device;
      const auto [entry, added] = devices.try_emplace(device, 0);
      if (added) entry->second = add({.device = device, .network = {}, .cable = {}});
      edges_.push_back({vertex(segment), entry->second});
    }
    for (const auto& [device, node] : devices) edges_.push_back({node, beyond});
    tree_ = BlockTree(static_cast<std::uint32_t>(things_.size()), edges_);
  }

  // What every way from the segment to the gateways passes, but its own device.
  [[nodiscard]] std::vector<SinglePoint> passed(SegmentId from) const {
    std::vector<SinglePoint> found;
    const auto start = vertices_.find(from);
    if (start == vertices_.end() || tree_.component(start->second) != tree_.component(beyond)) return found;
    const ir::DeviceId own = layer2_.segments()[from].device;
    for (std::uint32_t at = start->second; at != beyond;) {
      const std::uint32_t block = tree_.first_block(at, beyond);
      if (tree_.edges(block).size() == 1 && tree_.edges(block).front() < cables_.size())
        found.push_back({.device = {}, .network = {}, .cable = cables_[tree_.edges(block).front()]});
      at = tree_.gate(block, beyond);
      if (at != beyond && things_[at].device != own) found.push_back(things_[at]);
    }
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
  }

 private:
  std::uint32_t add(SinglePoint thing) {
    things_.push_back(thing);
    return static_cast<std::uint32_t>(things_.size() - 1);
  }
  std::uint32_t vertex(SegmentId segment) {
    const auto [entry, added] = vertices_.try_emplace(segment, 0);
    if (added)
      entry->second = add({.device = layer2_.segments()[segment].device, .network = {}, .cable = {}});
    return entry->second;
  }

  static constexpr std::uint32_t beyond = 0;  // where all gateways lead

  const Layer2& layer2_;
  std::vector<SinglePoint> things_{SinglePoint{}};
  std::map<SegmentId, std::uint32_t> vertices_;
  std::vector<BlockTree::Edge> edges_;  // cables come first
  std::vector<CableId> cables_;
  BlockTree tree_;
};

}  // namespace

std::vector<SinglePoints::Separation> SinglePoints::within(ir::NetworkId network) const {
  const Span& span = layer2_.span(network);
  std::vector<SegmentId> attached;
  for (const Member& member : span.members) {
    if (member.kind != MemberKind::routed) attached.push_back(member.segment);
  }
  std::ranges::sort(attached);
  attached.erase(std::ranges::unique(attached).begin(), attached.end());
  const std::map<AttachmentId, SegmentId> routed = routed_members(topology_, layer2_, network);
  std::map<SinglePoint, std::uint32_t> most;
  for (const std::vector<AttachmentId>& set : gateways(policy_, topology_, network)) {
    std::vector<SegmentId> segments;
    for (const AttachmentId at : set) {
      if (const auto found = routed.find(at); found != routed.end()) segments.push_back(found->second);
    }
    const GatewayTree tree(layer2_, span, segments);
    std::map<SinglePoint, std::uint32_t> separated;
    for (const SegmentId segment : attached) {
      for (const SinglePoint& point : tree.passed(segment)) ++separated[point];
    }
    for (const auto& [point, count] : separated) most[point] = std::max(most[point], count);
  }
  std::vector<Separation> found;
  for (const auto& [point, count] : most) found.push_back({.point = point, .switches = count});
  return found;
}

}  // namespace cordon::graph
