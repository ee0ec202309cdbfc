// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/assertions/reply_paths.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cordon::check {

using graph::AttachmentId;
using graph::Place;
using graph::PlaceId;
using graph::VertexId;

ReplyPaths::ReplyPaths(const Context& context) : context_(context) {
  const ir::Policy& policy = context.policy();
  const graph::Topology& topology = context.topology();
  std::map<std::string, std::size_t> by_table;
  for (const ir::DeviceId id : policy.devices.ids()) {
    if (!context.tracks_connections(id)) continue;
    const std::string& table = policy.devices[id].state_sync;
    const auto [known, added] = by_table.try_emplace(table, trackers_.size());
    if (added || table.empty()) trackers_.push_back({id, std::vector<bool>(topology.vertices().size())});
    Trackers& trackers = trackers_[added || table.empty() ? trackers_.size() - 1 : known->second];
    for (const VertexId vertex : topology.vertices_of(id)) trackers.vertices[vertex.value] = true;
  }
}

const ReplyPaths::Result& ReplyPaths::between(PlaceId from, PlaceId to, ir::Family family) {
  const auto [known, added] = known_.try_emplace({from, to, family});
  if (added) known->second = find(from, to, family);
  return known->second;
}

ReplyPaths::Result ReplyPaths::find(PlaceId from, PlaceId to, ir::Family family) const {
  const graph::Topology& topology = context_.topology();
  Result result;
  result.there = topology.leads(from, to, family);
  result.back = topology.leads(to, from, family);
  if (!result.there || !result.back) return result;
  const Place& source = topology.places()[from];
  const Place& target = topology.places()[to];
  for (const Trackers& trackers : trackers_) {
    const auto ends_at = [&](const Place& place) {
      return place.self.valid() && trackers.vertices[place.self.value];
    };
    if (ends_at(source) || ends_at(target) || !on_some_path(trackers, source, target)) continue;
    if (leads_without(trackers.vertices, from, to, family) ||
        leads_without(trackers.vertices, to, from, family)) {
      result.bypassed = trackers.first;
      break;
    }
  }
  return result;
}

// A simple path passes a device exactly when it has an interface in a block between the ends, or stands on
// both.
bool ReplyPaths::on_some_path(const Trackers& trackers, const Place& from, const Place& to) const {
  const graph::Topology& topology = context_.topology();
  for (const VertexId vertex : topology.vertices().ids()) {
    if (!trackers.vertices[vertex.value]) continue;
    if (std::ranges::binary_search(from.attached, vertex) && std::ranges::binary_search(to.attached, vertex))
      return true;
    for (const AttachmentId at : topology.vertices()[vertex].attachments) {
      const graph::Attachment& attachment = topology.attachments()[at];
      if (attachment.core && topology.between(attachment.block, from, to)) return true;
    }
  }
  return false;
}

bool ReplyPaths::leads_without(const std::vector<bool>& left_out, PlaceId from, PlaceId to,
                               ir::Family family) const {
  const graph::Topology& topology = context_.topology();
  const Place& target = topology.places()[to];
  std::vector<bool> seen = left_out;
  std::vector<VertexId> work;
  const auto visit = [&](VertexId vertex) {
    if (!seen[vertex.value]) work.push_back(vertex);
    seen[vertex.value] = true;
  };
  for (const VertexId vertex : topology.places()[from].attached) visit(vertex);
  while (!work.empty()) {
    const VertexId vertex = work.back();
    work.pop_back();
    if (std::ranges::binary_search(target.attached, vertex)) return true;
    const graph::Routing::Ways* stated = topology.stated_ways(vertex, to, family);
    for (const AttachmentId out : stated != nullptr ? *stated : topology.vertices()[vertex].attachments) {
      if (!topology.attachments()[out].core) continue;
      for (const AttachmentId in : topology.attached(topology.attachments()[out].network))
        visit(topology.attachments()[in].vertex);
    }
  }
  return false;
}

}  // namespace cordon::check
