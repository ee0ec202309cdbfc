// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "compiler/check/traffic.h"
#include "compiler/report/cubes.h"
#include "compiler/report/edit_text.h"
#include "compiler/report/running_query.h"
#include "compiler/report/why.h"

namespace cordon::report {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word(change::FilterStep::Place place) {
  using Place = change::FilterStep::Place;
  switch (place) {
    case Place::in:
      return "in";
    case Place::between:
      return "between";
    case Place::out:
      return "out";
    case Place::own:
      return "own";
  }
  return {};
}

std::string_view word(change::Refusal::Reason reason) {
  using Reason = change::Refusal::Reason;
  switch (reason) {
    case Reason::isolated:
      return "isolated";
    case Reason::outside:
      return "outside";
    case Reason::no_zone:
      return "no-zone";
    case Reason::nowhere:
      return "nowhere";
    case Reason::no_conduit:
      return "no-conduit";
    case Reason::no_flow:
      return "no-flow";
    case Reason::no_match:
      return "no-match";
  }
  return {};
}

class Document {
 public:
  explicit Document(const WhyReport& report) : report_(report), policy_(*report.policy), names_(policy_) {}

  Json run(std::string_view version) {
    const change::Why& why = *report_.why;
    return {{"format", "cordon.why"},
            {"format_version", "1.0"},
            {"tool", {{"name", "cordon"}, {"version", version}}},
            {"question", report_.question->text},
            {"running", running()},
            {"answer", to_string(why.answer)},
            {"allowed", part(why.allowed)},
            {"denied", part(why.denied)},
            {"ways", ways()},
            {"ways_unknown", report_.ways_unknown},
            {"causes", causes()},
            {"reasons", reasons()},
            {"statements", statements()},
            {"proposals", report_.of_running() ? Json::array() : proposals()}};
  }

 private:
  [[nodiscard]] Json part(const change::Part& part) const {
    return {{"text", cube_lines(names_, without_flags(part.cubes), SIZE_MAX)},
            {"cubes", cubes_json(part.cubes)},
            {"example", part.example ? Json(check::example_text(*part.example)) : Json()}};
  }

  // Null where the policy alone was asked.
  [[nodiscard]] Json running() const {
    if (!report_.of_running()) return nullptr;
    const change::Fate& outcome = report_.ways->outcome;
    return {{"answer", to_string(change::answer_of(outcome))},
            {"allowed", part(outcome.allowed)},
            {"denied", part(outcome.denied)},
            {"differs", part(outcome.differs)},
            {"unknown", part(outcome.unknown)},
            {"not_understood", blind_json(policy_, *report_.sources, report_.blind)},
            {"delete", removable()}};
  }
  [[nodiscard]] Json removable() const {
    Json list = Json::array();
    for (const change::RemovableLine& each : report_.removable) {
      const DeviceLine line = report_.line(each.device, each.line);
      list.push_back({{"device", policy_.devices[each.device].name},
                      {"file", line.file},
                      {"line", line.line},
                      {"text", line.text},
                      {"also_permits_what_is_wanted", each.wanted_too}});
    }
    return list;
  }

