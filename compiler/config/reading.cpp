// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/config/reading.h"

namespace cordon::config {

Range Reading::line_of(const Rule& rule) const {
  if (!rule.origin.valid()) return {};
  return lines.empty() ? device.origins[rule.origin].range : lines[rule.origin];
}

void Reading::keep_only_lines() {
  lines.reserve(device.origins.size());
  for (const Origin& origin : device.origins) lines.push_back(origin.range);
  device.origins = {};
  for (Filter& filter : device.filters) filter.rules.shrink_to_fit();
}

}  // namespace cordon::config
