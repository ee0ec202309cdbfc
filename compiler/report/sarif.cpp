// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// SARIF 2.1.0 (OASIS), as code scanning reads it. Names are the standard's own.
//
// A result says where (with every related place), by which way through the zones (codeFlows), what else is
// known of it, and whether a waiver or the baseline answers for it. The log is one line: code scanning limits
// its size, and who wants to read it has `jq`.

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "compiler/check/traffic.h"
#include "compiler/diagnostics/printable.h"
#include "compiler/report/escape.h"
#include "compiler/report/formats.h"
#include "compiler/report/sarif_rules.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

using diagnostics::Json;
using diagnostics::list_of;

Json message(std::string_view text) { return {{"text", sarif_text(text)}}; }

Json physical(const Place& place) {
  return {{"artifactLocation", {{"uri", uri_path(place.path)}}},
          {"region",
           {{"startLine", place.start.line},
            {"startColumn", place.start.column},
            {"endLine", place.stop.line},
            {"endColumn", place.stop.column}}}};
}

Json location(const Place& place, std::string_view text) {
  Json json = {{"physicalLocation", physical(place)}};
  if (!text.empty()) json["message"] = message(text);
  return json;
}

Json primary_location(const Run& run, const Finding& finding) {
  const auto& labels = finding.diagnostic.labels;
  Json json = location(place_of(run, finding), labels.empty() ? std::string_view() : labels.front().text);
  if (!finding.element.empty()) {
    const std::size_t colon = finding.element.find(':');
    json["logicalLocations"] = list_of({{"name", finding.element.substr(colon + 1)},
                                        {"fullyQualifiedName", finding.element},
                                        {"kind", finding.element.substr(0, colon)}});
  }
  return json;
}

Json related_locations(const Run& run, const Finding& finding) {
  Json list = Json::array();
  const auto& labels = finding.diagnostic.labels;
  for (std::size_t at = 1; at < std::min(labels.size(), limit::sarif_places); ++at) {
    if (!labels[at].range.valid()) continue;
    Json json = location(place_of(run, labels[at].range), labels[at].text);
    json["id"] = list.size() + 1;
    list.push_back(std::move(json));
  }
  return list;
}

// The way through the zones, a step for each flow that is used.
Json code_flows(const Run& run, const Finding& finding) {
  Json steps = Json::array();
  for (const check::Hop& hop : finding.path) {
    if (steps.size() == limit::sarif_steps) break;
    const Place place = hop.range.valid() ? place_of(run, hop.range) : place_of(run, finding);
    steps.push_back({{"location", location(place, fmt::format("{} -> {} by {} (conduit {})", hop.from, hop.to,
                                                              hop.services, hop.conduit))}});
  }
  return list_of({{"threadFlows", list_of({{"locations", std::move(steps)}})}});
}

// The first line stands in lists of alerts; the others say why it matters and what to do.
std::string result_text(const Finding& finding) {
  std::string text = sarif_text(finding.diagnostic.message);
  for (const std::string& note : finding.diagnostic.notes) text += "\n" + sarif_text(note);
  for (const std::string& help : finding.diagnostic.helps) text += "\nhelp: " + sarif_text(help);
  return text;
}

struct Log {
  const Run& run;
  SarifRules rules;
  std::optional<ir::AddressNames> names;
  bool baseline = false;  // some finding was compared with one
};

void add_status(const Log& log, const Finding& finding, Json& result) {
  if (finding.status != check::Status::open) {
    result["suppressions"] =
        list_of({{"kind", "external"},
                 {"status", "accepted"},
                 {"justification", diagnostics::printable(excuse_of(log.run, finding))}});
  }
  if (log.baseline) {
    const bool known = finding.status == check::Status::baseline;
    result["baselineState"] = known ? "unchanged" : "new";
  }
}

