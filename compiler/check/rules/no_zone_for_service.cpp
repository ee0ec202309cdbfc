// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A site with medical devices and no zone for those who service them: their laptops then sit somewhere else.

#include <algorithm>

#include "compiler/check/rules.h"

namespace cordon::check {
void no_zone_for_service(const Context& context, Findings& findings) {
  const auto& zones = context.policy().zones;
  const auto devices = std::ranges::find_if(zones, is_medical);
  if (devices == zones.end() || std::ranges::any_of(zones, is_biomedical)) return;
  findings.raise(kind::no_zone_for_service, devices->name_range, element_of(*devices), devices->name)
      .help("give service laptops a network and a zone of `type: biomedical-engineering`")
      .emit();
}

}  // namespace cordon::check
