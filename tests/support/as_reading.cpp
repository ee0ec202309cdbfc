// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/as_reading.h"

#include <utility>

namespace cordon::test {

config::Reading as_reading(config::Device device, const config::Capabilities& capabilities) {
  if (capabilities.filter_sees_own == config::Support::yes) {
    const std::vector<config::Binding> bindings = device.bindings;
    for (config::Binding binding : bindings) {
      if (binding.stage != config::Stage::interface_in) continue;
      binding.stage = config::Stage::own;
      device.bindings.push_back(binding);
    }
  }
  return {.device = std::move(device), .between = {}, .gaps = {}};
}

}  // namespace cordon::test
