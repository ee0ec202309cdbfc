// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which interfaces carry packets between two sets of places, and for which of their pairs.
//
// A crossing (in, device, out) may carry (s, d) when both interfaces lie in the blocks between s and d;
// a crossing at s enters from s, one at d leaves to d, never the reverse. A filter stands on one
// interface, so its pairs are the union over the other end of the crossing. Answers are products of sets
// of places: pairs are never listed.
#ifndef COMPILER_GRAPH_CARRIAGE_H
#define COMPILER_GRAPH_CARRIAGE_H

#include <cstdint>
#include <map>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "compiler/graph/topology.h"

namespace cordon::graph {

using ExtentId = Id<struct ExtentTag>;
using Extent = std::vector<PlaceId>;  // ascending, each once

class Extents {
 public:
  ExtentId intern(Extent extent);
  [[nodiscard]] const Extent& operator[](ExtentId id) const { return *extents_[id.value]; }

 private:
  std::map<Extent, ExtentId> ids_;
  std::vector<const Extent*> extents_;
};

// What a packet does at the device behind an interface.
enum class Passage : std::uint8_t {
  none,
  forwarded,
  self,  // it is for the device itself, or made by it
};

// Packets from any place of `from` to any place of `to` enter (or leave) the device at the interface.
struct Carried {
  AttachmentId at;
  Passage passage = Passage::none;
  bool leaving = false;
  ExtentId from, to;
};

class Carriage {
 public:
  // Only interfaces of devices that `wanted` holds are answered for.
  Carriage(const Topology& topology, Extents& extents, std::vector<bool> wanted);

  // Core interfaces only, ascending by interface. Kept, so asking twice costs nothing.
  const std::vector<Carried>& across(ExtentId from, ExtentId to, ir::Family family);

  // An interface to a host network: the places that packets from there may go to (or come from).
  struct Beyond {
    ExtentId forwarded, self;  // invalid: none
  };
  Beyond beyond(AttachmentId leaf, ExtentId others, bool leaving, ir::Family family);

  // One core interface and one pair.
  [[nodiscard]] Passage enters(AttachmentId at, PlaceId from, PlaceId to, ir::Family family) const;
  [[nodiscard]] Passage leaves(AttachmentId at, PlaceId from, PlaceId to, ir::Family family) const;

 private:
  struct Group;
  struct PairKey {
    ExtentId from, to;
    ir::Family family{};
    friend bool operator==(const PairKey&, const PairKey&) = default;
  };
  struct PairHash {
    std::size_t operator()(const PairKey& key) const noexcept {
      return (static_cast<std::size_t>(key.from.value) << 33U) ^
             (static_cast<std::size_t>(key.to.value) << 1U) ^ static_cast<std::size_t>(key.family);
    }
  };

  [[nodiscard]] bool source_side(AttachmentId at, const Place& from, const Place& to) const;
  [[nodiscard]] bool destination_side(AttachmentId at, const Place& from, const Place& to, PlaceId to_id,
                                      ir::Family family) const;
  [[nodiscard]] bool stands_on(AttachmentId at, const Place& place) const;
  [[nodiscard]] bool attached_elsewhere(AttachmentId at, const Place& place) const;
  [[nodiscard]] bool routed(VertexId vertex, AttachmentId out, PlaceId to, ir::Family family) const;
  [[nodiscard]] bool onward(AttachmentId leaf, PlaceId to_id, ir::Family family) const;

  [[nodiscard]] std::vector<AttachmentId> touched(const Extent& from, const Extent& to) const;
  void carry(AttachmentId at, ExtentId from, ExtentId to, ir::Family family, std::vector<Carried>& carried);
  void carry_groups(AttachmentId at, ExtentId from, ExtentId to, ir::Family family, bool leaving,
                    std::vector<Carried>& carried);
  [[nodiscard]] std::vector<Group> group(AttachmentId at, const Extent& extent, bool fine) const;

  const Topology& topology_;
  Extents& extents_;
  std::vector<bool> wanted_;
  std::unordered_map<PairKey, std::vector<Carried>, PairHash> pairs_;
  std::map<std::tuple<std::uint32_t, std::uint32_t>, Beyond> beyond_;
};

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_CARRIAGE_H
