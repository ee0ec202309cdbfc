// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from a medical device to the server of another family, as the modules that a project uses tell.

#include <vector>

#include "compiler/check/device_families.h"
#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

// The family whose server is reached, if no family of the zone has it too.
const DeviceFamily* other_family(ir::ZoneId zone, const ir::Addresses& to,
                                 const std::vector<DeviceFamily>& families) {
  const DeviceFamily* other = nullptr;
  for (const DeviceFamily& family : families) {
    if (!overlaps(to, family.servers)) continue;
    if (family.zones.contains(zone)) return nullptr;
    if (other == nullptr) other = &family;
  }
  return other;
}

}  // namespace

void device_reaches_other_server(const Context& context, Findings& findings) {
  const std::vector<DeviceFamily> families = device_families(context);
  if (families.empty()) return;
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_medical(from) || !is_clinical_server(to) || holds_whole_network(*fact.to)) return;
    const DeviceFamily* other =
        other_family(fact.from_zone, addresses_of(context.policy(), *fact.to), families);
    if (other == nullptr) return;
    raise_flow(context, findings, kind::device_reaches_other_server, fact)
        .note("the server belongs to the devices of `{}`", other->module)
        .help("let the devices reach the server of their own family only")
        .emit();
  });
}

}  // namespace cordon::check
