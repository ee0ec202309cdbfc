// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/address_text.h"

#include "compiler/base/check.h"

namespace cordon::backends {

packet::Address subnet_mask(unsigned length) {
  CORDON_CHECK(length <= 32);
  const std::uint32_t bits = length == 0 ? 0 : ~std::uint32_t{0} << (32 - length);
  return {packet::Family::ipv4, bits};
}

packet::Address wildcard_mask(unsigned length) {
  return {packet::Family::ipv4, subnet_mask(length).bits ^ packet::max_bits(packet::Family::ipv4)};
}

packet::Prefix network_of(const packet::Prefix& prefix) {
  return {{prefix.family(), prefix.first()}, prefix.length};
}

std::optional<packet::Prefix> single_prefix(const packet::AddressSet& addresses) {
  if (addresses.ranges().size() != 1) return std::nullopt;
  const std::vector<packet::Prefix> prefixes = addresses.prefixes();
  if (prefixes.size() != 1) return std::nullopt;
  return prefixes.front();
}

}  // namespace cordon::backends
