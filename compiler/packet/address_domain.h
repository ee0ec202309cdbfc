// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The addresses of one family, numbered by the boundaries that rules mention.
//
// Between two neighbouring boundaries no rule tells addresses apart, so an address becomes the
// number of its stretch, and IPv6 costs what IPv4 costs. A set of addresses becomes a *value*:
// equal sets are one value, and a value is a list of stretches.
//
// New boundaries renumber the stretches in ascending order. Whoever stored numbers is told.
#ifndef COMPILER_PACKET_ADDRESS_DOMAIN_H
#define COMPILER_PACKET_ADDRESS_DOMAIN_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/packet/address.h"
#include "compiler/packet/arena.h"
#include "compiler/packet/diagram.h"
#include "compiler/packet/hash_index.h"

namespace cordon::packet {

using ValueId = std::uint32_t;

// Stretches first, first + 1, … end - 1; the last one of the family has `to_the_end`.
struct Stretch {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
};

class AddressDomain {
 public:
  AddressDomain(Family family, Work& work);

  // The number of the set. Its stretches are known after the next `settle`.
  [[nodiscard]] ValueId intern(const AddressSet& set);

  // Numbers what was interned since. The old number of each boundary to its new one; empty when
  // nothing moved.
  [[nodiscard]] std::vector<std::uint32_t> settle();

  // Equal sets are one value, so these two have one number each.
  [[nodiscard]] bool is_all(ValueId value) const { return value == all_; }
  [[nodiscard]] bool is_empty(ValueId value) const { return value == empty_; }
  [[nodiscard]] std::span<const Stretch> stretches(ValueId value) const { return values_[value].stretches; }

  [[nodiscard]] std::uint32_t stretch_of(Bits address) const;
  [[nodiscard]] AddressRange range(Stretch stretch) const;

 private:
  struct Value {
    std::span<AddressRange> ranges;
    std::span<Stretch> stretches;
  };

  // A place in `stretches` that waits for the number of its boundary.
  struct Waiting {
    Bits boundary;
    std::uint32_t* number;
  };
  [[nodiscard]] std::vector<Waiting> waiting() const;

  Family family_;
  Arena<AddressRange> ranges_;
  Arena<Stretch> stretches_;
  std::vector<Value> values_;
  ValueId all_ = HashIndex::none;
  ValueId empty_ = HashIndex::none;
  std::size_t settled_ = 0;   // values before this one have their stretches
  std::vector<Bits> starts_;  // first address of each stretch, ascending
  HashIndex index_;
};

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_ADDRESS_DOMAIN_H
