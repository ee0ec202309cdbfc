// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/baseline.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace cordon::check {
namespace {

// A kind that is no check is one of reading or planning, which always happens.
bool was_looked_for(const Context& context, const Selection& selection, const BaselineEntry& entry) {
  const diagnostics::KindInfo* info = diagnostics::find_kind(entry.code);
  if (info == nullptr) return true;
  const Check* check = find_check(diagnostics::kind_id(info->code));
  return check == nullptr || is_made(context, selection, *check);
}

void raise_stale(const BaselineEntry& entry, std::string_view why, Findings& findings) {
  const diagnostics::KindInfo* info = diagnostics::find_kind(entry.code);
  const std::string about = entry.element.empty() ? entry.message : entry.element;
  findings
      .raise(kind::baseline_stale, {}, "baseline:" + entry.fingerprint.substr(0, 16), entry.code,
             info == nullptr ? std::string_view("which is no code") : info->slug, about, why)
      .note("it was: {}", entry.message)
      .help(
          "`cordon check --baseline FILE --write-baseline FILE` drops what no longer occurs and adds nothing")
      .emit();
}

// The same check finds something about the same element, and it is not known.
bool has_changed(const BaselineEntry& entry, const std::vector<Finding>& findings) {
  return !entry.element.empty() && std::ranges::any_of(findings, [&](const Finding& finding) {
    return finding.status == Status::open && finding.element == entry.element &&
           diagnostics::info(finding.diagnostic.kind).code == entry.code;
  });
}

}  // namespace

bool may_be_in_baseline(const Finding& finding) {
  const Check* check = find_check(finding.diagnostic.kind);
  if (check != nullptr) return check->waivable;
  return finding.diagnostic.severity != diagnostics::Severity::error;
}

Baseline baseline_of(const std::vector<Finding>& findings) {
  Baseline baseline;
  for (const Finding& finding : findings) {
    if (finding.status != Status::open || !may_be_in_baseline(finding)) continue;
    baseline.push_back({std::string(diagnostics::info(finding.diagnostic.kind).code), finding.element,
                        finding.diagnostic.message, finding.fingerprint});
  }
  std::ranges::sort(baseline);
  return baseline;
}

Baseline pruned(const Context& context, const Selection& selection, const Baseline& baseline,
                const std::vector<Finding>& findings) {
  std::set<std::string_view> occurring;
  for (const Finding& finding : findings) {
    if (may_be_in_baseline(finding)) occurring.insert(finding.fingerprint);
  }
  Baseline left;
  for (const BaselineEntry& entry : baseline) {
    if (occurring.contains(entry.fingerprint) || !was_looked_for(context, selection, entry))
      left.push_back(entry);
  }
  return left;
}

void apply_baseline(const Context& context, const Selection& selection, const Baseline& baseline,
                    std::vector<Finding>& findings) {
  std::set<std::string_view> known, occurring, refused;
  for (const BaselineEntry& entry : baseline) known.insert(entry.fingerprint);
  for (Finding& finding : findings) {
    if (!known.contains(finding.fingerprint)) continue;
    (may_be_in_baseline(finding) ? occurring : refused).insert(finding.fingerprint);
    if (may_be_in_baseline(finding) && finding.status == Status::open) finding.status = Status::baseline;
  }
  Findings stale;
  for (const BaselineEntry& entry : baseline) {
    if (refused.contains(entry.fingerprint)) {
      raise_stale(entry, "cannot be in one", stale);
    } else if (!occurring.contains(entry.fingerprint) && was_looked_for(context, selection, entry)) {
      raise_stale(entry, has_changed(entry, findings) ? "is about other packets by now" : "no longer occurs",
                  stale);
    }
  }
  add_findings(context, selection, std::move(stale), findings);
}

}  // namespace cordon::check
