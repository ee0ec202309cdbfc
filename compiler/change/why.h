// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Why a policy permits what somebody asks about, or does not, and the least edit that would turn the answer
// round.
//
// The answer is about every packet that was asked for: allowed, denied, or partly with both parts exactly.
// Of what is allowed it names the lines that open it, of what is denied the reason in each pair of zones,
// and everything that is claimed about either: tests, assertions, waivers. Costs one look at every flow; sets
// are made only of flows that share addresses with the question.
#ifndef COMPILER_CHANGE_WHY_H
#define COMPILER_CHANGE_WHY_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/change/edit.h"
#include "compiler/change/intent.h"
#include "compiler/change/part.h"
#include "compiler/change/parties.h"
#include "compiler/ir/flow_set.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

enum class Answer : std::uint8_t { allowed, denied, partly };
[[nodiscard]] std::string_view to_string(Answer answer);  // `allowed`

// A test, an assertion or a waiver that speaks of packets of the question.
struct Statement {
  enum class Kind : std::uint8_t { test, assertion, waiver } kind = Kind::test;
  enum class Bearing : std::uint8_t {
    pins,         // it would fail if these packets were decided otherwise
    contradicts,  // it fails, since they are decided as they are
    speaks,       // a waiver accepts them, or an assertion is about how they get there
  } bearing = Bearing::pins;
  std::size_t index = 0;  // in the policy's list
};

// A flow between the same two parties that does not permit the packets, and what it would need.
struct NearFlow {
  ir::FlowId flow;
  enum class Lacks : std::uint8_t { exception, services, hosts, both } lacks = Lacks::both;
};

// Why nothing permits the denied packets between two parties.
struct Refusal {
  enum class Reason : std::uint8_t {
    isolated,    // one zone, which keeps its hosts apart
    outside,     // what lies outside talks to itself as it likes; no policy is asked
    no_zone,     // an end is in no zone
    nowhere,     // no network holds an end's addresses
    no_conduit,  // none joins the two
    no_flow,     // conduits join them; no flow goes this way
    no_match,    // flows go this way, with other services or hosts
  } reason = Reason::no_conduit;
  Party from, to;
  Part denied;
  std::vector<ir::ConduitId> conduits;  // that join them
  std::vector<NearFlow> near;           // the nearest first
  bool no_host = false;  // it is asked for addresses, and no host of the policy has one of them
};

struct Why {
  Answer answer = Answer::denied;
  Part allowed, denied;
  std::vector<Cause> causes;  // of what is allowed, in the order of the policy
  std::vector<Refusal> refusals;
  std::vector<Statement> statements;
  std::vector<Proposal> proposals;  // at most one to open and one to close, each with others behind it
};

// Nothing: the question speaks of no packet.
[[nodiscard]] packet::Decided<std::optional<Why>> explain(const Intent& intent, const ir::FlowSet& question,
                                                          const packet::Budget& budget = {});

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_WHY_H
