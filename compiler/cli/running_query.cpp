// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/running_query.h"

#include <algorithm>
#include <utility>

#include "compiler/change/dead_rules.h"
#include "compiler/change/running_blast.h"
#include "compiler/change/running_query.h"
#include "compiler/cli/expression.h"
#include "compiler/cli/running_files.h"
#include "compiler/cli/version.h"
#include "compiler/report/cubes.h"
#include "compiler/report/running_query.h"

namespace cordon::cli {
namespace {

class Asked {
 public:
  Asked(const Console& console, Compilation& compilation, const RunningRead& read,
        const RunningQuestion& question)
      : compilation_(compilation),
        read_(read),
        intent_(*compilation.policy),
        json_(console.format() == Format::json),
        hops_(question.hops),
        question_{*compilation.policy,
                  compilation.project.sources,
                  version,
                  question.kind,
                  question.expression,
                  [this](std::uint32_t cause) {
                    return report::cause_text(*compilation_.policy, compilation_.project.sources,
                                              intent_.causes()[cause]);
                  }} {}

  std::optional<RunningAnswer> ask() {
    if (question_.kind == "dead-lines") return dead_lines();
    const bool of_set = question_.kind == "who-reaches" || question_.kind == "reaches-from" ||
                        question_.kind == "blast-radius";
    std::optional<ir::Addresses> set;
    std::optional<ir::FlowSet> flow;
    if (of_set) {
      set = read_set(compilation_, question_.asked);
    } else {
      flow = read_flow(compilation_, question_.asked);
    }
    if (!set && !flow) return std::nullopt;
    change::RunningPermits running(intent_, read_.devices);
    if (question_.kind == "blast-radius") return blast_radius(running, *set);
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

  RunningAnswer blast_radius(change::RunningPermits& running, const ir::Addresses& set) {
    const auto all = change::ends_of(*compilation_.policy);
    const auto found = change::running_blast_radius(running, all, set, hops_);
    if (!found) return give_up();
    const report::RunningBlastAnswer answer{all, *found, hops_};
    return {.text = json_ ? report::running_blast_json(question_, answer)
                          : report::running_blast_text(question_, answer),
            .any = !found->reached.empty(),
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
  std::size_t hops_;
  report::Question question_;
};

}  // namespace

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
                                         const RunningRead& read, const RunningQuestion& question) {
  return Asked(console, compilation, read, question).ask();
}

}  // namespace cordon::cli
