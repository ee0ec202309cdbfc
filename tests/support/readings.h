// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A planned device as a perfect reader would give it back.
#ifndef TESTS_SUPPORT_READINGS_H
#define TESTS_SUPPORT_READINGS_H

#include <vector>

#include "compiler/config/capabilities.h"
#include "compiler/config/reading.h"

namespace cordon::test {

// Where interface filters see packets to the device itself they are bound to `own` too.
[[nodiscard]] inline config::Reading reading_of(config::Device device,
                                                const config::Capabilities& capabilities) {
  config::Reading reading{.device = std::move(device), .between = {}, .gaps = {}, .ignored_lines = 0};
  if (capabilities.filter_sees_own == config::Support::no) return reading;
  const std::vector<config::Binding> planned = reading.device.bindings;
  for (const config::Binding& binding : planned) {
    if (binding.stage != config::Stage::interface_in) continue;
    reading.device.bindings.push_back(
        {.stage = config::Stage::own, .interface = binding.interface, .filter = binding.filter});
  }
  return reading;
}

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_READINGS_H
