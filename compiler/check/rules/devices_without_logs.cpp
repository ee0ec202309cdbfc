// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Network devices that may not report what they deny and who logged in.

#include <string>
#include <vector>

#include "compiler/check/needs.h"
#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {

void devices_without_logs(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  const std::vector<ir::DeviceId> without = devices_without(context, Need::logs);
  if (without.empty()) return;
  std::vector<std::string> names;
  std::vector<diagnostics::Label> labels;
  for (const ir::DeviceId id : without) {
    names.push_back(policy.devices[id].name);
    if (id != without.front() && labels.size() < 3) labels.push_back({policy.devices[id].name_range, {}});
  }
  findings
      .raise(kind::devices_without_logs, policy.devices[without.front()].name_range,
             element_of_devices(policy, without), quoted(names))
      .labels(labels)
      .help("add {} to a conduit of the zone where they have their addresses",
            "`{from: ['device:NAME', …], to: LOG-HOST, services: [syslog-tls]}`")
      .emit();
}

}  // namespace cordon::check
