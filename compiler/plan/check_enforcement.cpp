// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Every path between two zones has to cross a filter. Where packets can go without meeting one is found
// by a walk over interfaces that filter nothing; a filter on the way in stops it before the device, one
// on the way out behind it.

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diagnostics/kinds/plan.h"
#include "compiler/plan/checks.h"

namespace cordon::plan {
namespace {

namespace kind = diagnostics::kind;
using graph::AttachmentId;
using graph::VertexId;

// What has to be kept apart from the rest: a zone, or each network of a zone that isolates.
struct Domain {
  ir::ZoneId zone;
  ir::NetworkId alone;
  friend bool operator==(const Domain&, const Domain&) = default;
};

// Up to two domains that can be reached without a filter, with a network of each: enough to find one
// that differs from any given domain.
struct Reached {
  std::array<Domain, 2> domains;
  std::array<ir::NetworkId, 2> networks;
  std::size_t count = 0;

  bool add(Domain domain, ir::NetworkId network) {
    if (count == 2 || (count == 1 && domains[0] == domain)) return false;
    domains[count] = domain;
    networks[count++] = network;
    return true;
  }
  bool add(const Reached& other) {
    bool grown = false;
    for (std::size_t i = 0; i < other.count; ++i) grown = add(other.domains[i], other.networks[i]) || grown;
    return grown;
  }
};

class Enforcement {
 public:
  Enforcement(const ir::Policy& policy, const graph::Topology& topology,
              diagnostics::Diagnostics& diagnostics)
      : policy_(policy),
        topology_(topology),
        diagnostics_(diagnostics),
        from_device_(topology.vertices().size()),
        from_network_(policy.networks.size()),
        groups_(topology.vertices().size()) {
    for (std::uint32_t i = 0; i < groups_.size(); ++i) groups_[i] = i;
  }

  void run() {
    spread();
    for (const ir::NetworkId id : policy_.networks.ids()) {
      if (!policy_.networks[id].zone.valid()) continue;
      for (const AttachmentId at : topology_.attached(id)) {
        if (open_in(at)) judge(id, at);
      }
    }
  }

 private:
  [[nodiscard]] const ir::Device& device(AttachmentId at) const {
    return policy_.devices[topology_.vertices()[topology_.attachments()[at].vertex].device];
  }
  [[nodiscard]] const ir::Interface& interface(AttachmentId at) const {
    return device(at).interfaces[topology_.attachments()[at].interface];
  }
  [[nodiscard]] bool open_in(AttachmentId at) const {
    const ir::FilterMode mode = interface(at).filter;
    return !device(at).configured() || mode == ir::FilterMode::out || mode == ir::FilterMode::none;
  }
  [[nodiscard]] bool open_out(AttachmentId at) const {
    const ir::FilterMode mode = interface(at).filter;
    return !device(at).configured() || mode == ir::FilterMode::in || mode == ir::FilterMode::none;
  }
  [[nodiscard]] Domain domain(ir::NetworkId id) const {
    const ir::ZoneId zone = policy_.networks[id].zone;
    return {.zone = zone, .alone = policy_.zones[zone].isolate ? id : ir::NetworkId{}};
  }

  // Each device's answer grows at most twice, so the work is linear in the interfaces.
  void spread() {
    std::vector<VertexId> work;
    for (const VertexId id : topology_.vertices().ids()) {
      start(id);
      work.push_back(id);
    }
    while (!work.empty()) {
      const VertexId id = work.back();
      work.pop_back();
      for (const AttachmentId in : topology_.vertices()[id].attachments) pass_back(id, in, work);
    }
  }

  // What the device itself hands out unfiltered.
  void start(VertexId id) {
    for (const AttachmentId out : topology_.vertices()[id].attachments) {
      const ir::NetworkId network = topology_.attachments()[out].network;
      if (!open_out(out)) continue;
      if (policy_.networks[network].zone.valid()) from_device_[id.value].add(domain(network), network);
      if (topology_.is_transit(network)) join(id, network);
    }
  }

