// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/assign.h"

#include <algorithm>
#include <map>
#include <set>

namespace cordon::plan {
namespace {

using graph::AttachmentId;
using graph::Passage;

class Assignment {
 public:
  Assignment(const Demands& demands, const graph::Topology& topology, graph::Carriage& carriage,
             const Wanted& wanted)
      : demands_(demands),
        topology_(topology),
        carriage_(carriage),
        wanted_(wanted),
        uses_(wanted.devices.size()),
        any_replies_(std::ranges::find(wanted.replies, true) != wanted.replies.end()) {}

  std::vector<std::vector<Use>> run() {
    for (const DemandId id : demands_.all().ids()) {
      const Demand& demand = demands_.all()[id];
      const bool has_replies = demand.replies[0] != nullptr || demand.replies[1] != nullptr;
      // Routes may differ between the families; without stated routes one answer is for both.
      if (topology_.states_routes()) {
        for (const Family family : packet::families) {
          direct(id, family, static_cast<std::uint8_t>(1U << static_cast<unsigned>(family)), has_replies);
        }
      } else {
        direct(id, Family::ipv4, 3, has_replies);
      }
    }
    return std::move(uses_);
  }

 private:
  void direct(DemandId id, Family family, std::uint8_t families, bool has_replies) {
    const Demand& demand = demands_.all()[id];
    Use pattern;
    pattern.demand = id;
    pattern.families = families;
    pass(pattern, demand.from, demand.to, family);
    if (!has_replies || !any_replies_) return;
    pattern.reply = true;
    pass(pattern, demand.to, demand.from, family);
  }

  void pass(const Use& pattern, SideId from, SideId to, Family family) {
    const Side& source = demands_.side(from);
    const Side& target = demands_.side(to);
    for (const graph::Carried& carried : carriage_.across(source.extent, target.extent, family)) {
      const bool self = carried.passage == Passage::self;
      if (self && carried.leaving) continue;  // made by the device: no filter sees it
      add(pattern, carried.at, carried.leaving, self, {.side = from, .extent = carried.from},
          {.side = to, .extent = carried.to});
    }
    for (std::uint32_t i = 0; i < source.atoms.size(); ++i) {
      for_leaves(source.atoms[i], [&](AttachmentId at) {
        const graph::Carriage::Beyond beyond = carriage_.beyond(at, target.extent, false, family);
        const Selection atom{.side = from, .extent = {}, .atom = i};
        if (beyond.forwarded.valid())
          add(pattern, at, false, false, atom, {.side = to, .extent = beyond.forwarded});
        if (beyond.self.valid()) add(pattern, at, false, true, atom, {.side = to, .extent = beyond.self});
      });
    }
    for (std::uint32_t i = 0; i < target.atoms.size(); ++i) {
      for_leaves(target.atoms[i], [&](AttachmentId at) {
        const graph::Carriage::Beyond beyond = carriage_.beyond(at, source.extent, true, family);
        if (!beyond.forwarded.valid()) return;
        add(pattern, at, true, false, {.side = from, .extent = beyond.forwarded},
            {.side = to, .extent = {}, .atom = i});
      });
    }
    arrive(pattern, from, to, family);
  }

  // What another gateway of a host network sends to a device's own address there comes in at that device.
  void arrive(const Use& pattern, SideId from, SideId to, Family family) {
    const Side& target = demands_.side(to);
    for (std::uint32_t i = 0; i < target.atoms.size(); ++i) {
      const Atom& atom = target.atoms[i];
      const bool own = atom.kind[0] == Kind::own || atom.kind[1] == Kind::own;
      if (!own || atom.open || !atom.network.valid() || topology_.is_transit(atom.network)) continue;
      const Senders senders = senders_on(atom.network, demands_.side(from).extent, family);
      for_leaves(atom, [&](AttachmentId at) {
        for (const auto& [extent, vertices] : senders) {
          if (vertices.size() == 1 && vertices.contains(topology_.attachments()[at].vertex)) continue;
          add(pattern, at, false, true, {.side = from, .extent = extent},
              {.side = to, .extent = {}, .atom = i, .mine = true});
        }
      });
    }
  }

  using Senders = std::map<graph::ExtentId, std::set<graph::VertexId>>;
  Senders senders_on(ir::NetworkId network, graph::ExtentId sources, Family family) {
    Senders senders;
    for (const AttachmentId at : topology_.attached(network)) {
      const graph::Carriage::Beyond beyond = carriage_.beyond(at, sources, true, family);
      for (const graph::ExtentId extent : {beyond.forwarded, beyond.self}) {
        if (extent.valid()) senders[extent].insert(topology_.attachments()[at].vertex);
      }
    }
    return senders;
  }

  template <class Visit>
  void for_leaves(const Atom& atom, Visit visit) const {
    if (!atom.network.valid() || topology_.is_transit(atom.network)) return;
    for (const AttachmentId at : topology_.attached(atom.network)) {
      if (wanted_.devices[device_of(at)]) visit(at);
    }
  }

  [[nodiscard]] std::uint32_t device_of(AttachmentId at) const {
    return topology_.vertices()[topology_.attachments()[at].vertex].device.value;
  }

  void add(Use use, AttachmentId at, bool leaving, bool self, Selection from, Selection to) {
    const std::uint32_t device = device_of(at);
    if (use.reply && !wanted_.replies[device]) return;
    use.at = at;
    use.leaving = leaving;
    use.self = self;
    use.from = from;
    use.to = to;
    uses_[device].push_back(use);
  }

  const Demands& demands_;
  const graph::Topology& topology_;
  graph::Carriage& carriage_;
  const Wanted& wanted_;
  std::vector<std::vector<Use>> uses_;
  bool any_replies_;
};

}  // namespace

std::vector<std::vector<Use>> assign(const Demands& demands, const graph::Topology& topology,
                                     graph::Carriage carriage, const Wanted& wanted) {
  return Assignment(demands, topology, carriage, wanted).run();
}

}  // namespace cordon::plan
