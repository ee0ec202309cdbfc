// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A conduit that carries orders or alarms to or from medical devices and does not say that it has to survive
// a failure.

#include <algorithm>
#include <string>

#include "compiler/check/rules.h"
#include "compiler/check/upkeep.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
namespace {

bool carries_care(const FlowFact& fact) {
  return std::ranges::any_of(fact.flow->data,
                             [](const std::string& data) { return data == "therapy" || data == "alarm"; });
}

}  // namespace

void therapy_not_redundant(const Context& context, Findings& findings) {
  const ir::Conduit* told = nullptr;
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (fact.conduit == told || fact.conduit->redundant || !carries_care(fact)) return;
    if (!is_medical(from) && !is_medical(to)) return;
    told = fact.conduit;
    findings
        .raise(kind::therapy_not_redundant, fact.conduit->name_range, element_of(*fact.conduit),
               fact.conduit->name)
        .label(fact.flow->range, "therapy or alarms of medical devices")
        .help("{}; what can cut it is then told",
              is_of_module(*fact.conduit)
                  ? "give `redundant: true` under `with:` where the project uses the module"
                  : "add `redundant: true` to the conduit")
        .emit();
  });
}

}  // namespace cordon::check
