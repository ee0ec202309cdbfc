// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Families of devices and their servers, as far as a policy tells: by the modules it uses.
//
// A module of the library describes one family. Where one use of a module lets medical devices and clinical
// servers talk, those devices and servers belong together.
#ifndef COMPILER_CHECK_DEVICE_FAMILIES_H
#define COMPILER_CHECK_DEVICE_FAMILIES_H

#include <set>
#include <string_view>
#include <vector>

#include "compiler/check/context.h"

namespace cordon::check {

struct DeviceFamily {
  std::string_view module;  // the name of the use: `bd-alaris`
  std::set<ir::ZoneId> zones;
  ir::Addresses servers;
};
// By name of the use.
[[nodiscard]] std::vector<DeviceFamily> device_families(const Context& context);

// `alaris` of `alaris.telemetry`; empty: the conduit is the project's own.
[[nodiscard]] std::string_view module_of(const ir::Conduit& conduit);
[[nodiscard]] bool overlaps(const ir::Addresses& a, const ir::Addresses& b);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_DEVICE_FAMILIES_H
