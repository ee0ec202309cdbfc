// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The end of a run on a terminal: a line a step, and the verdict.

#include <iterator>

#include <fmt/format.h>

#include "compiler/report/ci.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

void add(std::string& text, std::string_view step, const std::string& told) {
  fmt::format_to(std::back_inserter(text), "{:<8} {}\n", step, told);
}

std::string form_of(const CiRun& run) {
  std::string text = counted(run.files, "file");
  return text + (run.not_canonical == 0 ? " in canonical form"
                                        : fmt::format(", {} not in canonical form", run.not_canonical));
}

std::string tests_of(const CiRun& run) {
  if (run.tests == nullptr) return run.check.policy == nullptr ? "not run" : "the project has none";
  return tests_summary(*run.tests, run.coverage_before);
}

std::string devices_of(const CiRun& run) {
  if (!run.proved) return "nothing compiled";
  std::string text =
      fmt::format("{}, {}, proved", counted(run.devices, "device"), counted(run.rules, "rule"));
  return run.output.empty() ? text : text + "; written to " + run.output;
}

}  // namespace

std::string ci_verdict(const CiRun& run) {
  if (run.check.policy == nullptr) return "the policy does not load";
  std::string text = run.change == nullptr ? "" : std::string(to_string(run.change->difference->verdict()));
  const auto add_word = [&](std::string_view word) {
    text += (text.empty() ? "" : ", ") + std::string(word);
  };
  if (run.exit_code == 0) {
    add_word("passed");
  } else if (fails(run.check)) {
    add_word(counts_text(count(run.check.findings)));
  } else {
    add_word("not passed");
  }
  return text;
}

std::string ci_text(const CiRun& run) {
  std::string text;
  add(text, "fmt", form_of(run));
  add(text, "check",
      fmt::format("profile {}: {}", check::to_string(run.check.profile),
                  counts_text(count(run.check.findings))));
  add(text, "test", tests_of(run));
  add(text, "compile", devices_of(run));
  if (run.change != nullptr) {
    add(text, "diff",
        fmt::format("beside {}: {}", run.change->before.name, difference_headline(*run.change)));
  } else if (!run.against.empty()) {
    add(text, "diff", fmt::format("not compared with {}", run.against));
  }
  add(text, "verdict", ci_verdict(run));
  return text;
}

}  // namespace cordon::report
