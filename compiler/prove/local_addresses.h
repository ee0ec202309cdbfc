// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Destinations that a device takes for itself and never forwards.
#ifndef COMPILER_PROVE_LOCAL_ADDRESSES_H
#define COMPILER_PROVE_LOCAL_ADDRESSES_H

#include <array>

#include "compiler/config/device.h"

namespace cordon::prove {

struct LocalAddresses {
  std::array<packet::AddressSet, 2> addresses;  // by family
  std::array<packet::AddressSet, 2> all;

  [[nodiscard]] const packet::AddressSet& of(packet::Family family) const {
    return addresses[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] const packet::AddressSet& every(packet::Family family) const {
    return all[static_cast<std::size_t>(family)];
  }
};

// Its own and virtual addresses, directed and limited broadcast (RFC 919), multicast and link-local addresses
// (RFC 5771, RFC 4291).
[[nodiscard]] LocalAddresses local_addresses(const config::Device& device);

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_LOCAL_ADDRESSES_H
