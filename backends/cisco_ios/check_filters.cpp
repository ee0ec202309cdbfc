// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What access lists cannot say.

#include <fmt/format.h>

#include "backends/cisco_ios/check.h"
#include "backends/cisco_ios/emit.h"
#include "backends/cisco_ios/limits.h"
#include "backends/cisco_ios/service_text.h"
#include "compiler/diagnostics/kinds/platform.h"

namespace cordon::backends::cisco_ios {
namespace {

namespace kind = diagnostics::kind;
using config::Device;
using config::Rule;
using diagnostics::Diagnostics;
using packet::Fragment;
using packet::ServiceTerm;

source::Range range_of(const Device& device, const Rule& rule) {
  return rule.origin.valid() ? device.origins[rule.origin].range : device.range;
}

void refuse(const Device& device, const Rule& rule, std::string_view what, std::string_view why,
            Diagnostics& diagnostics) {
  auto refusal = diagnostics.build(kind::not_expressible, range_of(device, rule), device.name, what, why);
  if (rule.origin.valid()) refusal.note("needed by `{}`", device.origins[rule.origin].label);
  refusal.emit();
}

bool looks_above_ip(const ServiceTerm& term) {
  return term.flags != packet::any_tcp_flags || term.icmp_type || !term.source.is_all() ||
         !term.destination.is_all();
}

// Entries with ports, types or flags cannot tell later fragments apart, and those without always take
// them along; `fragments` picks the later ones alone.
bool fragments_fit(const Rule& rule, const ServiceTerm& term) {
  if (rule.fragments == packet::any_fragment) return true;
  if (rule.fragments == static_cast<std::uint8_t>(Fragment::later)) return !looks_above_ip(term);
  return rule.action == config::Action::deny && looks_above_ip(term);
}

void check_terms(const Device& device, const Rule& rule, Diagnostics& diagnostics) {
  for (const ServiceTerm& term : device.services[rule.services].terms) {
    const std::string_view reason = problem(term, rule.family);
    if (!reason.empty()) {
      refuse(device, rule, fmt::format("the service `{}`", packet::to_string(term)), reason, diagnostics);
    } else if (!fragments_fit(rule, term)) {
      refuse(device, rule, fmt::format("the service `{}` for some fragments only", packet::to_string(term)),
             "an entry cannot part them that way", diagnostics);
    }
  }
}

// Upper bound of the entries for a rule; sets that go into a group count once.
std::size_t entries(const Device& device, const Spelling& spelling, const Rule& rule) {
  const bool grouped = rule.family == packet::Family::ipv4 && !spelling.avoids_groups(rule);
  if (grouped) return device.services[rule.services].terms.size();
  return device.addresses[rule.source].addresses.prefixes().size() *
         device.addresses[rule.destination].addresses.prefixes().size() *
         device.services[rule.services].terms.size();
}

void check_rule(const Device& device, const Spelling& spelling, const Rule& rule, Diagnostics& diagnostics) {
  if (rule.states != packet::any_state) {
    refuse(device, rule, "a rule about the state of connections", "an access list remembers nothing",
           diagnostics);
  }
  check_terms(device, rule, diagnostics);
  const std::size_t count = entries(device, spelling, rule);
  if (count <= max_entries_per_rule) return;
  diagnostics
      .build(kind::too_many, range_of(device, rule), device.name, count, "access list entries for one flow",
             title, max_entries_per_rule)
      .help("IPv6 sets are spelled out here: use fewer, larger prefixes")
      .emit();
}

}  // namespace

void check_filters(const Device& device, Diagnostics& diagnostics) {
  const Spelling spelling(device);
  for (const config::Filter& filter : device.filters) {
    for (const Rule& rule : filter.rules) check_rule(device, spelling, rule, diagnostics);
  }
}

}  // namespace cordon::backends::cisco_ios
