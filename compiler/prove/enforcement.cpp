// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/enforcement.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/prove/spread.h"

namespace cordon::prove {
namespace {

class Checker {
 public:
  Checker(const Forwarding& forwarding, const std::vector<const BoundFilters*>& bound,
          std::vector<Violation>& violations)
      : forwarding_(forwarding),
        bound_(bound),
        spread_(forwarding, [this](EdgeId edge, Stage stage) { return is_bare(edge, stage); }),
        violations_(violations) {}

  void run() {
    const ir::Policy& policy = forwarding_.policy();
    for (const ir::NetworkId network : policy.networks.ids()) {
      if (!policy.networks[network].zone.valid()) continue;
      check_paths(network);
      check_hairpin(network);
    }
    for (const ir::DeviceId device : policy.devices.ids()) {
      if (bound_[device.value] != nullptr) check_places(device);
    }
  }

 private:
  void report(ir::DeviceId device, std::string place, std::string text, const source::Range& range) {
    violations_.push_back({.obligation = Obligation::enforcement,
                           .device = device,
                           .place = std::move(place),
                           .witness = {},
                           .lines = {},
                           .policy = {range},
                           .text = std::move(text)});
  }

  [[nodiscard]] bool is_bare(EdgeId edge, Stage stage) const {
    const Edge& item = forwarding_.edges()[edge];
    const BoundFilters* filters = bound_[item.device.value];
    if (filters == nullptr) return true;
    if (filters->is_filtered(item.interface, stage)) return false;
    return stage != Stage::received || !filters->pairs() || leaves_bare(edge);
  }

  // By some other interface, where no filter of the pair stands.
  [[nodiscard]] bool leaves_bare(EdgeId edge) const {
    const Edge& item = forwarding_.edges()[edge];
    const BoundFilters& filters = *bound_[item.device.value];
    return std::ranges::any_of(forwarding_.vertices()[item.vertex].edges, [&](EdgeId out) {
      return filters.between(item.interface, forwarding_.edges()[out].interface).empty();
    });
  }

  void check_paths(ir::NetworkId from) {
    const ir::Policy& policy = forwarding_.policy();
    const ir::Network& start = policy.networks[from];
    for (const ir::NetworkId to : spread_.from(from)) {
      const ir::Network& goal = policy.networks[to];
      if (!goal.zone.valid() || (goal.zone == start.zone && !policy.zones[goal.zone].isolate)) continue;
      report({}, {}, fmt::format("a path from `{}` to `{}` crosses no filter", start.name, goal.name),
             start.name_range);
    }
  }

  // Hosts of one network by way of their gateway. Nobody keeps the outside apart, and what an attestation
  // says of the network holds for gateways that are not ours.
  void check_hairpin(ir::NetworkId id) {
    const ir::Network& network = forwarding_.policy().networks[id];
    if (forwarding_.passes_through(id) || !forwarding_.policy().zones[network.zone].isolate) return;
    if (network.any_ipv4 || network.any_ipv6) return;
    for (const EdgeId edge : forwarding_.edges_at(id)) {
      const BoundFilters* bound = bound_[forwarding_.edges()[edge].device.value];
      const std::uint32_t interface = forwarding_.edges()[edge].interface;
      if (bound == nullptr ? network.isolation.has_value() : !bound->between(interface, interface).empty())
        continue;
      if (!spread_.is_open(edge, Stage::received) || !spread_.is_open(edge, Stage::sent)) continue;
      report(forwarding_.edges()[edge].device, forwarding_.interface_of(edge).name,
             fmt::format("hosts of `{}` reach each other through their gateway, where no filter stands",
                         network.name),
             network.name_range);
    }
  }

  // Where the policy says that filters stand, they do.
  void check_places(ir::DeviceId id) {
    const ir::Device& device = forwarding_.policy().devices[id];
    const BoundFilters& bound = *bound_[id.value];
    const config::Capabilities& can = bound.capabilities();
    for (std::uint32_t i = 0; i < device.interfaces.size(); ++i) {
      const ir::Interface& interface = device.interfaces[i];
      const bool in = interface.filter == ir::FilterMode::in || interface.filter == ir::FilterMode::both;
      const bool out = interface.filter == ir::FilterMode::out || interface.filter == ir::FilterMode::both;
      const bool guarded =
          (can.filter_sees_own == config::Support::yes && in) || can.own_filter == config::Support::yes;
      check_place(id, interface, "in", in && is_bare(forwarding_.edge_of(id, i), Stage::received));
      check_place(id, interface, "out", out && !bound.pairs() && !bound.is_filtered(i, Stage::sent));
      check_place(id, interface, "own",
                  guarded && bound.at(i, Stage::own).empty() && bound.everywhere().empty());
    }
  }

  void check_place(ir::DeviceId id, const ir::Interface& interface, const char* place, bool missing) {
    if (!missing) return;
    report(id, fmt::format("{} {}", interface.name, place),
           fmt::format("no filter stands at `{}` {}, where the policy says that one does", interface.name,
                       place),
           interface.name_range);
  }

  const Forwarding& forwarding_;
  const std::vector<const BoundFilters*>& bound_;
  Spread spread_;
  std::vector<Violation>& violations_;
};

}  // namespace

void check_enforcement(const Forwarding& forwarding, const std::vector<const BoundFilters*>& bound,
                       std::vector<Violation>& violations) {
  Checker(forwarding, bound, violations).run();
}

}  // namespace cordon::prove
