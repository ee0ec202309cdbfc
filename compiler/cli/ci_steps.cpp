// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/ci_steps.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "compiler/cli/formatting.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/ir/address_names.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;
using change::Outcome;
using change::Verdict;

}  // namespace

ExitCode worse(ExitCode a, ExitCode b) {
  constexpr std::array order{ExitCode::internal, ExitCode::unproved,   ExitCode::usage,  ExitCode::incomplete,
                             ExitCode::findings, ExitCode::difference, ExitCode::success};
  return *std::ranges::find_if(order, [&](ExitCode each) { return each == a || each == b; });
}

void KeptTexts::write(const std::string& name, std::string_view text) {
  if (directory_ != nullptr) directory_->write(name, text);
  const std::lock_guard lock(mutex_);
  texts_.emplace(name, text);
}

const std::filesystem::path& KeptTexts::target() const {
  return directory_ == nullptr ? nowhere_ : directory_->target();
}

const std::filesystem::path& KeptTexts::folder() const {
  return directory_ == nullptr ? nowhere_ : directory_->folder();
}

CiSteps::CiSteps(const CiOptions& options, const CheckRequest& request)
    : options_(options), request_(request) {}

void CiSteps::worsen(ExitCode code) {
  exit_code_ = worse(exit_code_, code);
  run_.exit_code = static_cast<int>(exit_code_);
}

void CiSteps::make() {
  Compilation& after = comparison_.after;
  load(after, options_.pipeline);
  comparison_.after_name = "working tree";
  run_.against = options_.against;
  check_form();
  std::optional<change::Intent> intent;
  if (after.policy) {
    compile();
    intent.emplace(*after.policy);
    run_tests(*intent);
    if (!options_.against.empty()) compare(*intent);
  }
  worsen(after.exit_code);
  after.diagnostics.append(std::move(form_));
  run_.check = check_policy(after, request_).run;
  worsen(after.exit_code);
  if (report::fails(run_.check)) worsen(ExitCode::findings);
}

void CiSteps::check_form() {
  const source::Sources& sources = comparison_.after.project.sources;
  diagnostics::Diagnostics unread;  // said when the project was read
  for (const source::FileId file : policy_files(comparison_.after.project)) {
    ++run_.files;
    const auto canonical = canonical_text(sources, file, comparison_.after.policy ? form_ : unread);
    if (!canonical || *canonical == sources.text(file)) continue;
    ++run_.not_canonical;
    report_not_formatted(sources, file, *canonical, form_);
  }
}

void CiSteps::compile() {
  Compilation& after = comparison_.after;
  if (!options_.output.empty()) directory_.emplace(options_.output);
  texts_.emplace(directory());
  plan_devices(after, options_.pipeline);
  if (!after.plan) return;
  emit_devices(after, options_.pipeline, *texts_);
  run_.devices = after.emissions.size();
  for (const Emission& emission : after.emissions) run_.rules += emission.rules;
  run_.proved = !after.diagnostics.has_errors();
}

void CiSteps::run_tests(const change::Intent& intent) {
  Compilation& after = comparison_.after;
  const ir::Policy& policy = intent.policy();
  if (policy.evidence.tests.empty()) return;
  after.timings.stage("test");
  auto results = change::run_tests(intent, policy.evidence.tests);
  auto coverage = change::measure_coverage(intent);
  after.timings.stop();
  if (!results || !coverage) {
    after.diagnostics.build(kind::change_undecided, {})
        .help("ask about a part of the policy, or report it")
        .emit();
    return worsen(ExitCode::unproved);
  }
  results_ = std::move(*results);
  tests_.policy = &policy;
  tests_.sources = &after.project.sources;
  tests_.results = results_;
  tests_.coverage = std::move(*coverage);
  run_.tests = &tests_;
  const ir::AddressNames names(policy);
  for (const change::TestResult& result : results_) {
    if (result.outcome == Outcome::passed) continue;
    auto builder =
        after.diagnostics.build(kind::test_failed, result.test->range, result.name,
                                result.outcome == Outcome::failed ? "fails" : "speaks of no packet");
    for (const std::string& line : report::test_details(tests_, names, result)) builder.note("{}", line);
    builder.emit();
  }
}

void CiSteps::compare(const change::Intent& after) {
  Compilation& now = comparison_.after;
  load_revision(comparison_, {.before = {}, .after = options_.pipeline.project, .against = options_.against});
  if (!comparison_.before.policy) return report_base();
  now.timings.stage("compare");
  const change::Intent before(*comparison_.before.policy);
  auto difference = change::compare(before, after);
  if (!difference) {
    now.diagnostics.build(kind::change_undecided, {})
        .help("compare a part of the policy, or report it")
        .emit();
    now.timings.stop();
    return worsen(ExitCode::unproved);
  }
  difference_ = std::move(*difference);
  if (run_.tests != nullptr && !before.policy().evidence.tests.empty()) {
    auto coverage = change::measure_coverage(before);
    if (coverage) run_.coverage_before = std::move(*coverage);
  }
  change_.before = comparison_.before_side();
  change_.after = comparison_.after_side();
  change_.difference = &*difference_;
  now.timings.stage("emit before");
  plan_devices(comparison_.before, options_.pipeline);
  if (!comparison_.before.plan) {
    change_.devices_unknown = change_.before.name + " cannot be planned; `cordon check` says why";
  } else if (!run_.proved) {
    change_.devices_unknown = "nothing was compiled";
  } else {
    compare_texts(texts_of(comparison_.before, options_.pipeline), texts_->texts(), change_);
  }
  now.timings.stop();
  run_.change = &change_;
  judge_change();
  if (options_.envelope) judge_envelopes(before, after);
}

// Places of the other side's messages lie in texts that no report shows, so one message stands for all.
void CiSteps::report_base() {
  const auto& found = comparison_.before.diagnostics.all();
  const auto first =
      std::ranges::find(found, diagnostics::Severity::error, &diagnostics::Diagnostic::severity);
  const std::string& name = comparison_.before_name.empty() ? options_.against : comparison_.before_name;
  auto builder = comparison_.after.diagnostics.build(
      kind::base_unreadable, {}, name, first == found.end() ? "it does not load" : first->message);
  if (first != found.end()) {
    for (const std::string& help : first->helps) builder.help("{}", help);
  }
  builder.emit();
  worsen(ExitCode::usage);
}

void CiSteps::judge_change() {
  const Verdict verdict = difference_->verdict();
  if (!forbids(options_.forbid, verdict)) return;
  comparison_.after.diagnostics.build(kind::change_forbidden, {}, to_string(verdict), options_.forbid)
      .note("{}", report::difference_headline(change_))
      .help("`cordon diff --against {}` shows what opens and what closes", options_.against)
      .emit();
}

void CiSteps::judge_envelopes(const change::Intent& before, const change::Intent& after) {
  diagnostics::Diagnostics& found = comparison_.after.diagnostics;
  auto result = change::judge_envelopes(before, after, *difference_);
  if (!result) {
    found.build(kind::change_undecided, {}).help("compare a part of the policy, or report it").emit();
    return worsen(ExitCode::unproved);
  }
  envelopes_ = std::move(*result);
  change_.envelopes = &*envelopes_;
  if (envelopes_->inside()) return;
  found.build(kind::outside_envelopes, {})
      .help("`cordon diff --against {} --envelope` shows which part, and who has to look at it",
            options_.against)
      .emit();
}

}  // namespace cordon::cli
