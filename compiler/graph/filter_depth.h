// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How deep the defence is: the fewest filters that any packet meets on its way from one network to another.
//
// A configured device that filters the packet where it comes in, or where it goes out, is one filter,
// however often and in however many VRFs it is passed: two filters are independent only when they are
// two devices. What is not configured filters nothing. Every path counts that stated routing leaves; where
// nothing is stated, every simple path, so the answer holds for any failover.
#ifndef COMPILER_GRAPH_FILTER_DEPTH_H
#define COMPILER_GRAPH_FILTER_DEPTH_H

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/graph/topology.h"
#include "compiler/ir/policy.h"

namespace cordon::graph {

// One device that a packet passes.
struct FilterHop {
  AttachmentId in, out;
  bool filters_in = false, filters_out = false;
};

struct FilterPath {
  ir::NetworkId from, to;
  std::vector<FilterHop> hops;        // in order; none when hosts of both are on one network
  std::vector<ir::DeviceId> filters;  // those that filter, each once, in order
  bool exact = true;                  // false: too many VRFs to try all, fewer filters may be possible
};

// `pumps, core (w-12 to up), transit, firewall (inside to dc, filters), servers`
[[nodiscard]] std::string to_string(const ir::Policy& policy, const Topology& topology,
                                    const FilterPath& path);

// From some networks to any other. One search answers for all of them, O(n log n) in interfaces; where
// routes are stated it takes one for each place and family that is asked for. Devices that filter in
// several VRFs are remembered along the path and make it dearer.
class FiltersFrom {
 public:
  FiltersFrom(const ir::Policy& policy, const Topology& topology, std::vector<ir::NetworkId> sources);

  // The path with the fewest filters, of those the one with the fewest hops, then the lowest networks and
  // interfaces. Nothing: no path at all.
  [[nodiscard]] std::optional<FilterPath> to(std::span<const ir::NetworkId> targets) const;

 private:
  class Search;

  const ir::Policy& policy_;
  const Topology& topology_;
  std::vector<ir::NetworkId> sources_;
  std::shared_ptr<const Search> unstated_;  // where no routes are stated: the one search
};

[[nodiscard]] std::optional<FilterPath> fewest_filters(const ir::Policy& policy, const Topology& topology,
                                                       std::span<const ir::NetworkId> from,
                                                       std::span<const ir::NetworkId> to);

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_FILTER_DEPTH_H
