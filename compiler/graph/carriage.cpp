// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/carriage.h"

#include <algorithm>
#include <utility>

namespace cordon::graph {

ExtentId Extents::intern(Extent extent) {
  const auto [entry, added] =
      ids_.try_emplace(std::move(extent), ExtentId{static_cast<std::uint32_t>(extents_.size())});
  if (added) extents_.push_back(&entry->first);
  return entry->second;
}

// Places that no question about one interface can tell apart.
struct Carriage::Group {
  std::vector<std::uint32_t> key;
  Extent places;
};

Carriage::Carriage(const Topology& topology, Extents& extents, std::vector<bool> wanted)
    : topology_(topology), extents_(extents), wanted_(std::move(wanted)) {}

// The interface stands on the (transit) network that the place is.
bool Carriage::stands_on(AttachmentId at, const Place& place) const {
  return place.transit.valid() && topology_.attachments()[at].network == place.transit;
}

// The device has an interface on the network of the place, other than this one.
bool Carriage::attached_elsewhere(AttachmentId at, const Place& place) const {
  const VertexId vertex = topology_.attachments()[at].vertex;
  if (place.self.valid() || !std::ranges::binary_search(place.attached, vertex)) return false;
  if (!place.transit.valid()) return true;  // a host network, and this interface is of the core
  return std::ranges::any_of(topology_.attached(place.transit), [&](AttachmentId other) {
    return other != at && topology_.attachments()[other].vertex == vertex;
  });
}

// A packet of the pair may come in here, whatever it does next.
bool Carriage::source_side(AttachmentId at, const Place& from, const Place& to) const {
  if (stands_on(at, from)) return true;
  return !stands_on(at, to) && topology_.between(topology_.attachments()[at].block, from, to);
}

// A packet of the pair may go out here, wherever it came from.
bool Carriage::destination_side(AttachmentId at, const Place& from, const Place& to, PlaceId to_id,
                                ir::Family family) const {
  if (!routed(topology_.attachments()[at].vertex, at, to_id, family)) return false;
  if (stands_on(at, to)) return true;
  return !stands_on(at, from) && topology_.between(topology_.attachments()[at].block, from, to);
}

bool Carriage::routed(VertexId vertex, AttachmentId out, PlaceId to, ir::Family family) const {
  const Routing::Ways* stated = topology_.stated_ways(vertex, to, family);
  return stated == nullptr || std::ranges::find(*stated, out) != stated->end();
}

Passage Carriage::enters(AttachmentId at, PlaceId from_id, PlaceId to_id, ir::Family family) const {
  const Place& from = topology_.places()[from_id];
  const Place& to = topology_.places()[to_id];
  const VertexId vertex = topology_.attachments()[at].vertex;
  if (from.self == vertex || !source_side(at, from, to)) return Passage::none;
  if (to.self == vertex) return Passage::self;
  if (attached_elsewhere(at, to)) return Passage::forwarded;
  for (const AttachmentId out : topology_.vertices()[vertex].attachments) {
    if (out == at || !topology_.attachments()[out].core) continue;
    if (destination_side(out, from, to, to_id, family)) return Passage::forwarded;
  }
  return Passage::none;
}

Passage Carriage::leaves(AttachmentId at, PlaceId from_id, PlaceId to_id, ir::Family family) const {
  const Place& from = topology_.places()[from_id];
  const Place& to = topology_.places()[to_id];
  const VertexId vertex = topology_.attachments()[at].vertex;
  if (to.self == vertex || !destination_side(at, from, to, to_id, family)) return Passage::none;
  if (from.self == vertex) return Passage::self;
  if (attached_elsewhere(at, from)) return Passage::forwarded;
  for (const AttachmentId in : topology_.vertices()[vertex].attachments) {
    if (in == at || !topology_.attachments()[in].core) continue;
    if (source_side(in, from, to)) return Passage::forwarded;
  }
  return Passage::none;
}

// Packets from the host network behind the interface find a way on, as the device states it.
bool Carriage::onward(AttachmentId leaf, PlaceId to_id, ir::Family family) const {
  const Attachment& attachment = topology_.attachments()[leaf];
  const Place& from = topology_.places()[topology_.place(attachment.network)];
  const Routing::Ways* stated = topology_.stated_ways(attachment.vertex, to_id, family);
  return stated == nullptr || std::ranges::any_of(*stated, [&](AttachmentId out) {
           return topology_.attachments()[out].core &&
                  destination_side(out, from, topology_.places()[to_id], to_id, family);
         });
}

// Interfaces in the blocks that the places span, and those on transit networks that are places
// themselves: nothing else can carry one of the pairs.
std::vector<AttachmentId> Carriage::touched(const Extent& from, const Extent& to) const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;  // component, device
  std::vector<AttachmentId> found;
  const auto add = [&](AttachmentId id) {
    if (wanted_[topology_.vertices()[topology_.attachments()[id].vertex].device.value]) found.push_back(id);
  };
  for (const Extent* extent : {&from, &to}) {
    for (const PlaceId id : *extent) {
      const Place& place = topology_.places()[id];
      for (const VertexId vertex : place.attached)
        ends.emplace_back(topology_.component(vertex), vertex.value);
      if (place.transit.valid()) std::ranges::for_each(topology_.attached(place.transit), add);
    }
  }
  std::ranges::sort(ends);
  ends.erase(std::ranges::unique(ends).begin(), ends.end());
  std::vector<std::uint32_t> vertices;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    vertices.push_back(ends[i].second);
    if (i + 1 < ends.size() && ends[i + 1].first == ends[i].first) continue;
    for (const std::uint32_t block : topology_.blocks().spanned(vertices)) {
      for (const std::uint32_t edge : topology_.attachments_in(block)) add(topology_.core_edge(edge));
    }
    vertices.clear();
  }
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  return found;
}

