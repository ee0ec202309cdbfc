// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Questions about what is permitted: what of a flow is, who reaches whom, which lines do it, how far an
// intruder comes.
//
// They are asked of a list of permits with the number of a cause for each, so it is all the same whether a
// policy wants them (intent.h) or devices hold them. Every answer is exact: what is not in it is proved not
// to be permitted.
#ifndef COMPILER_CHANGE_QUERY_H
#define COMPILER_CHANGE_QUERY_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/change/intent.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

// Permits only, of one family each; their order means nothing. What they view has to last as long.
struct Permits {
  std::span<const packet::MatchRule> rules;
  std::span<const std::uint32_t> causes;  // of each rule; what a number means is up to who asks
};
[[nodiscard]] Permits permits_of(const Intent& intent);  // numbers are positions in `causes()`

struct Found {
  std::vector<packet::Cube> cubes;        // disjoint; none: nothing
  std::optional<packet::Packet> example;  // of them
  std::vector<std::uint32_t> causes;      // what permits any of it, ascending
  [[nodiscard]] bool empty() const { return cubes.empty(); }
};

struct Reach {
  bool vacuous = false;   // the flow speaks of no packet at all
  Found allowed, denied;  // together the flow; what is denied has no cause
};
// A host and itself open no connection; where an example is such a packet, somebody else is taken.
[[nodiscard]] packet::Packet between_two(packet::Packet packet, std::span<const packet::Cube> cubes);
[[nodiscard]] packet::Decided<Reach> reach(const Permits& permits, const Space& flow,
                                           const packet::Budget& budget = {});

// A zone, a device's own addresses, or, at last, what belongs to neither. Devices that share a virtual
// address both have it.
struct End {
  std::string name;  // `pumps`, `device firewall`, `no zone`
  ir::ZoneId zone;
  ir::DeviceId device;
  ir::Addresses addresses;
};
[[nodiscard]] std::vector<End> ends_of(const ir::Policy& policy);

// By end, those that have nothing included, in the order of `ends_of`.
struct EndFound {
  std::size_t end = 0;  // position
  Found found;
};
[[nodiscard]] packet::Decided<std::vector<EndFound>> who_reaches(const Permits& permits,
                                                                 std::span<const End> ends,
                                                                 const ir::Addresses& set,
                                                                 const packet::Budget& budget = {});
[[nodiscard]] packet::Decided<std::vector<EndFound>> reached_from(const Permits& permits,
                                                                  std::span<const End> ends,
                                                                  const ir::Addresses& set,
                                                                  const packet::Budget& budget = {});

// What each cause permits of the flow; causes that permit nothing of it are left out. Ascending.
struct LineFound {
  std::uint32_t cause = 0;
  std::vector<packet::Cube> cubes;
  bool needed = false;  // no other permits all of it
};
[[nodiscard]] packet::Decided<std::vector<LineFound>> lines_of(const Permits& permits, const Space& flow,
                                                               const packet::Budget& budget = {});

// What an intruder who holds the set comes to in steps, each the opening of a connection. Both addresses of a
// declared host are one host, all of a device one device, and any two of different families in a network that
// are of no declared host may be one.
struct BlastEnd {
  std::size_t step = 0;  // from one
  std::size_t end = 0;
  ir::Addresses addresses;  // reached in this step and in none before
  packet::ServiceSet services;
  std::vector<std::uint32_t> causes;  // ascending
};
struct Blast {
  std::vector<BlastEnd> found;  // by step, then by end
  ir::Addresses start;          // the set, with the other addresses of its hosts
  ir::Addresses reached;        // all of it, without the start
  std::size_t steps = 0;        // that brought something
};
// `steps` 0: as far as it goes.
[[nodiscard]] Blast blast_radius(const Permits& permits, const ir::Policy& policy, std::span<const End> ends,
                                 const ir::Addresses& set, std::size_t steps = 0);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_QUERY_H
