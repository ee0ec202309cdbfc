// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Answers of `cordon query --config` in words, and as JSON: what runs, beside what the policy permits.
//
// Signs at the start of a line: `!` devices do more than the policy, `-` less, `~` not on every way, `?` not
// known. What is not known comes with the line of the device that is not understood.
#ifndef COMPILER_REPORT_RUNNING_QUERY_H
#define COMPILER_REPORT_RUNNING_QUERY_H

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "compiler/change/dead_rules.h"
#include "compiler/change/running_blast.h"
#include "compiler/change/running_query.h"
#include "compiler/report/query.h"

namespace cordon::report {

struct RunningEndsAnswer {
  const ir::Addresses& set;
  std::span<const change::End> ends;
  const change::RunningEnds& found;
  bool towards = true;  // the ends are the sources
};

struct RunningBlastAnswer {
  std::span<const change::End> ends;
  const change::RunningBlast& blast;
  std::size_t limit = 0;  // steps that were asked for; 0: all
};

[[nodiscard]] std::string running_reach_text(const Question& question, const change::RunningReach& reach);
[[nodiscard]] std::string running_ends_text(const Question& question, const RunningEndsAnswer& answer);
[[nodiscard]] std::string running_lines_text(const Question& question, const change::RunningLines& lines);
[[nodiscard]] std::string running_roundtrip_text(const Question& question,
                                                 const change::RunningRoundtrip& answer);
[[nodiscard]] std::string running_blast_text(const Question& question, const RunningBlastAnswer& answer);
[[nodiscard]] std::string dead_rules_text(const Question& question, const change::DeadRules& dead);

[[nodiscard]] std::string running_reach_json(const Question& question, const change::RunningReach& reach);
[[nodiscard]] std::string running_ends_json(const Question& question, const RunningEndsAnswer& answer);
[[nodiscard]] std::string running_lines_json(const Question& question, const change::RunningLines& lines);
[[nodiscard]] std::string running_roundtrip_json(const Question& question,
                                                 const change::RunningRoundtrip& answer);
[[nodiscard]] std::string running_blast_json(const Question& question, const RunningBlastAnswer& answer);
[[nodiscard]] std::string dead_rules_json(const Question& question, const change::DeadRules& dead);

// Connections by their first packets: flags that say so are left out.
[[nodiscard]] std::vector<packet::Cube> as_openings(std::span<const packet::Cube> cubes);
// `running/core-1.cfg:12  permit tcp …`, the first few, then a count; a device whose own last word it is by
// name.
[[nodiscard]] std::vector<std::string> rule_lines(const ir::Policy& policy, const source::Sources& sources,
                                                  std::span<const change::RunningRule> rules);
// What is not understood, device by device.
[[nodiscard]] std::vector<std::string> blind_lines(const ir::Policy& policy, const source::Sources& sources,
                                                   std::span<const change::Blind> blind);
[[nodiscard]] nlohmann::ordered_json blind_json(const ir::Policy& policy, const source::Sources& sources,
                                                std::span<const change::Blind> blind);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_RUNNING_QUERY_H
