// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Answers of `cordon query` in words, and as JSON.
#ifndef COMPILER_REPORT_QUERY_H
#define COMPILER_REPORT_QUERY_H

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "compiler/change/query.h"
#include "compiler/check/assertions/answer.h"
#include "compiler/check/flow_redundancy.h"
#include "compiler/source/source.h"

namespace cordon::report {

// What was asked, and what the answers need to be told.
struct Question {
  const ir::Policy& policy;
  const source::Sources& sources;
  std::string_view version;
  std::string kind;                                 // `reach`
  std::string asked;                                // the expression
  std::function<std::string(std::uint32_t)> cause;  // a line that says what permits something
};

// Who of `ends` reaches the set, or is reached from it.
struct EndsAnswer {
  const ir::Addresses& set;
  std::span<const change::End> ends;
  std::span<const change::EndFound> found;
  bool towards = true;  // the ends are the sources
};

struct BlastAnswer {
  std::span<const change::End> ends;
  const change::Blast& blast;
  std::size_t limit = 0;  // steps that were asked for; 0: all
};

[[nodiscard]] std::string reach_text(const Question& question, const change::Reach& reach);
[[nodiscard]] std::string ends_text(const Question& question, const EndsAnswer& answer);
[[nodiscard]] std::string lines_text(const Question& question, std::span<const change::LineFound> lines);
[[nodiscard]] std::string blast_text(const Question& question, const BlastAnswer& answer);
[[nodiscard]] std::string roundtrip_text(const Question& question, const check::Answer& answer);
[[nodiscard]] std::string dead_lines_text(const Question& question, const check::Context& context);

[[nodiscard]] std::string reach_json(const Question& question, const change::Reach& reach);
[[nodiscard]] std::string ends_json(const Question& question, const EndsAnswer& answer);
[[nodiscard]] std::string lines_json(const Question& question, std::span<const change::LineFound> lines);
[[nodiscard]] std::string blast_json(const Question& question, const BlastAnswer& answer);
[[nodiscard]] std::string roundtrip_json(const Question& question, const check::Answer& answer);
[[nodiscard]] std::string dead_lines_json(const Question& question, const check::Context& context);

// How many hosts of an end: `2 of 6 declared hosts`, or of addresses where none is declared.
[[nodiscard]] std::string share_text(const ir::Policy& policy, const change::End& end,
                                     const ir::Addresses& part);
// `1 of 4 zones and 2 declared hosts reached within 3 steps`; no limit: 0.
[[nodiscard]] std::string reached_text(const ir::Policy& policy, std::size_t zones,
                                       const ir::Addresses& reached, std::size_t limit);
// `within 3 steps`
[[nodiscard]] std::string within_text(std::size_t limit);
[[nodiscard]] nlohmann::ordered_json prefixes_json(const ir::Addresses& addresses);
// Both sides of what was found; the first is who opens.
[[nodiscard]] ir::Addresses side_of(std::span<const packet::Cube> cubes, bool from);
// `flow 2 of conduit telemetry`
[[nodiscard]] std::string flow_words(const check::FlowFact& fact);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_QUERY_H
