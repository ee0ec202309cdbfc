// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One document with the documents of the steps in it, each as its own command prints it.

#include "compiler/diagnostics/json.h"
#include "compiler/report/ci.h"

namespace cordon::report {
namespace {

using diagnostics::Json;

}  // namespace

std::string ci_json(const CiRun& run) {
  Json before = nullptr;
  if (run.coverage_before) before = coverage_json(*run.coverage_before);
  return diagnostics::to_text(
      {{"format", "cordon.ci"},
       {"format_version", ci_format_version},
       {"tool", {{"name", "cordon"}, {"version", run.check.version}}},
       {"exit_code", run.exit_code},
       {"verdict", ci_verdict(run)},
       {"fmt", {{"files", run.files}, {"not_canonical", run.not_canonical}}},
       {"check", run_document(run.check)},
       {"test", run.tests == nullptr ? Json() : tests_document(*run.tests, run.check.version)},
       {"coverage_before", std::move(before)},
       {"against", run.against.empty() ? Json() : Json(run.against)},
       {"diff", run.change == nullptr ? Json() : difference_document(*run.change, run.check.version)},
       {"compile",
        {{"devices", run.devices},
         {"rules", run.rules},
         {"proved", run.proved},
         {"output", run.output.empty() ? Json() : Json(run.output)}}}});
}

}  // namespace cordon::report
