// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Concrete packets worth trying on a list of rules: at every boundary and just beside it.
//
// Two filters that differ, differ at a value that one of them mentions or right next to one. So the
// samples take their values from the rules: first and last of every range and both neighbours,
// every protocol and ICMP type named and one that is not, and TCP flags, fragments and states that
// tell sets of them apart.
#ifndef COMPILER_PACKET_SAMPLES_H
#define COMPILER_PACKET_SAMPLES_H

#include <array>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "compiler/packet/match.h"

namespace cordon::packet {

class PacketSampler {
 public:
  PacketSampler(std::span<const MatchRule> rules, std::uint64_t seed);

  // For each rule a packet inside it, varied in one field at a time over all its boundaries.
  [[nodiscard]] std::vector<Packet> boundary() const;

  // Every field drawn on its own from the values of all rules. The same seed gives the same packets.
  [[nodiscard]] Packet next();

 private:
  struct Values {  // ascending, without duplicates
    std::vector<Bits> sources, destinations;
    std::vector<std::uint8_t> protocols;
    std::vector<std::uint16_t> source_ports, destination_ports, icmp;  // type * 256 + code
  };

  static void collect(const Match& match, Values& values);
  static void vary(const Packet& inside, const Values& values, std::vector<Packet>& out);
  template <class T>
  [[nodiscard]] T pick(const std::vector<T>& values);

  std::span<const MatchRule> rules_;
  std::array<Values, 2> values_;  // by family
  std::mt19937_64 random_;
};

// Clears the fields that the packet cannot carry: ports of ICMP, flags of UDP, all of a later
// fragment's. Two packets that differ on the wire stay different.
[[nodiscard]] Packet clear_absent_fields(Packet packet);

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_SAMPLES_H
