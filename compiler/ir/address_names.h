// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Sets of addresses in the policy's own words: by name first, by number only where no name fits.
//
// A set that a zone, a network, a group, a host or a device is called by is shown by that name; others are
// taken apart by network. What is nearly a whole is shown as the whole `except` the rest, so that the
// complement of a few prefixes never fills a screen.
#ifndef COMPILER_IR_ADDRESS_NAMES_H
#define COMPILER_IR_ADDRESS_NAMES_H

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "compiler/ir/policy.h"

namespace cordon::ir {

class AddressNames {
 public:
  // The policy has to last as long. Near-linear in its networks and hosts.
  explicit AddressNames(const Policy& policy);

  // `pumps`, `alaris-server`, `10.20.0.64/26 in pumps`, `internet except 203.0.113.0/24`. At most `shown`
  // parts, then `and 3 more`. Empty sets are `nobody`.
  [[nodiscard]] std::string text(const AddressSet& set, std::size_t shown = 6) const;
  // Both families in one: the same words are said once.
  [[nodiscard]] std::string text(const Addresses& addresses, std::size_t shown = 6) const;

 private:
  struct Segment {
    packet::AddressRange range;
    NetworkId network;
  };

  void add_name(const Addresses& addresses, const std::string& name);
  void place_networks();
  void add_device(const Device& device);
  void add_group(const Addresses& addresses, const std::string& name);
  void add_segments(NetworkId network);
  [[nodiscard]] std::vector<std::string> parts(const AddressSet& set) const;
  [[nodiscard]] std::vector<NetworkId> networks_in(const AddressSet& set) const;
  void add_part(NetworkId network, const AddressSet& part, std::vector<std::string>& parts) const;
  [[nodiscard]] std::string literal(const Prefix& prefix, NetworkId network) const;

  const Policy* policy_;
  std::map<AddressSet, std::string> names_;
  std::array<std::vector<Segment>, 2> segments_;  // ascending
  std::array<std::vector<AddressSet>, 2> hosts_;  // of each network, without devices
  std::array<NetworkId, 2> any_;                  // holds all else
  std::map<Address, std::string> single_;         // hosts and devices by address
};

}  // namespace cordon::ir

#endif  // COMPILER_IR_ADDRESS_NAMES_H
