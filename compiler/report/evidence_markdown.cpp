// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The evidence as a page for a repository or a ticket: a table a control, what needs to be looked at first.

#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "compiler/report/escape.h"
#include "compiler/report/evidence.h"

namespace cordon::report {
namespace {

std::string cell(std::string_view text) { return markdown_text(text); }

bool is_listed(Standing standing) {
  return standing == Standing::unanswered || standing == Standing::not_made;
}

void append_claim(std::string& out, const Claim& claim) {
  const std::string proof =
      claim.witness == Witness::attestation ? claim.name : fmt::format("{} ({})", claim.name, claim.proof);
  std::string details;
  for (const std::string& detail : claim.details) details += (details.empty() ? "" : "; ") + detail;
  fmt::format_to(std::back_inserter(out), "| {} | {} | {} | {} |\n", to_string(claim.standing),
                 cell(claim.text), cell(proof), cell(details));
}

void append_control(std::string& out, const Evidence& evidence, const ControlEvidence& control) {
  const ir::Control& row = evidence.standards->control(control.control);
  fmt::format_to(std::back_inserter(out), "\n### {}: {}\n\n{}: {}.\n", cell(row.id), cell(row.title),
                 remarks_on(evidence, control), tally_text(evidence, control));
  std::string rows;
  std::vector<std::string> left[standings];
  for (const std::uint32_t index : control.claims) {
    const Claim& claim = evidence.claims[index];
    if (is_listed(claim.standing)) {
      left[static_cast<std::size_t>(claim.standing)].push_back(cell(claim.name));
    } else {
      append_claim(rows, claim);
    }
  }
  if (!rows.empty()) out += "\n| | claim | shown by | details |\n|---|---|---|---|\n" + rows;
  for (std::size_t standing = 0; standing < standings; ++standing) {
    if (left[standing].empty()) continue;
    fmt::format_to(std::back_inserter(out), "\n{}: {}\n", to_string(static_cast<Standing>(standing)),
                   fmt::join(left[standing], ", "));
  }
}

void append_catalogue(std::string& out, const Evidence& evidence, const CatalogueEvidence& section) {
  const ir::Catalogue& catalogue = evidence.standards->catalogues[section.catalogue];
  fmt::format_to(std::back_inserter(out), "\n## {}\n\n{} Source: {}.\n", cell(catalogue.title),
                 summary_of(evidence, section), cell(catalogue.source));
  for (const ControlEvidence& control : section.controls) append_control(out, evidence, control);
}

void append_waivers(std::string& out, const Evidence& evidence) {
  out += "\n## Waivers\n\n";
  if (!evidence.with_waivers) out += "They are set aside: what they cover counts as open.\n\n";
  if (evidence.waivers.empty()) {
    out += "There are none.\n";
    return;
  }
  out += "| id | accepts | covers | reason | owner | approved by | age |\n|---|---|--:|---|---|---|---|\n";
  for (const WaiverEvidence& each : evidence.waivers) {
    const ir::Waiver& waiver = *each.waiver;
    fmt::format_to(std::back_inserter(out), "| {} | {} {} | {} | {} | {} | {} | {} |\n", cell(waiver.name),
                   cell(waiver.code.text), cell(waiver.element.text), each.findings, cell(waiver.reason.text),
                   cell(waiver.owner.text), cell(waiver.approved_by.text), cell(each.age));
  }
}

}  // namespace

std::string evidence_markdown(const Evidence& evidence) {
  std::string out = fmt::format(
      "# Evidence for {}, as of {}\n\nBy cordon {}. A check that held found nothing; an assertion is proved "
      "for every "
      "packet; an attestation is somebody's word.\n",
      evidence.site.empty() ? "this policy" : cell(evidence.site), evidence.as_of, evidence.version);
  for (const CatalogueEvidence& section : evidence.catalogues) append_catalogue(out, evidence, section);
  append_waivers(out, evidence);
  out += "\n## What Cordon cannot show\n\n";
  for (const std::string_view limit : evidence.limits) out += fmt::format("- {}\n", cell(limit));
  out += "\n## Inputs\n\n| file | SHA-256 |\n|---|---|\n";
  for (const InputDigest& input : evidence.inputs)
    fmt::format_to(std::back_inserter(out), "| {} | {} |\n", cell(input.path), input.sha256);
  return out;
}

}  // namespace cordon::report
