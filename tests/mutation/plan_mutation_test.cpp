// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Plans, changed as a faulty planner, pass or emitter would change them; then written, read back, and proved
// end to end without help from translation, since translation compares with the plan.
//
//   plan_mutation_test [--mutants N] POLICY...     N mutants of each policy; prints the table of
//   tests/README.md
//
// Half of the changes are made before the optimisations and half after. Wrong is a change that the naive
// evaluator sees decide a packet differently and that is proved, and one of no effect that is refused.

#include <algorithm>
#include <array>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/backend/backend.h"
#include "compiler/cli/pipeline.h"
#include "compiler/packet/packet_set.h"
#include "compiler/plan/passes.h"
#include "compiler/prove/end_to_end.h"
#include "tests/mutation/run_over_policies.h"
#include "tests/support/mutations.h"
#include "tests/support/random_policy.h"
#include "tests/support/simulator.h"

namespace {

using namespace cordon;

constexpr std::size_t obligations = 5;

struct Count {
  std::size_t mutants = 0, refused = 0, same = 0, unseen = 0, wrong = 0;
  std::array<std::size_t, obligations> caught{};  // by what the proof names first
};
using Table = std::map<std::string, std::map<std::string, Count>>;  // by platform and kind

enum class Truth : std::uint8_t { differs, same, unknown };

const backend::Backend& platform_of(const config::Device& device) {
  return *backend::find_backend(device.platform);
}

class Site {
 public:
  explicit Site(const ir::Policy& policy, const std::vector<config::Device>& planned)
      : policy_(policy), planned_(planned) {
    for (const ir::DeviceId id : policy.devices.ids()) {
      if (policy.devices[id].configured()) ids_.push_back(id);
    }
    for (const config::Device& device : planned) readings_.push_back(read(lean(device), texts_));
  }

  [[nodiscard]] bool holds() const { return prove(std::nullopt, nullptr).holds(); }

  void run(std::size_t mutants, std::uint64_t seed, Table& table) {
    std::size_t made = 0;
    for (std::size_t tries = 0; made < mutants && tries < mutants * 20; ++tries)
      made += attempt(seed + tries, table) ? 1U : 0U;
  }

 private:
  [[nodiscard]] static config::Device lean(config::Device device) {
    std::vector<const plan::Pass*> all;
    for (const plan::Pass& pass : plan::passes()) all.push_back(&pass);
    plan::optimise(device, all);
    return device;
  }

  [[nodiscard]] static config::Reading read(const config::Device& device, source::Sources& texts) {
    std::vector<source::FileId> files;
    for (backend::OutputFile& file : platform_of(device).emit(device))
      files.push_back(texts.add(file.name, file.text));
    return platform_of(device).read(texts, files);
  }

  // With another reading of one device.
  [[nodiscard]] prove::Proof prove(std::optional<std::size_t> changed, const config::Reading* reading) const {
    std::vector<prove::ReadDevice> devices;
    for (std::size_t i = 0; i < planned_.size(); ++i)
      devices.push_back({.device = ids_[i],
                         .reading = changed == i ? reading : &readings_[i],
                         .capabilities = &platform_of(planned_[i]).info().capabilities});
    return prove::prove_end_to_end(policy_, devices, {.budget = {}, .jobs = 1});
  }

  [[nodiscard]] static std::optional<test::Mutation> mutate(config::Device& device, std::uint64_t seed) {
    if (seed % 8 == 6) return test::mutate_bindings(device, seed);
    if (seed % 8 == 7) return test::mutate_ports(device, seed);
    return test::mutate_rules(device, seed);
  }

  // Whether there was anything to change.
  bool attempt(std::uint64_t seed, Table& table) {
    const std::size_t chosen = seed * 7919 % planned_.size();
    const bool early = seed % 2 == 0;
    const config::Device before = early ? planned_[chosen] : lean(planned_[chosen]);
    config::Device after = before;
    const auto mutation = mutate(after, seed);
    if (!mutation) return false;
    Count& count = table[after.platform][mutation->kind];
    ++count.mutants;
    diagnostics::Diagnostics refused;
    platform_of(after).check(after, refused);
    if (refused.has_errors()) {
      ++count.refused;
      return true;
    }
    source::Sources texts;
    const config::Reading reading = read(early ? lean(after) : after, texts);
    const prove::Proof proof = prove(chosen, &reading);
    record(proof, truth_of(chosen, before, after, *mutation, seed), count,
           fmt::format("{} {} {} (seed {})", after.name, mutation->kind, mutation->place, seed));
    return true;
  }

