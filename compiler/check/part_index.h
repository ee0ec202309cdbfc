// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Finds, among thousands of products of addresses and services, those that may share packets with one.
//
// Each side of a product (sources, destinations, services) is a few ranges of numbers, and each side has a
// list of ranges that can be asked who meets a range and how many they are. A question goes to the side that
// leaves the fewest: ten thousand flows to one server differ in their ports, ten thousand flows of one
// service in their addresses.
#ifndef COMPILER_CHECK_PART_INDEX_H
#define COMPILER_CHECK_PART_INDEX_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/check/finding.h"

namespace cordon::check {

// Ranges with an owner each: who meets a range?
class RangeIndex {
 public:
  using Number = packet::Bits;
  struct Entry {
    Number first, last;
    std::uint32_t owner;
  };

  RangeIndex() = default;
  explicit RangeIndex(std::vector<Entry> entries);

  [[nodiscard]] std::size_t count(Number first, Number last) const;
  void add_owners(Number first, Number last, std::vector<std::uint32_t>& owners) const;

 private:
  // The middle of a stretch is the root of its tree.
  Number build(std::size_t begin, std::size_t end);
  void collect(std::size_t begin, std::size_t end, const Entry& asked,
               std::vector<std::uint32_t>& owners) const;

  std::vector<Entry> entries_;   // by first number
  std::vector<Number> highest_;  // last number within the tree of each entry
  std::vector<Number> lasts_;    // ascending
};

class PartIndex {
 public:
  // Only parts whose place in `taken` is true are found.
  PartIndex(std::span<const TrafficPart> parts, const std::vector<bool>& taken);

  // Every part that may meet this one (itself, when it was taken), ascending. None that does is left out.
  [[nodiscard]] std::vector<std::uint32_t> near(const TrafficPart& part) const;

 private:
  enum Side : std::uint8_t { from, to, services };
  static constexpr std::size_t side_count = 3;
  using Sides = std::array<RangeIndex, side_count>;

  [[nodiscard]] static std::vector<RangeIndex::Entry> entries_of(const TrafficPart& part,
                                                                 packet::Family family, Side side,
                                                                 std::uint32_t owner);

  std::array<Sides, 2> families_;
};

// Both families that both ends have and that the services can occur in; nothing is left of the others.
[[nodiscard]] TrafficPart trimmed(TrafficPart part);

// Whether the two have a packet in common.
[[nodiscard]] bool meet(const TrafficPart& a, const TrafficPart& b);

// The packets that both hold.
[[nodiscard]] TrafficPart shared_traffic(const TrafficPart& a, const TrafficPart& b);

// Whether `outer` holds all of `inner`, when that can be seen term by term. False proves nothing.
[[nodiscard]] bool plainly_holds(const TrafficPart& outer, const TrafficPart& inner);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_PART_INDEX_H
