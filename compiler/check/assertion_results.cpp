// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/assertion_results.h"

#include <utility>

#include "compiler/check/assertions/answer.h"

namespace cordon::check {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::held:
      return "held";
    case Outcome::vacuous:
      return "vacuous";
    case Outcome::broken:
      return "broken";
    case Outcome::undecided:
      return "undecided";
  }
  return {};
}

std::string_view to_string(ir::Assertion::Kind kind) {
  using Kind = ir::Assertion::Kind;
  switch (kind) {
    case Kind::never:
      return "never";
    case Kind::always:
      return "always";
    case Kind::only:
      return "only";
    case Kind::via:
      return "via";
    case Kind::at_least:
      return "at-least";
    case Kind::roundtrip:
      return "roundtrip";
  }
  return {};
}

std::vector<AssertionResult> assertion_results(const Context& context) {
  Desk desk(context);
  std::vector<AssertionResult> results;
  for (const ir::Assertion& assertion : context.evidence().assertions) {
    Answer found = answer(desk, assertion);
    results.push_back({&assertion, found.outcome, std::move(found.text)});
  }
  return results;
}

}  // namespace cordon::check
