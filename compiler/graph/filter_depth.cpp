// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/filter_depth.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <queue>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace cordon::graph {
namespace {

using Filters = std::vector<ir::DeviceId>;  // ascending

constexpr std::uint32_t none = UINT32_MAX;
constexpr std::size_t most_labels = 256;  // of one node

const ir::Device& device_at(const ir::Policy& policy, const Topology& topology, AttachmentId at) {
  return policy.devices[topology.vertices()[topology.attachments()[at].vertex].device];
}
const ir::Interface& interface_at(const ir::Policy& policy, const Topology& topology, AttachmentId at) {
  return device_at(policy, topology, at).interfaces[topology.attachments()[at].interface];
}
bool filters(const ir::Policy& policy, const Topology& topology, AttachmentId at, ir::FilterMode way) {
  const ir::FilterMode mode = interface_at(policy, topology, at).filter;
  return device_at(policy, topology, at).configured() && (mode == way || mode == ir::FilterMode::both);
}

}  // namespace

// Dijkstra over networks and devices. A device is two nodes: its filter was met on the way in, or not yet.
// A device that filters in several VRFs may have been met before; labels remember which of those were, and
// one label replaces another only when what it does not remember cannot make it dearer in the end.
class FiltersFrom::Search {
 public:
  // A target says where stated routes lead to; invalid: nothing is stated.
  Search(const ir::Policy& policy, const Topology& topology, const std::vector<ir::NetworkId>& sources,
         ir::NetworkId target, ir::Family family)
      : policy_(policy),
        topology_(topology),
        target_(target),
        family_(family),
        several_(policy.devices.size()),
        settled_(policy.networks.size() + topology.vertices().size() * 2) {
    find_several();
    for (const ir::NetworkId source : sources) push({.node = source.value, .at = {}, .met = {}});
    while (!queue_.empty()) {
      const std::uint32_t id = std::get<2>(queue_.top());
      queue_.pop();
      if (!settle(id)) continue;
      const Label label = labels_[id];  // a copy: the list grows
      if (label.node < policy_.networks.size()) {
        enter_devices(id, label);
      } else {
        leave_device(id, label);
      }
    }
  }

  struct Cost {
    std::uint32_t filters = none, hops = none;
    friend auto operator<=>(const Cost&, const Cost&) = default;
  };
  [[nodiscard]] Cost cost(ir::NetworkId network) const {
    if (settled_[network.value].empty()) return {};
    const Label& label = labels_[settled_[network.value].front()];
    return {.filters = label.filters, .hops = label.hops};
  }

  [[nodiscard]] FilterPath path(ir::NetworkId network) const {
    FilterPath path;
    path.to = path.from = network;
    path.exact = exact_;
    for (std::uint32_t id = settled_[network.value].front(); labels_[id].parent != none;) {
      const Label& left = labels_[id];
      const Label& entered = labels_[left.parent];
      path.hops.push_back({.in = entered.at,
                           .out = left.at,
                           .filters_in = filters(policy_, topology_, entered.at, ir::FilterMode::in),
                           .filters_out = filters(policy_, topology_, left.at, ir::FilterMode::out)});
      path.from = topology_.attachments()[entered.at].network;
      id = entered.parent;
    }
    std::ranges::reverse(path.hops);
    for (const FilterHop& hop : path.hops) {
      const ir::DeviceId device = device_of(topology_.attachments()[hop.in].vertex);
      const bool known = std::ranges::find(path.filters, device) != path.filters.end();
      if ((hop.filters_in || hop.filters_out) && !known) path.filters.push_back(device);
    }
    return path;
  }

 private:
  struct Label {
    std::uint32_t node = none;
    std::uint32_t filters = 0, hops = 0;
    std::uint32_t parent = none;
    AttachmentId at;  // by which the node was reached
    Filters met;      // those that may be met again
  };

  [[nodiscard]] ir::DeviceId device_of(VertexId vertex) const { return topology_.vertices()[vertex].device; }

  // Devices that filter in two VRFs or more.
  void find_several() {
    for (const ir::DeviceId id : policy_.devices.ids()) {
      std::size_t filtering = 0;
      for (const VertexId vertex : topology_.vertices_of(id)) {
        filtering += std::ranges::any_of(topology_.vertices()[vertex].attachments, [&](AttachmentId at) {
          return filters(policy_, topology_, at, ir::FilterMode::in) ||
                 filters(policy_, topology_, at, ir::FilterMode::out);
        });
      }
      several_[id.value] = filtering > 1;
    }
  }

  void push(Label label) {
    queue_.emplace(label.filters, label.hops, static_cast<std::uint32_t>(labels_.size()));
    labels_.push_back(std::move(label));
  }

