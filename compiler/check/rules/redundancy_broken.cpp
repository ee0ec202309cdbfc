// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Conduits that say they are redundant, and a device, a network or a link whose loss cuts them: one finding
// for each such thing, however many conduits it cuts. A link of a device that stands alone itself goes with
// the device.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/check/wording.h"
#include "compiler/graph/single_points.h"

namespace cordon::check {
namespace {

using graph::SinglePoint;
using Ends = std::pair<ir::NetworkId, ir::NetworkId>;

// The networks that the flow joins, in pairs; devices' own addresses are left out.
std::set<Ends> pairs_of(const ir::Policy& policy, const ir::Flow& flow) {
  std::set<Ends> pairs;
  for (const ir::Piece& from : policy.endpoints[flow.from].pieces) {
    for (const ir::Piece& to : policy.endpoints[flow.to].pieces)
      if (from.network != to.network) pairs.insert(std::minmax(from.network, to.network));
  }
  return pairs;
}

// Two networks that lose each other, or one whose switches lose its gateways.
struct Loss {
  Ends ends;
  std::uint32_t switches = 0;  // 0: the way between the two is cut
};
using Losses = std::map<SinglePoint, Loss>;

// Answers for networks and pairs of them are kept: conduits share them.
class Cuts {
 public:
  explicit Cuts(const Context& context) : points_(context.policy(), context.topology(), context.layer2()) {}

  Losses of(const ir::Policy& policy, const ir::Flow& flow) {
    Losses losses;
    for (const Ends& ends : pairs_of(policy, flow)) {
      for (const SinglePoint& point : between(ends)) losses.try_emplace(point, Loss{ends, 0});
      for (const ir::NetworkId network : {ends.first, ends.second}) {
        for (const auto& separation : within(network))
          losses.try_emplace(separation.point, Loss{{network, network}, separation.switches});
      }
    }
    return losses;
  }

