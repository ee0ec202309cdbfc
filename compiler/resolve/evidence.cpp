// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Assertions, tests, waivers, attestations, disclosure statements and the choice of checks: their names get
// a meaning here; whether they hold is for the checks.
#include <algorithm>
#include <array>
#include <utility>

#include "compiler/base/spelling.h"
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/resolve/resolver.h"

namespace cordon::resolve {
namespace {

Range cover(const syntax::Texts& texts) {
  if (texts.empty()) return {};
  return {texts.front().range.file, texts.front().range.begin, texts.back().range.end};
}

ir::Stated stated(const syntax::Text& text) { return {std::string(text.value), text.range}; }

ir::Answer answer_of(std::string_view word) {
  if (word == "no") return ir::Answer::no;
  if (word == "partly") return ir::Answer::partly;
  return word == "not-applicable" ? ir::Answer::not_applicable : ir::Answer::yes;
}

ir::Assertion::Kind kind_of(std::string_view word) {
  using Kind = ir::Assertion::Kind;
  static constexpr std::pair<std::string_view, Kind> words[] = {
      {"never", Kind::never}, {"always", Kind::always},     {"only", Kind::only},
      {"via", Kind::via},     {"at-least", Kind::at_least}, {"roundtrip", Kind::roundtrip}};
  return std::ranges::find(words, word, &std::pair<std::string_view, Kind>::first)->second;
}

// By name, whatever the order of files; two of one name are one too many.
template <class Item>
void sort_named(std::vector<Item>& items, std::string_view what, Diagnostics& diagnostics) {
  std::ranges::sort(items, [](const Item& a, const Item& b) {
    return std::tie(a.name, a.name_range) < std::tie(b.name, b.name_range);
  });
  for (std::size_t at = 1; at < items.size(); ++at) {
    if (items[at].name != items[at - 1].name) continue;
    diagnostics.build(kind::duplicate_name, items[at].name_range, items[at].name)
        .label(items[at - 1].name_range, "first declared here")
        .help("rename one of the two {}", what)
        .emit();
  }
}

}  // namespace

void Resolver::build_evidence() {
  for (const auto& [assertion, scope] : assertions_) build_assertion(*assertion, scope);
  for (const auto& [test, scope] : tests_) build_test(*test, scope);
  for (const syntax::File& file : project_.files) {
    for (const syntax::Waiver& waiver : file.waivers) build_waiver(waiver);
    for (const syntax::Envelope& envelope : file.envelopes) build_envelope(envelope);
    for (const syntax::QuestionnaireAnswer& answer : file.attestations) build_attestation(answer);
    for (const syntax::Mds2Form& form : file.mds2) build_mds2(form);
  }
  build_check_settings();
  sort_named(policy_.evidence.assertions, "assertions", diagnostics_);
  sort_named(policy_.evidence.waivers, "waivers", diagnostics_);
  sort_named(policy_.evidence.envelopes, "envelopes", diagnostics_);
  sort_named(policy_.evidence.attestations, "attestations", diagnostics_);
  sort_named(policy_.evidence.mds2, "disclosure statements", diagnostics_);
}

// Nothing when some name has no meaning; that was reported.
std::optional<std::vector<ir::EndpointId>> Resolver::endpoints_of(const syntax::Texts& texts, ScopeId scope) {
  std::vector<Reference> references;
  std::string label;
  for (const syntax::Text& text : texts) references.push_back({text, scope});
  for (const Reference& each : references) {
    for (const Reference& reference : bound(each.text, each.scope))
      label += (label.empty() ? "" : ",") + std::string(reference.text.value);
  }
  Members members = members_of(references);
  if (members.broken) return std::nullopt;
  std::vector<ir::EndpointId> ids;
  for (const ir::DeviceId device : members.devices) ids.push_back(device_endpoint(device));
  if (!members.pieces.empty()) ids.push_back(intern_endpoint(std::move(label), std::move(members)));
  return ids;
}

std::optional<ir::Traffic> Resolver::traffic_of(const syntax::Texts& from, const syntax::Texts& to,
                                                const syntax::Texts& services, ScopeId scope) {
  auto sources = endpoints_of(from, scope);
  auto destinations = endpoints_of(to, scope);
  ir::Traffic traffic;
  if (!services.empty()) {
    traffic.services = service_list(services, scope);
    if (!traffic.services.valid()) return std::nullopt;
  }
  if (!sources || !destinations) return std::nullopt;
  traffic.from = std::move(*sources);
  traffic.to = std::move(*destinations);
  traffic.from_range = cover(from);
  traffic.to_range = cover(to);
  return traffic;
}

void Resolver::build_assertion(const syntax::Assertion& assertion, ScopeId scope) {
  auto traffic = traffic_of(assertion.from, assertion.to, assertion.services, scope);
  auto through = endpoints_of(assertion.through, scope);
  if (!traffic || !through) return;
  ir::Assertion out;
  out.name = scopes_[scope].prefix + std::string(assertion.name.value);
  out.name_range = assertion.name.range;
  out.range = assertion.range;
  out.kind = kind_of(assertion.kind.value);
  out.traffic = std::move(*traffic);
  out.through = std::move(*through);
  out.through_range = cover(assertion.through);
  if (assertion.filters) out.filters = static_cast<std::uint32_t>(assertion.filters->value);
  policy_.evidence.assertions.push_back(std::move(out));
}

void Resolver::build_test(const syntax::PolicyTest& test, ScopeId scope) {
  auto from = set_text(test.from, scope), to = set_text(test.to, scope);
  const ir::ServiceListId services = service_list(test.services, scope);
  if (!from || !to || !services.valid()) return;
  ir::PolicyTest out;
  out.name = test.name.value;
  out.range = test.range;
  out.allow = test.expect.value == "allow";
  out.traffic = {std::move(*from), std::move(*to), services, test.from.range, test.to.range};
  for (const syntax::Text& tag : test.tags) out.tags.emplace_back(tag.value);
  policy_.evidence.tests.push_back(std::move(out));
}

void Resolver::build_waiver(const syntax::Waiver& waiver) {
  ir::Waiver out;
  out.name = waiver.id.value;
  out.name_range = waiver.id.range;
  out.range = waiver.range;
  out.code = stated(waiver.code);
  check_code(waiver.code);
  out.element = stated(waiver.element);
  out.accepts_range = cover(waiver.accepts);
  for (const syntax::Text& text : waiver.accepts) {
    if (auto traffic = flow_text(text, project_scope)) out.accepts.push_back(std::move(*traffic));
  }
  out.reason = stated(waiver.reason);
  out.owner = stated(waiver.owner);
  out.approved_by = stated(waiver.approved_by);
  out.ticket = stated(waiver.ticket);
  out.created = stated(waiver.created);
  out.expires = stated(waiver.expires);
  policy_.evidence.waivers.push_back(std::move(out));
}

void Resolver::build_envelope(const syntax::Envelope& envelope) {
  ir::Envelope out;
  out.name = envelope.id.value;
  out.name_range = envelope.id.range;
  out.range = envelope.range;
  for (const syntax::Text& text : envelope.approves) {
    if (auto traffic = flow_text(text, project_scope)) out.approves.push_back(std::move(*traffic));
  }
  if (envelope.max_new_hosts) out.max_new_hosts = static_cast<std::uint32_t>(envelope.max_new_hosts->value);
  for (const syntax::Text& reviewer : envelope.reviewers) out.reviewers.emplace_back(reviewer.value);
  policy_.evidence.envelopes.push_back(std::move(out));
}

void Resolver::check_code(const syntax::Text& code) {
  if (diagnostics::find_kind(code.value) != nullptr) return;
  NearestName nearest(code.value);
  for (const diagnostics::KindInfo& each : diagnostics::all_kinds()) {
    nearest.consider(each.code);
    nearest.consider(each.slug);
  }
  auto builder = diagnostics_.build(kind::unknown_code, code.range, code.value);
  if (!nearest.result().empty()) builder.help("did you mean `{}`?", nearest.result());
  builder.help("`cordon explain --list` lists every code");
  builder.emit();
}

void Resolver::build_attestation(const syntax::QuestionnaireAnswer& answer) {
  ir::Attestation out;
  out.name = answer.name.value;
  out.name_range = answer.name.range;
  out.range = answer.range;
  out.answer = answer_of(answer.answer.value);
  out.answer_range = answer.answer.range;
  out.evidence = answer.evidence.value;
  out.date = answer.date.value;
  out.reason = answer.reason.value;
  policy_.evidence.attestations.push_back(std::move(out));
}

void Resolver::build_mds2(const syntax::Mds2Form& form) {
  ir::Mds2Form out;
  out.name = form.name.value;
  out.name_range = form.name.range;
  out.range = form.range;
  for (const syntax::Text& zone : form.zones) {
    const ir::ZoneId id = zone_reference(zone, project_scope);
    if (id.valid()) out.zones.push_back(id);
  }
  std::ranges::sort(out.zones);
  out.document = form.document.value;
  out.date = form.date.value;
  for (const syntax::Argument& answer : form.answers) {
    if (const syntax::Text* value = only_value(answer))
      out.answers.push_back({std::string(answer.name.value), answer_of(value->value), value->range});
  }
  std::ranges::sort(out.answers, {}, &ir::Mds2Answer::question);
  policy_.evidence.mds2.push_back(std::move(out));
}

// Null when there is another number of values, which is reported.
const syntax::Text* Resolver::only_value(const syntax::Argument& argument) {
  if (argument.values.size() == 1) return argument.values.data();
  diagnostics_
      .build(kind::wrong_count, argument.name.range, argument.name.value, "one value", argument.values.size())
      .emit();
  return nullptr;
}

void Resolver::build_check_settings() {
  const syntax::Checks* chosen = nullptr;
  for (const syntax::File& file : project_.files) {
    if (!file.checks) continue;
    if (chosen != nullptr) {
      diagnostics_.build(kind::duplicate_name, file.checks->range, "checks")
          .label(chosen->range, "first declared here")
          .help("a project chooses its checks once")
          .emit();
      continue;
    }
    chosen = &*file.checks;
  }
  if (chosen == nullptr) return;
  ir::CheckSettings& out = policy_.evidence.checks;
  if (chosen->profile.present()) {
    out.profile = chosen->profile.value == "basic"      ? ir::CheckProfile::basic
                  : chosen->profile.value == "hospital" ? ir::CheckProfile::hospital
                                                        : ir::CheckProfile::auditor;
  }
  for (const syntax::Argument& each : chosen->severities) {
    check_code(each.name);
    if (const syntax::Text* value = only_value(each))
      out.severities.push_back({std::string(each.name.value), std::string(value->value), each.name.range});
  }
  const auto set = [](std::uint32_t& place, const std::optional<syntax::Integer>& value) {
    if (value) place = static_cast<std::uint32_t>(value->value);
  };
  set(out.review_days, chosen->review_days);
  set(out.waiver_days, chosen->waiver_days);
  set(out.warning_days, chosen->warning_days);
  set(out.filters_to_devices, chosen->filters_to_devices);
}

}  // namespace cordon::resolve