  // False when another label of the node does as well, whatever comes.
  bool settle(std::uint32_t id) {
    const Label& label = labels_[id];
    std::vector<std::uint32_t>& known = settled_[label.node];
    for (const std::uint32_t other : known) {
      const Filters& met = labels_[other].met;
      const auto forgets = std::ranges::count_if(
          label.met, [&](ir::DeviceId device) { return !std::ranges::binary_search(met, device); });
      if (labels_[other].filters + static_cast<std::uint32_t>(forgets) <= label.filters) return false;
    }
    if (known.size() == most_labels) {
      exact_ = false;
      return false;
    }
    known.push_back(id);
    return true;
  }

  // What the filter costs that is met now.
  void meet(Label& label, ir::DeviceId device) const {
    const auto place = std::ranges::lower_bound(label.met, device);
    if (place != label.met.end() && *place == device) return;
    if (several_[device.value]) label.met.insert(place, device);
    ++label.filters;
  }

  void enter_devices(std::uint32_t id, const Label& label) {
    const ir::NetworkId network{label.node};
    if (label.parent != none && !topology_.is_transit(network)) return;
    for (const AttachmentId in : topology_.attached(network)) {
      const VertexId vertex = topology_.attachments()[in].vertex;
      Label next{
          .node = {}, .filters = label.filters, .hops = label.hops, .parent = id, .at = in, .met = label.met};
      const bool met = filters(policy_, topology_, in, ir::FilterMode::in);
      if (met) meet(next, device_of(vertex));
      next.node = static_cast<std::uint32_t>(policy_.networks.size()) + vertex.value * 2 + (met ? 1 : 0);
      push(std::move(next));
    }
  }

  void leave_device(std::uint32_t id, const Label& label) {
    const auto first = static_cast<std::uint32_t>(policy_.networks.size());
    const VertexId vertex{(label.node - first) / 2};
    const bool met = (label.node - first) % 2 != 0;
    const Routing::Ways* stated =
        target_.valid() ? topology_.stated_ways(vertex, topology_.place(target_), family_) : nullptr;
    for (const AttachmentId out : stated != nullptr ? *stated : topology_.vertices()[vertex].attachments) {
      if (out == label.at) continue;
      Label next{.node = topology_.attachments()[out].network.value,
                 .filters = label.filters,
                 .hops = label.hops + 1,
                 .parent = id,
                 .at = out,
                 .met = label.met};
      if (!met && filters(policy_, topology_, out, ir::FilterMode::out)) meet(next, device_of(vertex));
      push(std::move(next));
    }
  }

  const ir::Policy& policy_;
  const Topology& topology_;
  ir::NetworkId target_;
  ir::Family family_;
  std::vector<bool> several_;  // by device
  std::vector<Label> labels_;
  std::vector<std::vector<std::uint32_t>> settled_;  // labels of each node, the cheapest first
  using Entry = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // filters, hops, label
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
  bool exact_ = true;
};

FiltersFrom::FiltersFrom(const ir::Policy& policy, const Topology& topology,
                         std::vector<ir::NetworkId> sources)
    : policy_(policy), topology_(topology), sources_(std::move(sources)) {
  std::ranges::sort(sources_);
  if (!topology.states_routes())
    unstated_ = std::make_shared<Search>(policy, topology, sources_, ir::NetworkId{}, ir::Family::ipv4);
}

std::optional<FilterPath> FiltersFrom::to(std::span<const ir::NetworkId> targets) const {
  std::optional<FilterPath> best;
  Search::Cost least;
  const auto consider = [&](const Search& search, ir::NetworkId target) {
    if (search.cost(target) >= least) return;
    least = search.cost(target);
    best = search.path(target);
  };
  std::vector<ir::NetworkId> ascending(targets.begin(), targets.end());
  std::ranges::sort(ascending);
  for (const ir::NetworkId target : ascending) {
    if (unstated_ != nullptr) {
      consider(*unstated_, target);
      continue;
    }
    for (const ir::Family family : packet::families) {
      std::vector<ir::NetworkId> sources;
      std::ranges::copy_if(sources_, std::back_inserter(sources), [&](ir::NetworkId source) {
        return !policy_.networks[source].addresses.of(family).empty();
      });
      if (sources.empty() || policy_.networks[target].addresses.of(family).empty()) continue;
      consider(Search(policy_, topology_, sources, target, family), target);
    }
  }
  return best;
}

std::optional<FilterPath> fewest_filters(const ir::Policy& policy, const Topology& topology,
                                         std::span<const ir::NetworkId> from,
                                         std::span<const ir::NetworkId> to) {
  return FiltersFrom(policy, topology, {from.begin(), from.end()}).to(to);
}

std::string to_string(const ir::Policy& policy, const Topology& topology, const FilterPath& path) {
  std::string text = policy.networks[path.from].name;
  for (const FilterHop& hop : path.hops) {
    text +=
        fmt::format(", {} ({} to {}{}), {}", device_at(policy, topology, hop.in).name,
                    interface_at(policy, topology, hop.in).name, interface_at(policy, topology, hop.out).name,
                    hop.filters_in || hop.filters_out ? ", filters" : "",
                    policy.networks[topology.attachments()[hop.out].network].name);
  }
  return text;
}

}  // namespace cordon::graph
