// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A waiver that leaves out what makes it one.

#include "compiler/check/rules.h"
#include "compiler/check/waivers.h"

namespace cordon::check {

void waiver_incomplete(const Context& context, Findings& findings) {
  for (const ir::Waiver& waiver : context.evidence().waivers) {
    std::string missing;
    for (const std::string_view field : missing_fields(waiver))
      missing += (missing.empty() ? "" : ", ") + std::string(field);
    if (missing.empty()) continue;
    findings.raise(kind::waiver_incomplete, waiver.name_range, element_of(waiver), waiver.name, missing)
        .help("add what is missing; until then the waiver covers nothing")
        .emit();
  }
}

}  // namespace cordon::check
