// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Whether a change does what it was meant to, and whether it stays inside envelopes, in words and as JSON.
#ifndef COMPILER_REPORT_CHANGE_VERDICTS_H
#define COMPILER_REPORT_CHANGE_VERDICTS_H

#include <string>

#include <nlohmann/json.hpp>

#include "compiler/change/envelopes.h"
#include "compiler/change/purpose.h"
#include "compiler/report/difference.h"

namespace cordon::report {

[[nodiscard]] std::string purpose_text(const ChangeReport& report, const change::PurposeResult& result);
[[nodiscard]] nlohmann::ordered_json purpose_json(const ChangeReport& report,
                                                  const change::PurposeResult& result);

[[nodiscard]] std::string envelopes_text(const ChangeReport& report, const change::EnvelopeResult& result);
[[nodiscard]] nlohmann::ordered_json envelopes_json(const ChangeReport& report,
                                                    const change::EnvelopeResult& result);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_CHANGE_VERDICTS_H