// What `enters` and `leaves` can tell apart at a core interface. Coarse: the gates of the block, and
// whether the place hangs at the device or beyond it. Fine, where a transit network is an end or routes
// are stated: also through which block of the device, and by which gate of that.
std::vector<Carriage::Group> Carriage::group(AttachmentId at, const Extent& extent, bool fine) const {
  constexpr std::uint32_t here = BlockTree::none, beyond = BlockTree::none - 1, alone = BlockTree::none - 2;
  const Attachment& attachment = topology_.attachments()[at];
  const BlockTree& blocks = topology_.blocks();
  const std::uint32_t device = attachment.vertex.value;
  std::vector<Group> groups;
  std::map<std::vector<std::uint32_t>, std::size_t> known;
  for (const PlaceId id : extent) {
    const Place& place = topology_.places()[id];
    std::vector<std::uint32_t> key;
    if (fine || place.transit.valid() || place.self == attachment.vertex) key = {alone, id.value};
    for (const VertexId vertex : place.attached) {
      if (!key.empty() && key.front() == alone) break;
      if (topology_.component(vertex) != topology_.component(attachment.vertex)) continue;
      const std::uint32_t gate = blocks.gate(attachment.block, vertex.value);
      key.push_back(gate);
      if (vertex.value == device) {
        key.push_back(here);
      } else if (gate == device) {
        key.push_back(beyond);
      }
    }
    if (key.empty()) continue;  // of another component
    if (key.front() != alone) {
      std::ranges::sort(key);
      key.erase(std::ranges::unique(key).begin(), key.end());
    }
    const auto [entry, added] = known.try_emplace(key, groups.size());
    if (added) groups.push_back({.key = std::move(key), .places = {}});
    groups[entry->second].places.push_back(id);
  }
  return groups;
}

namespace {

struct Row {
  std::vector<std::uint32_t> columns;
  Extent places;
};

Extent gather(const std::vector<const Extent*>& parts) {
  Extent all;
  for (const Extent* part : parts) all.insert(all.end(), part->begin(), part->end());
  std::ranges::sort(all);
  return all;
}

}  // namespace

