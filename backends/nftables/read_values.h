// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Values of a comparison as sets of numbers.
#ifndef BACKENDS_NFTABLES_READ_VALUES_H
#define BACKENDS_NFTABLES_READ_VALUES_H

#include <string>
#include <vector>

#include "backends/nftables/read_names.h"
#include "backends/nftables/read_ruleset.h"
#include "compiler/base/expected.h"
#include "compiler/packet/address.h"

namespace cordon::backends::nftables::reading {

// Why a rule is not understood, and which words of it.
struct Fault {
  Range range;
  std::string reason;
};
template <class T>
using Result = Expected<T, Fault>;

// A set of numbers of at most 128 bits; those of 32 and less are in the family `ipv4`, addresses or not.
using Numbers = packet::AddressSet;

// Names of interfaces; one that ends in `*` stands for all that begin so. `all`: whatever the name is.
struct Names {
  std::vector<std::string> patterns;  // sorted, without duplicates
  bool all = false;
};

class ValueReader {
 public:
  ValueReader(const Ruleset& ruleset, const Table& table) : tree_(ruleset.tree), table_(table) {}

  // The numbers for which `FIELD op right` holds. `left` is the selector, or the selector under a mask.
  [[nodiscard]] Result<Numbers> matching(const Node& match, NodeId left, NodeId right,
                                         const Field& field) const;
  // The numbers of a value or of a set.
  [[nodiscard]] Result<Numbers> numbers(NodeId value, const Field& field) const;
  [[nodiscard]] Result<Names> names(NodeId value) const;

  // Elements of a set or of the set that is referred to.
  [[nodiscard]] Result<std::vector<NodeId>> elements(NodeId set) const;

  [[nodiscard]] static Numbers all(const Field& field);
  [[nodiscard]] static Numbers complement(const Numbers& numbers, const Field& field);
  // The numbers `n` for which `n & mask` is among the values; nothing where these are too many ranges.
  [[nodiscard]] static std::optional<Numbers> masked(packet::Bits mask, const Numbers& values,
                                                     const Field& field);

 private:
  [[nodiscard]] Result<Numbers> right_numbers(const Node& match, NodeId right, const Field& field) const;
  [[nodiscard]] Result<Numbers> many(NodeId set, const Field& field) const;
  [[nodiscard]] Result<Numbers> range(NodeId value, const Field& field) const;
  [[nodiscard]] Result<Numbers> prefix(NodeId value, const Field& field) const;
  [[nodiscard]] Result<packet::Bits> number(NodeId value, const Field& field) const;
  [[nodiscard]] Result<packet::Bits> flags(NodeId value, const Field& field) const;
  [[nodiscard]] std::optional<Fault> add_names(NodeId value, Names& names) const;
  [[nodiscard]] Fault fault(NodeId at, std::string reason) const {
    return {tree_[at].range, std::move(reason)};
  }

  const Tree& tree_;
  const Table& table_;
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_VALUES_H
