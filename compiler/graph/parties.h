// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Who acts as one: the least that an intruder holds who holds any of it.
//
// The hosts of a zone talk freely among themselves, so the zone is one party. In a zone that isolates they do
// not, and there addresses are one party when no endpoint of any flow tells them apart; both addresses
// of a declared host always are. A device is a party for its own addresses; these belong to no zone.
// Of undeclared hosts nobody knows which addresses belong together: all that the same endpoints hold are one
// party, in both families, which errs to more exposure; an IPv4 and an IPv6 address that flows tell apart are
// two.
//
// O(n log n) in networks, hosts of isolating zones, and pieces of endpoints there, plus for each endpoint
// the pieces of other endpoints that lie within it.
#ifndef COMPILER_GRAPH_PARTIES_H
#define COMPILER_GRAPH_PARTIES_H

#include <array>
#include <string>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/ir/policy.h"

namespace cordon::graph {

using PartyId = Id<struct PartyTag>;

struct Party {
  ir::ZoneId zone;      // invalid: a device
  ir::DeviceId device;  // invalid: of a zone
  ir::HostId host;  // the host that the party is, in a zone that isolates; invalid: several, or none declared
  ir::Addresses addresses;
  // For messages: `zone guest`, `host alaris-server`, `device firewall`; of a zone that isolates also
  // `pumps in zone guest`, `address 10.1.2.3 in zone guest`, `rest of zone guest`. No two are the same.
  std::string label;
};

class IsolatedParts;

class Parties {
 public:
  explicit Parties(const ir::Policy& policy);

  // Zones in their order, those of one zone by their lowest address; then every device.
  [[nodiscard]] const IdVector<PartyId, Party>& all() const { return all_; }
  [[nodiscard]] const std::vector<PartyId>& of(ir::ZoneId zone) const { return of_zone_[zone.value]; }
  [[nodiscard]] PartyId of(ir::DeviceId device) const { return of_device_[device.value]; }

  // Those that hold some address of the endpoint, ascending; a device is met in the families it has addresses
  // in. The endpoint may be of no flow: it then meets parties of which it means a part only.
  [[nodiscard]] std::vector<PartyId> met_by(const ir::Endpoint& endpoint, ir::Family family) const;
  [[nodiscard]] std::vector<PartyId> met_by(const ir::Endpoint& endpoint) const;

 private:
  struct Segment {
    packet::AddressRange range;
    PartyId party;
  };
  struct Owned {
    packet::Bits address = 0;
    PartyId party;
    friend auto operator<=>(const Owned&, const Owned&) = default;
  };

  void add_isolated(const ir::Policy& policy, ir::ZoneId id, const IsolatedParts& parts);
  void add_devices(const ir::Policy& policy);
  void meet(const ir::Piece& piece, ir::Family family, std::vector<PartyId>& met) const;

  IdVector<PartyId, Party> all_;
  std::vector<std::vector<PartyId>> of_zone_;
  std::vector<PartyId> of_device_;
  std::vector<PartyId> whole_;                       // of each network: what its zone is; invalid: several
  std::array<std::vector<Segment>, 2> segments_;     // of zones that isolate, ascending
  std::array<std::vector<Owned>, 2> own_addresses_;  // of devices, ascending
};

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_PARTIES_H
