// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/checks.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

using diagnostics::KindId;
using diagnostics::Severity;

constexpr Check table[] = {
#define CORDON_RULE(name, profile, waivable, purpose, harm) \
  {kind::name.id, CheckProfile::profile, waivable, purpose, harm, name},
#define CORDON_RULE_AFTER(name, profile, waivable, purpose, harm) \
  {kind::name.id, CheckProfile::profile, waivable, purpose, harm, nullptr},
#include "compiler/check/rules.def"
#undef CORDON_RULE_AFTER
#undef CORDON_RULE
};

// `zone guest -> tcp/443 (conduit portal) -> zone servers`
std::string path_text(const std::vector<Hop>& path) {
  std::string text = path.front().from;
  std::string_view at = path.front().from;
  for (const Hop& hop : path) {
    if (hop.from != at) text += ", then " + hop.from;
    text += fmt::format(" -> {} by {} (conduit {})", hop.to, hop.services, hop.conduit);
    at = hop.to;
  }
  return text;
}

// `CSF 2.0 PR.IR-01; HIPAA 164.312(a), 164.312(e)`: of the catalogues that messages name.
std::string controls_text(const ir::Standards& standards, std::string_view slug) {
  std::string text;
  const auto found = standards.checks.find(slug);
  if (found == standards.checks.end()) return text;
  const ir::Catalogue* last = nullptr;
  for (const ir::ControlRef ref : found->second.controls) {
    const ir::Catalogue& catalogue = standards.catalogues[ref.catalogue];
    if (!catalogue.in_messages) continue;
    if (&catalogue != last)
      text += (text.empty() ? "" : "; ") + catalogue.short_name + " ";
    else
      text += ", ";
    text += standards.control(ref).id;
    last = &catalogue;
  }
  return text;
}

// What the row of the table and the map of controls know of every finding of a kind.
void complete(const Context& context, const Check& check, Finding& finding) {
  auto& notes = finding.diagnostic.notes;
  notes.insert(notes.begin(), fmt::format("why it matters: {}", check.harm));
  if (!finding.path.empty()) notes.push_back("path: " + path_text(finding.path));
  if (context.standards() == nullptr) return;
  const std::string controls = controls_text(*context.standards(), diagnostics::info(check.kind).slug);
  if (!controls.empty()) notes.push_back("controls: " + controls);
}

bool same_kind(const diagnostics::KindInfo& info, const std::string& code) {
  return info.code == code || info.slug == code;
}

// Nothing when the project turns the kind off. What must not be waived keeps its severity.
std::optional<Severity> severity_of(const Context& context, const Check& check) {
  const diagnostics::KindInfo& info = diagnostics::info(check.kind);
  if (!check.waivable) return info.severity;
  for (const ir::SeverityChoice& choice : context.settings().severities) {
    if (!same_kind(info, choice.code)) continue;
    if (choice.severity == "off") return std::nullopt;
    if (choice.severity == "note") return Severity::note;
    return choice.severity == "warning" ? Severity::warning : Severity::error;
  }
  return info.severity;
}

}  // namespace

std::span<const Check> all_checks() { return table; }

const Check* find_check(KindId kind) {
  const auto* found = std::ranges::find(table, kind, &Check::kind);
  return found == std::end(table) ? nullptr : found;
}

bool selects(const Selection& selection, const Check& check) {
  const auto holds = [&](const std::vector<KindId>& kinds) {
    return std::ranges::find(kinds, check.kind) != kinds.end();
  };
  if (holds(selection.skip)) return false;
  return selection.only.empty() ? check.profile <= selection.profile : holds(selection.only);
}

bool is_made(const Context& context, const Selection& selection, const Check& check) {
  return selects(selection, check) && severity_of(context, check);
}

std::vector<Finding> run_checks(const Context& context, const Selection& selection) {
  std::vector<Finding> all;
  for (const Check& check : table) {
    if (check.run == nullptr || !is_made(context, selection, check)) continue;
    Findings findings;
    check.run(context, findings);
    add_findings(context, selection, std::move(findings), all);
  }
  return all;
}

void add_findings(const Context& context, const Selection& selection, Findings found,
                  std::vector<Finding>& findings) {
  for (Finding& finding : found.all()) {
    const Check* check = find_check(finding.diagnostic.kind);
    CORDON_CHECK(check != nullptr);
    const auto severity = severity_of(context, *check);
    if (!selects(selection, *check) || !severity) continue;
    finding.diagnostic.severity = *severity;
    complete(context, *check, finding);
    findings.push_back(std::move(finding));
  }
}

std::string_view to_string(CheckProfile profile) {
  switch (profile) {
    case CheckProfile::basic:
      return "basic";
    case CheckProfile::hospital:
      return "hospital";
    case CheckProfile::auditor:
      return "auditor";
  }
  return {};
}

}  // namespace cordon::check
