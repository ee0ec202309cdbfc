// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from a server or from biomedical engineering to a medical device that no document asks for.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void device_opened_without_evidence(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_medical(to) || has_evidence(fact)) return;
    if (!is_clinical_server(from) && !is_biomedical(from)) return;
    raise_flow(context, findings, kind::device_opened_without_evidence, fact)
        .help(
            "name the maker's document that says the device listens there: `evidence: MDS2-17 CONN-2` at the "
            "flow; or let the device open the connection")
        .emit();
  });
}

}  // namespace cordon::check
