// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Questions of an incident, asked of what runs: what of a flow gets through, who reaches whom, which lines of
// devices do it, whether answers come back, and whether the policy's own tests hold there.
//
// Hosts of one network, and devices that stand on it, reach each other without any filter; where the policy
// does not speak of it, that is left out, and the devices are named. Every answer has three parts: let
// through for sure, stopped for sure, and unknown because a line is not understood or nothing of a device was
// read. What is let through stands beside what the policy permits: what goes beyond it has the lines of
// devices that do it, and what falls short of it those that refuse.
#ifndef COMPILER_CHANGE_RUNNING_QUERY_H
#define COMPILER_CHANGE_RUNNING_QUERY_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/change/part.h"
#include "compiler/change/policy_tests.h"
#include "compiler/change/query.h"
#include "compiler/change/running_permits.h"
#include "compiler/change/ways.h"

namespace cordon::change {

struct RunningFound {
  Part through;                          // on some way, for sure
  std::vector<std::uint32_t> causes;     // of the policy, that ask for any of it; ascending
  Part differs;                          // of what gets through: it is refused on other ways
  std::vector<RunningRule> differs_by;   // who refuses it there
  Part beyond;                           // of what gets through: the policy does not permit it
  std::vector<RunningRule> beyond_by;    // who lets it pass; none: no filter stands where it comes by
  Part short_of;                         // the policy permits it, and some way or all refuse it for sure
  std::vector<RunningRule> short_of_by;  // who refuses it
  Part some;                             // of what gets through: whether on every way is not known
  Part unknown;
};

struct RunningReach {
  bool vacuous = false;  // the flow speaks of no packet that could open a connection
  RunningFound found;
  Part denied;                        // for sure, on every way
  std::vector<Blind> blind;           // what makes the unknown part unknown
  std::vector<ir::DeviceId> on_link;  // devices beside hosts of the other end
};

struct RunningEnd {
  std::size_t end = 0;  // position
  RunningFound found;
};
struct RunningEnds {
  std::vector<RunningEnd> found;  // by end, those that have nothing included
  std::vector<Blind> blind;
  std::vector<ir::DeviceId> on_link;  // devices beside hosts of the other end
};

// A line of a device that permits something of a flow where its packets may come by.
struct RunningLine {
  ir::DeviceId device;
  source::Range line;    // invalid: the platform's own last word
  Part part;             // of the flow
  bool through = false;  // something of it gets to its end, for sure or maybe
};
struct RunningLines {
  std::vector<RunningLine> lines;  // by device, then by line
  Part unknown;
  std::vector<Blind> blind;
};

struct RunningRoundtrip {
  RunningFound there;                // connections that get through
  Part answered;                     // answers that come back on every way
  Part lost, differs;                // never, and on some ways only
  std::vector<RunningRule> lost_by;  // who refuses these two
  Part unknown;                      // whether these answers come back on every way
  std::vector<Blind> blind, blind_back;
};

// The same in four parts, without the policy beside it. What gets through on some way, and nobody can say
// whether on every one, is unknown.
struct RunningOutcome {
  Fate fate;
  std::vector<Blind> blind;
};
[[nodiscard]] packet::Decided<RunningOutcome> running_outcome(RunningPermits& running,
                                                              const ir::FlowSet& flow);

[[nodiscard]] packet::Decided<RunningReach> running_reach(RunningPermits& running, const ir::FlowSet& flow);
[[nodiscard]] packet::Decided<RunningEnds> running_who_reaches(RunningPermits& running,
                                                               std::span<const End> ends,
                                                               const ir::Addresses& set);
[[nodiscard]] packet::Decided<RunningEnds> running_reached_from(RunningPermits& running,
                                                                std::span<const End> ends,
                                                                const ir::Addresses& set);
[[nodiscard]] packet::Decided<RunningLines> running_lines(RunningPermits& running, const ir::FlowSet& flow);
[[nodiscard]] packet::Decided<RunningRoundtrip> running_roundtrip(RunningPermits& running,
                                                                  const ir::FlowSet& flow);

// The policy's own tests: passed, failed with the lines that make them fail, or incomplete.
[[nodiscard]] packet::Decided<std::vector<TestResult>> run_tests(RunningPermits& running,
                                                                 std::span<const ir::PolicyTest> tests);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_RUNNING_QUERY_H
