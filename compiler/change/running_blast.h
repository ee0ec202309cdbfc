// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How far an intruder who holds a set comes by connections that running devices let through.
//
// There are two radii. What is reached for sure is got at by connections that get through on some way; an
// intruder needs no more than one. What may be reached takes connections as well of which it is not known
// whether they get through. Whatever lies in neither is proved to be out of reach, and where both are the
// same, lines that are not understood lead nowhere else: the answer is complete.
//
// Whose addresses belong together is as in the policy's own radius (`query.h`), and so is a step. What passes
// no filter and the policy does not speak of is left out, as in `running_query.h`.
#ifndef COMPILER_CHANGE_RUNNING_BLAST_H
#define COMPILER_CHANGE_RUNNING_BLAST_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/change/part.h"
#include "compiler/change/query.h"
#include "compiler/change/running_permits.h"

namespace cordon::change {

struct RunningBlastEnd {
  std::size_t step = 0;  // from one
  std::size_t end = 0;
  ir::Addresses addresses;            // reached in this step and in none before
  bool in_policy = false;             // they are in the policy's own radius; else none of them is
  Part connections;                   // that lead there; none: they are other addresses of who is reached
  std::vector<std::uint32_t> causes;  // of the policy, that ask for any of it; ascending
  Part beyond;                        // of the connections, for sure: the policy does not permit it
  std::vector<RunningRule> beyond_by;
};

struct RunningBlast {
  std::vector<RunningBlastEnd> sure;   // by step, then by end, then what is in the policy's radius first
  std::vector<RunningBlastEnd> maybe;  // likewise: what is not in `reached`
  ir::Addresses start;                 // the set, with the other addresses of its hosts
  ir::Addresses reached, possible;     // all of the one and of the other, without the start
  ir::Addresses kept_out;              // of the policy's own radius, in neither
  std::size_t steps = 0;               // that brought something for sure
  std::vector<Blind> blind;            // what leaves open whether more is reached
  bool unknown_leads_nowhere = false;  // something is not understood, and nothing more is reached by it
  std::vector<ir::DeviceId> on_link;   // held, for sure or perhaps, and not all hosts beside them are reached
};

// `steps` 0: as far as it goes.
[[nodiscard]] packet::Decided<RunningBlast> running_blast_radius(RunningPermits& running,
                                                                 std::span<const End> ends,
                                                                 const ir::Addresses& set,
                                                                 std::size_t steps = 0);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_RUNNING_BLAST_H
