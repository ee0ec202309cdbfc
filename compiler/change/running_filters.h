// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the filters of running configurations let through at each place, of the packets of one question.
//
// A place where a line is not understood has two answers: what passes whatever the line means, which is
// nothing, and what may pass, which is everything that no filter that is understood refuses there. The same
// holds for devices of ours of which nothing was read, and for interfaces that the text does not know.
// Devices that are not ours to configure let everything through, as the policy has it.
#ifndef COMPILER_CHANGE_RUNNING_FILTERS_H
#define COMPILER_CHANGE_RUNNING_FILTERS_H

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "compiler/change/near_rules.h"
#include "compiler/change/running.h"
#include "compiler/config/reading.h"
#include "compiler/ir/policy.h"
#include "compiler/packet/packet_set.h"
#include "compiler/prove/bound_filters.h"
#include "compiler/prove/forwarding.h"

namespace cordon::change {

struct LetThrough {
  packet::PacketSet sure, maybe;  // the first is part of the second
};

// Where filters stand: at an interface, or from one interface to another of the same device.
struct FilterPlace {
  prove::EdgeId edge;
  prove::Stage stage = prove::Stage::received;
  prove::EdgeId out;  // valid: between the two
};

// Every answer may throw `Exhausted`.
class RunningFilters {
 public:
  // All of them have to last as long.
  RunningFilters(const prove::Forwarding& forwarding, std::span<const prove::ReadDevice> readings,
                 packet::PacketSpace& space);

  // The question that is asked next: whose packets, and whether they are replies to connections that got
  // through.
  void start(const ir::Addresses& from, const ir::Addresses& to, bool replies);

  // Of the packets of the question; of all others the sets say nothing.
  [[nodiscard]] LetThrough through(const FilterPlace& place);
  [[nodiscard]] bool has_pairs(prove::VertexId vertex) const;
  [[nodiscard]] bool any_pairs() const { return any_pairs_; }

  // Which rules decide about the packets at the place, in the order of the text, and about which of them.
  // Nothing of filters that are not understood.
  using VisitRule = std::function<void(const RunningRule&, const packet::PacketSet&)>;
  void visit_rules(const FilterPlace& place, const packet::PacketSet& packets, const VisitRule& visit);
  // What is not understood at the place.
  void add_blind(const FilterPlace& place, std::vector<Blind>& found) const;
  // Devices that make other packets of those that come, wherever they stand.
  void add_translating(std::vector<Blind>& found) const;

 private:
  struct Known {
    const prove::BoundFilters* bound = nullptr;  // nothing: not read
    bool ours = false;
    bool nothing_is_certain = false;
    std::vector<bool> incomplete;  // by filter
  };
  [[nodiscard]] const Known& known(const FilterPlace& place) const;
  [[nodiscard]] prove::FilterList filters_at(const FilterPlace& place) const;
  [[nodiscard]] bool is_unread(const FilterPlace& place) const;
  [[nodiscard]] packet::PacketSet set_of(ir::DeviceId device, config::FilterId id);

  const prove::Forwarding& forwarding_;
  packet::PacketSpace& space_;
  std::map<ir::DeviceId, prove::BoundFilters> bound_;
  std::vector<Known> known_;  // by device
  bool any_pairs_ = false;
  NearRules near_;  // to the ends
  bool replies_ = false;
  std::map<std::pair<ir::DeviceId, config::FilterId>, packet::PacketSet> sets_;
};

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_RUNNING_FILTERS_H
