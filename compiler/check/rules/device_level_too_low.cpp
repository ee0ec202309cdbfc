// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Medical devices whose security level is below that of offices, guests or the outside.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
namespace {

// The zone of the highest level among those that devices are protected from.
const ir::Zone* highest(const ir::Policy& policy) {
  const ir::Zone* found = nullptr;
  for (const ir::Zone& zone : policy.zones) {
    if (!zone.security_level || (!is_business(zone) && !is_untrusted(zone))) continue;
    if (found == nullptr || *zone.security_level > *found->security_level) found = &zone;
  }
  return found;
}

}  // namespace

void device_level_too_low(const Context& context, Findings& findings) {
  const ir::Zone* other = highest(context.policy());
  if (other == nullptr) return;
  for (const ir::Zone& zone : context.policy().zones) {
    if (!is_medical(zone) || !zone.security_level || *zone.security_level >= *other->security_level) continue;
    findings
        .raise(kind::device_level_too_low, zone.name_range, element_of(zone), zone.name,
               unsigned{*zone.security_level}, other->name, unsigned{*other->security_level})
        .label(other->name_range, "{}", type_text(*other))
        .help("raise the level of `{}` to at least {}, or correct that of `{}`", zone.name,
              *other->security_level + 1, other->name)
        .emit();
  }
}

}  // namespace cordon::check