Json result_of(const Log& log, const Finding& finding) {
  const Run& run = log.run;
  Json result = {{"ruleId", diagnostics::info(finding.diagnostic.kind).code},
                 {"ruleIndex", log.rules.index.at(finding.diagnostic.kind)},
                 {"level", sarif_level(finding.diagnostic.severity)},
                 {"message", {{"text", result_text(finding)}}},
                 {"locations", list_of(primary_location(run, finding))}};
  if (Json related = related_locations(run, finding); !related.empty())
    result["relatedLocations"] = std::move(related);
  if (!finding.path.empty()) result["codeFlows"] = code_flows(run, finding);
  // The second name is the one that GitHub goes by.
  result["partialFingerprints"] = {{"cordonFinding/v1", finding.fingerprint},
                                   {"primaryLocationLineHash", finding.fingerprint}};
  add_status(log, finding, result);
  if (log.names && !finding.traffic.empty())
    result["properties"] = {{"traffic", check::traffic_text(*log.names, finding.traffic)}};
  return result;
}

Json notification(const std::vector<const Finding*>& left_out) {
  return {{"descriptor", {{"id", "results-trimmed"}}},
          {"level", "warning"},
          {"message", message(fmt::format("{} not in this log, which holds what code scanning takes: {}; "
                                          "`--output json=PATH` has every finding",
                                          counted(left_out.size(), "more finding"), kinds_text(left_out)))}};
}

Json notification_descriptor() {
  return {{"id", "results-trimmed"},
          {"name", "ResultsTrimmed"},
          {"shortDescription", message("The log holds no more than code scanning takes.")},
          {"fullDescription",
           message("What mattered most was kept: open findings before waived ones, errors before "
                   "warnings. The notification counts what was left out.")},
          {"help", message("`cordon check --output json=PATH` writes every finding.")}};
}

Json driver(const Run& run, SarifRules& rules) {
  Json json = {{"name", "cordon"},
               {"organization", "The Cordon authors"},
               {"fullName", "Cordon, a compiler of network segmentation policies"},
               {"version", run.version},
               {"semanticVersion", run.version},
               {"rules", std::move(rules.rules)},
               {"notifications", list_of(notification_descriptor())}};
  if (!rules.supported.empty()) json["supportedTaxonomies"] = std::move(rules.supported);
  return json;
}

}  // namespace

std::string write_sarif(const Run& run) {
  Log log{run, sarif_rules(run), std::nullopt, count(run.findings).baseline > 0};
  if (run.policy != nullptr) log.names.emplace(*run.policy);
  Json json_driver = driver(run, log.rules);
  Json taxonomies = std::move(log.rules.taxonomies);
  // What stands around the results, and room for the notification.
  constexpr std::size_t frame_bytes = 8'000;
  std::size_t bytes = frame_bytes + diagnostics::to_text(json_driver, -1).size() +
                      diagnostics::to_text(taxonomies, -1).size();
  Json results = Json::array();
  std::vector<const Finding*> left_out;
  for (const Finding* finding : by_rank(run.findings)) {
    if (left_out.empty() && results.size() < limit::sarif_results) {
      Json next = result_of(log, *finding);
      bytes += diagnostics::to_text(next, -1).size();
      if (bytes <= limit::sarif_bytes) {
        results.push_back(std::move(next));
        continue;
      }
    }
    left_out.push_back(finding);
  }
  Json invocation = {{"executionSuccessful", true}};
  if (!left_out.empty()) invocation["toolExecutionNotifications"] = list_of(notification(left_out));
  Json json_run = {{"tool", {{"driver", std::move(json_driver)}}},
                   {"automationDetails", {{"id", "cordon/check/"}}},
                   {"columnKind", "unicodeCodePoints"},
                   {"invocations", list_of(std::move(invocation))},
                   {"results", std::move(results)}};
  if (!taxonomies.empty()) json_run["taxonomies"] = std::move(taxonomies);
  json_run["properties"] = {{"profile", check::to_string(run.profile)},
                            {"asOf", check::to_string(run.as_of)}};
  return diagnostics::to_text({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                               {"version", "2.1.0"},
                               {"runs", list_of(std::move(json_run))}},
                              -1);
}

}  // namespace cordon::report