  static void record(const prove::Proof& proof, Truth truth, Count& count, const std::string& what) {
    const bool wrong = proof.holds() ? truth == Truth::differs : truth == Truth::same;
    if (wrong) {
      ++count.wrong;
      fmt::print("{}: {}\n", what,
                 proof.holds() ? "proved, although it differs" : "refused, although it is the same");
    }
    if (proof.holds()) {
      ++(truth == Truth::same ? count.same : count.unseen);
    } else if (!proof.violations.empty()) {
      ++count.caught[static_cast<std::size_t>(proof.violations.front().obligation)];
    }
  }

  [[nodiscard]] Truth truth_of(std::size_t chosen, const config::Device& before, const config::Device& after,
                               const test::Mutation& mutation, std::uint64_t seed) const {
    if (mutation.filter.valid()) {
      const config::Capabilities& capabilities = platform_of(after).info().capabilities;
      if (!test::difference(before, after, mutation.filter, capabilities, seed).empty())
        return Truth::differs;
      return permits_alike(before, after, mutation.filter) ? Truth::same : Truth::unknown;
    }
    if (!mutation.place.empty()) return Truth::differs;  // a switch port
    std::vector<config::Device> changed = planned_;
    changed[chosen] = after;
    return leaks(changed, seed) ? Truth::differs : Truth::unknown;
  }

  [[nodiscard]] static bool permits_alike(const config::Device& before, const config::Device& after,
                                          config::FilterId id) {
    const auto rules_of = [&](const config::Device& device) {
      std::vector<packet::MatchRule> rules;
      for (const config::Rule& rule : device.filters[id].rules)
        rules.push_back(config::to_match(device, rule));
      return rules;
    };
    const auto compared = packet::compare(rules_of(before), rules_of(after));
    return compared && compared->equal();
  }

  [[nodiscard]] bool leaks(const std::vector<config::Device>& changed, std::uint64_t seed) const {
    const auto capabilities = [this](ir::DeviceId id) {
      return &backend::find_backend(policy_.devices[id].platform)->info().capabilities;
    };
    const test::Simulator sound(policy_, planned_, capabilities), broken(policy_, changed, capabilities);
    return std::ranges::any_of(test::random_packets(policy_, seed, 30), [&](const packet::Packet& packet) {
      return !broken.walk(packet).empty() && sound.walk(packet).empty();
    });
  }

  const ir::Policy& policy_;
  const std::vector<config::Device>& planned_;
  std::vector<ir::DeviceId> ids_;
  source::Sources texts_;
  std::vector<config::Reading> readings_;
};

bool try_policy(const std::string& path, std::size_t mutants, Table& table) {
  cli::PipelineOptions options;
  options.project = path;
  cli::Compilation compilation;
  cli::load(compilation, options);
  cli::plan_devices(compilation, options);
  if (!compilation.plan) return false;
  Site site(*compilation.policy, compilation.plan->devices);
  if (!site.holds()) return false;
  site.run(mutants, std::hash<std::string>{}(compilation.plan->devices.front().name) % 1000, table);
  return true;
}

void add(Count& sum, const Count& more) {
  sum.mutants += more.mutants;
  sum.refused += more.refused;
  sum.same += more.same;
  sum.unseen += more.unseen;
  sum.wrong += more.wrong;
  for (std::size_t i = 0; i < obligations; ++i) sum.caught[i] += more.caught[i];
}

void print_row(std::string_view platform, std::string_view kind, const Count& count) {
  fmt::print("| {} | {} | {} |", platform, kind, count.mutants);
  for (const std::size_t each : count.caught) fmt::print(" {} |", each);
  fmt::print(" {} | {} | {} | {} |\n", count.refused, count.same, count.unseen, count.wrong);
}

std::size_t print(const Table& table) {
  Count all;
  fmt::print("| platform | change of the plan | mutants |");
  for (std::size_t i = 0; i < obligations; ++i)
    fmt::print(" {} |", prove::to_string(static_cast<prove::Obligation>(i)));
  fmt::print(
      " refused unwritten | same | nobody asks | wrong "
      "|\n|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (const auto& [platform, kinds] : table) {
    for (const auto& [kind, count] : kinds) {
      print_row(platform, kind, count);
      add(all, count);
    }
  }
  print_row("all", "", all);
  return all.mutants == 0 ? 1 : all.wrong;
}

}  // namespace

int main(int argc, char** argv) {
  return cordon::test::run_over_policies<Table>(argc, argv, 20, try_policy, print);
}
