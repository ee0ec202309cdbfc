// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What running configurations let through, end to end, of everything that a question asks about at once.
//
// No way is listed: packets carry their ends with them, so that all of them set out together, and what
// arrives at an interface is one set, whoever sent it and whichever way it took. Work grows with interfaces
// and filters, not with pairs of zones nor with ways.
//
//   gets through   on some way: found by walking on until nothing new arrives anywhere. A walk that passes a
//                  device twice has a path as its shortcut, since what is open belongs to interfaces. Where
//                  filters stand between pairs of interfaces that does not hold; there only walks that come
//                  to no device twice count as sure.
//   on every way   it gets through, and no filter that it may come by refuses it. Where it may come by is the
//                  prover's definition (prove/tracks.h), which holds for every simple path.
//   denied         no way, and whatever a line means that is not understood, opens one.
//   differs        it gets through on some way, and a filter on another one refuses it.
//   some           it gets through on some way; whether on every one is not known.
//   unknown        the rest. Where everything is understood there is none, but for a ring of devices with
//                  filters between pairs of interfaces.
//
// Only what could open a connection is asked about (`openers.h`); hosts of one network reach each other
// without any device, unless their zone isolates. What a device sends itself passes none of its filters.
#ifndef COMPILER_CHANGE_RUNNING_PERMITS_H
#define COMPILER_CHANGE_RUNNING_PERMITS_H

#include <array>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "compiler/change/intent.h"
#include "compiler/change/running_filters.h"
#include "compiler/packet/packet_set.h"
#include "compiler/prove/ends.h"
#include "compiler/prove/stated_routes.h"
#include "compiler/prove/tracks.h"
#include "compiler/prove/ways.h"

namespace cordon::change {

// Of one question: disjoint, and together what is asked.
struct RunningFate {
  packet::PacketSet asked, allowed, denied, differs, some, unknown;
};

class RunningPermits {
 public:
  // All of them have to last as long. Devices that the policy configures and that are not among the readings
  // are unknown.
  RunningPermits(const Intent& intent, std::span<const prove::ReadDevice> readings,
                 const packet::Budget& budget = {});
  RunningPermits(const RunningPermits&) = delete;
  RunningPermits& operator=(const RunningPermits&) = delete;
  ~RunningPermits() = default;

  // Everything below may throw `Exhausted`, and speaks of the question that was asked last.
  [[nodiscard]] RunningFate ask(const ir::Addresses& from, const ir::Addresses& to,
                                const packet::ServiceSet& services);
  // Replies to connections between the ends that were asked about last; they become the question.
  [[nodiscard]] RunningFate ask_replies(const packet::PacketSet& connections);

  // Of the packets those that no filter can stand in the way of: between hosts of one network, and what
  // devices send themselves to hosts beside them.
  [[nodiscard]] packet::PacketSet on_link(const packet::PacketSet& packets);

  // Lines that let the packets pass, or that refuse them where they may come by; those that name somebody
  // first. Each line once.
  [[nodiscard]] std::vector<RunningRule> rules_for(const packet::PacketSet& packets, bool permits);
  // The same rule by rule, with what each decides about.
  void visit_rules(const packet::PacketSet& packets, const RunningFilters::VisitRule& visit);
  // What is not understood where the packets may come by, and devices in a ring that leave some of them
  // unknown: never nothing for packets of which something is unknown. And whoever translates addresses, since
  // packets are followed as they were sent.
  [[nodiscard]] std::vector<Blind> blind_for(const packet::PacketSet& packets);

  [[nodiscard]] const Intent& intent() const { return intent_; }
  [[nodiscard]] packet::PacketSpace& space() { return space_; }

 private:
  using EdgeId = prove::EdgeId;
  using VertexId = prove::VertexId;
  using PacketSet = packet::PacketSet;
  using Stage = prove::Stage;

  // At an interface and stage: packets that may come by there, and what passes of them.
  struct Post {
    explicit Post(const PacketSet& all) : packets(all) {}
    PacketSet packets;
    std::optional<LetThrough> through;
  };
  class Walk;

  [[nodiscard]] PacketSet openers_of(const packet::ServiceSet& services);
  [[nodiscard]] RunningFate judge(const PacketSet& asked);
  [[nodiscard]] PacketSet ringed(const PacketSet& routed, const PacketSet& unknown);
  void place_posts(const PacketSet& asked);
  void place_hairpins(const PacketSet& asked);
  [[nodiscard]] PacketSet back_on(EdgeId edge, const PacketSet& packets);
  [[nodiscard]] PacketSet direct(const PacketSet& asked);
  [[nodiscard]] PacketSet neighbours();
  [[nodiscard]] PacketSet itself(const PacketSet& asked);
  struct Stopped {
    PacketSet sure, maybe;
  };
  [[nodiscard]] Stopped stopped();

  [[nodiscard]] Post& post(EdgeId edge, Stage stage) {
    return posts_[edge.value * std::size(prove::stages) + static_cast<std::size_t>(stage)];
  }
  [[nodiscard]] const LetThrough& through(EdgeId edge, Stage stage);
  [[nodiscard]] const LetThrough& between(EdgeId in, EdgeId out);
  // Every packet from some addresses to others; nothing: whoever it is.
  [[nodiscard]] PacketSet product(const ir::Addresses* from, const ir::Addresses* to);
  // Places of filters with those of the packets that may come by.
  template <class Visit>
  void visit_places(const PacketSet& packets, Visit visit);
  void add_rings(const PacketSet& packets, std::vector<Blind>& found);
  template <class Visit>
  void visit_pairs(VertexId vertex, const PacketSet& packets, Visit visit);

  [[nodiscard]] PacketSet both(const PacketSet& a, const PacketSet& b);
  [[nodiscard]] PacketSet either(const PacketSet& a, const PacketSet& b);
  [[nodiscard]] PacketSet minus(const PacketSet& a, const PacketSet& b);
  [[nodiscard]] bool empty(const PacketSet& set) const { return set == space_.empty(); }

  const Intent& intent_;
  const ir::Policy& policy_;
  packet::PacketSpace space_;
  prove::Forwarding forwarding_;
  prove::Ways ways_;
  prove::StatedRoutes routes_;
  prove::Sets sets_;
  prove::Ends ends_;
  prove::Tracer tracer_;
  RunningFilters filters_;
  ir::Addresses from_, to_;
  // Get through only by ways that come to a device twice, as far as is known; where filters stand between
  // pairs of interfaces that may be no way of theirs.
  PacketSet ringed_;
  std::vector<Post> posts_;
  std::map<std::pair<EdgeId, EdgeId>, LetThrough> between_;
};

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_RUNNING_PERMITS_H
