// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A small policy and its plan, in a form that a test can spell out by hand.
#ifndef TESTS_UNIT_PLAN_PLANNED_H
#define TESTS_UNIT_PLAN_PLANNED_H

#include <string>
#include <string_view>

#include "compiler/plan/plan.h"
#include "tests/support/policy_builder.h"

namespace cordon::plan::testing {

struct Planned {
  explicit Planned(test::PolicyBuilder& builder);

  ir::Policy policy;
  diagnostics::Diagnostics diagnostics;
  Plan plan;

  // `CD4501 no path leads from …`, one for each line.
  [[nodiscard]] std::string messages() const;

  // The first message with everything that it points out: its labels, notes and helps.
  [[nodiscard]] std::string whole_message() const;

  [[nodiscard]] const config::Device& device(std::string_view name) const;

  // The rules that flows and zones asked for, as `flow 10.1.0.0/24 > 10.2.0.0/24 tcp/443; reply …`, at
  // `pumps in`, `pumps out` or `own` of a device; not what hosts of one network say to each other by way of
  // their gateway, which is the same everywhere. `no filter` where none stands.
  [[nodiscard]] std::string rules(std::string_view name, std::string_view where,
                                  packet::Family family = packet::Family::ipv4) const;
  [[nodiscard]] bool has_role(std::string_view name, std::string_view where, config::Role role) const;
  [[nodiscard]] bool admits(std::string_view name, std::string_view where,
                            const packet::Packet& packet) const;

  // What is wrong with the plan, if anything, as the simulator sees it after many packets at every filter;
  // those of one device may be left out.
  [[nodiscard]] std::string fault(std::string_view but = {}) const;
  // The same of packets that walk every path from one zone to another.
  [[nodiscard]] std::string path_fault() const;

  // The first filter, if any, that does not end with a logged denial of everything in each family.
  [[nodiscard]] std::string open_end() const;
};

// The first packet of a connection, to the service's first port: `packet("tcp/443", "10.1.0.9",
// "10.2.0.10")`.
[[nodiscard]] packet::Packet packet(std::string_view service, std::string_view from, std::string_view to);
// What the receiver sends back; for TCP and UDP.
[[nodiscard]] packet::Packet reply(packet::Packet packet);

}  // namespace cordon::plan::testing

#endif  // TESTS_UNIT_PLAN_PLANNED_H
