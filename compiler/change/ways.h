// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Every way that packets may take through the network, and what decides about them at each device of it.
//
// What filters say is what was read of texts: of those that were just written, or of running configurations.
// A way crosses no device and no network twice; stated routing narrows it. Shortest first, of one length in
// the order of the policy; beyond a number of ways they are not shown. Only what could open a connection is
// followed (`openers.h`). Where a line is not understood, nothing is claimed: the answer has three values.
#ifndef COMPILER_CHANGE_WAYS_H
#define COMPILER_CHANGE_WAYS_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "compiler/change/intent.h"
#include "compiler/change/part.h"
#include "compiler/config/reading.h"
#include "compiler/ir/flow_set.h"
#include "compiler/packet/packet_set.h"
#include "compiler/prove/end_to_end.h"

namespace cordon::change {

enum class Passage : std::uint8_t { all, none, some, unknown };
[[nodiscard]] std::string_view to_string(Passage passage);  // `allowed`

// A line that decides about packets of the question.
struct DecidingLine {
  source::Range line;  // of what was read; invalid: the platform's own last word, or its memory
  bool permits = false;
  bool remembers = false;  // a reply, of a connection that the device knows
  friend bool operator==(const DecidingLine&, const DecidingLine&) = default;
};

// Filters at one place of a device, and those packets that came so far.
struct FilterStep {
  enum class Place : std::uint8_t { in, between, out, own } place = Place::in;
  Passage passage = Passage::all;
  std::vector<DecidingLine> lines;  // the first few
  bool more = false;                // there are others
  std::vector<config::Gap> gaps;    // lines that are not understood
  bool unread = false;              // the configuration knows no such interface
};

struct WayHop {
  ir::DeviceId device;
  std::optional<std::uint32_t> in, out;  // interfaces; nothing: the connection starts or ends at the device
  bool read = false;                     // its configuration is known
  std::vector<FilterStep> steps;         // none: no filter stands in the way
};

struct Direction {
  std::vector<WayHop> hops;  // up to where nothing gets any further
  Passage passage = Passage::all;
};

struct Way {
  Direction there;
  std::optional<Direction> back;  // of replies to what gets through
};

// One place where packets start or end: hosts of a network, or a device itself.
struct Stop {
  ir::NetworkId network;
  ir::DeviceId device;
};

struct PairWays {
  Stop from, to;
  bool same_network = false;    // hosts reach each other without any device
  bool opens_nothing = false;   // no packet that is asked about could open a connection
  std::vector<Way> ways;        // the first few
  std::size_t more = 0;         // that are not shown
  bool more_uncounted = false;  // and there are others, which nobody looked at
};

// What becomes of the packets, whichever way they take.
struct Fate {
  Part allowed;  // on every way
  Part denied;   // on every way
  Part differs;  // on some ways and not on others
  Part unknown;  // a line that is not understood may decide
};

// Unknown as soon as one packet is.
[[nodiscard]] Passage answer_of(const Fate& fate);

struct WaysAnswer {
  std::vector<PairWays> pairs;  // the first few; with an outcome, those first where something gets through
  std::size_t more_pairs = 0;   // that are not shown
  bool uncounted = false;       // some pair has ways that nobody looked at
  Fate outcome;                 // over all pairs, shown or not; only where it was asked for
};

struct WaysLimit {
  std::size_t pairs = 4, ways = 4, lines = 4;
  bool outcome = false;
};

// What was read of each device that the policy configures. Those without a reading: unknown, or, where the
// policy says that they are not ours to configure, passed freely.
[[nodiscard]] packet::Decided<WaysAnswer> find_ways(const Intent& intent, const ir::FlowSet& question,
                                                    std::span<const prove::ReadDevice> readings,
                                                    const WaysLimit& limit,
                                                    const packet::Budget& budget = {});

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_WAYS_H
