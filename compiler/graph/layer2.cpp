// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/layer2.h"

#include <algorithm>

namespace cordon::graph {

std::string_view parent_port(std::string_view port) {
  const std::size_t dot = port.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == port.size()) return port;
  const bool number = std::ranges::all_of(port.substr(dot + 1), [](char c) { return c >= '0' && c <= '9'; });
  return number ? port.substr(0, dot) : port;
}

Layer2::Layer2(const ir::Policy& policy, const Bridges& bridges)
    : routed_(policy.devices.size()), spans_(policy.networks.size()) {
  for (const ir::DeviceId id : policy.devices.ids()) {
    for (const ir::Interface& interface : policy.devices[id].interfaces) {
      routed_[id.value].emplace(parent_port(interface.port), true);
    }
  }
  add_cables(policy, bridges);
  add_members(policy, bridges);
  linked_.resize(segments_.size());
  std::vector<BlockTree::Edge> edges;
  for (const Cable& cable : cables_) {
    edges.push_back({cable.a.segment.value, cable.b.segment.value});
    linked_[cable.a.segment.value] = linked_[cable.b.segment.value] = true;
  }
  blocks_ = BlockTree(static_cast<std::uint32_t>(segments_.size()), edges);
  for (Span& span : spans_) measure(span);
}

SegmentId Layer2::segment(ir::DeviceId device, std::string_view port) {
  const auto [entry, added] = segment_ids_.try_emplace({device, std::string(port)});
  if (added) entry->second = segments_.push_back({.device = device, .port = std::string(port)});
  return entry->second;
}

bool Layer2::is_routed_port(ir::DeviceId device, std::string_view port) const {
  return routed_[device.value].contains(port);
}

SegmentId Layer2::end_of(ir::DeviceId device, std::string_view port, const Bridges& bridges) {
  return segment(device, is_routed_port(device, port) || !bridges(device) ? port : std::string_view());
}

CableId Layer2::cable_at(ir::DeviceId device, std::string_view port) const {
  const auto found = cable_ids_.find({device, std::string(port)});
  return found == cable_ids_.end() ? CableId{} : found->second;
}

// A link may be declared at one end or at both; a device is never linked to itself.
void Layer2::add_cables(const ir::Policy& policy, const Bridges& bridges) {
  for (const ir::DeviceId id : policy.devices.ids()) {
    for (const ir::Port& port : policy.devices[id].ports) {
      if (!port.to || port.to->device == id || cable_at(id, port.name).valid()) continue;
      const CableId cable = cables_.push_back(
          {.a = {.segment = end_of(id, port.name, bridges), .port = port.name},
           .b = {.segment = end_of(port.to->device, port.to->port, bridges), .port = port.to->port}});
      cable_ids_[{id, port.name}] = cable;
      cable_ids_[{port.to->device, port.to->port}] = cable;
    }
  }
}

void Layer2::add_members(const ir::Policy& policy, const Bridges& bridges) {
  for (const ir::DeviceId id : policy.devices.ids()) {
    const ir::Device& device = policy.devices[id];
    bool bridged = !device.radios.empty();
    for (std::uint32_t i = 0; i < device.ports.size(); ++i) {
      if (is_routed_port(id, device.ports[i].name)) continue;
      bridged = true;
      if (!device.ports[i].access.valid()) continue;
      spans_[device.ports[i].access.value].members.push_back({segment(id, ""), MemberKind::access, i});
    }
    for (std::uint32_t i = 0; i < device.radios.size(); ++i) {
      for (const ir::NetworkId network : device.radios[i].networks) {
        spans_[network.value].members.push_back({segment(id, ""), MemberKind::radio, i});
      }
    }
    for (std::uint32_t i = 0; i < device.interfaces.size(); ++i) {
      const std::string_view port = device.interfaces[i].port;
      const std::string_view parent = parent_port(port);
      const bool own_port = std::ranges::find(device.ports, parent, &ir::Port::name) != device.ports.end();
      const bool routed = parent.size() != port.size() || own_port || cable_at(id, parent).valid();
      const bool logical = !routed && bridged && bridges(id);  // an interface of the switch on a VLAN
      spans_[device.interfaces[i].network.value].members.push_back(
          {segment(id, logical ? std::string_view() : parent), MemberKind::routed, i});
    }
  }
}

void Layer2::measure(Span& span) {
  std::vector<std::uint32_t> vertices;
  for (const Member& member : span.members) vertices.push_back(member.segment.value);
  std::ranges::sort(vertices);
  vertices.erase(std::ranges::unique(vertices).begin(), vertices.end());
  std::ranges::stable_sort(vertices, {}, [&](std::uint32_t vertex) { return blocks_.component(vertex); });
  for (std::size_t first = 0; first < vertices.size();) {
    std::size_t last = first;
    while (last < vertices.size() && blocks_.component(vertices[last]) == blocks_.component(vertices[first]))
      ++last;
    if (last - first < vertices.size()) span.joined = false;
    for (const std::uint32_t block : blocks_.spanned(std::span(vertices).subspan(first, last - first))) {
      for (const std::uint32_t edge : blocks_.edges(block)) span.cables.push_back(CableId{edge});
    }
    first = last;
  }
  std::ranges::sort(span.cables);
  for (const std::uint32_t vertex : vertices) span.reached.push_back(SegmentId{vertex});
  for (const CableId cable : span.cables) {
    span.reached.insert(span.reached.end(), {cables_[cable].a.segment, cables_[cable].b.segment});
  }
  std::ranges::sort(span.reached);
  span.reached.erase(std::ranges::unique(span.reached).begin(), span.reached.end());
}

bool Layer2::leads_to(CableId cable, SegmentId from, SegmentId to) const {
  if (from == to || blocks_.component(from.value) != blocks_.component(to.value)) return false;
  return blocks_.gate(blocks_.block_of(cable.value), to.value) != from.value;
}

}  // namespace cordon::graph
