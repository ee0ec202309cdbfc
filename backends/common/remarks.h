// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Remarks: what the lines below them are there for.
//
// A remark for every flow would double a long list. Neighbours that serve flows of one conduit
// share a remark with the first and the last number; which line serves which flow is in the source
// map.
#ifndef BACKENDS_COMMON_REMARKS_H
#define BACKENDS_COMMON_REMARKS_H

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "compiler/config/device.h"

namespace cordon::backends {

struct Remark {
  std::size_t rule = 0;  // stands above this one
  std::string text;      // `pump-telemetry/1-7`, `replies of pump-telemetry/3`, `default deny`
};

// Ascending by rule. The first rule always has one.
[[nodiscard]] std::vector<Remark> remarks(const config::Device& device,
                                          std::span<const config::Rule* const> rules);

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_REMARKS_H
