// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A conduit that says it is redundant, and a device, a network or a link whose loss cuts it.

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/graph/single_points.h"

namespace cordon::check {
namespace {

using Ends = std::pair<ir::NetworkId, ir::NetworkId>;

// The networks that the conduit joins, in pairs; devices' own addresses are left out.
std::set<Ends> pairs_of(const ir::Policy& policy, const ir::Conduit& conduit) {
  std::set<Ends> pairs;
  for (const ir::Flow& flow : conduit.flows) {
    for (const ir::Piece& from : policy.endpoints[flow.from].pieces) {
      for (const ir::Piece& to : policy.endpoints[flow.to].pieces)
        if (from.network != to.network) pairs.insert(std::minmax(from.network, to.network));
    }
  }
  return pairs;
}

// Two networks that lose each other, or one whose switches lose its gateways.
struct Loss {
  Ends ends;
  std::uint32_t switches = 0;  // 0: the way between the two is cut
};
using Losses = std::map<graph::SinglePoint, Loss>;

// Answers for networks and pairs of them are kept: conduits share them.
class Cuts {
 public:
  explicit Cuts(const Context& context) : points_(context.policy(), context.topology(), context.layer2()) {}

  Losses of(const ir::Policy& policy, const ir::Conduit& conduit) {
    Losses losses;
    for (const Ends& ends : pairs_of(policy, conduit)) {
      for (const graph::SinglePoint& point : between(ends)) losses.try_emplace(point, Loss{ends, 0});
      for (const ir::NetworkId network : {ends.first, ends.second}) {
        for (const auto& separation : within(network))
          losses.try_emplace(separation.point, Loss{{network, network}, separation.switches});
      }
    }
    return losses;
  }

 private:
  const std::vector<graph::SinglePoint>& between(const Ends& ends) {
    const auto [entry, added] = between_.try_emplace(ends);
    if (added) entry->second = points_.between(ends.first, ends.second);
    return entry->second;
  }
  const std::vector<graph::SinglePoints::Separation>& within(ir::NetworkId network) {
    const auto [entry, added] = within_.try_emplace(network);
    if (added) entry->second = points_.within(network);
    return entry->second;
  }

  graph::SinglePoints points_;
  std::map<Ends, std::vector<graph::SinglePoint>> between_;
  std::map<ir::NetworkId, std::vector<graph::SinglePoints::Separation>> within_;
};

void raise(const Context& context, Findings& findings, const ir::Conduit& conduit,
           const graph::SinglePoint& point, const Loss& loss) {
  const ir::Policy& policy = context.policy();
  FindingBuilder builder = findings.raise(kind::redundancy_broken, conduit.name_range, element_of(conduit),
                                          conduit.name, to_string(policy, context.layer2(), point));
  const ir::Network& first = policy.networks[loss.ends.first];
  const ir::Network& second = policy.networks[loss.ends.second];
  if (loss.switches == 0) {
    builder.label(first.name_range, "cut off from `{}`", second.name)
        .label(second.name_range, "cut off from `{}`", first.name);
  } else {
    builder.label(first.name_range, "{} of it cut off from a gateway",
                  loss.switches == 1 ? "1 switch" : fmt::format("{} switches", loss.switches));
  }
  if (point.device.valid()) builder.label(policy.devices[point.device].name_range, "stands alone");
  builder.help(
      "let a second one stand in for it (for gateways: a shared address by `hsrp` or `vrrp`; for switches: a "
      "link to a second one), or drop `redundant: true`");
  std::move(builder).emit();
}

}  // namespace

void redundancy_broken(const Context& context, Findings& findings) {
  const auto& conduits = context.policy().conduits;
  if (std::ranges::none_of(conduits, &ir::Conduit::redundant)) return;
  Cuts cuts(context);
  for (const ir::Conduit& conduit : conduits) {
    if (!conduit.redundant) continue;
    for (const auto& [point, loss] : cuts.of(context.policy(), conduit))
      raise(context, findings, conduit, point, loss);
  }
}

}  // namespace cordon::check
