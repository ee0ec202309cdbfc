// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/running_query.h"

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/change/dead_rules.h"
#include "compiler/change/running_query.h"
#include "compiler/cli/expression.h"
#include "compiler/cli/running_files.h"
#include "compiler/cli/version.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/report/cubes.h"
#include "compiler/report/running_query.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;

constexpr std::array running_kinds{"reach",     "who-reaches", "reaches-from",
                                   "roundtrip", "lines",       "dead-lines"};

class RunningQuestion {
 public:
  RunningQuestion(const Console& console, Compilation& compilation, const RunningRead& read,
                  const std::string& kind, const std::string& expression)
      : compilation_(compilation),
        read_(read),
        intent_(*compilation.policy),
        json_(console.format() == Format::json),
        question_{*compilation.policy,
                  compilation.project.sources,
                  version,
                  kind,
                  expression,
                  [this](std::uint32_t cause) {
                    return report::cause_text(*compilation_.policy, compilation_.project.sources,
                                              intent_.causes()[cause]);
                  }} {}

  std::optional<RunningAnswer> ask() {
    if (question_.kind == "dead-lines") return dead_lines();
    const bool of_set = question_.kind == "who-reaches" || question_.kind == "reaches-from";
    std::optional<ir::Addresses> set;
    std::optional<ir::FlowSet> flow;
    if (of_set) {
      set = read_set(compilation_, question_.asked);
    } else {
      flow = read_flow(compilation_, question_.asked);
    }
    if (!set && !flow) return std::nullopt;
    change::RunningPermits running(intent_, read_.devices);
    if (of_set) return ends(running, *set, question_.kind == "who-reaches");
    if (question_.kind == "reach") return reach(running, *flow);
    return question_.kind == "lines" ? lines(running, *flow) : roundtrip(running, *flow);
  }

 private:
  static RunningAnswer give_up() {
    return {.text = {}, .any = false, .incomplete = false, .undecided = true};
  }

  RunningAnswer reach(change::RunningPermits& running, const ir::FlowSet& flow) {
    const auto found = change::running_reach(running, flow);
    if (!found) return give_up();
    return {.text = json_ ? report::running_reach_json(question_, *found)
                          : report::running_reach_text(question_, *found),
            .any = !found->found.through.empty(),
            .incomplete = !found->blind.empty()};
  }

  RunningAnswer ends(change::RunningPermits& running, const ir::Addresses& set, bool towards) {
    const auto all = change::ends_of(*compilation_.policy);
    const auto found = towards ? change::running_who_reaches(running, all, set)
                               : change::running_reached_from(running, all, set);
    if (!found) return give_up();
    const report::RunningEndsAnswer answer{set, all, *found, towards};
    return {.text = json_ ? report::running_ends_json(question_, answer)
                          : report::running_ends_text(question_, answer),
            .any = std::ranges::any_of(
                found->found, [](const change::RunningEnd& each) { return !each.found.through.empty(); }),
            .incomplete = !found->blind.empty()};
  }

  RunningAnswer lines(change::RunningPermits& running, const ir::FlowSet& flow) {
    const auto found = change::running_lines(running, flow);
    if (!found) return give_up();
    return {.text = json_ ? report::running_lines_json(question_, *found)
                          : report::running_lines_text(question_, *found),
            .any = !found->lines.empty(),
            .incomplete = !found->blind.empty()};
  }

  RunningAnswer roundtrip(change::RunningPermits& running, const ir::FlowSet& flow) {
    const auto found = change::running_roundtrip(running, flow);
    if (!found) return give_up();
    return {.text = json_ ? report::running_roundtrip_json(question_, *found)
                          : report::running_roundtrip_text(question_, *found),
            .any = !found->lost.empty() || !found->differs.empty(),
            .incomplete = !found->blind.empty() || !found->blind_back.empty()};
  }

  RunningAnswer dead_lines() {
    const auto found = change::find_dead_rules(read_.devices);
    if (!found) return give_up();
    return {.text = json_ ? report::dead_rules_json(question_, *found)
                          : report::dead_rules_text(question_, *found),
            .any = !found->found.empty(),
            .incomplete = !found->blind.empty()};
  }

  Compilation& compilation_;
  const RunningRead& read_;
  change::Intent intent_;
  bool json_;
  report::Question question_;
};

}  // namespace

bool can_ask_running(std::string_view kind) {
  return std::ranges::find(running_kinds, kind) != running_kinds.end();
}

std::optional<RunningRead> read_for_questions(const Console& console, Compilation& compilation,
                                              const std::vector<std::string>& paths) {
  RunningRead read{.running = read_running(compilation, paths), .devices = {}};
  if (compilation.diagnostics.has_errors()) return std::nullopt;
  for (const change::RunningDevice& device : read.running.devices)
    read.devices.push_back({device.device(), &device.reading(), &device.capabilities()});
  if (!compilation.diagnostics.all().empty())
    console.print_text(compilation.diagnostics, compilation.project.sources, Stream::error);
  compilation.diagnostics = {};
  return read;
}

std::optional<RunningAnswer> ask_running(const Console& console, Compilation& compilation,
                                         const RunningRead& read, const std::string& kind,
                                         const std::string& expression) {
  return RunningQuestion(console, compilation, read, kind, expression).ask();
}

}  // namespace cordon::cli
