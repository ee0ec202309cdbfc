// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Sets of packets and their causes in words, as every report of a change says them.
#ifndef COMPILER_REPORT_CUBES_H
#define COMPILER_REPORT_CUBES_H

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/change/intent.h"
#include "compiler/ir/address_names.h"
#include "compiler/packet/packet_set.h"
#include "compiler/source/source.h"

namespace cordon::report {

// `pumps -> gateway tcp/443`, by names, both families together; at most so many lines, then a count.
[[nodiscard]] std::vector<std::string> cube_lines(const ir::AddressNames& names,
                                                  std::span<const packet::Cube> cubes, std::size_t most);
// `[{"from": ["10.0.0.0/24"], "to": […], "services": "tcp/443"}]`
[[nodiscard]] nlohmann::ordered_json cubes_json(std::span<const packet::Cube> cubes);

// `conduits/vendor.yaml:3`
[[nodiscard]] std::string place_text(const source::Sources& sources, source::Range range);
// `running/core-1.cfg:88  permit tcp any any`: a place and the line that stands there.
[[nodiscard]] std::string line_text(const source::Sources& sources, source::Range range);
// `conduits/vendor.yaml:3 (conduit remote, flow 1, CHG-17)`
[[nodiscard]] std::string cause_text(const ir::Policy& policy, const source::Sources& sources,
                                     const change::Cause& cause);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_CUBES_H
