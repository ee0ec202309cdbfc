// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/ways.h"

#include <algorithm>

namespace cordon::prove {
namespace {

bool is_at(const Site& site, VertexId vertex) { return std::ranges::binary_search(site.vertices, vertex); }

}  // namespace

Ways::Ways(const Forwarding& forwarding) : forwarding_(&forwarding), routes_(forwarding) {
  const ir::Policy& policy = forwarding.policy();
  for (const ir::NetworkId network : policy.networks.ids()) {
    Site site;
    for (const EdgeId edge : forwarding.edges_at(network))
      site.vertices.push_back(forwarding.edges()[edge].vertex);
    std::ranges::sort(site.vertices);
    site.vertices.erase(std::ranges::unique(site.vertices).begin(), site.vertices.end());
    if (forwarding.passes_through(network)) site.passed = network;
    site.routes = routes_.class_of(network);
    of_network_.push_back(intern(std::move(site)));
  }
  for (const VertexId vertex : forwarding.vertices().ids())
    of_vertex_.push_back(intern({.vertices = {vertex}, .passed = {}, .itself = true, .routes = {}}));
}

SiteId Ways::intern(Site site) {
  const auto [entry, added] = known_.try_emplace(site);
  if (added) entry->second = sites_.push_back(std::move(site));
  return entry->second;
}

const Way& Ways::way(SiteId from, SiteId to, packet::Family family) {
  if (!differ_by_family()) family = packet::Family::ipv4;
  const std::uint64_t ends = (std::uint64_t{from.value} << 32) | to.value;
  const auto [entry, added] = ways_[static_cast<std::size_t>(family)].try_emplace(ends);
  if (added) entry->second = walk(sites_[from], sites_[to], family);
  return entry->second;
}

Way Ways::walk(const Site& from, const Site& to, packet::Family family) const {
  const std::vector<Side> all = sides(from, to, family);
  std::vector<VertexId> vertices;
  for (const Side& side : all) vertices.push_back(side.vertex);
  for (const Site* site : {&from, &to}) {
    vertices.insert(vertices.end(), site->vertices.begin(), site->vertices.end());
  }
  std::ranges::sort(vertices);
  vertices.erase(std::ranges::unique(vertices).begin(), vertices.end());
  Way way;
  for (const VertexId vertex : vertices) {
    const auto here = std::ranges::equal_range(all, vertex, {}, &Side::vertex);
    pass(vertex, here, from, to, way);
  }
  return way;
}

// Every interface of the core that has a part in it, by vertex.
std::vector<Ways::Side> Ways::sides(const Site& from, const Site& to, packet::Family family) const {
  std::vector<std::uint32_t> blocks;
  for (const VertexId a : from.vertices) {
    for (const VertexId b : to.vertices) forwarding_->blocks_between(a, b, blocks);
  }
  std::ranges::sort(blocks);
  blocks.erase(std::ranges::unique(blocks).begin(), blocks.end());
  std::vector<Side> found;
  const auto add = [&](EdgeId edge) {
    const Edge& item = forwarding_->edges()[edge];
    const bool between = std::ranges::binary_search(blocks, item.block);
    const bool at_start = from.passed.valid() && item.network == from.passed;
    const bool at_goal = to.passed.valid() && item.network == to.passed;
    const bool routed = routes_.allows(item.vertex, edge, to.routes, family);
    found.push_back({.vertex = item.vertex,
                     .edge = edge,
                     .source = at_start || (between && !at_goal),
                     .target = routed && (at_goal || (between && !at_start))});
  };
  for (const std::uint32_t block : blocks) std::ranges::for_each(forwarding_->edges_of_block(block), add);
  for (const ir::NetworkId network : {from.passed, to.passed}) {
    if (network.valid()) std::ranges::for_each(forwarding_->edges_at(network), add);
  }
  std::ranges::sort(found, {}, [](const Side& side) { return std::pair(side.vertex, side.edge); });
  found.erase(std::ranges::unique(found, {}, &Side::edge).begin(), found.end());
  return found;
}

void Ways::pass(VertexId vertex, std::span<const Side> sides, const Site& from, const Site& to, Way& way) {
  const bool starts = from.itself && is_at(from, vertex), ends = to.itself && is_at(to, vertex);
  const bool enters = from.hosts() && is_at(from, vertex), leaves = to.hosts() && is_at(to, vertex);
  const auto sources = std::ranges::count_if(sides, &Side::source);
  const auto targets = std::ranges::count_if(sides, &Side::target);
  for (const Side& side : sides) {
    const bool goes_on = leaves || targets > (side.target ? 1 : 0);
    const bool came_in = enters || sources > (side.source ? 1 : 0);
    if (side.source && !starts && (ends || goes_on))
      way.received.push_back({.edge = side.edge, .ends_here = ends});
    if (side.target && !starts && !ends && came_in) way.sent.push_back(side.edge);
  }
  if (enters && (ends || leaves || targets > 0)) way.entered.push_back({.vertex = vertex, .itself = ends});
  if (leaves && (starts || enters || sources > 0)) way.left.push_back({.vertex = vertex, .itself = starts});
}

}  // namespace cordon::prove