  // What a device reaches, every device reaches that hands packets to it unfiltered.
  void pass_back(VertexId id, AttachmentId in, std::vector<VertexId>& work) {
    const ir::NetworkId network = topology_.attachments()[in].network;
    if (!open_in(in) || !topology_.is_transit(network)) return;
    if (!from_network_[network.value].add(from_device_[id.value])) return;
    for (const AttachmentId out : topology_.attached(network)) {
      const VertexId other = topology_.attachments()[out].vertex;
      if (open_out(out) && from_device_[other.value].add(from_network_[network.value])) work.push_back(other);
    }
  }

  // Devices that hand packets to each other unfiltered are one cause.
  void join(VertexId id, ir::NetworkId network) {
    for (const AttachmentId in : topology_.attached(network)) {
      if (open_in(in)) groups_[root(id.value)] = root(topology_.attachments()[in].vertex.value);
    }
  }
  std::uint32_t root(std::uint32_t vertex) {
    while (groups_[vertex] != vertex) vertex = groups_[vertex] = groups_[groups_[vertex]];
    return vertex;
  }

  void judge(ir::NetworkId from, AttachmentId at) {
    const VertexId vertex = topology_.attachments()[at].vertex;
    const Reached& reached = from_device_[vertex.value];
    const Domain own = domain(from);
    for (std::size_t i = 0; i < reached.count; ++i) {
      if (reached.domains[i] != own) {
        report_open(from, reached.networks[i], at);
        return;
      }
      const ir::Network& network = policy_.networks[from];
      const bool outside = network.any_ipv4 || network.any_ipv6;            // nobody's to keep apart
      const bool attested = network.isolation && !device(at).configured();  // a document says nothing of ours
      if (own.alone.valid() && !attested && !outside) report_isolation(from, at);
    }
  }

  void report_open(ir::NetworkId from, ir::NetworkId to, AttachmentId at) {
    if (!reported_.insert({root(topology_.attachments()[at].vertex.value), ir::NetworkId{}}).second) return;
    const ir::Network& source = policy_.networks[from];
    const ir::Network& target = policy_.networks[to];
    if (source.zone == target.zone) {
      report_isolation(from, at);
      return;
    }
    auto builder = diagnostics_.build(kind::unfiltered_path, place(at), policy_.zones[source.zone].name,
                                      policy_.zones[target.zone].name);
    builder.here("packets from network `{}` pass `{}` unfiltered", source.name, device(at).name);
    builder.label(source.name_range, "from here").label(target.name_range, "to here");
    advise(builder, at);
  }

  void report_isolation(ir::NetworkId from, AttachmentId at) {
    if (!reported_.insert({topology_.attachments()[at].vertex.value, from}).second) return;
    const ir::Network& network = policy_.networks[from];
    auto builder = diagnostics_.build(kind::isolation_open, place(at), policy_.zones[network.zone].name,
                                      device(at).name);
    builder.label(network.name_range, "its hosts reach each other by way of `{}`", device(at).name);
    advise(builder, at);
  }

  [[nodiscard]] source::Range place(AttachmentId at) const {
    return interface(at).filter_range.valid() ? interface(at).filter_range : device(at).name_range;
  }
  void advise(diagnostics::Builder& builder, AttachmentId at) const {
    if (device(at).configured()) {
      builder.help("let interface `{}` filter what it receives: leave `filter:` out", interface(at).name);
    } else {
      builder.help("give `{}` a `platform:`, or put a device that filters in its place", device(at).name);
    }
    builder.emit();
  }

  const ir::Policy& policy_;
  const graph::Topology& topology_;
  diagnostics::Diagnostics& diagnostics_;
  std::vector<Reached> from_device_, from_network_;
  std::vector<std::uint32_t> groups_;
  std::set<std::pair<std::uint32_t, ir::NetworkId>> reported_;
};

}  // namespace

void check_enforcement(const ir::Policy& policy, const graph::Topology& topology,
                       diagnostics::Diagnostics& diagnostics) {
  Enforcement(policy, topology, diagnostics).run();
}

}  // namespace cordon::plan
