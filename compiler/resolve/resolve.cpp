// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/resolve/resolve.h"

#include "compiler/resolve/resolver.h"

namespace cordon::resolve {

std::optional<ir::Policy> resolve(const Project& project, Diagnostics& diagnostics) {
  return Resolver(project, diagnostics).run();
}

std::optional<ir::Policy> Resolver::run() {
  open_scopes();
  declare_names();
  build_networks();
  build_zones();
  build_hosts();
  build_devices();
  finish_networks();
  build_services();
  check_parameters();
  build_groups();
  build_conduits();
  build_evidence();
  report_unused();
  if (diagnostics_.has_errors()) return std::nullopt;
  return std::move(policy_);
}

}  // namespace cordon::resolve