 private:
  const std::vector<SinglePoint>& between(const Ends& ends) {
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
  std::map<Ends, std::vector<SinglePoint>> between_;
  std::map<ir::NetworkId, std::vector<graph::SinglePoints::Separation>> within_;
};

// One conduit that the point cuts.
struct Cut {
  const ir::Conduit* conduit = nullptr;
  std::set<std::uint32_t> flows;  // by number: those that it cuts
  Loss loss;                      // of the first of them
};
struct Broken {
  std::vector<Cut> cuts;           // conduits by name
  std::vector<SinglePoint> links;  // that go with it
};
using ByPoint = std::map<SinglePoint, Broken>;

ByPoint broken_by_point(const Context& context) {
  ByPoint found;
  Cuts cuts(context);
  for (const ir::Conduit& conduit : context.policy().conduits) {
    if (!conduit.redundant) continue;
    for (const ir::Flow& flow : conduit.flows) {
      for (const auto& [point, loss] : cuts.of(context.policy(), flow)) {
        std::vector<Cut>& cut = found[point].cuts;
        if (cut.empty() || cut.back().conduit != &conduit) cut.push_back({&conduit, {}, loss});
        cut.back().flows.insert(flow.number);
      }
    }
  }
  return found;
}

bool cuts_all_of(const Broken& device, const Broken& link) {
  return std::ranges::all_of(link.cuts, [&](const Cut& cut) {
    return std::ranges::any_of(device.cuts, [&](const Cut& other) {
      return other.conduit == cut.conduit && std::ranges::includes(other.flows, cut.flows);
    });
  });
}

// Who doubles the device has to double its links as well.
void join_links(const Context& context, ByPoint& found) {
  const graph::Layer2& layer2 = context.layer2();
  std::erase_if(found, [&](const auto& each) {
    if (!each.first.cable.valid()) return false;
    const graph::Cable& cable = layer2.cables()[each.first.cable];
    for (const graph::CableEnd& end : {cable.a, cable.b}) {
      const auto device =
          found.find({.device = layer2.segments()[end.segment].device, .network = {}, .cable = {}});
      if (device == found.end() || !cuts_all_of(device->second, each.second)) continue;
      device->second.links.push_back(each.first);
      return true;
    }
    return false;
  });
}

// Where the point is declared; of a link its first end.
Range place_of(const Context& context, const SinglePoint& point) {
  const ir::Policy& policy = context.policy();
  if (point.device.valid()) return policy.devices[point.device].name_range;
  if (point.network.valid()) return policy.networks[point.network].name_range;
  const graph::CableEnd& end = context.layer2().cables()[point.cable].a;
  const ir::Device& device = policy.devices[context.layer2().segments()[end.segment].device];
  const auto port = std::ranges::find(device.ports, end.port, &ir::Port::name);
  return port == device.ports.end() ? device.name_range : port->name_range;
}

std::string way_out(const Context& context, const SinglePoint& point, const Loss& loss) {
  const ir::Policy& policy = context.policy();
  if (point.cable.valid()) return "lay a second link beside it, by way of another device where there is one";
  if (point.network.valid())
    return fmt::format("lead a second way past `{}`: another network between the same routers",
                       policy.networks[point.network].name);
  const std::string& name = policy.devices[point.device].name;
  if (loss.switches > 0)
    return fmt::format("link the switches and access points behind `{}` to a second one as well", name);
  return fmt::format(
      "let a second device stand in for `{}`: with an interface in each of its networks, and there a shared "
      "address "
      "by `hsrp` or `vrrp`",
      name);
}

void label_loss(const ir::Policy& policy, const Loss& loss, FindingBuilder& builder) {
  const ir::Network& first = policy.networks[loss.ends.first];
  const ir::Network& second = policy.networks[loss.ends.second];
  if (loss.switches > 0) {
    builder.label(first.name_range, "{} of it cut off from a gateway",
                  loss.switches == 1 ? "1 switch" : fmt::format("{} switches", loss.switches));
    return;
  }
  builder.label(first.name_range, "cut off from `{}`", second.name)
      .label(second.name_range, "cut off from `{}`", first.name);
}

std::size_t lines_of(const ir::Conduit& conduit) {
  std::set<std::uint32_t> numbers;
  for (const ir::Flow& flow : conduit.flows) numbers.insert(flow.number);
  return numbers.size();
}

std::string share_text(std::size_t cut, std::size_t all) {
  if (cut < all) return fmt::format("{} of its {} flows cut", cut, all);
  return all == 1 ? "its flow is cut" : fmt::format("all its {} flows are cut", all);
}

void raise(const Context& context, Findings& findings, const SinglePoint& point, const Broken& broken) {
  constexpr std::size_t shown = 3;
  const ir::Policy& policy = context.policy();
  std::vector<std::string> names;
  std::string element = "conduit:";
  for (const Cut& cut : broken.cuts) {
    element += (names.empty() ? "" : ",") + cut.conduit->name;
    names.push_back(cut.conduit->name);
  }
  const bool one = names.size() == 1;
  FindingBuilder builder =
      findings.raise(kind::redundancy_broken, place_of(context, point), std::move(element),
                     to_string(policy, context.layer2(), point),
                     (one ? "conduit " : "conduits ") + quoted(names), one ? "is" : "are");
  for (std::size_t i = 0; i < std::min(shown, broken.cuts.size()); ++i) {
    const Cut& cut = broken.cuts[i];
    builder.label(cut.conduit->name_range, "{}", share_text(cut.flows.size(), lines_of(*cut.conduit)));
  }
  label_loss(policy, broken.cuts.front().loss, builder);
  if (!broken.links.empty()) {
    std::vector<std::string> links;
    for (const SinglePoint& link : broken.links) links.push_back(to_string(policy, context.layer2(), link));
    builder.note("so does, of its links, each alone: {}", joined(links));
  }
  builder.help("{}", way_out(context, point, broken.cuts.front().loss));
  builder.help("or drop `redundant: true`, if treatment can do without {}", one ? "it" : "them");
  std::move(builder).emit();
}

}  // namespace

void redundancy_broken(const Context& context, Findings& findings) {
  if (std::ranges::none_of(context.policy().conduits, &ir::Conduit::redundant)) return;
  ByPoint found = broken_by_point(context);
  join_links(context, found);
  for (const auto& [point, broken] : found) raise(context, findings, point, broken);
}

}  // namespace cordon::check
