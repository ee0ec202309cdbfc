// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/tracks.h"

#include <algorithm>

namespace cordon::prove {
namespace {

ir::Addresses intersection(const ir::Addresses& a, const ir::Addresses& b) {
  return {.v4 = intersect(a.v4, b.v4), .v6 = intersect(a.v6, b.v6)};
}

}  // namespace

const std::vector<Track>& Tracer::trace(EndId from, EndId to) {
  constexpr std::size_t most_kept = 1000;  // flows between the same ends stand near each other
  if (known_.size() >= most_kept) known_.clear();
  const auto [entry, added] = known_.try_emplace({from, to});
  if (!added) return entry->second;
  trace(from, to, packet::Family::ipv4, entry->second);
  if (ways_->differ_by_family()) trace(from, to, packet::Family::ipv6, entry->second);
  return entry->second;
}

void Tracer::trace(EndId from, EndId to, packet::Family family, std::vector<Track>& tracks) {
  Job job{.family = family,
          .from = groups((*ends_)[from], family),
          .to = groups((*ends_)[to], family),
          .meetings = {},
          .tracks = {}};
  for (std::uint32_t a = 0; a < job.from.size(); ++a) {
    for (std::uint32_t b = 0; b < job.to.size(); ++b) meet(job, a, b);
  }
  std::ranges::sort(job.meetings);
  for (auto first = job.meetings.begin(); first != job.meetings.end();) {
    const auto last = std::find_if(first, job.meetings.end(), [&](const Meeting& meeting) {
      return meeting.kind != first->kind || meeting.place != first->place;
    });
    settle(job, {first, last});
    first = last;
  }
  for (const Group& group : job.to) {
    for (const Part& part : group.parts) {
      if (!part.network.valid()) settle_elsewhere(job, part);
    }
  }
  std::ranges::move(job.tracks, std::back_inserter(tracks));
}

std::vector<Tracer::Group> Tracer::groups(const End& end, packet::Family family) {
  std::vector<Group> found;
  for (Part part : end) {
    if (ways_->differ_by_family()) part.addresses = sets_->of_family(part.addresses, family);
    if (sets_->empty(part.addresses)) continue;
    if (found.empty() || found.back().site != part.site)
      found.push_back({.site = part.site, .parts = {}, .addresses = {}});
    found.back().parts.push_back(part);
  }
  for (Group& group : found) {
    std::vector<SetId> all;
    for (const Part& part : group.parts) all.push_back(part.addresses);
    group.addresses = sets_->unite(std::move(all));
  }
  return found;
}

void Tracer::meet(Job& job, std::uint32_t from, std::uint32_t to) {
  const Way& way = ways_->way(job.from[from].site, job.to[to].site, job.family);
  const auto add = [&](Kind kind, std::uint32_t place) { job.meetings.push_back({kind, place, from, to}); };
  for (const Passage& passage : way.received)
    add(passage.ends_here ? Kind::received_own : Kind::received, passage.edge.value);
  for (const EdgeId edge : way.sent) add(Kind::sent, edge.value);
  for (const Turn& turn : way.entered)
    add(turn.itself ? Kind::entered_own : Kind::entered, turn.vertex.value);
  for (const Turn& turn : way.left) add(turn.itself ? Kind::left_own : Kind::left, turn.vertex.value);
}

void Tracer::settle(Job& job, std::span<const Meeting> place) {
  const Kind kind = place.front().kind;
  if (kind == Kind::received || kind == Kind::received_own || kind == Kind::sent)
    return settle_core(job, place);
  if (kind != Kind::left_own) settle_hosts(job, place);  // what a device sends itself passes no filter
}

// Sources that meet the same destinations make one product.
void Tracer::settle_core(Job& job, std::span<const Meeting> place) {
  std::map<std::vector<SetId>, std::vector<SetId>> products;
  for (auto first = place.begin(); first != place.end();) {
    std::vector<SetId> destinations;
    auto last = first;
    for (; last != place.end() && last->from == first->from; ++last)
      destinations.push_back(job.to[last->to].addresses);
    products[std::move(destinations)].push_back(job.from[first->from].addresses);
    first = last;
  }
  const Kind kind = place.front().kind;
  const Stage stage = kind == Kind::sent           ? Stage::sent
                      : kind == Kind::received_own ? Stage::own
                                                   : Stage::received;
  for (auto& [destinations, sources] : products) {
    add(job,
        {.stage = stage,
         .edge = EdgeId{place.front().place},
         .source = sets_->unite(sources),
         .destination = sets_->unite(destinations)},
        stage != Stage::own);
  }
}

// At a host network only its own hosts enter, and only packets for them leave.
void Tracer::settle_hosts(Job& job, std::span<const Meeting> place) {
  const bool leaving = place.front().kind == Kind::left;
  std::map<std::uint32_t, std::vector<SetId>> others;  // by the group at the interface
  for (const Meeting& meeting : place) {
    others[leaving ? meeting.to : meeting.from].push_back(
        (leaving ? job.from[meeting.from] : job.to[meeting.to]).addresses);
  }
  for (auto& [index, far] : others) {
    const SetId other = sets_->unite(std::move(far));
    for (const Part& part : (leaving ? job.to : job.from)[index].parts)
      add_hosts(job, place.front(), part, other);
  }
}

void Tracer::add_hosts(Job& job, const Meeting& place, const Part& part, SetId other) {
  const bool leaving = place.kind == Kind::left, ends_here = place.kind == Kind::entered_own;
  const Stage entered = ends_here ? Stage::own : Stage::received;
  for (const EdgeId edge : forwarding_->edges_at(part.network)) {
    if (forwarding_->edges()[edge].vertex.value != place.place) continue;
    add(job,
        {.stage = leaving ? Stage::sent : entered,
         .edge = edge,
         .source = leaving ? other : part.addresses,
         .destination = leaving ? part.addresses : other},
        !ends_here);
  }
}

// The device has an address in a host network, and another gateway of that network sends the packet there.
void Tracer::settle_elsewhere(Job& job, const Part& own) {
  const VertexId vertex = ways_->site(own.site).vertices.front();
  const ir::Policy& policy = forwarding_->policy();
  for (const EdgeId edge : forwarding_->vertices()[vertex].edges) {
    const ir::Network& network = policy.networks[forwarding_->edges()[edge].network];
    if (forwarding_->passes_through(forwarding_->edges()[edge].network)) continue;
    ir::Addresses here = intersection((*sets_)[own.addresses], network.addresses);
    for (const packet::Family family : packet::families) {
      if (network.any(family)) here.of(family) = packet::AddressSet(family);
    }
    if (here.empty()) continue;
    const SetId sources = sources_elsewhere(job, own, edge);
    if (!sources.valid()) continue;
    add(job,
        {.stage = Stage::own,
         .edge = edge,
         .source = sources,
         .destination = sets_->add(std::move(here)),
         .elsewhere = true},
        false);
  }
}

SetId Tracer::sources_elsewhere(const Job& job, const Part& own, EdgeId edge) const {
  const VertexId vertex = ways_->site(own.site).vertices.front();
  const ir::NetworkId network = forwarding_->edges()[edge].network;
  const SiteId site = ways_->site_of(network);
  std::vector<SetId> sources;
  for (const Group& group : job.from) {
    const Way& way = ways_->way(group.site, site, job.family);
    const bool sent = std::ranges::any_of(way.left, [&](const Turn& turn) { return turn.vertex != vertex; });
    if (!sent) continue;
    for (const Part& part : group.parts) {
      const ir::Addresses& all = (*sets_)[part.addresses];
      const ir::Addresses& inside = forwarding_->policy().networks[network].addresses;
      ir::Addresses far{.v4 = subtract(all.v4, inside.v4), .v6 = subtract(all.v6, inside.v6)};
      if (!far.empty()) sources.push_back(sets_->add(std::move(far)));
    }
  }
  return sources.empty() ? SetId{} : sets_->unite(std::move(sources));
}

void Tracer::add(Job& job, Track track, bool onward) {
  if (onward) {
    const VertexId vertex = forwarding_->edges()[track.edge].vertex;
    track.source = sets_->without_own(track.source, vertex, *forwarding_);
    track.destination = sets_->without_own(track.destination, vertex, *forwarding_);
  }
  if (!sets_->empty(track.source) && !sets_->empty(track.destination)) job.tracks.push_back(track);
}

}  // namespace cordon::prove
