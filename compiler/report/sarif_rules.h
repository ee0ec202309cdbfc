// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The part of a SARIF log that is about what is looked for, not about what was found.
#ifndef COMPILER_REPORT_SARIF_RULES_H
#define COMPILER_REPORT_SARIF_RULES_H

#include <cstddef>
#include <map>

#include "compiler/diagnostics/json.h"
#include "compiler/report/run.h"

namespace cordon::report {

struct SarifRules {
  diagnostics::Json rules = diagnostics::Json::array();       // tool.driver.rules
  diagnostics::Json taxonomies = diagnostics::Json::array();  // run.taxonomies
  diagnostics::Json supported = diagnostics::Json::array();   // tool.driver.supportedTaxonomies
  std::map<diagnostics::KindId, std::size_t> index;           // of each kind's rule
};

// A rule for every check that was made and for every other kind that was raised, with the controls they speak
// to.
[[nodiscard]] SarifRules sarif_rules(const Run& run);

[[nodiscard]] std::string_view sarif_level(Severity severity);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_SARIF_RULES_H
