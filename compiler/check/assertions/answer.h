// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What was found out about an assertion: that it holds, and why, or a complete counterexample.
#ifndef COMPILER_CHECK_ASSERTIONS_ANSWER_H
#define COMPILER_CHECK_ASSERTIONS_ANSWER_H

#include <optional>
#include <string>
#include <vector>

#include "compiler/check/assertion_results.h"
#include "compiler/check/assertions/openings.h"
#include "compiler/check/assertions/steps.h"
#include "compiler/check/context.h"
#include "compiler/check/traffic.h"
#include "compiler/ir/address_names.h"

namespace cordon::check {

struct Answer {
  Outcome outcome = Outcome::held;
  std::string text;  // what was shown, or what breaks it
  Traffic traffic;   // what should not be, or what is missing: all of it
  std::vector<diagnostics::Label> causes;
  std::vector<std::string> notes, helps;
  std::vector<Hop> path;
};

// What several answers need, made when the first one asks for it. For one thread.
class Desk {
 public:
  explicit Desk(const Context& context) : context_(context) {}
  [[nodiscard]] const Context& context() const { return context_; }
  [[nodiscard]] const ir::Policy& policy() const { return context_.policy(); }
  [[nodiscard]] const ir::AddressNames& names();
  [[nodiscard]] const Steps& steps();

 private:
  const Context& context_;
  std::optional<ir::AddressNames> names_;
  std::optional<Steps> steps_;
};

// One assertion: its ends as sets, and words for them.
struct Asked {
  Asked(Desk& the_desk, const ir::Assertion& the_assertion);

  Desk& desk;
  const ir::Assertion& assertion;
  ir::Addresses from, to, through;
  const packet::ServiceSet* services = nullptr;  // null: every service
  std::string from_text, to_text, through_text, service_text;

  [[nodiscard]] const ir::Policy& policy() const { return desk.policy(); }
  [[nodiscard]] Query query() const { return {&from, &to, services}; }
  // Everything that the two ends could open to each other.
  [[nodiscard]] Traffic all() const;
};

using Answering = Answer(const Asked&);
Answering answer_never, answer_always, answer_only, answer_via, answer_at_least, answer_roundtrip;

[[nodiscard]] Answer answer(Desk& desk, const ir::Assertion& assertion);

// Pieces of answers.
[[nodiscard]] Answer undecided();
[[nodiscard]] Answer vacuous(std::string text);
// The full set by names and a packet of it, as notes.
void add_set(const Asked& asked, const Traffic& traffic, Answer& answer);
// A label for each flow or zone that lets something pass, the first few.
void add_causes(const Asked& asked, const std::vector<Opening>& openings, Answer& answer);
void add_way(const Asked& asked, const std::vector<const FlowFact*>& way, Answer& answer);
// Openings with what is no connection (a host and itself) taken out. Nothing where they were undecided.
[[nodiscard]] std::optional<Traffic> exact(const std::vector<Opening>& openings);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_ASSERTIONS_ANSWER_H
