// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/local_addresses.h"

#include <utility>
#include <vector>

namespace cordon::prove {
namespace {

using packet::Address;
using packet::AddressRange;
using packet::AddressSet;
using packet::Family;
using packet::Prefix;

AddressRange prefix_range(std::string_view text) {
  const Prefix prefix = packet::parse_prefix(text).value();
  return {prefix.first(), prefix.last()};
}

void add_address(std::vector<AddressRange>& ranges, const std::optional<Address>& address) {
  if (address) ranges.push_back({address->bits, address->bits});
}

void add_interface(std::vector<AddressRange>& ranges, const std::optional<Prefix>& prefix) {
  if (!prefix) return;
  add_address(ranges, prefix->address);
  const bool has_broadcast = prefix->family() == Family::ipv4 && prefix->length < 31;  // RFC 3021
  if (has_broadcast) ranges.push_back({prefix->last(), prefix->last()});
}

}  // namespace

LocalAddresses local_addresses(const config::Device& device) {
  std::vector<AddressRange> v4{prefix_range("224.0.0.0/4"), prefix_range("255.255.255.255/32")};
  std::vector<AddressRange> v6{prefix_range("ff00::/8"), prefix_range("fe80::/10")};
  for (const config::Interface& interface : device.interfaces) {
    add_interface(v4, interface.ipv4);
    add_interface(v6, interface.ipv6);
    if (!interface.redundancy) continue;
    add_address(v4, interface.redundancy->ipv4);
    add_address(v6, interface.redundancy->ipv6);
  }
  return {.addresses = {AddressSet(Family::ipv4, std::move(v4)), AddressSet(Family::ipv6, std::move(v6))},
          .all = {AddressSet::all(Family::ipv4), AddressSet::all(Family::ipv6)}};
}

}  // namespace cordon::prove
