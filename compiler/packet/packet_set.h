// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Exact sets of packets.
//
// A `PacketSpace` turns first-match lists of rules into sets and answers questions about them
// without sampling: equal, contained, empty, which packet tells them apart, which lines of a list
// do nothing. Sets are canonical, so equality is one comparison. Work is bounded: a question that
// would take more than the budget is `Undecided`, and never answered by a guess.
//
// The representation is an interval decision diagram; see README.md and diagram.h.
#ifndef COMPILER_PACKET_PACKET_SET_H
#define COMPILER_PACKET_PACKET_SET_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/base/expected.h"
#include "compiler/packet/match.h"

namespace cordon::packet {

struct Budget {
  std::uint64_t steps = 2'000'000'000;       // list entries and edges visited by one question
  std::size_t bytes = std::size_t{1} << 30;  // of all diagrams and memos of one space
};

// The budget ran out before there was an answer. Nothing follows from it, least of all "equal".
struct Undecided {
  enum class Limit : std::uint8_t { steps, memory } limit = Limit::steps;
};
template <class T>
using Decided = Expected<T, Undecided>;

class PacketSpace;
enum class Operation : std::uint8_t { unite, intersect, subtract };

// A set of packets of both families, by its place in the space that made it. Equal sets of one
// space are equal values; sets of different spaces must not meet.
class PacketSet {
 public:
  friend bool operator==(const PacketSet& a, const PacketSet& b);

 private:
  friend class PacketSpace;
  PacketSet(const PacketSpace* space, std::array<std::uint32_t, 2> roots) : space_(space), roots_(roots) {}

  const PacketSpace* space_;
  std::array<std::uint32_t, 2> roots_;  // by family
};

// What one line of a first-match list does.
struct LineUse {
  bool hit = false;     // some packet reaches the line and matches it; otherwise it is shadowed
  bool needed = false;  // for some packet it hits, the list without this line decides differently
  friend bool operator==(const LineUse&, const LineUse&) = default;
};

// One product of a cover: readable, and usable as a permitting rule.
struct Cube {
  AddressSet source, destination;
  ServiceSet services;
  std::uint8_t fragments = any_fragment;
  std::uint8_t states = any_state;

  [[nodiscard]] Family family() const { return source.family(); }
  [[nodiscard]] MatchRule permit() const;  // valid as long as the cube is
  friend bool operator==(const Cube&, const Cube&) = default;
};
[[nodiscard]] std::string to_string(const Cube& cube);

class PacketSpace {
 public:
  explicit PacketSpace(Budget budget = {});
  ~PacketSpace();
  PacketSpace(const PacketSpace&) = delete;
  PacketSpace& operator=(const PacketSpace&) = delete;

  [[nodiscard]] PacketSet empty() const;
  [[nodiscard]] PacketSet full() const;

  // Says which addresses lists to come tell apart. Changes no answer; to learn them list by list costs more,
  // since each time all that is known has to be numbered anew.
  void expect(std::span<const AddressSet* const> sets);

  // What a first-match list permits; what no rule matches is denied.
  [[nodiscard]] Decided<PacketSet> permitted(std::span<const MatchRule> rules);

  [[nodiscard]] Decided<PacketSet> unite(const PacketSet& a, const PacketSet& b);
  [[nodiscard]] Decided<PacketSet> intersect(const PacketSet& a, const PacketSet& b);
  [[nodiscard]] Decided<PacketSet> subtract(const PacketSet& a, const PacketSet& b);
  [[nodiscard]] Decided<PacketSet> complement(const PacketSet& a);
  [[nodiscard]] Decided<bool> is_subset(const PacketSet& inner, const PacketSet& outer);

  [[nodiscard]] bool contains(const PacketSet& set, const Packet& packet) const;

  // A packet of the set, the plainest in it; nothing when the set is empty.
  [[nodiscard]] std::optional<Packet> witness(const PacketSet& set) const;

  // How many packets. Exact up to the precision of `long double`.
  [[nodiscard]] long double size(const PacketSet& set) const;

  // Disjoint products whose union is the set, as few as grouping finds, in a fixed order.
  [[nodiscard]] Decided<std::vector<Cube>> cover(const PacketSet& set);

  // One entry a rule. Lines that are not hit may all be removed at once; of lines that are hit but
  // not needed only one at a time, since one may be what makes the other superfluous.
  [[nodiscard]] Decided<std::vector<LineUse>> analyze(std::span<const MatchRule> rules);

 private:
  class Engine;
  [[nodiscard]] Decided<PacketSet> combine(Operation operation, const PacketSet& a, const PacketSet& b);

  std::unique_ptr<Engine> engine_;
};

// Two lists compared: a packet that only one of them permits, or neither when they are equal.
struct Comparison {
  std::optional<Packet> only_first, only_second;
  [[nodiscard]] bool equal() const { return !only_first && !only_second; }
};
[[nodiscard]] Decided<Comparison> compare(std::span<const MatchRule> first, std::span<const MatchRule> second,
                                          Budget budget = {});

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_PACKET_SET_H
