// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The whole run for programs: one document of the form that check_schema.cpp describes.
//
// Minor versions only add keys; a reader ignores those that it does not know. Nothing is trimmed.

#include "compiler/diagnostics/json.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "compiler/check/traffic.h"
#include "compiler/packet/names.h"
#include "compiler/report/formats.h"

namespace cordon::report {
namespace {

using diagnostics::Json;

std::string_view to_string(check::Status status) {
  switch (status) {
    case check::Status::open:
      return "open";
    case check::Status::waived:
      return "waived";
    case check::Status::baseline:
      return "baseline";
  }
  return {};
}

Json waiver_json(const Run& run, const Finding& finding) {
  const ir::Waiver* waiver = waiver_of(run, finding);
  if (waiver == nullptr) return nullptr;
  return {{"id", waiver->name},
          {"reason", waiver->reason.text},
          {"owner", waiver->owner.text},
          {"approved_by", waiver->approved_by.text},
          {"ticket", waiver->ticket.text},
          {"expires", waiver->expires.text}};
}

Json prefixes_json(const ir::AddressSet& set) {
  Json list = Json::array();
  for (const ir::Prefix& prefix : set.prefixes()) list.push_back(to_string(prefix));
  return list;
}

// Products of one family each; equal sets give equal cubes, unless they are too much to be brought into one
// form.
Json cubes_json(const check::Traffic& traffic) {
  const auto canonical = check::canonical(traffic);
  Json cubes = Json::array();
  for (const check::TrafficPart& part : canonical ? *canonical : traffic) {
    for (const ir::Family family : packet::families) {
      const packet::ServiceSet services = packet::in_family(part.services, family);
      if (part.from.of(family).empty() || part.to.of(family).empty() || services.empty()) continue;
      Json names = Json::array();
      for (const packet::ServiceTerm& term : services) names.push_back(to_string(term));
      cubes.push_back({{"from", prefixes_json(part.from.of(family))},
                       {"to", prefixes_json(part.to.of(family))},
                       {"services", std::move(names)}});
    }
  }
  return cubes;
}

Json port_json(const packet::Packet& packet, std::uint16_t port) {
  return packet::has_ports(packet.protocol) ? Json(port) : Json(nullptr);
}

Json example_json(const check::Traffic& traffic) {
  const auto example = check::example(traffic);
  if (!example || !*example) return nullptr;
  const packet::Packet& packet = **example;
  const std::string_view name = packet::find_name(packet::protocol_names(), packet.protocol);
  return {{"text", check::example_text(packet)},
          {"protocol", name.empty() ? std::to_string(packet.protocol) : std::string(name)},
          {"from", to_string(ir::Address{packet.family, packet.source})},
          {"from_port", port_json(packet, packet.source_port)},
          {"to", to_string(ir::Address{packet.family, packet.destination})},
          {"to_port", port_json(packet, packet.destination_port)}};
}

Json path_json(const Run& run, const Finding& finding) {
  Json hops = Json::array();
  for (const check::Hop& hop : finding.path) {
    hops.push_back(
        {{"from", hop.from},
         {"to", hop.to},
         {"services", hop.services},
         {"conduit", hop.conduit},
         {"region", hop.range.valid() ? diagnostics::region_json(hop.range, *run.sources) : Json()}});
  }
  return hops;
}

Json controls_json(const Run& run, diagnostics::KindId kind) {
  Json controls = Json::array();
  for (const ir::ControlRef ref : controls_of(run.standards, kind)) {
    const ir::Catalogue& catalogue = run.standards->catalogues[ref.catalogue];
    const ir::Control& control = catalogue.controls[ref.control];
    controls.push_back({{"catalogue", catalogue.id}, {"control", control.id}, {"title", control.title}});
  }
  return controls;
}

Json finding_json(const Run& run, const std::optional<ir::AddressNames>& names, const Finding& finding) {
  Json json = diagnostics::diagnostic_json(finding.diagnostic, *run.sources);
  const std::string code = json["code"];
  json["status"] = to_string(finding.status);
  json["waiver"] = waiver_json(run, finding);
  json["element"] = finding.element.empty() ? Json() : Json(finding.element);
  json["traffic"] = {{"text", names ? check::traffic_text(*names, finding.traffic) : ""},
                     {"cubes", cubes_json(finding.traffic)}};
  json["example"] = finding.traffic.empty() ? Json() : example_json(finding.traffic);
  json["path"] = path_json(run, finding);
  json["controls"] = controls_json(run, finding.diagnostic.kind);
  json["fingerprint"] = finding.fingerprint;
  json["docs"] = "cordon explain " + code;
  return json;
}

Json summary_json(const Run& run) {
  const Counts counts = count(run.findings);
  Json policy;
  if (run.policy != nullptr) {
    for (const Fact& fact : facts(*run.policy)) policy[fmt::format("{}s", fact.name)] = fact.count;
  }
  return {{"errors", counts.errors}, {"warnings", counts.warnings}, {"notes", counts.notes},
          {"waived", counts.waived}, {"baseline", counts.baseline}, {"fails", fails(run)},
          {"policy", policy}};
}

}  // namespace

std::string write_json(const Run& run) { return diagnostics::to_text(run_document(run)); }

Json run_document(const Run& run) {
  Json checks = Json::array();
  for (const check::Check* made : run.made) checks.push_back(diagnostics::info(made->kind).code);
  const std::optional<ir::AddressNames> names =
      run.policy == nullptr ? std::nullopt : std::optional<ir::AddressNames>(*run.policy);
  Json findings = Json::array();
  for (const Finding& finding : run.findings) findings.push_back(finding_json(run, names, finding));
  return {{"format", "cordon.check"},
          {"format_version", check_format_version},
          {"tool", {{"name", "cordon"}, {"version", run.version}}},
          {"as_of", check::to_string(run.as_of)},
          {"profile", check::to_string(run.profile)},
          {"checks", std::move(checks)},
          {"findings", std::move(findings)},
          {"summary", summary_json(run)}};
}

}  // namespace cordon::report
