// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Why something is permitted or not, as a person reads it: the answer, the ways, what stands behind it, and
// what to write to have it otherwise.
#ifndef COMPILER_REPORT_WHY_H
#define COMPILER_REPORT_WHY_H

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/change/line_removal.h"
#include "compiler/change/running.h"
#include "compiler/change/ways.h"
#include "compiler/change/why.h"
#include "compiler/ir/policy.h"
#include "compiler/source/source.h"

namespace cordon::report {

// A line of the text of a device.
struct DeviceLine {
  std::string file;  // empty: the platform's own
  std::uint32_t line = 0;
  std::string text;
  std::string origin;  // what asked for it: `pump-telemetry/1`; may be empty
};

struct WhyReport {
  const ir::Policy* policy = nullptr;
  const source::Sources* sources = nullptr;
  const ir::FlowSet* question = nullptr;
  const change::Why* why = nullptr;
  const change::WaysAnswer* ways = nullptr;  // null: see below
  std::string ways_unknown;                  // why no way is shown
  std::function<DeviceLine(ir::DeviceId, source::Range)> line;
  // Lines without which running configurations deny it all, as the policy does.
  std::span<const change::RemovableLine> removable;
  std::span<const change::Blind> blind;  // what nobody can tell of what runs, and why
  // Running configurations were asked in place of those that would be written: where they lie.
  std::string running;
  [[nodiscard]] bool of_running() const { return !running.empty(); }
};

// Of TCP only the first packet opens anything: that need not be said in flags.
[[nodiscard]] std::vector<packet::Cube> without_flags(std::vector<packet::Cube> cubes);
[[nodiscard]] std::string without_indent(std::string_view line);

[[nodiscard]] std::string why_text(const WhyReport& report);
[[nodiscard]] std::string why_json(const WhyReport& report, std::string_view version);

// One reason why nothing permits something, in a line for each part of it.
[[nodiscard]] std::vector<std::string> refusal_lines(const WhyReport& report, const change::Refusal& refusal);
// `guest-wifi (VLAN 1400, zone guest)`, `device core-1`
[[nodiscard]] std::string stop_text(const ir::Policy& policy, const change::Stop& stop);
// `test pumps-stay-in (tests.yaml:4)`, and what it has to do with the answer.
[[nodiscard]] std::string statement_text(const WhyReport& report, const change::Statement& statement);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_WHY_H
