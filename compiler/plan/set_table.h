// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Equal sets get one id in a device, so that rules over the same groups share one object group.
#ifndef COMPILER_PLAN_SET_TABLE_H
#define COMPILER_PLAN_SET_TABLE_H

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "compiler/config/device.h"

namespace cordon::plan {

// The label of a set is the shortest that any user gives it.
class SetTable {
 public:
  explicit SetTable(config::Device& device);  // knows what the device has

  config::AddressSetId addresses(const packet::AddressSet& set, std::string_view label);
  config::AddressSetId all(packet::Family family) {
    return addresses(packet::AddressSet::all(family), "any");
  }
  config::ServiceSetId services(const packet::ServiceSet& set, std::string_view label);
  config::ServiceSetId every_service() { return services({packet::ServiceTerm{}}, "any"); }
  config::OriginId origin(const config::Origin& origin);

  [[nodiscard]] const packet::AddressSet& operator[](config::AddressSetId id) const {
    return device_.addresses[id].addresses;
  }

 private:
  config::Device& device_;
  std::unordered_multimap<std::size_t, config::AddressSetId> addresses_;
  std::unordered_multimap<std::size_t, config::ServiceSetId> services_;
  std::unordered_multimap<std::size_t, config::OriginId> origins_;
};

// Numbers sets, services and origins by first use, and drops what nothing uses: the result depends on
// the rules, not on the order in which they were found.
void renumber(config::Device& device);

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_SET_TABLE_H
