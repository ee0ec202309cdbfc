// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Drift as those read it who have to act on it: device by device, what may hurt a patient first.
#ifndef COMPILER_REPORT_DRIFT_H
#define COMPILER_REPORT_DRIFT_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/change/drift.h"
#include "compiler/change/running.h"
#include "compiler/ir/policy.h"
#include "compiler/source/source.h"

namespace cordon::report {

struct DriftReport {
  const ir::Policy* policy = nullptr;
  const source::Sources* sources = nullptr;  // the policy's and those of what runs
  const change::Running* running = nullptr;
  std::vector<change::DeviceDrift> devices;  // as in `running`
};

// The gravest first.
enum class Risk : std::uint8_t {
  opens_to_medical,
  closes_medical,
  opens_from_medical,
  opens,
  closes,
  unlikely
};
[[nodiscard]] std::string_view to_string(Risk risk);
[[nodiscard]] Risk risk_of(const ir::Policy& policy, const change::FlowDrift& flow);
[[nodiscard]] Risk risk_of(const ir::Policy& policy, const prove::Difference& stated);

struct DriftCounts {
  std::size_t in_step = 0, drifted = 0, incomplete = 0, undecided = 0;  // devices; one may be in several
};
[[nodiscard]] DriftCounts count(const DriftReport& report);

// Of zones that a VLAN serves: their names, medical ones marked by the caller.
[[nodiscard]] std::vector<ir::ZoneId> zones_of(const ir::Policy& policy,
                                               const std::vector<std::uint16_t>& vlans);
[[nodiscard]] std::string end_text(const ir::Policy& policy, const change::FlowEnd& end);

// Flows and statements of one device, by risk; `flow` or `stated` is null.
struct Told {
  Risk risk = Risk::unlikely;
  const change::FlowDrift* flow = nullptr;
  const prove::Difference* stated = nullptr;
};
[[nodiscard]] std::vector<Told> by_risk(const ir::Policy& policy, const change::DeviceDrift& drift);

[[nodiscard]] std::string drift_text(const DriftReport& report);
[[nodiscard]] std::string drift_json(const DriftReport& report, std::string_view version);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_DRIFT_H
