// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Services: named unions of terms, and the list of a flow as one union.
#include <algorithm>

#include "compiler/base/spelling.h"
#include "compiler/resolve/resolver.h"

namespace cordon::resolve {

void Resolver::build_services() {
  service_terms_.resize(policy_.services.size());
  service_open_.resize(policy_.services.size());
  service_used_.resize(policy_.services.size());
  for (const ir::ServiceId id : policy_.services.ids()) {
    if (const auto& terms = service_terms(id)) policy_.services[id].terms = *terms;
  }
}

// Nothing when the service is faulty; the fault was reported.
const std::optional<packet::ServiceSet>& Resolver::service_terms(ir::ServiceId id) {
  if (service_terms_[id.value]) return *service_terms_[id.value];
  static const std::optional<packet::ServiceSet> broken;
  const auto& [service, scope] = services_[id.value];
  if (service_open_[id.value]) {
    diagnostics_.build(kind::service_cycle, service->name.range, service->name.value)
        .help("take one of the services out of the other")
        .emit();
    return broken;
  }
  service_open_[id.value] = true;
  packet::ServiceSet terms;
  bool right = true;
  for (const syntax::Text& text : service->terms) {
    for (const Reference& reference : bound(text, scope)) right = add_service(terms, reference) && right;
  }
  service_open_[id.value] = false;
  service_terms_[id.value] = right ? std::optional(normalize(std::move(terms))) : std::nullopt;
  return *service_terms_[id.value];
}

bool Resolver::add_service(packet::ServiceSet& terms, const Reference& reference) {
  const std::string_view text = reference.text.value;
  std::vector<std::string> candidates;
  if (const ir::ServiceId* id = service_names_.find(scopes_, reference.scope, text, &candidates)) {
    service_used_[id->value] = true;
    const auto& named = service_terms(*id);
    if (named) terms.insert(terms.end(), named->begin(), named->end());
    return named.has_value();
  }
  if (!candidates.empty()) {
    diagnostics_.build(kind::ambiguous_name, reference.text.range, text)
        .help("say which: {}", fmt::join(candidates, ", "))
        .emit();
    return false;
  }
  const packet::ServiceParse parsed = packet::parse_service(text);
  if (parsed.term) {
    terms.push_back(*parsed.term);
    return true;
  }
  if (text.find('/') != std::string_view::npos) {
    diagnostics_.build(kind::bad_service, reference.text.range, text, parsed.error)
        .help("for example `tcp/443`, `udp/5000-5010`, `icmp/echo-request` or `ip/50`")
        .emit();
    return false;
  }
  NearestName nearest(text);
  for (const auto& [name, id] : service_names_.entries()) nearest.consider(name);
  auto builder = diagnostics_.build(kind::unknown_service, reference.text.range, text);
  if (!nearest.result().empty()) {
    builder.label(policy_.services[service_names_.entries().find(nearest.result())->second].name_range,
                  "did you mean `{}`?", nearest.result());
  } else {
    builder.help("declare it under `services:`, use a module that does, or write `tcp/443`");
  }
  builder.emit();
  return false;
}

// Invalid when something in the list is faulty.
ir::ServiceListId Resolver::service_list(const syntax::Texts& texts, ScopeId scope) {
  std::vector<std::string_view> key;
  for (const syntax::Text& text : texts) key.push_back(text.value);
  const auto [cached, fresh] = service_list_texts_.try_emplace({scope, std::move(key)});
  if (!fresh && cached->second.valid()) return cached->second;
  packet::ServiceSet terms;
  std::string label;
  bool right = true;
  for (const syntax::Text& text : texts) {
    for (const Reference& reference : bound(text, scope)) {
      right = add_service(terms, reference) && right;
      label += (label.empty() ? "" : ",") + std::string(reference.text.value);
    }
  }
  if (!right || terms.empty()) return {};
  terms = normalize(std::move(terms));
  const auto [found, first] = service_list_ids_.try_emplace(std::move(terms));
  if (first) found->second = policy_.service_lists.push_back({std::move(label), found->first});
  return cached->second = found->second;
}

}  // namespace cordon::resolve
