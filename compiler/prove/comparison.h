// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A plan and what was read of a text, place by place.
//
// What a platform never lets a filter see (later fragments where it puts packets together, connection states
// where it has none) tells nothing apart. Who asks gets whole sets: `translation.h` makes one witness of
// each, `compiler/change/drift.h` tells all of them.
#ifndef COMPILER_PROVE_COMPARISON_H
#define COMPILER_PROVE_COMPARISON_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/config/capabilities.h"
#include "compiler/config/device.h"
#include "compiler/config/reading.h"
#include "compiler/packet/packet_set.h"
#include "compiler/prove/filter_sets.h"
#include "compiler/prove/local_addresses.h"
#include "compiler/prove/same_rules.h"
#include "compiler/prove/translation.h"

namespace cordon::prove {

// Where packets pass a device, with the filters that stand there in the plan and in what was read.
struct Place {
  enum class Kind : std::uint8_t {
    crossing,   // from `in` to `out`
    own,        // to the device itself by `in`
    unplanned,  // from `in`, an interface of what was read: its platform configures none, and nobody planned
                // it
  };
  Kind kind = Kind::crossing;
  config::InterfaceId in, out;  // planned ones, but for the last kind
  std::vector<config::FilterId> planned, read;
};

class PlaceListener {
 public:
  PlaceListener() = default;
  PlaceListener(const PlaceListener&) = delete;
  PlaceListener& operator=(const PlaceListener&) = delete;
  virtual ~PlaceListener() = default;

  // About interfaces, ports and VLANs.
  virtual void stated(Difference difference) = 0;
  // Never empty. Opened: what was read lets these packets pass, and the plan does not; else the other way
  // round.
  virtual void differ(const Place& place, const packet::PacketSet& packets, bool opened) = 0;
};

// The plan, the capabilities and the reading have to last as long.
class Comparison {
 public:
  Comparison(const config::Device& planned, const config::Capabilities& capabilities,
             const config::Reading& reading, packet::Budget budget);

  // In the order of the plan; gaps of the reading are not told. Once. False: something exceeded the budget.
  [[nodiscard]] bool run(PlaceListener& listener);

  // For the listener, during the run.
  [[nodiscard]] packet::PacketSpace& space() { return space_; }
  // `from `pumps` (eth1) to `servers` (eth2)`
  [[nodiscard]] std::string text(const Place& place) const;
  // The rules that decide about a packet there; null where no rule does.
  [[nodiscard]] const config::Rule* planned_rule(const Place& place, const packet::Packet& packet) const;
  [[nodiscard]] const config::Rule* read_rule(const Place& place, const packet::Packet& packet) const;
  // The same of one of the filters that were read.
  [[nodiscard]] const config::Rule* read_rule(config::FilterId filter, const packet::Packet& packet) const {
    return read_sets_.deciding({&filter, 1}, packet);
  }
  // Of the packets there, what the plan lets pass and not all of these filters of what was read do.
  [[nodiscard]] std::optional<packet::PacketSet> refused_by(const Place& place,
                                                            std::span<const config::FilterId> read);
  // What was read for a planned interface; invalid where it is missing.
  [[nodiscard]] config::InterfaceId read_of(config::InterfaceId planned) const {
    return read_of_[planned.value];
  }

 private:
  using Filters = std::vector<config::FilterId>;
  struct Side {
    Filters filters;
    std::optional<packet::PacketSet> through;
  };
  struct Stand {  // at one interface
    Side planned, read;
    bool same = false;  // rule by rule: then neither is turned into a set
    [[nodiscard]] bool equal() const { return same || planned.through == read.through; }
  };

  void state(std::string text, source::Range emitted, source::Range policy);
  void compare_interfaces();
  void collect_stands();
  [[nodiscard]] static bool all_same(const std::vector<Stand>& stands);
  [[nodiscard]] bool crossings_are_same() const;
  [[nodiscard]] bool evaluate_stands();
  [[nodiscard]] static bool evaluate(Stand& stand, FilterSets& planned, FilterSets& read);
  void compare_crossings();
  void compare_crossing(config::InterfaceId in, config::InterfaceId out, const Filters& also);
  void compare_own();
  void compare_unplanned();
  void compare(const Place& place, const packet::PacketSet& planned, const packet::PacketSet& read);
  [[nodiscard]] const std::optional<packet::PacketSet>& seen_at(const Place& place);
  [[nodiscard]] std::optional<packet::PacketSet> domain(bool local, std::uint8_t states = packet::any_state);
  [[nodiscard]] Filters between(config::InterfaceId in, config::InterfaceId out) const;

  const config::Device& planned_;
  const config::Capabilities& capabilities_;
  const config::Reading& reading_;
  packet::PacketSpace space_;
  FilterSets planned_sets_, read_sets_;
  SameRules same_;
  LocalAddresses local_;
  FilterSets planned_own_sets_, read_own_sets_;  // of what is for the device itself
  std::vector<config::InterfaceId> read_of_;     // by planned interface
  std::vector<config::InterfaceId> unplanned_;   // read, on a platform that configures no interfaces
  std::vector<Stand> in_, out_, own_;
  std::optional<packet::PacketSet> forwarded_, delivered_;
  std::optional<packet::PacketSet> remembered_;  // of what is forwarded, what a filter of connections knows
  std::optional<packet::PacketSet> beginnings_;  // of what is forwarded, what opens a connection
  PlaceListener* listener_ = nullptr;
  bool undecided_ = false;
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_COMPARISON_H
