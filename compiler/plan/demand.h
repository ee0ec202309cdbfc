// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What has to get through, from where to where, before anyone asks which filter stands in between.
//
// A demand is a flow of a conduit, the hosts of a zone among themselves, or the DHCP traffic that a
// network declares. Its two sides are sets of atoms: addresses with the place that holds them.
#ifndef COMPILER_PLAN_DEMAND_H
#define COMPILER_PLAN_DEMAND_H

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/config/device.h"
#include "compiler/graph/carriage.h"
#include "compiler/ir/policy.h"

namespace cordon::plan {

using packet::AddressSet;
using packet::Family;

using SideId = Id<struct SideTag>;
using DemandId = Id<struct DemandTag>;

// How a rule has to speak of addresses.
enum class Kind : std::uint8_t {
  inside,   // within declared prefixes
  outside,  // within the `any` network, written out
  any,      // the `any` network: written as all addresses, behind rules that keep the declared ones out
  own,      // addresses of devices
};
inline constexpr Kind kinds[] = {Kind::inside, Kind::outside, Kind::any, Kind::own};

// Addresses of one place. A family without addresses takes no part.
struct Atom {
  graph::PlaceId place;
  ir::NetworkId network;  // invalid: the device that the place is
  std::array<const AddressSet*, 2> addresses{};
  std::array<Kind, 2> kind{Kind::inside, Kind::inside};
  bool open = false;  // in the `any` network, where nothing declared may come from

  [[nodiscard]] const AddressSet& of(Family family) const {
    return *addresses[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] Kind kind_of(Family family) const { return kind[static_cast<std::size_t>(family)]; }
};

struct Side {
  std::string label;
  std::vector<Atom> atoms;
  graph::ExtentId extent;     // the places of all atoms
  std::array<bool, 2> own{};  // some atom is of devices' own addresses, by family
};

struct Demand {
  config::Role role = config::Role::flow;
  SideId from, to;
  std::array<const packet::ServiceSet*, 2> services{};  // null: none in this family
  std::array<const packet::ServiceSet*, 2> replies{};
  std::string service_label;
  bool log = false;
  bool outside_stays_outside = false;  // not from the `any` network to itself
  config::Origin origin;

  [[nodiscard]] const packet::ServiceSet* of(Family family, bool reply) const {
    return (reply ? replies : services)[static_cast<std::size_t>(family)];
  }
};

// Owns everything that demands point to. Demands are in the order in which rules will stand, which
// depends on names and not on the order of files.
class Demands {
 public:
  Demands(const ir::Policy& policy, const graph::Topology& topology, graph::Extents& extents);

  [[nodiscard]] const IdVector<DemandId, Demand>& all() const { return demands_; }
  [[nodiscard]] const Side& side(SideId id) const { return sides_[id]; }
  [[nodiscard]] const IdVector<SideId, Side>& sides() const { return sides_; }

 private:
  struct Services {
    std::array<const packet::ServiceSet*, 2> terms{}, replies{};
  };

  void add_relays(ir::NetworkId id);
  void add_conduit(const ir::Conduit& conduit);
  void add_zone(const ir::Zone& zone);
  void add(config::Role role, SideId from, SideId to, const Services& services, std::string service_label,
           bool log, config::Origin origin);

  SideId endpoint_side(ir::EndpointId id);
  SideId network_side(std::string label, const std::vector<ir::NetworkId>& networks);
  SideId own_side(std::string label, const std::vector<ir::Address>& addresses);
  SideId add_side(Side side);
  void add_piece(const ir::Piece& piece, Side& side);
  void add_own(const AddressSet& addresses, Side& side);
  [[nodiscard]] std::array<const AddressSet*, 2> no_addresses() const {
    return {&empty_.front(), &empty_.back()};
  }
  const AddressSet* keep(AddressSet set);
  const packet::ServiceSet* keep(packet::ServiceSet set);  // null for an empty one
  const AddressSet* open_end(const ir::Network& network, const AddressSet& addresses, Family family);
  Services services(ir::ServiceListId list);
  Services services(const packet::ServiceSet& terms);
  Services one_way(const packet::ServiceSet& terms);

  const ir::Policy& policy_;
  const graph::Topology& topology_;
  graph::Extents& extents_;
  IdVector<DemandId, Demand> demands_;
  IdVector<SideId, Side> sides_;
  std::vector<SideId> endpoint_sides_;
  std::vector<Services> list_services_;
  std::deque<AddressSet> sets_;
  std::deque<packet::ServiceSet> service_sets_;

  struct Owner {
    ir::NetworkId network;
    std::vector<graph::VertexId> vertices;
  };
  std::map<ir::Address, Owner> owners_;  // of every address that a device has
  std::array<AddressSet, 2> empty_{AddressSet(Family::ipv4), AddressSet(Family::ipv6)};
};

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_DEMAND_H
