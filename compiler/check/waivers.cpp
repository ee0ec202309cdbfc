// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/waivers.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "compiler/check/traffic.h"
#include "compiler/ir/address_names.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

bool same_text(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

bool matches_code(const ir::Waiver& waiver, diagnostics::KindId kind) {
  const diagnostics::KindInfo& info = diagnostics::info(kind);
  return waiver.code.text == info.code || waiver.code.text == info.slug;
}

Traffic accepted(const ir::Policy& policy, const ir::Waiver& waiver) {
  Traffic all;
  for (const ir::Traffic& traffic : waiver.accepts) {
    TrafficPart part;
    for (const ir::EndpointId end : traffic.from)
      ir::add(part.from, ir::addresses_of(policy, policy.endpoints[end]));
    for (const ir::EndpointId end : traffic.to)
      ir::add(part.to, ir::addresses_of(policy, policy.endpoints[end]));
    part.services = traffic.services.valid() ? policy.service_lists[traffic.services].terms
                                             : packet::ServiceSet{packet::ServiceTerm{}};
    all.push_back(std::move(part));
  }
  return all;
}

// One waiver held against the findings of its code.
class Cover {
 public:
  Cover(const Context& context, const ir::Waiver& waiver, std::optional<ir::AddressNames>& names)
      : context_(context), waiver_(waiver), names_(names), accepted_(accepted(context.policy(), waiver)) {}

  void hold_against(Finding& finding) {
    if (waiver_.element.present() && waiver_.element.text != finding.element) return;
    const bool about_packets = holds_packets(finding.traffic);
    if (!about_packets) {
      if (waiver_.element.present()) cover(finding);
      return;
    }
    if (accepted_.empty()) {
      meet(finding, fmt::format("waiver `{}` accepts no connections; add `accepts: '{}'`", waiver_.name,
                                text(finding.traffic)));
      return;
    }
    const auto residue = subtract(finding.traffic, accepted_);
    if (!residue) {
      meet(finding, fmt::format("whether waiver `{}` covers it is beyond the work limit", waiver_.name));
      return;
    }
    if (residue->empty()) {
      cover(finding);
      return;
    }
    // Of a waiver without an element it is near only when they have something in common.
    const auto shared =
        waiver_.element.present() ? Decided<Traffic>(Traffic()) : intersect(finding.traffic, accepted_);
    if (!shared || waiver_.element.present() || !shared->empty())
      meet(finding, fmt::format("waiver `{}` does not accept {}", waiver_.name, text(*residue)));
  }

  [[nodiscard]] bool used() const { return used_; }

 private:
  void cover(Finding& finding) {
    used_ = true;
    if (!counts(waiver_, context_.settings(), context_.as_of())) {
      finding.diagnostic.notes.push_back(
          has_expired(waiver_, context_.as_of())
              ? fmt::format("waiver `{}` covered it until {}", waiver_.name, waiver_.expires.text)
              : fmt::format("waiver `{}` would cover it, but is not valid", waiver_.name));
    } else if (finding.status == Status::open) {
      finding.status = Status::waived;
      finding.waiver = waiver_.name;
    }
  }
  void meet(Finding& finding, std::string note) {
    used_ = true;  // its own finding would be a second message about one cause
    finding.diagnostic.notes.push_back(std::move(note));
  }
  std::string text(const Traffic& traffic) {
    if (!names_) names_.emplace(context_.policy());
    return traffic_text(*names_, traffic);
  }

  const Context& context_;
  const ir::Waiver& waiver_;
  std::optional<ir::AddressNames>& names_;
  Traffic accepted_;
  bool used_ = false;
};

void raise_unused(const ir::Waiver& waiver, Findings& findings) {
  findings.raise(kind::waiver_unused, waiver.name_range, element_of(waiver), waiver.name)
      .label(waiver.code.range, "no finding of this code is about that")
      .help("delete the waiver; the finding is gone, or is about something else by now")
      .emit();
}

}  // namespace

std::string element_of(const ir::Waiver& waiver) { return "waiver:" + waiver.name; }

std::vector<std::string_view> missing_fields(const ir::Waiver& waiver) {
  std::vector<std::string_view> missing;
  if (!waiver.element.present() && !waiver.accepts_range.valid()) missing.emplace_back("element or accepts");
  const std::pair<std::string_view, const ir::Stated*> stated[] = {
      {"reason", &waiver.reason}, {"owner", &waiver.owner},     {"approved_by", &waiver.approved_by},
      {"ticket", &waiver.ticket}, {"created", &waiver.created}, {"expires", &waiver.expires}};
  for (const auto& [name, field] : stated) {
    if (!field->present()) missing.push_back(name);
  }
  return missing;
}

const Check* waived_check(const ir::Waiver& waiver) {
  const diagnostics::KindInfo* info = diagnostics::find_kind(waiver.code.text);
  if (info == nullptr) return nullptr;
  for (const Check& check : all_checks()) {
    if (matches_code(waiver, check.kind)) return check.waivable ? &check : nullptr;
  }
  return nullptr;
}

bool has_expired(const ir::Waiver& waiver, Date as_of) {
  const auto day = parse_date(waiver.expires.text);
  return day && *day < as_of;
}

bool is_from_future(const ir::Waiver& waiver, Date as_of) {
  const auto day = parse_date(waiver.created.text);
  return day && *day > as_of;
}

bool is_self_approved(const ir::Waiver& waiver) {
  return waiver.owner.present() && same_text(waiver.owner.text, waiver.approved_by.text);
}

std::optional<long> lifetime(const ir::Waiver& waiver) {
  const auto from = parse_date(waiver.created.text), to = parse_date(waiver.expires.text);
  return from && to ? std::optional(days_between(*from, *to)) : std::nullopt;
}

bool counts(const ir::Waiver& waiver, const ir::CheckSettings& settings, Date as_of) {
  return missing_fields(waiver).empty() && waived_check(waiver) != nullptr && !is_self_approved(waiver) &&
         !has_expired(waiver, as_of) && !is_from_future(waiver, as_of) &&
         lifetime(waiver).value_or(0) <= static_cast<long>(settings.waiver_days);
}

bool is_expiring(const ir::Waiver& waiver, const ir::CheckSettings& settings, Date as_of) {
  const auto day = parse_date(waiver.expires.text);
  return day && counts(waiver, settings, as_of) &&
         days_between(as_of, *day) <= static_cast<long>(settings.warning_days);
}

void apply_waivers(const Context& context, const Selection& selection, std::vector<Finding>& findings) {
  std::optional<ir::AddressNames> names;
  Findings unused;
  for (const ir::Waiver& waiver : context.evidence().waivers) {
    const Check* check = waived_check(waiver);
    if (check == nullptr) continue;
    Cover cover(context, waiver, names);
    for (Finding& finding : findings) {
      if (matches_code(waiver, finding.diagnostic.kind)) cover.hold_against(finding);
    }
    if (!cover.used() && counts(waiver, context.settings(), context.as_of()) &&
        is_made(context, selection, *check))
      raise_unused(waiver, unused);
  }
  add_findings(context, selection, std::move(unused), findings);
}

}  // namespace cordon::check
