// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Transports as the services of rules.
#ifndef BACKENDS_NFTABLES_READ_SERVICES_H
#define BACKENDS_NFTABLES_READ_SERVICES_H

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>

#include "backends/nftables/read_cells.h"

namespace cordon::backends::nftables::reading {

// Conntrack tracks no neighbour discovery and no listener reports of IPv6.
enum class Part : std::uint8_t { all, tracked, untracked };

struct Services {
  config::ServiceSetId id;  // invalid: none in the family
  std::string fault;        // not empty: what cannot be said
};

class ServiceWriter {
 public:
  ServiceWriter(config::Device& device, const CellSpace& space) : device_(device), space_(space) {}

  // Of an invalid transport: every protocol.
  [[nodiscard]] const Services& services(TransportId transport, packet::Family family, Part part);

 private:
  using Key = std::tuple<TransportId, packet::Family, Part>;
  [[nodiscard]] Services make(TransportId transport, packet::Family family, Part part);

  config::Device& device_;
  const CellSpace& space_;
  std::size_t terms_ = 0;  // of all sets
  std::map<Key, Services> made_;
  std::map<packet::ServiceSet, config::ServiceSetId> ids_;
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_SERVICES_H
