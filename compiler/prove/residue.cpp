// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A reply of TCP carries ACK or RST and an echo reply starts nothing; a reply of anything else is a packet
// like any other. Where no filter on some path remembers the connection, it gets through unasked.

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "compiler/prove/memory.h"
#include "compiler/prove/spread.h"
#include "compiler/prove/wanted.h"

namespace cordon::prove {
namespace {

using ZonePair = std::pair<ir::ZoneId, ir::ZoneId>;

class Finder {
 public:
  Finder(const Forwarding& forwarding, const std::vector<const BoundFilters*>& bound,
         const packet::Budget& budget, Proof& proof)
      : forwarding_(forwarding),
        policy_(forwarding.policy()),
        bound_(bound),
        spread_(forwarding, [this](EdgeId edge, Stage stage) { return forgets(edge, stage); }),
        space_(budget),
        proof_(proof) {}

  void run() {
    for (const ir::Conduit& conduit : policy_.conduits) {
      for (const ir::Flow& flow : conduit.flows) add_flow(flow);
    }
    for (const auto& [zones, permits] : replies_) report(zones, permits);
  }

 private:
  // No filter at this side of the interface remembers what passed.
  [[nodiscard]] bool forgets(EdgeId edge, Stage stage) const {
    const Edge& item = forwarding_.edges()[edge];
    const BoundFilters* bound = bound_[item.device.value];
    return bound == nullptr || !bound->tracks() || bound->at(item.interface, stage).empty();
  }

  [[nodiscard]] bool reaches(ir::NetworkId from, ir::NetworkId to) {
    if (from == to) return true;
    const auto [entry, added] = reached_.try_emplace(from);
    if (added) {
      const std::vector<ir::NetworkId> all = spread_.from(from);
      entry->second.insert(all.begin(), all.end());
    }
    return entry->second.contains(to);
  }

  static packet::ServiceSet starting(packet::ServiceSet terms) {
    std::erase_if(terms, [](const packet::ServiceTerm& term) {
      return term.protocol && (*term.protocol == packet::protocol::tcp || packet::is_icmp(*term.protocol));
    });
    return terms;
  }

  void add_flow(const ir::Flow& flow) {
    const packet::ServiceSet& terms = policy_.service_lists[flow.services].terms;
    for (const packet::Family family : packet::families) {
      const packet::ServiceSet services =
          packet::in_family(starting(packet::reply_of(packet::in_family(terms, family))), family);
      if (services.empty()) continue;
      for (const ir::Piece& opener : policy_.endpoints[flow.from].pieces) {
        for (const ir::Piece& receiver : policy_.endpoints[flow.to].pieces)
          add_reply(receiver, opener, services, family);
      }
    }
  }

  void add_reply(const ir::Piece& from, const ir::Piece& to, const packet::ServiceSet& services,
                 packet::Family family) {
    if (!reaches(from.network, to.network)) return;
    Permits& permits = replies_.try_emplace({zone_of(from), zone_of(to)}, Scope{}).first->second;
    permits.add_copy(hosts(from, family), hosts(to, family), services);
  }

  // A network as a whole never means the devices on it.
  [[nodiscard]] packet::AddressSet hosts(const ir::Piece& piece, packet::Family family) const {
    if (!piece.whole) return piece.addresses.of(family);
    return subtract(piece.addresses.of(family), policy_.device_addresses.of(family));
  }

  [[nodiscard]] ir::ZoneId zone_of(const ir::Piece& piece) const {
    return policy_.networks[piece.network].zone;
  }

  // What may be opened in this direction anyway is no residue.
  [[nodiscard]] Permits opened(const ZonePair& zones) const {
    Permits permits{Scope{}};
    for (const ir::Conduit& conduit : policy_.conduits) {
      const bool here = (conduit.first == zones.first && conduit.second == zones.second) ||
                        (conduit.first == zones.second && conduit.second == zones.first);
      if (conduit.first.valid() && !here) continue;
      for (const ir::Flow& flow : conduit.flows) add_opened(flow, permits);
    }
    return permits;
  }

  void add_opened(const ir::Flow& flow, Permits& permits) const {
    const packet::ServiceSet& terms = policy_.service_lists[flow.services].terms;
    for (const packet::Family family : packet::families) {
      for (const ir::Piece& from : policy_.endpoints[flow.from].pieces) {
        for (const ir::Piece& to : policy_.endpoints[flow.to].pieces) {
          permits.add_copy(hosts(from, family), hosts(to, family), packet::in_family(terms, family));
        }
      }
    }
  }

  void report(const ZonePair& zones, const Permits& permits) {
    const Permits anyway = opened(zones);
    const auto replies = space_.permitted(permits.rules()), intent = space_.permitted(anyway.rules());
    if (replies && intent) {
      const auto rest = space_.subtract(*replies, *intent);
      if (rest && *rest == space_.empty()) return;
      if (rest) {
        auto cubes = space_.cover(*rest);
        if (cubes) {
          proof_.residue.push_back({.from = zones.first, .to = zones.second, .cubes = std::move(*cubes)});
          return;
        }
      }
    }
    proof_.undecided.push_back(
        {.device = {},
         .text = fmt::format("what `{}` may send to `{}` as replies takes too much work", name(zones.first),
                             name(zones.second)),
         .lines = {}});
  }

  [[nodiscard]] std::string name(ir::ZoneId zone) const {
    return zone.valid() ? policy_.zones[zone].name : std::string("no zone");
  }

  const Forwarding& forwarding_;
  const ir::Policy& policy_;
  const std::vector<const BoundFilters*>& bound_;
  Spread spread_;
  packet::PacketSpace space_;
  Proof& proof_;
  std::map<ir::NetworkId, std::set<ir::NetworkId>> reached_;
  std::map<ZonePair, Permits> replies_;
};

}  // namespace

void find_residue(const Forwarding& forwarding, const std::vector<const BoundFilters*>& bound,
                  const packet::Budget& budget, Proof& proof) {
  Finder(forwarding, bound, budget, proof).run();
}

}  // namespace cordon::prove
