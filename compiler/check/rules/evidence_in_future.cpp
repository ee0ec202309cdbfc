// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Statements of a day that has not come: answers, forms, and what keeps hosts of a network apart.

#include <string>
#include <string_view>
#include <utility>

#include "compiler/check/attestations.h"
#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void evidence_in_future(const Context& context, Findings& findings) {
  const auto tell = [&](const std::string& text, Range place, std::string element, std::string_view what,
                        const std::string& name) {
    const auto date = parse_date(text);
    if (!date || *date <= context.as_of()) return;
    findings.raise(kind::evidence_in_future, place, std::move(element), what, name, text)
        .help("today is {}: correct the year, or wait with the answer", to_string(context.as_of()))
        .emit();
  };
  for (const ir::Attestation& each : context.evidence().attestations)
    tell(each.date, each.name_range, element_of(each), "answer", each.name);
  for (const ir::Mds2Form& each : context.evidence().mds2)
    tell(each.date, each.name_range, element_of(each), "form", each.name);
  for (const ir::Network& network : context.policy().networks) {
    if (network.isolation)
      tell(network.isolation->date, network.isolation->range, element_of(network), "isolation of network",
           network.name);
  }
}

}  // namespace cordon::check
