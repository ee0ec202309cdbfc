// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow that tells its traffic by the source port, while nearly every destination port is open.

#include "compiler/check/flow_rules.h"

namespace cordon::check {
namespace {

constexpr unsigned few_ports = 1024;

bool trusts_source(const packet::ServiceTerm& term) {
  if (!term.protocol || !packet::has_ports(*term.protocol) || term.source.is_all()) return false;
  return port_count(term.source) < few_ports && port_count(term.destination) >= few_ports;
}

}  // namespace

void trusted_source_port(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    if (repeats_line(fact)) continue;
    const auto loose = terms_where(*fact.services, trusts_source);
    if (loose.empty()) continue;
    findings
        .raise(kind::trusted_source_port, fact.flow->services_range, element_of(*fact.conduit),
               to_string(loose.front()), fact.conduit->name)
        .here("whoever sends from such a port is let in")
        .traffic(traffic_of(context, fact, loose))
        .path({hop_of(context.policy(), fact)})
        .help(
            "open the connection in the direction in which it is opened, by its destination port; answers "
            "pass by themselves")
        .emit();
  }
}

}  // namespace cordon::check
