// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The evidence for programs. Claims stand once; controls name them by their place.

#include "compiler/diagnostics/json.h"
#include "compiler/report/evidence.h"

namespace cordon::report {
namespace {

using diagnostics::Json;

constexpr std::string_view format_version = "1.0";

std::string control_name(const ir::Standards& standards, ir::ControlRef ref) {
  return standards.catalogues[ref.catalogue].id + " " + standards.control(ref).id;
}

Json claim_json(const Evidence& evidence, const Claim& claim) {
  Json controls = Json::array();
  for (const ir::ControlRef ref : claim.controls) controls.push_back(control_name(*evidence.standards, ref));
  return {{"witness", to_string(claim.witness)},
          {"name", claim.name},
          {"proof", claim.proof},
          {"claim", claim.text},
          {"standing", to_string(claim.standing)},
          {"details", claim.details},
          {"source", claim.source},
          {"controls", std::move(controls)}};
}

Json catalogue_json(const Evidence& evidence, const CatalogueEvidence& section) {
  const ir::Catalogue& catalogue = evidence.standards->catalogues[section.catalogue];
  Json controls = Json::array();
  for (const ControlEvidence& control : section.controls) {
    const ir::Control& row = evidence.standards->control(control.control);
    controls.push_back({{"id", row.id},
                        {"title", row.title},
                        {"source", row.source},
                        {"unverified", row.unverified},
                        {"verdict", to_string(verdict_on(evidence, control))},
                        {"claims", control.claims}});
  }
  return {{"id", catalogue.id},
          {"title", catalogue.title},
          {"source", catalogue.source},
          {"controls", std::move(controls)},
          {"silent", section.silent}};
}

Json waiver_json(const WaiverEvidence& each) {
  const ir::Waiver& waiver = *each.waiver;
  return {{"id", waiver.name},
          {"code", waiver.code.text},
          {"element", waiver.element.text},
          {"reason", waiver.reason.text},
          {"owner", waiver.owner.text},
          {"approved_by", waiver.approved_by.text},
          {"ticket", waiver.ticket.text},
          {"created", waiver.created.text},
          {"expires", waiver.expires.text},
          {"age", each.age},
          {"findings", each.findings}};
}

}  // namespace

std::string evidence_json(const Evidence& evidence) {
  Json document = {{"format", "cordon.evidence"}, {"format_version", format_version},
                   {"cordon", evidence.version},  {"site", evidence.site},
                   {"as_of", evidence.as_of},     {"waivers_excuse", evidence.with_waivers},
                   {"claims", Json::array()},     {"catalogues", Json::array()},
                   {"waivers", Json::array()},    {"cannot_show", evidence.limits},
                   {"inputs", Json::array()}};
  for (const Claim& claim : evidence.claims) document["claims"].push_back(claim_json(evidence, claim));
  for (const CatalogueEvidence& section : evidence.catalogues)
    document["catalogues"].push_back(catalogue_json(evidence, section));
  for (const WaiverEvidence& waiver : evidence.waivers) document["waivers"].push_back(waiver_json(waiver));
  for (const InputDigest& input : evidence.inputs)
    document["inputs"].push_back({{"path", input.path}, {"sha256", input.sha256}});
  return diagnostics::to_text(document);
}

}  // namespace cordon::report
