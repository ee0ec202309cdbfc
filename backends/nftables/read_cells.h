// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a rule asks of a packet: a product of fields, each of them a number that stands for a set.
#ifndef BACKENDS_NFTABLES_READ_CELLS_H
#define BACKENDS_NFTABLES_READ_CELLS_H

#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "backends/nftables/read_values.h"
#include "compiler/config/device.h"

namespace cordon::backends::nftables::reading {

using TransportId = Id<struct TransportTag>;
using InterfaceTestId = Id<struct InterfaceTestTag>;

inline constexpr std::uint8_t both_families = 3;  // bit 0 IPv4, bit 1 IPv6
inline constexpr std::uint8_t every_state = 31;

// As conntrack tells them; the first three are those of the model.
enum class CtState : std::uint8_t { fresh = 1, established = 2, related = 4, invalid = 8, untracked = 16 };

[[nodiscard]] constexpr std::uint8_t family_bit(packet::Family family) {
  return family == packet::Family::ipv4 ? 1 : 2;
}

// What is above IP. Ports, types and flags bear only on the protocols that have them.
struct Transport {
  std::bitset<256> protocols = ~std::bitset<256>();
  Numbers source{packet::Family::ipv4, {{0, 65535}}};
  Numbers destination{packet::Family::ipv4, {{0, 65535}}};
  std::bitset<256> types = ~std::bitset<256>();
  std::bitset<256> codes = ~std::bitset<256>();
  packet::TcpFlagSet flags = packet::any_tcp_flags;
  bool reads = false;      // the transport header, which later fragments lack
  bool reads_raw = false;  // ports, whatever the protocol is
  friend bool operator==(const Transport&, const Transport&) = default;
};

// Names of an interface: all clauses hold. A clause is a list of patterns, or everything but these.
struct InterfaceClause {
  bool negated = false;
  std::vector<std::string> patterns;
  friend auto operator<=>(const InterfaceClause&, const InterfaceClause&) = default;
};
using InterfaceTest = std::vector<InterfaceClause>;  // sorted, without duplicates

// An invalid id asks nothing. Addresses are those of the only family that is left.
struct Cell {
  std::uint8_t families = both_families;
  std::uint8_t states = every_state;
  std::uint8_t fragments = packet::any_fragment;
  config::AddressSetId source, destination;
  TransportId transport;
  InterfaceTestId in, out;
  friend bool operator==(const Cell&, const Cell&) = default;
};

// Keeps every set once; equal sets have equal ids. Address and service sets are those of the device.
class CellSpace {
 public:
  explicit CellSpace(config::Device& device);

  [[nodiscard]] std::optional<Cell> both(const Cell& a, const Cell& b);

  [[nodiscard]] config::AddressSetId any(packet::Family family) const {
    return any_[family == packet::Family::ipv4 ? 0 : 1];
  }

  // The set is not empty. The label is used where the set is new.
  config::AddressSetId addresses(const Numbers& set, std::string_view label);
  TransportId transport(const Transport& transport);
  InterfaceTestId interface_test(InterfaceTest test);

  // Whether the sets became too large together; those that came later are then not kept, and `any` stands for
  // them.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

  [[nodiscard]] const Transport& operator[](TransportId id) const { return transports_[id]; }
  [[nodiscard]] const InterfaceTest& operator[](InterfaceTestId id) const { return tests_[id]; }
  [[nodiscard]] const IdVector<InterfaceTestId, InterfaceTest>& tests() const { return tests_; }

 private:
  using Pair = std::uint64_t;
  template <class IdType>
  static Pair pair_of(IdType a, IdType b) {
    return Pair{std::min(a.value, b.value)} << 32U | std::max(a.value, b.value);
  }
  // False: nothing is in both. The result goes into `a`.
  bool narrow(config::AddressSetId& a, config::AddressSetId b);
  bool narrow(TransportId& a, TransportId b);
  void narrow(InterfaceTestId& a, InterfaceTestId b);

  struct AddressHash {
    std::size_t operator()(const Numbers& set) const;
  };
  struct TransportHash {
    std::size_t operator()(const Transport& transport) const;
  };

  void keep(std::size_t ranges);

  config::Device& device_;
  config::AddressSetId any_[2];
  std::size_t ranges_ = 0;  // in all sets together
  bool exhausted_ = false;
  IdVector<TransportId, Transport> transports_;
  IdVector<InterfaceTestId, InterfaceTest> tests_;
  std::unordered_map<Numbers, config::AddressSetId, AddressHash> address_ids_;
  std::unordered_map<Transport, TransportId, TransportHash> transport_ids_;
  std::map<InterfaceTest, InterfaceTestId> test_ids_;
  // Invalid: nothing is in both.
  std::unordered_map<Pair, config::AddressSetId> address_pairs_;
  std::unordered_map<Pair, TransportId> transport_pairs_;
  std::unordered_map<Pair, InterfaceTestId> test_pairs_;
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_CELLS_H
