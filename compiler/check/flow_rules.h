// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What checks on single flows share: both zones, and the packets of some of the services.
#ifndef COMPILER_CHECK_FLOW_RULES_H
#define COMPILER_CHECK_FLOW_RULES_H

#include <optional>
#include <string>
#include <string_view>

#include "compiler/check/protocols.h"
#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {

// The zones of a flow between zones; nothing when one end is a device.
struct ZonePair {
  const ir::Zone& from;
  const ir::Zone& to;

  // The zone of medical devices at one of the ends; null: none.
  [[nodiscard]] const ir::Zone* medical() const;
  [[nodiscard]] const ir::Zone* care() const;
};
[[nodiscard]] std::optional<ZonePair> zones_of(const Context& context, const FlowFact& fact);

// A line that names several devices is several facts; this is not the first of them.
[[nodiscard]] bool repeats_line(const FlowFact& fact);

// The flow's packets of these services only.
[[nodiscard]] TrafficPart traffic_of(const Context& context, const FlowFact& fact,
                                     const packet::ServiceSet& services);

[[nodiscard]] bool carries(const ir::Flow& flow, std::string_view data);
// `phi, therapy`: what of this may not be read by others; empty: nothing.
[[nodiscard]] std::string sensitive_data(const ir::Flow& flow);
// Something on the wire protects the flow.
[[nodiscard]] bool is_encrypted(const ir::Flow& flow);
// Why it is certain that others can read it: `encryption: none`, or a protocol in the clear and not a word of
// what protects it. Empty: it is not certain.
[[nodiscard]] std::string clear_reason(const FlowFact& fact);

template <class Condition>
packet::ServiceSet terms_where(const packet::ServiceSet& services, const Condition& condition) {
  packet::ServiceSet found;
  for (const packet::ServiceTerm& term : services) {
    if (condition(term)) found.push_back(term);
  }
  return found;
}
// The terms that ask for names or the time.
[[nodiscard]] packet::ServiceSet names_and_time(const packet::ServiceSet& services);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_FLOW_RULES_H
