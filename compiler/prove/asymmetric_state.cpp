// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Parallel branches lie within one block, or between the gateways of one host network.

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/prove/memory.h"

namespace cordon::prove {
namespace {

class Finder {
 public:
  Finder(const Forwarding& forwarding, const std::vector<const BoundFilters*>& bound,
         std::vector<Assumption>& assumptions)
      : forwarding_(forwarding), bound_(bound), assumptions_(assumptions) {}

  void run() {
    for (std::uint32_t block = 0; block < forwarding_.block_count(); ++block) {
      if (forwarding_.edges_of_block(block).size() > 1) judge(forwarding_.edges_of_block(block));
    }
    for (const ir::NetworkId network : forwarding_.policy().networks.ids()) {
      if (!forwarding_.passes_through(network)) judge(forwarding_.edges_at(network));
    }
  }

 private:
  [[nodiscard]] bool remembers(EdgeId edge) const {
    const Edge& item = forwarding_.edges()[edge];
    const BoundFilters* bound = bound_[item.device.value];
    if (bound == nullptr || !bound->tracks()) return false;
    const auto filters = [&](EdgeId at) {
      const std::uint32_t interface = forwarding_.edges()[at].interface;
      return !bound->at(interface, Stage::received).empty() || !bound->at(interface, Stage::sent).empty();
    };
    return std::ranges::any_of(forwarding_.vertices()[item.vertex].edges, filters);
  }

  void judge(const std::vector<EdgeId>& edges) {
    const ir::Policy& policy = forwarding_.policy();
    std::set<ir::DeviceId> devices;
    std::set<std::string> tables;
    for (const EdgeId edge : edges) {
      const ir::DeviceId device = forwarding_.edges()[edge].device;
      if (!remembers(edge) || !devices.insert(device).second) continue;
      const std::string& shared = policy.devices[device].state_sync;
      tables.insert(shared.empty() ? ' ' + policy.devices[device].name : shared);
    }
    if (tables.size() < 2 || !known_.insert(devices).second) return;
    std::vector<std::string> names;
    for (const ir::DeviceId device : devices) names.push_back('`' + policy.devices[device].name + '`');
    assumptions_.push_back(
        {.kind = Assumption::Kind::asymmetric_state,
         .devices = {devices.begin(), devices.end()},
         .network = {},
         .range = policy.devices[*devices.begin()].name_range,
         .text = fmt::format("{} track connections on parallel paths without sharing them; "
                             "both directions of a connection are taken to pass the same one",
                             fmt::join(names, ", "))});
  }

  const Forwarding& forwarding_;
  const std::vector<const BoundFilters*>& bound_;
  std::vector<Assumption>& assumptions_;
  std::set<std::set<ir::DeviceId>> known_;
};

}  // namespace

void find_asymmetric_state(const Forwarding& forwarding, const std::vector<const BoundFilters*>& bound,
                           std::vector<Assumption>& assumptions) {
  Finder(forwarding, bound, assumptions).run();
}

}  // namespace cordon::prove
