// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which interface may carry which pair, as the definition says it, over every simple path; and small random
// networks to ask it about.
#ifndef TESTS_UNIT_GRAPH_DEFINITION_H
#define TESTS_UNIT_GRAPH_DEFINITION_H

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "compiler/graph/carriage.h"
#include "paths.h"

namespace cordon::graph::testing {

// Devices, some in two VRFs, that hang at random on host networks, transit networks and some that say
// `transit: true`. Loops are as likely as islands.
[[nodiscard]] ir::Policy random_network(std::uint64_t seed);

class Definition {
 public:
  Definition(const ir::Policy& policy, const Topology& topology);

  // A network, or a device itself; and what the topology calls it.
  struct End {
    ir::NetworkId network;
    VertexId self;
    PlaceId place;
    friend auto operator<=>(const End&, const End&) = default;
  };
  [[nodiscard]] std::vector<End> ends() const;

  [[nodiscard]] bool is_core(AttachmentId id) const;
  [[nodiscard]] Passage enters(AttachmentId in, const End& from, const End& to);
  // Mirrored: what leaves towards `to` is what would enter from there.
  [[nodiscard]] Passage leaves(AttachmentId out, const End& from, const End& to) {
    return enters(out, to, from);
  }

 private:
  bool on_side_of(AttachmentId at, const End& from, const End& to);
  [[nodiscard]] std::vector<VertexId> attached(const End& end) const;
  const std::set<AttachmentId>& between(const End& a, const End& b);

  const ir::Policy& policy_;
  const Topology& topology_;
  std::uint32_t vertex_count_ = 0;
  Edges edges_;
  std::vector<AttachmentId> edge_attachments_;
  std::map<std::pair<End, End>, std::set<AttachmentId>> between_;
};

}  // namespace cordon::graph::testing

#endif  // TESTS_UNIT_GRAPH_DEFINITION_H