  [[nodiscard]] Json ways() const {
    Json pairs = Json::array();
    if (report_.ways == nullptr) return {{"pairs", pairs}, {"more_pairs", 0}};
    for (const change::PairWays& pair : report_.ways->pairs) {
      Json list = Json::array();
      for (const change::Way& way : pair.ways)
        list.push_back(
            {{"there", direction(way.there)}, {"reply", way.back ? direction(*way.back) : Json()}});
      pairs.push_back({{"from", stop_text(policy_, pair.from)},
                       {"to", stop_text(policy_, pair.to)},
                       {"same_network", pair.same_network},
                       {"ways", std::move(list)},
                       {"more_ways", pair.more},
                       {"more_uncounted", pair.more_uncounted}});
    }
    return {{"pairs", std::move(pairs)}, {"more_pairs", report_.ways->more_pairs}};
  }
  [[nodiscard]] Json direction(const change::Direction& direction) const {
    Json hops = Json::array();
    for (const change::WayHop& hop : direction.hops) hops.push_back(hop_json(hop));
    return {{"result", to_string(direction.passage)}, {"hops", std::move(hops)}};
  }
  [[nodiscard]] Json hop_json(const change::WayHop& hop) const {
    const ir::Device& device = policy_.devices[hop.device];
    Json filters = Json::array();
    for (const change::FilterStep& step : hop.steps) {
      Json lines = Json::array();
      for (const change::DecidingLine& each : step.lines) lines.push_back(line_json(hop.device, each));
      filters.push_back({{"at", word(step.place)},
                         {"result", to_string(step.passage)},
                         {"lines", std::move(lines)},
                         {"not_understood", gaps_json(hop.device, step)},
                         {"more_lines", step.more}});
    }
    return {{"device", device.name},
            {"in", interface_json(device, hop.in)},
            {"out", interface_json(device, hop.out)},
            {"read", hop.read},
            {"filters", std::move(filters)}};
  }
  [[nodiscard]] Json gaps_json(ir::DeviceId device, const change::FilterStep& step) const {
    Json gaps = Json::array();
    if (step.unread) gaps.push_back({{"reason", "the configuration has no such interface"}});
    for (const config::Gap& gap : step.gaps) {
      const DeviceLine line = report_.line(device, gap.range);
      gaps.push_back({{"file", line.file}, {"line", line.line}, {"text", line.text}, {"reason", gap.reason}});
    }
    return gaps;
  }
  [[nodiscard]] Json interface_json(const ir::Device& device, const std::optional<std::uint32_t>& at) const {
    if (!at) return nullptr;
    const ir::Network& network = policy_.networks[device.interfaces[*at].network];
    return {{"interface", device.interfaces[*at].name},
            {"network", network.name},
            {"vlan", network.vlan ? Json(*network.vlan) : Json()},
            {"zone", network.zone.valid() ? Json(policy_.zones[network.zone].name) : Json()}};
  }
  [[nodiscard]] Json line_json(ir::DeviceId device, const change::DecidingLine& deciding) const {
    const DeviceLine line = deciding.remembers ? DeviceLine{} : report_.line(device, deciding.line);
    return {{"action", deciding.permits ? "permit" : "deny"},
            {"stateful", deciding.remembers},
            {"file", line.file.empty() ? Json() : Json(line.file)},
            {"line", line.file.empty() ? Json() : Json(line.line)},
            {"text", line.text},
            {"origin", line.origin}};
  }

  [[nodiscard]] Json causes() const {
    Json list = Json::array();
    for (const change::Cause& cause : report_.why->causes) {
      Json each{{"text", cause_text(policy_, *report_.sources, cause)},
                {"place", place_text(*report_.sources, cause.range)}};
      if (cause.kind == change::Cause::Kind::flow) {
        const ir::Conduit& conduit = policy_.conduits[cause.flow.conduit];
        each.update({{"conduit", conduit.name},
                     {"flow", policy_.flow(cause.flow).number},
                     {"purpose", conduit.purpose},
                     {"owner", conduit.owner},
                     {"ticket", conduit.ticket},
                     {"reviewed", conduit.reviewed},
                     {"expires", conduit.expires},
                     {"evidence", policy_.flow(cause.flow).evidence}});
      }
      list.push_back(std::move(each));
    }
    return list;
  }

  [[nodiscard]] Json reasons() const {
    Json list = Json::array();
    for (const change::Refusal& refusal : report_.why->refusals)
      list.push_back({{"reason", word(refusal.reason)},
                      {"text", refusal_lines(report_, refusal)},
                      {"denied", part(refusal.denied)}});
    return list;
  }

  [[nodiscard]] Json statements() const {
    Json list = Json::array();
    for (const change::Statement& each : report_.why->statements)
      list.push_back(statement_text(report_, each));
    return list;
  }

  [[nodiscard]] Json proposals() const {
    const PolicyWords words(policy_, *report_.question);
    Json list = Json::array();
    for (const change::Proposal& proposal : report_.why->proposals) {
      Json edits = Json::array(), instead = Json::array();
      for (const change::Edit& edit : proposal.edits) edits.push_back(edit_json(words, edit));
      for (const change::Edit& edit : proposal.instead) instead.push_back(edit_json(words, edit));
      list.push_back({{"to", proposal.opens ? "allow" : "deny"},
                      {"edits", std::move(edits)},
                      {"instead", std::move(instead)}});
    }
    return list;
  }
  [[nodiscard]] Json edit_json(const PolicyWords& words, const change::Edit& edit) const {
    const EditText text = edit_text(policy_, *report_.sources, words, edit);
    return {{"place", text.place.empty() ? Json() : Json(text.place)},
            {"what", text.what},
            {"paste", text.paste},
            {"beyond",
             {{"text", cube_lines(names_, edit.beyond, SIZE_MAX)}, {"cubes", cubes_json(edit.beyond)}}}};
  }

  const WhyReport& report_;
  const ir::Policy& policy_;
  ir::AddressNames names_;
};

}  // namespace

std::string why_json(const WhyReport& report, std::string_view version) {
  return Document(report).run(version).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cordon::report
