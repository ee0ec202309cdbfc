// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "compiler/diagnostics/kinds/plan.h"
#include "compiler/plan/checks.h"

namespace cordon::plan {
namespace {

namespace kind = diagnostics::kind;
using graph::PlaceId;

class PathCheck {
 public:
  PathCheck(const ir::Policy& policy, const graph::Topology& topology, const Demands& demands,
            diagnostics::Diagnostics& diagnostics)
      : policy_(policy), topology_(topology), demands_(demands), diagnostics_(diagnostics) {}

  void check(const Demand& demand) {
    if (demand.role == config::Role::zone) return;  // no one asked for a path
    const Side& from = demands_.side(demand.from);
    const Side& to = demands_.side(demand.to);
    for (const Family family : packet::families) {
      if (demand.of(family, false) == nullptr) continue;
      const bool own_from = from.own[static_cast<std::size_t>(family)],
                 own_to = to.own[static_cast<std::size_t>(family)];
      if (own_from || own_to) {
        check_own(demand, from, to, family);
      } else if (!settled(from.extent, to.extent, family)) {
        check_pairs(demand, from, to, family);
      }
    }
  }

 private:
  static bool takes_part(const Atom& atom, Family family) { return !atom.of(family).empty(); }

  // The same two sets of places were looked at for an earlier flow.
  bool settled(graph::ExtentId from, graph::ExtentId to, Family family) {
    return !seen_.insert({from, to, family}).second;
  }

  void check_pairs(const Demand& demand, const Side& from, const Side& to, Family family) {
    std::set<std::pair<PlaceId, PlaceId>> tried;
    for (const Atom& source : from.atoms) {
      for (const Atom& target : to.atoms) {
        if (!takes_part(source, family) || !takes_part(target, family) || source.network == target.network)
          continue;
        if (tried.insert({source.place, target.place}).second && !leads(source, target, family)) {
          report(demand, source, target);
          return;
        }
      }
    }
  }

  // A device is reached when any of its addresses is.
  void check_own(const Demand& demand, const Side& from, const Side& to, Family family) {
    const Atom* first_source = nullptr;
    const Atom* first_target = nullptr;
    for (const Atom& source : from.atoms) {
      for (const Atom& target : to.atoms) {
        if (!takes_part(source, family) || !takes_part(target, family)) continue;
        if (source.network == target.network || leads(source, target, family)) return;
        if (first_source == nullptr) std::tie(first_source, first_target) = std::pair{&source, &target};
      }
    }
    if (first_source != nullptr) report(demand, *first_source, *first_target);
  }

  bool leads(const Atom& from, const Atom& to, Family family) {
    const auto [entry, added] = leads_.try_emplace({from.place, to.place, family});
    if (added) entry->second = topology_.leads(from.place, to.place, family);
    return entry->second;
  }

  [[nodiscard]] std::pair<std::string_view, source::Range> name(const Atom& atom) const {
    if (atom.network.valid())
      return {policy_.networks[atom.network].name, policy_.networks[atom.network].name_range};
    const graph::VertexId self = topology_.places()[atom.place].self;
    const ir::Device& device = policy_.devices[topology_.vertices()[self].device];
    return {device.name, device.name_range};
  }

  // A network that no device is attached to is one cause for all its flows.
  void report(const Demand& demand, const Atom& from, const Atom& to) {
    std::pair<PlaceId, PlaceId> cause{from.place, to.place};
    const Atom* alone = nullptr;
    for (const Atom* atom : {&from, &to}) {
      if (topology_.places()[atom->place].attached.empty() && alone == nullptr) alone = atom;
    }
    if (alone != nullptr ? !alone_.insert(alone->network).second : !reported_.insert(cause).second) return;
    const auto [from_name, from_range] = name(from);
    const auto [to_name, to_range] = name(to);
    auto builder = diagnostics_.build(kind::flow_without_path, demand.origin.range, from_name, to_name);
    builder.label(from_range, "from here").label(to_range, "to here");
    if (alone != nullptr) {
      builder.help(
          "no device has an interface on network `{}`: give one to the router or firewall it hangs on",
          name(*alone).first);
    } else if (topology_.connected(topology_.places()[from.place], topology_.places()[to.place])) {
      builder.help(
          "the stated routing leads elsewhere: look at `routes:` and `routing:` of the devices between");
    } else {
      builder.help("declare the network that joins the devices of both, in no zone or with `transit: true`");
    }
    builder.emit();
  }

  const ir::Policy& policy_;
  const graph::Topology& topology_;
  const Demands& demands_;
  diagnostics::Diagnostics& diagnostics_;
  std::set<std::tuple<graph::ExtentId, graph::ExtentId, Family>> seen_;
  std::map<std::tuple<PlaceId, PlaceId, Family>, bool> leads_;
  std::set<std::pair<PlaceId, PlaceId>> reported_;
  std::set<ir::NetworkId> alone_;
};

}  // namespace

void check_paths(const ir::Policy& policy, const graph::Topology& topology, const Demands& demands,
                 diagnostics::Diagnostics& diagnostics) {
  PathCheck check(policy, topology, demands, diagnostics);
  for (const Demand& demand : demands.all()) check.check(demand);
}

}  // namespace cordon::plan
