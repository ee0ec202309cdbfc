// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/trails.h"

#include <algorithm>
#include <cstdint>

namespace cordon::change {
namespace {

using graph::AttachmentId;
using graph::VertexId;

// Trails that were begun; beyond these the network has too many ways to list.
constexpr std::size_t most_begun = 20'000;

class Walk {
 public:
  Walk(const graph::Topology& topology, const TrailEnd& from, const TrailEnd& to, ir::Family family)
      : topology_(topology), from_(from), to_(to), family_(family) {
    find_blocks();
  }

  Trails run() {
    if (from_.network.valid()) {
      for (const AttachmentId in : topology_.attached(from_.network)) arrive(none, in);
    } else {
      for (const VertexId vertex : from_.vertices)
        begun_.push_back({.parent = none, .vertex = vertex, .in = {}, .out = {}});
    }
    for (std::uint32_t at = 0; at < begun_.size(); ++at) {
      if (trails_.found.size() == most_trails || begun_.size() > most_begun) {
        trails_.all = false;
        break;
      }
      go_on(at);
    }
    return std::move(trails_);
  }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  struct Begun {
    std::uint32_t parent = none;
    VertexId vertex;
    AttachmentId in;
    AttachmentId out;  // by which the parent was left
  };

  [[nodiscard]] VertexId vertex_of(AttachmentId at) const { return topology_.attachments()[at].vertex; }
  [[nodiscard]] ir::NetworkId network_of(AttachmentId at) const {
    return topology_.attachments()[at].network;
  }
  [[nodiscard]] bool is_goal(VertexId vertex) const {
    return std::ranges::find(to_.vertices, vertex) != to_.vertices.end();
  }

  [[nodiscard]] bool visited(std::uint32_t at, VertexId vertex) const {
    for (; at != none; at = begun_[at].parent) {
      if (begun_[at].vertex == vertex) return true;
    }
    return false;
  }
  [[nodiscard]] bool visited(std::uint32_t at, ir::NetworkId network) const {
    for (; at != none; at = begun_[at].parent) {
      if (begun_[at].in.valid() && network_of(begun_[at].in) == network) return true;
    }
    return false;
  }

  // What lies in no block between the ends leads nowhere.
  void find_blocks() {
    between_.resize(topology_.blocks().block_count());
    for (std::uint32_t block = 0; block < between_.size(); ++block) {
      for (const graph::PlaceId a : places(from_)) {
        for (const graph::PlaceId b : places(to_))
          between_[block] =
              between_[block] || topology_.between(block, topology_.places()[a], topology_.places()[b]);
      }
    }
  }
  [[nodiscard]] std::vector<graph::PlaceId> places(const TrailEnd& end) const {
    if (end.network.valid()) return {topology_.place(end.network)};
    std::vector<graph::PlaceId> places;
    for (const VertexId vertex : end.vertices) places.push_back(topology_.place(vertex));
    return places;
  }
  [[nodiscard]] bool leads_on(AttachmentId out) const {
    const graph::Attachment& attachment = topology_.attachments()[out];
    return !attachment.core || between_[attachment.block];
  }

  void arrive(std::uint32_t parent, AttachmentId in, AttachmentId out = {}) {
    begun_.push_back({.parent = parent, .vertex = vertex_of(in), .in = in, .out = out});
  }

  void go_on(std::uint32_t at) {
    const VertexId vertex = begun_[at].vertex;
    const bool start = !begun_[at].in.valid();
    if (!start && is_goal(vertex)) return finish(at, {});
    const graph::Routing::Ways* stated =
        to_.network.valid() ? topology_.stated_ways(vertex, topology_.place(to_.network), family_) : nullptr;
    for (const AttachmentId out : stated != nullptr ? *stated : topology_.vertices()[vertex].attachments) {
      if (out != begun_[at].in && (network_of(out) == to_.network || leads_on(out))) leave(at, out);
    }
  }

  void leave(std::uint32_t at, AttachmentId out) {
    const ir::NetworkId network = network_of(out);
    if (network == to_.network) return finish(at, out);
    if (network == from_.network || visited(at, network)) return;
    const bool transit = topology_.is_transit(network);
    for (const AttachmentId in : topology_.attached(network)) {
      const VertexId next = vertex_of(in);
      // A host network is the middle of no way, but a device that stands on it is reached through it.
      if ((transit || is_goal(next)) && !visited(at, next)) arrive(at, in, out);
    }
  }

  void finish(std::uint32_t at, AttachmentId last) {
    Trail trail;
    for (AttachmentId out = last; at != none; at = begun_[at].parent) {
      trail.push_back({.vertex = begun_[at].vertex, .in = begun_[at].in, .out = out});
      out = begun_[at].out;
    }
    std::ranges::reverse(trail);
    if (trails_.found.size() < most_trails) {
      trails_.found.push_back(std::move(trail));
    } else {
      trails_.all = false;
    }
  }

  const graph::Topology& topology_;
  const TrailEnd& from_;
  const TrailEnd& to_;
  ir::Family family_;
  std::vector<bool> between_;  // by block
  std::vector<Begun> begun_;
  Trails trails_;
};

}  // namespace

Trails find_trails(const graph::Topology& topology, const TrailEnd& from, const TrailEnd& to,
                   ir::Family family) {
  return Walk(topology, from, to, family).run();
}

std::vector<Trail> find_hairpins(const graph::Topology& topology, ir::NetworkId network) {
  std::vector<Trail> trails;
  if (topology.is_transit(network)) return trails;
  for (const AttachmentId at : topology.attached(network))
    trails.push_back({{.vertex = topology.attachments()[at].vertex, .in = at, .out = at}});
  return trails;
}

}  // namespace cordon::change
