// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/flow_rules.h"

#include <algorithm>

namespace cordon::check {

const ir::Zone* ZonePair::medical() const {
  if (is_medical(to)) return &to;
  return is_medical(from) ? &from : nullptr;
}

const ir::Zone* ZonePair::care() const {
  if (is_care(to)) return &to;
  return is_care(from) ? &from : nullptr;
}

std::optional<ZonePair> zones_of(const Context& context, const FlowFact& fact) {
  if (!fact.from_zone.valid() || !fact.to_zone.valid()) return std::nullopt;
  return ZonePair{context.zone(fact.from_zone), context.zone(fact.to_zone)};
}

bool repeats_line(const FlowFact& fact) {
  return fact.id.index > 0 && fact.conduit->flows[fact.id.index - 1].number == fact.flow->number;
}

TrafficPart traffic_of(const Context& context, const FlowFact& fact, const packet::ServiceSet& services) {
  TrafficPart part = traffic_of(context.policy(), fact);
  part.services = services;
  return part;
}

bool carries(const ir::Flow& flow, std::string_view data) {
  return std::ranges::find(flow.data, data) != flow.data.end();
}

std::string sensitive_data(const ir::Flow& flow) {
  std::string text;
  for (const std::string_view data : {"phi", "therapy", "credentials", "personal"}) {
    if (carries(flow, data)) text += (text.empty() ? "" : ", ") + std::string(data);
  }
  return text;
}

bool is_encrypted(const ir::Flow& flow) { return !flow.encryption.empty() && flow.encryption != "none"; }

std::string clear_reason(const FlowFact& fact) {
  if (fact.flow->encryption == "none") return "`encryption: none`";
  if (!fact.flow->encryption.empty()) return {};
  for (const Use use : {Use::login, Use::clear}) {
    if (const auto seen = recognise(*fact.services, use))
      return seen->text + ", and no `encryption:` protects it";
  }
  return {};
}

packet::ServiceSet names_and_time(const packet::ServiceSet& services) {
  return terms_where(services, [](const packet::ServiceTerm& term) {
    return recognise({term}, Use::names) || recognise({term}, Use::time);
  });
}

}  // namespace cordon::check
