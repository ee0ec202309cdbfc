// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Edits of a policy as values: small enough to be shown on a line, and done on a copy to see what they do.
#ifndef COMPILER_CHANGE_EDIT_H
#define COMPILER_CHANGE_EDIT_H

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "compiler/change/parties.h"
#include "compiler/ir/policy.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

struct Edit {
  enum class Kind : std::uint8_t {
    // open something
    remove_excepts,
    add_services,
    add_flow,
    add_conduit,
    stop_isolating,
    // close something
    remove_services,
    add_except,
    remove_flow,
    isolate,
    remove_relay,
  } kind = Kind::add_flow;
  // The line that is edited stands for all flows that were read from it: a list of devices is a flow for
  // each.
  ir::FlowId flow{};
  ir::ConduitId conduit{};                // where a flow is added
  ir::ZoneId zone{};                      // that isolates, or does not
  ir::NetworkId network{};                // whose relay goes
  Party from{}, to{};                     // of a flow that is added
  packet::ServiceSet services{};          // added, removed, or of the new flow
  ir::Addresses except{};                 // what an `except` is to hold
  std::vector<std::uint32_t> excepted{};  // which of the line's exceptions go
  std::vector<packet::Cube> beyond{};     // what it opens or closes that was not asked for
  [[nodiscard]] bool opens() const { return kind <= Kind::stop_isolating; }
};

// Edits that together turn the answer round: they were done on a copy of the policy, which gives that answer.
struct Proposal {
  bool opens = false;  // all that was asked for is allowed afterwards; otherwise all of it is denied
  std::vector<Edit> edits;
  std::vector<Edit> instead;  // of one edit alone: others, which do more than is asked
};

// All flows of the line that the flow was read from.
[[nodiscard]] std::vector<ir::FlowId> flows_of_line(const ir::Policy& policy, ir::FlowId flow);

// The flow's end without its exceptions.
[[nodiscard]] ir::Addresses without_excepts(const ir::Policy& policy, const ir::Flow& flow, bool from);

// What is left of the terms; nothing where no list of services says it.
[[nodiscard]] std::optional<packet::ServiceSet> without(const packet::ServiceSet& terms,
                                                        const packet::ServiceSet& taken);

// The policy as it is after all of them. Networks, hosts and devices stay as they are; so do the numbers of
// flows, but where one goes.
[[nodiscard]] ir::Policy edited(const ir::Policy& policy, std::span<const Edit> edits);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_EDIT_H
