// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/spread.h"

#include <utility>

namespace cordon::prove {

Spread::Spread(const Forwarding& forwarding, Open open)
    : forwarding_(&forwarding),
      open_(std::move(open)),
      vertices_(forwarding.vertices().size()),
      networks_(forwarding.policy().networks.size()) {}

std::vector<ir::NetworkId> Spread::from(ir::NetworkId start) {
  ++round_;
  std::vector<ir::NetworkId> found{start};
  networks_[start.value] = round_;
  for (std::size_t next = 0; next < found.size(); ++next) {
    if (next > 0 && !forwarding_->passes_through(found[next])) continue;
    for (const EdgeId in : forwarding_->edges_at(found[next])) {
      if (is_open(in, Stage::received)) leave(in, found);
    }
  }
  found.erase(found.begin());
  return found;
}

void Spread::leave(EdgeId in, std::vector<ir::NetworkId>& found) {
  const VertexId vertex = forwarding_->edges()[in].vertex;
  if (vertices_[vertex.value] == round_) return;
  vertices_[vertex.value] = round_;
  for (const EdgeId out : forwarding_->vertices()[vertex].edges) {
    const ir::NetworkId network = forwarding_->edges()[out].network;
    if (networks_[network.value] == round_ || !is_open(out, Stage::sent)) continue;
    networks_[network.value] = round_;
    found.push_back(network);
  }
}

}  // namespace cordon::prove
