// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The statement that keeps the devices of a medical network apart has no date, or an old one.

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void isolation_statement_old(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::Network& network : policy.networks) {
    if (!network.isolation || !in_medical_zone(policy, network)) continue;
    const auto date = parse_date(network.isolation->date);
    const long age = date ? days_between(*date, context.as_of()) : 0;
    if (date && age <= static_cast<long>(context.settings().review_days)) continue;
    findings
        .raise(kind::isolation_statement_old, network.isolation->range, element_of(network), network.name,
               date ? fmt::format("is {} days old", age) : std::string("has no date"))
        .help("look at the controller again, and write the day as `date: {}`", to_string(context.as_of()))
        .emit();
  }
}

}  // namespace cordon::check
