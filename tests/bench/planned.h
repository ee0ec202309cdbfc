// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A generated site as far as the benchmarks of the later stages need it.
#ifndef TESTS_BENCH_PLANNED_H
#define TESTS_BENCH_PLANNED_H

#include <string>

#include "compiler/backend/backend.h"
#include "compiler/plan/plan.h"
#include "compiler/plan/retarget.h"
#include "compiler/resolve/file_system.h"
#include "compiler/resolve/resolve.h"
#include "tests/bench/site.h"

namespace cordon::bench {

// The policy of a site whose firewall is of the platform. Ends the program when it is faulty.
inline ir::Policy resolved_site(int wards, const backend::Backend& platform) {
  const resolve::MemoryFileSystem files({{"cordon.yaml", site(wards, "nftables")}});
  diagnostics::Diagnostics diagnostics;
  const resolve::Project project = resolve::load_project(files, "cordon.yaml", nullptr, diagnostics);
  ir::Policy policy = resolve::resolve(project, diagnostics).value();
  for (const ir::DeviceId id : policy.devices.ids()) {
    plan::retarget(policy, id, std::string(platform.info().name), platform.info().capabilities);
  }
  return policy;
}

inline plan::Plan planned(const ir::Policy& policy, const backend::Backend& platform,
                          diagnostics::Diagnostics& diagnostics) {
  const config::Capabilities* capabilities = &platform.info().capabilities;
  return plan::plan(
      policy, [capabilities](ir::DeviceId) { return capabilities; }, diagnostics, 1);
}

}  // namespace cordon::bench

#endif  // TESTS_BENCH_PLANNED_H
