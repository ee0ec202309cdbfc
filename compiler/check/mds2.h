// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Answers of manufacturers' disclosure statements beside what the policy says of the same devices.
//
// A contradiction is told once for a form, a question and a zone, with the answer and what stands against it.
#ifndef COMPILER_CHECK_MDS2_H
#define COMPILER_CHECK_MDS2_H

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/check/finding.h"

namespace cordon::check {

// Null: not answered.
[[nodiscard]] const ir::Mds2Answer* answer_to(const ir::Mds2Form& form, std::string_view question);
// Some form for the zone answers the question, whatever it says.
[[nodiscard]] bool is_answered(const Context& context, ir::ZoneId zone, std::string_view question);

// An answer about the devices of one zone.
struct Claim {
  const ir::Mds2Form* form = nullptr;
  const ir::Mds2Answer* answer = nullptr;
  ir::ZoneId zone;
};
// Every zone of every form that gives the answer.
[[nodiscard]] std::vector<Claim> claims(const Context& context, std::string_view question, ir::Answer answer);

[[nodiscard]] std::string element_of(const ir::Mds2Form& form);

using FlowTest = std::function<bool(const FlowFact&)>;
// The flows that start in the zone, or end there, and pass the test.
[[nodiscard]] std::vector<const FlowFact*> flows_from(const Context& context, ir::ZoneId zone,
                                                      const FlowTest& test);
[[nodiscard]] std::vector<const FlowFact*> flows_to(const Context& context, ir::ZoneId zone,
                                                    const FlowTest& test);
[[nodiscard]] std::vector<const FlowFact*> flows_of(const Context& context, ir::ZoneId zone,
                                                    const FlowTest& test);

[[nodiscard]] bool carries(const FlowFact& fact, std::initializer_list<std::string_view> data);
[[nodiscard]] inline bool carries_personal_data(const FlowFact& fact) {
  return carries(fact, {"phi", "personal"});
}

// Message arguments: question, form, zone.
using ClaimKind = diagnostics::Kind<std::string_view, std::string_view, std::string_view>;
[[nodiscard]] FindingBuilder raise_claim(const Context& context, Findings& findings, const ClaimKind& kind,
                                         const Claim& claim);
// With the flows that contradict it; says nothing without any.
void raise_claim(const Context& context, Findings& findings, const ClaimKind& kind, const Claim& claim,
                 const std::vector<const FlowFact*>& flows, std::string_view help);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_MDS2_H
