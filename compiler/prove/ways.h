// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which interfaces packets may cross on the way from one place to another: every one that lies in a block
// between a device at the start and a device at the goal. Host networks with the same devices share a site,
// so a thousand networks behind one firewall are one question. Stated routes narrow where packets leave.
#ifndef COMPILER_PROVE_WAYS_H
#define COMPILER_PROVE_WAYS_H

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "compiler/prove/forwarding.h"
#include "compiler/prove/stated_routes.h"

namespace cordon::prove {

using SiteId = Id<struct SiteTag>;

struct Site {
  std::vector<VertexId> vertices;  // ascending
  ir::NetworkId passed;            // a network that packets may pass through; invalid: host networks
  bool itself = false;             // the vertex itself, as the end of a connection
  RouteClassId routes;             // how devices that state it send there
  friend auto operator<=>(const Site&, const Site&) = default;

  [[nodiscard]] bool hosts() const { return !passed.valid() && !itself; }
};

// An interface to a network in the middle, where packets come in.
struct Passage {
  EdgeId edge;
  bool ends_here = false;  // the device itself is the goal; otherwise packets go on from there
};
// A device at a host network.
struct Turn {
  VertexId vertex;
  bool itself = false;  // the device itself is the other end; otherwise packets go on, or come from afar
};

// In ascending order, so that one way is always the same value.
struct Way {
  std::vector<Passage> received;
  std::vector<EdgeId> sent;
  std::vector<Turn> entered;  // by packets of hosts at the start
  std::vector<Turn> left;     // by packets for hosts at the goal
};

class Ways {
 public:
  explicit Ways(const Forwarding& forwarding);

  [[nodiscard]] SiteId site_of(ir::NetworkId network) const { return of_network_[network.value]; }
  [[nodiscard]] SiteId site_of(VertexId vertex) const { return of_vertex_[vertex.value]; }
  [[nodiscard]] const Site& site(SiteId id) const { return sites_[id]; }

  // Routes are stated, which may differ between the families.
  [[nodiscard]] bool differ_by_family() const { return routes_.any(); }
  // Valid until the next question.
  [[nodiscard]] const Way& way(SiteId from, SiteId to, packet::Family family);

 private:
  struct Side {
    VertexId vertex;
    EdgeId edge;
    bool source = false, target = false;
  };

  [[nodiscard]] SiteId intern(Site site);
  [[nodiscard]] Way walk(const Site& from, const Site& to, packet::Family family) const;
  [[nodiscard]] std::vector<Side> sides(const Site& from, const Site& to, packet::Family family) const;
  static void pass(VertexId vertex, std::span<const Side> sides, const Site& from, const Site& to, Way& way);

  const Forwarding* forwarding_;
  StatedRoutes routes_;
  IdVector<SiteId, Site> sites_;
  std::map<Site, SiteId> known_;
  std::vector<SiteId> of_network_, of_vertex_;
  std::array<std::unordered_map<std::uint64_t, Way>, 2> ways_;  // by family
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_WAYS_H
