// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/assertions/raise.h"

#include <utility>

#include "compiler/check/assertions/answer.h"

namespace cordon::check {
namespace {

void raise(const ir::Assertion& assertion, const AssertionKind& kind, Answer found, Findings& findings) {
  const bool broken = found.outcome == Outcome::broken;
  findings
      .raise(kind, assertion.name_range, element_of(assertion), assertion.name,
             fmt::format("{}: {}", broken ? "is broken" : "is undecided", found.text))
      .labels(found.causes)
      .notes(found.notes)
      .helps(found.helps)
      .traffic(std::move(found.traffic))
      .path(std::move(found.path))
      .emit();
}

}  // namespace

std::string element_of(const ir::Assertion& assertion) { return "assertion:" + assertion.name; }

void raise_broken(const Context& context, ir::Assertion::Kind which, const AssertionKind& kind,
                  Findings& findings) {
  Desk desk(context);
  for (const ir::Assertion& assertion : context.evidence().assertions) {
    if (assertion.kind != which) continue;
    Answer found = answer(desk, assertion);
    if (found.outcome == Outcome::broken || found.outcome == Outcome::undecided)
      raise(assertion, kind, std::move(found), findings);
  }
}

}  // namespace cordon::check
