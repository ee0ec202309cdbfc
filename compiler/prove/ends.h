// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The ends of connections, split by where they are: hosts of networks, and devices themselves.
//
// An address of a device is both: in its network for everyone on the way, and the device itself once there.
#ifndef COMPILER_PROVE_ENDS_H
#define COMPILER_PROVE_ENDS_H

#include <cstdint>
#include <map>
#include <vector>

#include "compiler/prove/ways.h"

namespace cordon::prove {

using EndId = Id<struct EndTag>;
using SetId = Id<struct ProvedSetTag>;

struct Part {
  SiteId site;
  ir::NetworkId network;  // invalid: the device itself
  SetId addresses;
};
using End = std::vector<Part>;  // by site

// Sets of addresses by number; a number is cheap to compare and lasts as long as the table.
class Sets {
 public:
  explicit Sets(const ir::Policy& policy) : policy_(&policy) {}

  [[nodiscard]] SetId add(ir::Addresses addresses);
  [[nodiscard]] const ir::Addresses& operator[](SetId id) const { return sets_[id]; }
  [[nodiscard]] bool empty(SetId id) const { return sets_[id].empty(); }

  [[nodiscard]] SetId unite(std::vector<SetId> ids);
  [[nodiscard]] SetId of_family(SetId id, packet::Family family);
  // Without the addresses of the vertex, which it never forwards to nor from.
  [[nodiscard]] SetId without_own(SetId id, VertexId vertex, const Forwarding& forwarding);

  // Forgets which sets it has; from here on they are only looked at.
  void close();

 private:
  const ir::Policy* policy_;
  IdVector<SetId, ir::Addresses> sets_;
  std::vector<bool> names_devices_;
  std::map<ir::Addresses, SetId> known_;
  std::map<std::vector<SetId>, SetId> unions_;
  std::map<std::pair<SetId, VertexId>, SetId> without_;
};

class Ends {
 public:
  Ends(const Forwarding& forwarding, Ways& ways, Sets& sets)
      : forwarding_(&forwarding),
        ways_(&ways),
        sets_(&sets),
        of_endpoint_(forwarding.policy().endpoints.size()) {}

  [[nodiscard]] const End& operator[](EndId id) const { return ends_[id]; }

  [[nodiscard]] EndId of(ir::EndpointId endpoint);
  // Hosts of some networks in some families; never a device.
  struct Hosts {
    ir::NetworkId network;
    bool ipv4 = true, ipv6 = true;
  };
  [[nodiscard]] EndId of_hosts(const std::vector<Hosts>& hosts);
  // Whoever has one of these addresses: hosts of networks, and devices.
  [[nodiscard]] EndId of_all(const ir::Addresses& addresses);
  // Addresses of one device that answers to them.
  [[nodiscard]] EndId of_device(VertexId vertex, const ir::Addresses& addresses);

 private:
  void add(End& end, SiteId site, ir::NetworkId network, ir::Addresses addresses);
  void add_device(End& end, VertexId vertex, const ir::Addresses& wanted);
  // In the networks of the vertex's interfaces; which of them they were.
  ir::Addresses add_interfaces(End& end, VertexId vertex, const ir::Addresses& wanted);
  void add_answering(End& end, const ir::Addresses& addresses);
  void add_piece(End& end, const ir::Piece& piece);
  [[nodiscard]] ir::Addresses hosts_of(ir::NetworkId network) const;
  [[nodiscard]] EndId finish(End end);

  const Forwarding* forwarding_;
  Ways* ways_;
  Sets* sets_;
  std::vector<EndId> of_endpoint_;
  IdVector<EndId, End> ends_;
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_ENDS_H
