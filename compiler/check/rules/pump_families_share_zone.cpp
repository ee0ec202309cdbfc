// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A zone that holds devices of several families, as the modules that a project uses tell.

#include <map>
#include <string>
#include <vector>

#include "compiler/check/device_families.h"
#include "compiler/check/rules.h"

namespace cordon::check {
void pump_families_share_zone(const Context& context, Findings& findings) {
  const std::vector<DeviceFamily> families = device_families(context);
  std::map<ir::ZoneId, std::vector<const DeviceFamily*>> by_zone;
  for (const DeviceFamily& family : families) {
    for (const ir::ZoneId zone : family.zones) by_zone[zone].push_back(&family);
  }
  for (const auto& [id, members] : by_zone) {
    if (members.size() < 2) continue;
    std::string names;
    for (const DeviceFamily* family : members)
      names += fmt::format("{}`{}`", names.empty() ? "" : ", ", family->module);
    const ir::Zone& zone = context.zone(id);
    findings.raise(kind::pump_families_share_zone, zone.name_range, element_of(zone), zone.name, names)
        .help("give each family a network and a zone of its own")
        .emit();
  }
}

}  // namespace cordon::check
