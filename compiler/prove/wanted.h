// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a filter has to admit where it stands, and what it may admit besides, as lists of permits.
#ifndef COMPILER_PROVE_WANTED_H
#define COMPILER_PROVE_WANTED_H

#include <deque>
#include <span>
#include <vector>

#include "compiler/packet/match.h"
#include "compiler/prove/traffic.h"

namespace cordon::prove {

// What a filter sees at one interface.
struct Seat {
  EdgeId edge;
  bool received = false, sent = false, own = false;
};

// Where a filter stands: at an interface, or at all of a device's for the device itself.
struct Post {
  std::vector<Seat> seats;
  std::vector<Seat> beside;  // what the same filters see elsewhere: it may pass, and is not asked for here
  bool whole_device = false;
};

// Fields that the platform does not show its filters are left out of the question.
struct Scope {
  std::uint8_t fragments = packet::any_fragment;
  std::uint8_t states = packet::any_state;
};

// Permits and the sets that they point to.
class Permits {
 public:
  explicit Permits(Scope scope) : scope_(scope) {}

  void add(const packet::AddressSet& source, const packet::AddressSet& destination,
           const packet::ServiceSet& services);  // which have to last
  void add_copy(packet::AddressSet source, packet::AddressSet destination, packet::ServiceSet services);
  [[nodiscard]] std::span<const packet::MatchRule> rules() const { return rules_; }

 private:
  Scope scope_;
  std::deque<packet::AddressSet> sets_;
  std::deque<packet::ServiceSet> services_;
  std::vector<packet::MatchRule> rules_;
};

class Wanted {
 public:
  Wanted(const Forwarding& forwarding, const Traffic& traffic)
      : forwarding_(&forwarding), traffic_(&traffic) {}

  // New connections and what the model implies; without memory also replies and errors.
  [[nodiscard]] Permits needed(const Post& post, bool memory, Scope scope) const;
  // What may pass besides.
  [[nodiscard]] Permits excused(const Post& post, bool memory, Scope scope) const;
  // Packets of connections in both directions.
  [[nodiscard]] Permits conversations(const Post& post, Scope scope) const;
  // Every error about a connection.
  [[nodiscard]] static Permits errors(Scope scope);

  // The lines that ask for connections between the packet's addresses.
  [[nodiscard]] std::vector<source::Range> asked(const Post& post, const packet::Packet& packet) const;
  // The source of the packet cannot be behind the interface.
  [[nodiscard]] bool is_spoofed(const Seat& seat, const packet::Packet& packet) const;

 private:
  struct Targets;  // of errors
  template <class Visit>
  void visit(const Seat& seat, Visit visit) const;
  void add_row(const Row& row, Permits& permits) const;
  void add_beside(const Post& post, bool memory, Permits& permits) const;
  void add_errors(const Seat& seat, bool anywhere, bool excused, Permits& permits) const;
  [[nodiscard]] Targets error_targets(const Seat& seat, packet::Family family, bool excused) const;

  const Forwarding* forwarding_;
  const Traffic* traffic_;
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_WANTED_H
