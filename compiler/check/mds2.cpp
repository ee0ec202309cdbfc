// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/mds2.h"

#include <algorithm>
#include <utility>

#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

void add_flows(const Context& context, std::span<const std::uint32_t> positions, const FlowTest& test,
               std::vector<const FlowFact*>& flows) {
  for (const std::uint32_t position : positions) {
    const FlowFact& fact = context.flow(position);
    if (test(fact)) flows.push_back(&fact);
  }
}

std::string_view word(ir::Answer answer) {
  switch (answer) {
    case ir::Answer::yes:
      return "yes";
    case ir::Answer::no:
      return "no";
    case ir::Answer::partly:
      return "partly";
    case ir::Answer::not_applicable:
      return "not-applicable";
  }
  return {};
}

}  // namespace

const ir::Mds2Answer* answer_to(const ir::Mds2Form& form, std::string_view question) {
  const auto found = std::ranges::lower_bound(form.answers, question, {}, &ir::Mds2Answer::question);
  return found == form.answers.end() || found->question != question ? nullptr : &*found;
}

bool is_answered(const Context& context, ir::ZoneId zone, std::string_view question) {
  return std::ranges::any_of(context.evidence().mds2, [&](const ir::Mds2Form& form) {
    return answer_to(form, question) != nullptr && std::ranges::binary_search(form.zones, zone);
  });
}

std::vector<Claim> claims(const Context& context, std::string_view question, ir::Answer answer) {
  std::vector<Claim> found;
  for (const ir::Mds2Form& form : context.evidence().mds2) {
    const ir::Mds2Answer* given = answer_to(form, question);
    if (given == nullptr || given->answer != answer) continue;
    for (const ir::ZoneId zone : form.zones) found.push_back({&form, given, zone});
  }
  return found;
}

std::string element_of(const ir::Mds2Form& form) { return "mds2:" + form.name; }

std::vector<const FlowFact*> flows_from(const Context& context, ir::ZoneId zone, const FlowTest& test) {
  std::vector<const FlowFact*> flows;
  add_flows(context, context.flows_from(zone), test, flows);
  return flows;
}

std::vector<const FlowFact*> flows_to(const Context& context, ir::ZoneId zone, const FlowTest& test) {
  std::vector<const FlowFact*> flows;
  add_flows(context, context.flows_to(zone), test, flows);
  return flows;
}

std::vector<const FlowFact*> flows_of(const Context& context, ir::ZoneId zone, const FlowTest& test) {
  std::vector<const FlowFact*> flows = flows_from(context, zone, test);
  add_flows(
      context, context.flows_to(zone),
      [&](const FlowFact& fact) {
        return fact.from_zone != zone && test(fact);  // one within the zone is there already
      },
      flows);
  return flows;
}

bool carries(const FlowFact& fact, std::initializer_list<std::string_view> data) {
  return std::ranges::any_of(
      fact.flow->data, [&](const std::string& each) { return std::ranges::find(data, each) != data.end(); });
}

FindingBuilder raise_claim(const Context& context, Findings& findings, const ClaimKind& kind,
                           const Claim& claim) {
  FindingBuilder builder =
      findings.raise(kind, claim.answer->range, element_of(*claim.form), claim.answer->question,
                     claim.form->name, context.zone(claim.zone).name);
  return std::move(builder).here("`{}`{}", word(claim.answer->answer),
                                 claim.form->document.empty() ? "" : " in " + claim.form->document);
}

void raise_claim(const Context& context, Findings& findings, const ClaimKind& kind, const Claim& claim,
                 const std::vector<const FlowFact*>& flows, std::string_view help) {
  if (flows.empty()) return;
  constexpr std::size_t shown = 12;
  std::vector<diagnostics::Label> labels;
  std::vector<TrafficPart> traffic;
  for (const FlowFact* fact : flows) {
    traffic.push_back(traffic_of(context.policy(), *fact));
    if (labels.size() < shown)
      labels.push_back({fact->flow->range, fmt::format("conduit `{}`", fact->conduit->name)});
  }
  std::vector<std::string> notes;
  if (flows.size() > shown)
    notes.push_back(fmt::format("and {} more", counted(flows.size() - shown, "flow")));
  raise_claim(context, findings, kind, claim)
      .labels(labels)
      .notes(notes)
      .traffic(std::move(traffic))
      .help("ask the maker which is right: {}", help)
      .emit();
}

}  // namespace cordon::check
