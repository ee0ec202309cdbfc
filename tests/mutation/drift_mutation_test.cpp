// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Emitted text, changed as a mistake or a tidy hand would change it, as what runs beside the policy.
//
//   drift_mutation_test [--mutants N] POLICY...     N mutants of each emitted file; prints the table of
//   tests/README.md
//
// Wrong is a mutant that decides a packet differently and is in step; one that reads exactly as the original,
// or that changes no more than names and remarks, and is not; and a tried packet that stands in what is told
// and is decided alike, or is decided differently and does not stand there.

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <random>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/backend/backend.h"
#include "compiler/change/drift.h"
#include "compiler/cli/pipeline.h"
#include "compiler/packet/naive.h"
#include "tests/mutation/judge.h"
#include "tests/mutation/mutate.h"
#include "tests/mutation/run_over_policies.h"

namespace {

using namespace cordon;

struct Count {
  std::size_t mutants = 0, drift = 0, incomplete = 0, in_step = 0, wrong = 0, packets = 0;
};
using Table = std::map<std::string, std::map<std::string_view, Count>>;  // by platform and kind

config::Reading read(const backend::Backend& platform, source::Sources& sources, std::string text) {
  const source::FileId file = sources.add("mutant", std::move(text));
  return platform.read(sources, std::vector{file});
}

std::string rename_groups(const std::string& text) {
  static const std::regex definition(R"(\n(?:object-group (?:v6-)?\w+ |\s*set )([\w.-]{3,}))");
  std::vector<std::string> names;
  for (std::sregex_iterator at(text.begin(), text.end(), definition), end; at != end; ++at)
    names.push_back((*at)[1].str());
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  // From the end, so that places before it stay; longer names are whole words of their own.
  static const std::regex word(R"([\w.-]+)");
  std::vector<std::size_t> ends;
  for (std::sregex_iterator at(text.begin(), text.end(), word), end; at != end; ++at) {
    if (std::ranges::binary_search(names, at->str()))
      ends.push_back(static_cast<std::size_t>(at->position() + at->length()));
  }
  std::string changed = text;
  for (std::size_t i = ends.size(); i > 0; --i) changed.insert(ends[i - 1], "-x");
  return changed;
}

std::string change_remarks(const std::string& text) {
  static const std::regex remark(R"((\bremark |\n\s*[!#] |\n description |\s# ).*)");
  static const std::regex comment(R"(comment "[^"]*")");
  return std::regex_replace(std::regex_replace(text, remark, "$1by hand"), comment, "comment \"by hand\"");
}

std::string space_lines(const std::string& text) {
  static const std::regex line(R"(\n!\n)");
  return std::regex_replace(text, line, "\n!\n!\n");
}

bool holds(const packet::Cube& cube, const packet::Packet& packet) {
  return packet::matches(cube.permit(), packet);
}

class Trial {
 public:
  Trial(const ir::Policy& policy, const config::Device& planned, std::string text, std::string where)
      : policy_(policy),
        planned_(planned),
        platform_(*backend::find_backend(planned.platform)),
        text_(std::move(text)),
        where_(std::move(where)) {
    for (const ir::DeviceId id : policy.devices.ids()) {
      if (policy.devices[id].name == planned.name) device_ = id;
    }
    original_ = read(platform_, sources_, text_);
  }

  void run(std::size_t mutants, Table& table) {
    auto& counts = table[planned_.platform];
    must_be_in_step(text_, counts["(unchanged)"], "unchanged");
    must_be_in_step(rename_groups(text_), counts["(all groups renamed)"], "all groups renamed");
    must_be_in_step(change_remarks(text_), counts["(all remarks changed)"], "all remarks changed");
    must_be_in_step(space_lines(text_), counts["(spaced)"], "spaced");
    test::Mutator mutator(text_, std::hash<std::string>{}(where_) + 1);
    std::size_t made = 0;
    for (std::size_t tries = 0; made < mutants && tries < mutants * 50; ++tries) {
      const auto mutant = mutator.next();
      if (!mutant) continue;
      ++made;
      judge(*mutant, counts[mutant->kind]);
    }
  }

 private:
  [[nodiscard]] change::DeviceDrift drift_of(const config::Reading& reading) const {
    const change::RunningDevice running(device_, platform_, reading);
    return change::find_drift(policy_, planned_, running);
  }

  static void record(const change::DeviceDrift& drift, Count& count) {
    ++count.mutants;
    ++(!drift.unknown.empty() ? count.incomplete : drift.in_step() ? count.in_step : count.drift);
  }

  void must_be_in_step(const std::string& text, Count& count, std::string_view what) {
    source::Sources sources;
    const change::DeviceDrift drift = drift_of(read(platform_, sources, text));
    record(drift, count);
    if (drift.in_step()) return;
    ++count.wrong;
    fmt::print("{}: {}: {} differences, {} lines not understood\n", where_, what, drift.differences(),
               drift.unknown.size());
  }

  void judge(const test::Mutant& mutant, Count& count) {
    source::Sources sources;
    const config::Reading changed = read(platform_, sources, mutant.text);
    const change::DeviceDrift drift = drift_of(changed);
    record(drift, count);
    if (const std::string fault = fault_of(drift, changed, count); !fault.empty()) {
      ++count.wrong;
      fmt::print("{}:{}: {}: {}\n", where_, mutant.line, mutant.kind, fault);
    }
  }

  std::string fault_of(const change::DeviceDrift& drift, const config::Reading& changed, Count& count) const {
    if (drift.undecided) return "undecided";
    if (!changed.gaps.empty()) return drift.in_step() ? "in step, although a line is not understood" : "";
    const config::Capabilities& capabilities = platform_.info().capabilities;
    const test::Judgement judgement = test::judge(planned_, capabilities, original_, changed);
    if (drift.in_step())
      return judgement.decided
                 ? "in step, although it decides differently about " + packet::to_string(*judgement.decided)
                 : "";
    if (judgement.same_text) return "drift, although it reads as the original does";
    for (const change::FlowDrift& flow : drift.flows) {
      if (!test::differs(planned_, capabilities, changed, flow.example))
        return "tells of a packet that is decided alike: " + packet::to_string(flow.example);
    }
    return drift.stated.empty() ? fault_of_sets(drift, changed, count) : "";
  }

  // What is told holds exactly what opens a connection and is decided otherwise.
  std::string fault_of_sets(const change::DeviceDrift& drift, const config::Reading& changed,
                            Count& count) const {
    constexpr std::size_t most = 300;
    std::size_t tried = 0;
    for (const packet::Packet& packet : test::tried_packets(original_, changed)) {
      if (packet.state != packet::State::fresh || packet.fragment != packet::Fragment::first_or_whole)
        continue;
      if (tried++ == most) break;
      const bool told = std::ranges::any_of(drift.flows, [&](const change::FlowDrift& flow) {
        return flow.part == change::FlowDrift::Part::openings &&
               std::ranges::any_of(flow.cubes, [&](const auto& cube) { return holds(cube, packet); });
      });
      if (told == test::differs(planned_, platform_.info().capabilities, changed, packet)) continue;
      return (told ? "tells of a packet that is decided alike: " : "does not tell of a packet: ") +
             packet::to_string(packet);
    }
    count.packets += std::min(tried, most);
    return {};
  }

  const ir::Policy& policy_;
  const config::Device& planned_;
  const backend::Backend& platform_;
  ir::DeviceId device_;
  std::string text_, where_;
  source::Sources sources_;
  config::Reading original_;
};

bool try_policy(const std::filesystem::path& policy, std::size_t mutants, Table& table) {
  cli::PipelineOptions options;
  options.project = policy.string();
  cli::Compilation compilation;
  cli::load(compilation, options);
  cli::plan_devices(compilation, options);
  if (!compilation.plan) return false;
  for (const config::Device& device : compilation.plan->devices) {
    for (const backend::OutputFile& file : backend::find_backend(device.platform)->emit(device)) {
      const std::string where = policy.parent_path().filename().string() + "/" + file.name;
      Trial(*compilation.policy, device, file.text, where).run(mutants, table);
    }
  }
  return true;
}

void print_row(std::string_view platform, std::string_view kind, const Count& count) {
  fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} |\n", platform, kind, count.mutants, count.drift,
             count.incomplete, count.in_step, count.packets, count.wrong);
}

std::size_t print(const Table& table) {
  Count all;
  fmt::print(
      "| platform | change | mutants | drift | incomplete | in step | packets | wrong "
      "|\n|---|---|---|---|---|---|---|---|\n");
  for (const auto& [platform, kinds] : table) {
    Count sum;
    for (const auto& [kind, count] : kinds) {
      print_row(platform, kind, count);
      for (Count* each : {&sum, &all}) {
        each->mutants += count.mutants;
        each->drift += count.drift;
        each->incomplete += count.incomplete;
        each->in_step += count.in_step;
        each->packets += count.packets;
        each->wrong += count.wrong;
      }
    }
    print_row(platform, "all", sum);
  }
  print_row("all", "", all);
  return all.mutants == 0 ? 1 : all.wrong;
}

}  // namespace

int main(int argc, char** argv) {
  return cordon::test::run_over_policies<Table>(argc, argv, 40, try_policy, print);
}