// Source groups that may go to the same destinations become one product.
void Carriage::carry_groups(AttachmentId at, ExtentId from, ExtentId to, ir::Family family, bool leaving,
                            std::vector<Carried>& carried) {
  const bool fine =
      topology_.states_routes(topology_.attachments()[at].vertex) ||
      std::ranges::any_of(extents_[from],
                          [&](PlaceId id) { return topology_.places()[id].transit.valid(); }) ||
      std::ranges::any_of(extents_[to], [&](PlaceId id) { return topology_.places()[id].transit.valid(); });
  const std::vector<Group> sources = group(at, extents_[from], fine);
  const std::vector<Group> targets = group(at, extents_[to], fine);
  for (const Passage passage : {Passage::forwarded, Passage::self}) {
    std::map<std::vector<std::uint32_t>, std::vector<const Extent*>> rows;
    for (const Group& source : sources) {
      std::vector<std::uint32_t> columns;
      for (std::uint32_t k = 0; k < targets.size(); ++k) {
        const PlaceId s = source.places.front(), d = targets[k].places.front();
        if ((leaving ? leaves(at, s, d, family) : enters(at, s, d, family)) == passage) columns.push_back(k);
      }
      if (!columns.empty()) rows[std::move(columns)].push_back(&source.places);
    }
    for (const auto& [columns, parts] : rows) {
      std::vector<const Extent*> reached;
      for (const std::uint32_t k : columns) reached.push_back(&targets[k].places);
      carried.push_back({.at = at,
                         .passage = passage,
                         .leaving = leaving,
                         .from = extents_.intern(gather(parts)),
                         .to = extents_.intern(gather(reached))});
    }
  }
}

void Carriage::carry(AttachmentId at, ExtentId from, ExtentId to, ir::Family family,
                     std::vector<Carried>& carried) {
  if (extents_[from].size() > 1 || extents_[to].size() > 1) {
    carry_groups(at, from, to, family, false, carried);
    carry_groups(at, from, to, family, true, carried);
    return;
  }
  const PlaceId s = extents_[from].front(), d = extents_[to].front();
  const Passage in = enters(at, s, d, family);
  if (in != Passage::none)
    carried.push_back({.at = at, .passage = in, .leaving = false, .from = from, .to = to});
  const Passage out = leaves(at, s, d, family);
  if (out != Passage::none)
    carried.push_back({.at = at, .passage = out, .leaving = true, .from = from, .to = to});
}

const std::vector<Carried>& Carriage::across(ExtentId from, ExtentId to, ir::Family family) {
  if (!topology_.states_routes()) family = ir::Family::ipv4;
  const auto [entry, added] = pairs_.try_emplace({from, to, family});
  if (added && !extents_[from].empty() && !extents_[to].empty()) {
    std::vector<Carried> carried;
    for (const AttachmentId at : touched(extents_[from], extents_[to])) carry(at, from, to, family, carried);
    entry->second = std::move(carried);
  }
  return entry->second;
}

Carriage::Beyond Carriage::beyond(AttachmentId leaf, ExtentId others, bool leaving, ir::Family family) {
  const VertexId vertex = topology_.attachments()[leaf].vertex;
  const bool stated = topology_.states_routes(vertex);
  const auto key = std::tuple{
      (stated ? leaf.value * 4 + (leaving ? 2U : 0U) + static_cast<std::uint32_t>(family) : vertex.value) *
              2 +
          (stated ? 1U : 0U),
      others.value};
  if (const auto known = beyond_.find(key); known != beyond_.end()) return known->second;
  Extent forwarded, self;
  for (const PlaceId id : extents_[others]) {
    const Place& place = topology_.places()[id];
    if (place.self == vertex) {
      self.push_back(id);
    } else if (topology_.reaches(vertex, place) && (!stated || leaving || onward(leaf, id, family))) {
      forwarded.push_back(id);
    }
  }
  Beyond beyond;
  if (!forwarded.empty()) beyond.forwarded = extents_.intern(std::move(forwarded));
  if (!self.empty()) beyond.self = extents_.intern(std::move(self));
  return beyond_.emplace(key, beyond).first->second;
}

}  // namespace cordon::graph
