// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Emitted text, changed as a mistake would change it, read back and proved.
//
//   mutation_test [--mutants N] POLICY...     N mutants of each emitted file; prints the table of
//   tests/README.md
//
// Wrong is a mutant that decides a packet differently and is accepted, one that reads exactly as the original
// and is refused, and one refused for a packet that the naive evaluator sees decided alike.

#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/backend/backend.h"
#include "compiler/cli/pipeline.h"
#include "compiler/prove/translation.h"
#include "tests/mutation/judge.h"
#include "tests/mutation/mutate.h"
#include "tests/mutation/run_over_policies.h"

namespace {

using namespace cordon;

struct Count {
  std::size_t mutants = 0, caught = 0, unreadable = 0, accepted = 0, wrong = 0;
};
using Table = std::map<std::string, std::map<std::string_view, Count>>;  // by platform and kind

config::Reading read(const backend::Backend& platform, source::Sources& sources, std::string text) {
  const source::FileId file = sources.add("mutant", std::move(text));
  return platform.read(sources, std::vector{file});
}

class Trial {
 public:
  Trial(const config::Device& planned, std::string text, std::string where)
      : planned_(planned),
        platform_(*backend::find_backend(planned.platform)),
        capabilities_(platform_.info().capabilities),
        text_(std::move(text)),
        where_(std::move(where)) {}

  void run(std::size_t mutants, Table& table) {
    original_ = read(platform_, sources_, text_);
    if (!prove::prove_translation(planned_, capabilities_, original_).proved()) {
      fmt::print("{}: not even the original is proved\n", where_);
      ++table[planned_.platform]["(the original)"].wrong;
      return;
    }
    test::Mutator mutator(text_, std::hash<std::string>{}(where_));
    std::size_t made = 0;
    for (std::size_t tries = 0; made < mutants && tries < mutants * 50; ++tries) {
      const auto mutant = mutator.next();
      if (!mutant) continue;
      ++made;
      judge(*mutant, table[planned_.platform][mutant->kind]);
    }
  }

 private:
  void judge(const test::Mutant& mutant, Count& count) {
    source::Sources sources;
    const config::Reading changed = read(platform_, sources, mutant.text);
    const prove::Translation proof = prove::prove_translation(planned_, capabilities_, changed);
    const test::Judgement judgement = test::judge(planned_, capabilities_, original_, changed);
    ++count.mutants;
    ++(!changed.gaps.empty() ? count.unreadable : proof.proved() ? count.accepted : count.caught);
    if (const std::string fault = fault_of(proof, judgement, changed); !fault.empty()) {
      ++count.wrong;
      fmt::print("{}:{}: {}: {}\n", where_, mutant.line, mutant.kind, fault);
    }
  }

  std::string fault_of(const prove::Translation& proof, const test::Judgement& judgement,
                       const config::Reading& changed) {
    if (proof.proved() && judgement.decided)
      return "accepted, although it decides differently about " + packet::to_string(*judgement.decided);
    if (!proof.proved() && judgement.same_text) return "refused, although it reads as the original does";
    for (const prove::Difference& difference : proof.differences) {
      if (difference.packet && !test::differs(planned_, capabilities_, changed, *difference.packet))
        return "refused for a packet that is decided alike: " + packet::to_string(*difference.packet);
    }
    return {};
  }

  const config::Device& planned_;
  const backend::Backend& platform_;
  const config::Capabilities& capabilities_;
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
      Trial(device, file.text, where).run(mutants, table);
    }
  }
  return true;
}

void print_row(std::string_view platform, std::string_view kind, const Count& count) {
  fmt::print("| {} | {} | {} | {} | {} | {} | {} |\n", platform, kind, count.mutants, count.caught,
             count.unreadable, count.accepted, count.wrong);
}

std::size_t print(const Table& table) {
  Count all;
  fmt::print(
      "| platform | mistake | mutants | caught | not understood | accepted, alike | wrong "
      "|\n|---|---|---|---|---|---|---|\n");
  for (const auto& [platform, kinds] : table) {
    for (const auto& [kind, count] : kinds) {
      print_row(platform, kind, count);
      all.mutants += count.mutants;
      all.caught += count.caught;
      all.unreadable += count.unreadable;
      all.accepted += count.accepted;
      all.wrong += count.wrong;
    }
  }
  print_row("all", "", all);
  return all.mutants == 0 ? 1 : all.wrong;
}

}  // namespace

int main(int argc, char** argv) {
  return cordon::test::run_over_policies<Table>(argc, argv, 40, try_policy, print);
}
