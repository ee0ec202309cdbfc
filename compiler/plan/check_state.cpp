// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "compiler/diagnostics/kinds/plan.h"
#include "compiler/plan/checks.h"

namespace cordon::plan {
namespace {

namespace kind = diagnostics::kind;

class SharedState {
 public:
  SharedState(const ir::Policy& policy, const graph::Topology& topology, const CapabilitiesOf& capabilities,
              diagnostics::Diagnostics& diagnostics)
      : policy_(policy), topology_(topology), capabilities_(capabilities), diagnostics_(diagnostics) {}

  // Parallel paths lie within one block, or between a host network and the devices it is attached to.
  void run() {
    const graph::BlockTree& blocks = topology_.blocks();
    for (std::uint32_t block = 0; block < blocks.block_count(); ++block) {
      if (blocks.is_bridge(block)) continue;
      std::vector<graph::VertexId> devices;
      for (const std::uint32_t edge : topology_.attachments_in(block)) {
        devices.push_back(topology_.attachments()[topology_.core_edge(edge)].vertex);
      }
      judge(std::move(devices), true);
    }
    for (const graph::Place& place : topology_.places()) {
      if (!place.transit.valid() && !place.self.valid()) judge(place.attached, false);
    }
  }

 private:
  [[nodiscard]] bool tracks(const ir::Device& device, ir::DeviceId id) const {
    return device.configured() && capabilities_(id)->state == config::StateTracking::full &&
           std::ranges::any_of(device.interfaces, [](const ir::Interface& interface) {
             return interface.filter != ir::FilterMode::none;
           });
  }

  // Two devices on one host network are parallel only when something else joins them as well.
  [[nodiscard]] bool joined(graph::VertexId a, graph::VertexId b) const {
    if (topology_.component(a) == topology_.component(b)) return true;
    std::size_t common = 0;
    for (const graph::AttachmentId at : topology_.vertices()[a].attachments) {
      const auto& others = topology_.attached(topology_.attachments()[at].network);
      if (std::ranges::any_of(others, [&](graph::AttachmentId other) {
            return topology_.attachments()[other].vertex == b;
          })) {
        ++common;
      }
    }
    return common > 1;
  }

  void judge(std::vector<graph::VertexId> vertices, bool parallel) {
    std::ranges::sort(vertices);
    vertices.erase(std::ranges::unique(vertices).begin(), vertices.end());
    graph::VertexId first;
    for (const graph::VertexId vertex : vertices) {
      const ir::DeviceId id = topology_.vertices()[vertex].device;
      if (!tracks(policy_.devices[id], id)) continue;
      if (!first.valid()) {
        first = vertex;
      } else if (!shared(topology_.vertices()[first].device, id) && (parallel || joined(first, vertex))) {
        report(topology_.vertices()[first].device, id);
        return;
      }
    }
  }

  [[nodiscard]] bool shared(ir::DeviceId a, ir::DeviceId b) const {
    return a == b || (!policy_.devices[a].state_sync.empty() &&
                      policy_.devices[a].state_sync == policy_.devices[b].state_sync);
  }

  void report(ir::DeviceId a, ir::DeviceId b) {
    if (policy_.devices[b].name < policy_.devices[a].name) std::swap(a, b);
    if (!reported_.insert({a, b}).second) return;
    diagnostics_
        .build(kind::asymmetric_state, policy_.devices[a].name_range, policy_.devices[a].name,
               policy_.devices[b].name)
        .label(policy_.devices[b].name_range, "the other one")
        .note("a reply that comes back by the other path is refused there")
        .help(
            "say `state-sync: NAME` on both when they share their connection table; otherwise let routing "
            "keep both directions on one path")
        .emit();
  }

  const ir::Policy& policy_;
  const graph::Topology& topology_;
  const CapabilitiesOf& capabilities_;
  diagnostics::Diagnostics& diagnostics_;
  std::set<std::pair<ir::DeviceId, ir::DeviceId>> reported_;
};

}  // namespace

void check_shared_state(const ir::Policy& policy, const graph::Topology& topology,
                        const CapabilitiesOf& capabilities, diagnostics::Diagnostics& diagnostics) {
  SharedState(policy, topology, capabilities, diagnostics).run();
}

}  // namespace cordon::plan
