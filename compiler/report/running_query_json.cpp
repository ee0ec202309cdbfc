// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "compiler/change/parties.h"
#include "compiler/check/traffic.h"
#include "compiler/ir/address_names.h"
#include "compiler/report/cubes.h"
#include "compiler/report/running_query.h"

namespace cordon::report {
namespace {

using Json = nlohmann::ordered_json;
using change::Part;

class Writer {
 public:
  explicit Writer(const Question& question) : question_(question), names_(question.policy) {}

  [[nodiscard]] Json part(const Part& part) const {
    const std::vector<packet::Cube> cubes = as_openings(part.cubes);
    return {{"text", cube_lines(names_, cubes, SIZE_MAX)},
            {"cubes", cubes_json(cubes)},
            {"example", part.example ? Json(check::example_text(*part.example)) : Json()}};
  }
  [[nodiscard]] Json rules(std::span<const change::RunningRule> rules) const {
    Json list = Json::array();
    for (const change::RunningRule& rule : rules)
      list.push_back({{"device", question_.policy.devices[rule.device].name},
                      {"line", place_text(question_.sources, rule.line)},
                      {"text", line_text(question_.sources, rule.line)},
                      {"action", rule.permits ? "permit" : "deny"}});
    return list;
  }
  [[nodiscard]] Json found(const change::RunningFound& found) const {
    Json causes = Json::array();
    for (const std::uint32_t cause : found.causes) causes.push_back(question_.cause(cause));
    Json through = part(found.through);
    through["policy"] = std::move(causes);
    return {{"through", std::move(through)},
            {"beyond_policy", by(found.beyond, found.beyond_by)},
            {"not_on_every_way", by(found.differs, found.differs_by)},
            {"short_of_policy", by(found.short_of, found.short_of_by)},
            {"perhaps_not_on_every_way", part(found.some)},
            {"unknown", part(found.unknown)}};
  }
  [[nodiscard]] Json devices(const std::vector<ir::DeviceId>& devices) const {
    Json list = Json::array();
    for (const ir::DeviceId id : devices) list.push_back(question_.policy.devices[id].name);
    return list;
  }
  [[nodiscard]] Json by(const Part& of, std::span<const change::RunningRule> rules) const {
    Json json = part(of);
    json["by"] = this->rules(rules);
    return json;
  }
  [[nodiscard]] std::string document(Json answer, std::span<const change::Blind> blind) const {
    Json json = {{"format", "cordon.query-running"},
                 {"format_version", "1.0"},
                 {"tool", {{"name", "cordon"}, {"version", question_.version}}},
                 {"query", question_.kind},
                 {"asked", question_.asked},
                 {"complete", blind.empty()}};
    json.update(answer);
    json["not_understood"] = blind_json(question_.policy, question_.sources, blind);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  const Question& question_;
  ir::AddressNames names_;
};

}  // namespace

Json blind_json(const ir::Policy& policy, const source::Sources& sources,
                std::span<const change::Blind> blind) {
  Json list = Json::array();
  for (const change::Blind& each : blind) {
    Json lines = Json::array();
    for (const config::Gap& gap : each.gaps)
      lines.push_back({{"line", place_text(sources, gap.range)},
                       {"text", line_text(sources, gap.range)},
                       {"reason", gap.reason}});
    list.push_back({{"device", policy.devices[each.device].name},
                    {"given", !each.not_given},
                    {"interfaces_not_there", each.unread},
                    {"in_ring", each.ring},
                    {"lines", std::move(lines)}});
  }
  return list;
}

std::string running_reach_json(const Question& question, const change::RunningReach& reach) {
  const Writer writer(question);
  Json json = {{"vacuous", reach.vacuous}};
  json.update(writer.found(reach.found));
  json["denied"] = writer.part(reach.denied);
  json["devices_on_link"] = writer.devices(reach.on_link);
  return writer.document(std::move(json), reach.blind);
}

std::string running_ends_json(const Question& question, const RunningEndsAnswer& answer) {
  const Writer writer(question);
  Json found = Json::array();
  for (const change::RunningEnd& each : answer.found.found) {
    Json json = {{answer.towards ? "from" : "to", answer.ends[each.end].name}};
    json.update(writer.found(each.found));
    found.push_back(std::move(json));
  }
  return writer.document(
      {{"found", std::move(found)}, {"devices_on_link", writer.devices(answer.found.on_link)}},
      answer.found.blind);
}

std::string running_lines_json(const Question& question, const change::RunningLines& lines) {
  const Writer writer(question);
  Json list = Json::array();
  for (const change::RunningLine& each : lines.lines) {
    const change::RunningRule rule{.device = each.device, .line = each.line, .permits = true};
    Json json = writer.rules({&rule, 1}).front();
    json["permits"] = writer.part(each.part);
    json["gets_through"] = each.through;
    list.push_back(std::move(json));
  }
  return writer.document({{"lines", std::move(list)}, {"unknown", writer.part(lines.unknown)}}, lines.blind);
}

std::string running_roundtrip_json(const Question& question, const change::RunningRoundtrip& answer) {
  const Writer writer(question);
  Json lost = writer.part(answer.lost), differs = writer.part(answer.differs);
  std::vector<change::Blind> blind = answer.blind;
  blind.insert(blind.end(), answer.blind_back.begin(), answer.blind_back.end());
  return writer.document({{"there", writer.found(answer.there)},
                          {"answered", writer.part(answer.answered)},
                          {"lost", std::move(lost)},
                          {"lost_on_some_ways", std::move(differs)},
                          {"lost_by", writer.rules(answer.lost_by)},
                          {"unknown", writer.part(answer.unknown)}},
                         blind);
}

std::string running_blast_json(const Question& question, const RunningBlastAnswer& answer) {
  const Writer writer(question);
  const auto list = [&](std::span<const change::RunningBlastEnd> found) {
    Json all = Json::array();
    for (const change::RunningBlastEnd& each : found) {
      const change::End& end = answer.ends[each.end];
      Json causes = Json::array();
      for (const std::uint32_t cause : each.causes) causes.push_back(question.cause(cause));
      all.push_back({{"step", each.step},
                     {"to", end.name},
                     {"share", share_text(question.policy, end, each.addresses)},
                     {"prefixes", prefixes_json(each.addresses)},
                     {"in_policy_radius", each.in_policy},
                     {"connections", writer.part(each.connections)},
                     {"policy", std::move(causes)},
                     {"beyond_policy", writer.by(each.beyond, each.beyond_by)}});
    }
    return all;
  };
  const change::RunningBlast& blast = answer.blast;
  return writer.document({{"limit", answer.limit == 0 ? Json() : Json(answer.limit)},
                          {"steps", blast.steps},
                          {"found", list(blast.sure)},
                          {"perhaps", list(blast.maybe)},
                          {"reached", prefixes_json(blast.reached)},
                          {"perhaps_reached", prefixes_json(change::subtract(blast.possible, blast.reached))},
                          {"kept_out", prefixes_json(blast.kept_out)},
                          {"devices_on_link", writer.devices(blast.on_link)}},
                         blast.blind);
}

std::string dead_rules_json(const Question& question, const change::DeadRules& dead) {
  const Writer writer(question);
  Json found = Json::array();
  for (const change::DeadRule& each : dead.found) {
    const change::RunningRule rule{.device = each.device, .line = each.line, .permits = each.permits};
    Json json = writer.rules({&rule, 1}).front();
    json["filter"] = each.filter;
    json["covered_by"] = writer.rules(each.covered_by);
    json["decided_otherwise"] = each.otherwise;
    found.push_back(std::move(json));
  }
  return writer.document({{"lines", dead.lines}, {"dead", std::move(found)}}, dead.blind);
}

}  // namespace cordon::report
