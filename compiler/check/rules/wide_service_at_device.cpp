// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// More ports in one range than any device documents, to or from medical devices.

#include "compiler/check/flow_rules.h"

namespace cordon::check {
namespace {

constexpr unsigned most_ports = 10;

bool is_range(const packet::ServiceTerm& term) {
  return !is_everything(term) && packet::has_ports(*term.protocol) &&
         port_count(term.destination) > most_ports;
}

}  // namespace

void wide_service_at_device(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    const ir::Zone* medical = zones->medical();
    if (medical == nullptr) continue;
    const auto wide = terms_where(*fact.services, is_range);
    if (wide.empty()) continue;
    findings
        .raise(kind::wide_service_at_device, fact.flow->services_range, element_of(*fact.conduit),
               service_text(wide), medical->name)
        .here("more than {} ports in one range", most_ports)
        .traffic(traffic_of(context, fact, wide))
        .path({hop_of(context.policy(), fact)})
        .help("list the ports one by one; a flow may list as many as it needs")
        .emit();
  }
}

}  // namespace cordon::check
