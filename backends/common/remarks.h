// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Remarks: what the lines below them are there for.
//
// A remark for every flow would double a long list. Neighbours that serve flows of one conduit
// share a remark with the first and the last number, and where each serves another conduit, one remark
// names them in order, as many as fit on its line; which line serves which flow is in the source map.
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
  std::string text;      // `pump-telemetry/1-7`, `replies of updates/3, logs/1`, `default deny`
};

// Ascending by rule. The first rule always has one. A text that names several conduits has at most `limit`
// characters.
[[nodiscard]] std::vector<Remark> remarks(const config::Device& device,
                                          std::span<const config::Rule* const> rules, std::size_t limit);

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_REMARKS_H
