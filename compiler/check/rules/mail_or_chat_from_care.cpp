// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow by which medical devices, or their servers to the outside, could send mail or chat. What limits no
// port is left to other checks.

#include "compiler/check/known_services.h"
#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void mail_or_chat_from_care(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    const bool device = is_medical(from);
    const bool server = is_clinical_server(from) && is_untrusted(to);
    const ServiceSet services = mail_and_chat(*fact.services);
    if ((!device && !server) || services.empty() || !without_limits(*fact.services).empty()) return;
    raise_flow(context, findings, kind::mail_or_chat_from_care, fact)
        .note("mail or chat: {}", service_text(services))
        .help(
            "take these ports out; alarms by mail go from the server through a relay in a zone of type "
            "`enterprise-services`")
        .emit();
  });
}

}  // namespace cordon::check
