// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow that touches medical devices and limits neither protocol nor port. What joins them with the outside
// is left to its own checks.

#include "compiler/check/known_services.h"
#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void every_service_to_device(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if ((!is_medical(from) && !is_medical(to)) || is_untrusted(from) || is_untrusted(to)) return;
    const ServiceSet wide = without_limits(*fact.services);
    if (wide.empty()) return;
    raise_flow(context, findings, kind::every_service_to_device, fact)
        .note("without a limit: {}", service_text(wide))
        .help("list the ports that the maker documents: `services: [tcp/8443]`")
        .emit();
  });
}

}  // namespace cordon::check
