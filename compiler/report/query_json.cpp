// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include <nlohmann/json.hpp>

#include "compiler/check/traffic.h"
#include "compiler/ir/address_names.h"
#include "compiler/report/cubes.h"
#include "compiler/report/query.h"

namespace cordon::report {
namespace {

using Json = nlohmann::ordered_json;
using packet::Family;

Json causes_json(const Question& question, const std::vector<std::uint32_t>& causes) {
  Json list = Json::array();
  for (const std::uint32_t cause : causes) list.push_back(question.cause(cause));
  return list;
}

Json cubes_of(const ir::AddressNames& names, std::span<const packet::Cube> cubes) {
  return {{"text", cube_lines(names, cubes, SIZE_MAX)}, {"cubes", cubes_json(cubes)}};
}

Json found_json(const Question& question, const ir::AddressNames& names, const change::Found& found) {
  Json json = cubes_of(names, found.cubes);
  json["example"] = found.example ? Json(check::example_text(*found.example)) : Json();
  json["causes"] = causes_json(question, found.causes);
  return json;
}

std::string document(const Question& question, Json answer) {
  Json json = {{"format", "cordon.query"},
               {"format_version", "1.0"},
               {"tool", {{"name", "cordon"}, {"version", question.version}}},
               {"query", question.kind},
               {"asked", question.asked}};
  json.update(answer);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

Json prefixes_json(const ir::Addresses& addresses) {
  Json list = Json::array();
  for (const Family family : packet::families) {
    for (const packet::Prefix& prefix : addresses.of(family).prefixes()) list.push_back(to_string(prefix));
  }
  return list;
}

std::string reach_json(const Question& question, const change::Reach& reach) {
  const ir::AddressNames names(question.policy);
  const std::string_view verdict = reach.vacuous           ? "vacuous"
                                   : reach.allowed.empty() ? "denied"
                                   : reach.denied.empty()  ? "allowed"
                                                           : "partly";
  return document(question, {{"verdict", verdict},
                             {"allowed", found_json(question, names, reach.allowed)},
                             {"denied", found_json(question, names, reach.denied)}});
}

std::string ends_json(const Question& question, const EndsAnswer& answer) {
  const ir::AddressNames names(question.policy);
  Json found = Json::array(), none = Json::array();
  for (const change::EndFound& each : answer.found) {
    const change::End& end = answer.ends[each.end];
    if (each.found.empty()) {
      none.push_back(end.name);
      continue;
    }
    const ir::Addresses part = side_of(each.found.cubes, answer.towards);
    Json json = {{answer.towards ? "from" : "to", end.name},
                 {"share", share_text(question.policy, end, part)},
                 {"prefixes", prefixes_json(part)}};
    json.update(found_json(question, names, each.found));
    found.push_back(std::move(json));
  }
  return document(
      question, {{"set", prefixes_json(answer.set)}, {"found", std::move(found)}, {"none", std::move(none)}});
}

std::string lines_json(const Question& question, std::span<const change::LineFound> lines) {
  const ir::AddressNames names(question.policy);
  Json list = Json::array();
  for (const change::LineFound& line : lines) {
    Json json = {{"cause", question.cause(line.cause)}, {"needed", line.needed}};
    json.update(cubes_of(names, line.cubes));
    list.push_back(std::move(json));
  }
  return document(question, {{"lines", std::move(list)}});
}

std::string blast_json(const Question& question, const BlastAnswer& answer) {
  const ir::AddressNames names(question.policy);
  Json found = Json::array();
  for (const change::BlastEnd& each : answer.blast.found) {
    found.push_back({{"step", each.step},
                     {"to", answer.ends[each.end].name},
                     {"share", share_text(question.policy, answer.ends[each.end], each.addresses)},
                     {"text", names.text(each.addresses, SIZE_MAX)},
                     {"prefixes", prefixes_json(each.addresses)},
                     {"services", packet::to_string(each.services)},
                     {"causes", causes_json(question, each.causes)}});
  }
  return document(question, {{"limit", answer.limit == 0 ? Json() : Json(answer.limit)},
                             {"steps", answer.blast.steps},
                             {"found", std::move(found)},
                             {"reached", prefixes_json(answer.blast.reached)}});
}

std::string roundtrip_json(const Question& question, const check::Answer& answer) {
  const ir::AddressNames names(question.policy);
  Json causes = Json::array();
  for (const diagnostics::Label& cause : answer.causes)
    causes.push_back(place_text(question.sources, cause.range) + ": " + cause.text);
  return document(question, {{"outcome", to_string(answer.outcome)},
                             {"text", answer.text},
                             {"unanswered", check::traffic_lines(names, answer.traffic, SIZE_MAX)},
                             {"causes", std::move(causes)}});
}

std::string dead_lines_json(const Question& question, const check::Context& context) {
  const check::FlowRedundancy& redundancy = context.redundancy();
  const auto line = [&](std::uint32_t part) {
    const check::FlowFact& fact = context.flow(redundancy.facts[part]);
    return Json{{"place", place_text(question.sources, fact.flow->range)}, {"flow", flow_words(fact)}};
  };
  Json list = Json::array();
  for (const check::Superfluous& dead : redundancy.found) {
    Json by = Json::array();
    for (const std::uint32_t part : dead.by) by.push_back(line(part));
    Json json = line(dead.part);
    json["covered_by"] = std::move(by);
    list.push_back(std::move(json));
  }
  return document(question, {{"flows", redundancy.facts.size()}, {"lines", std::move(list)}});
}

}  // namespace cordon::report
