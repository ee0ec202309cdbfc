// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/checking.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/backend/backend.h"
#include "compiler/base/spelling.h"
#include "compiler/check/fingerprint.h"
#include "compiler/check/waivers.h"
#include "compiler/cli/baseline_file.h"
#include "compiler/cli/repository.h"
#include "compiler/cli/version.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;
using check::CheckProfile;
using check::Finding;

const check::Check* named_check(const std::string& code, diagnostics::Diagnostics& diagnostics) {
  NearestName nearest(code);
  for (const check::Check& each : check::all_checks()) {
    const diagnostics::KindInfo& info = diagnostics::info(each.kind);
    if (info.code == code || info.slug == code) return &each;
    nearest.consider(info.code);
    nearest.consider(info.slug);
  }
  auto builder = diagnostics.build(kind::usage, {}, fmt::format("no check is called `{}`", code));
  if (!nearest.result().empty()) builder.help("did you mean `{}`?", nearest.result());
  builder.help("`cordon explain --list` lists every code").emit();
  return nullptr;
}

std::vector<diagnostics::KindId> named_checks(const std::vector<std::string>& codes,
                                              diagnostics::Diagnostics& diagnostics) {
  std::vector<diagnostics::KindId> kinds;
  for (const std::string& code : codes) {
    if (const check::Check* found = named_check(code, diagnostics)) kinds.push_back(found->kind);
  }
  return kinds;
}

check::Date today() { return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); }

// An unmanaged device with ports bridges between them; of a configured one its platform says so.
graph::Layer2::Bridges bridges_of(const ir::Policy& policy) {
  return [&policy](ir::DeviceId id) {
    const ir::Device& device = policy.devices[id];
    if (!device.configured()) return true;
    const backend::Backend* platform = backend::find_backend(device.platform);
    return platform != nullptr && platform->info().capabilities.switching == config::Support::yes;
  };
}

std::optional<diagnostics::Severity> least_failing(std::string_view fail_on) {
  for (const auto severity :
       {diagnostics::Severity::error, diagnostics::Severity::warning, diagnostics::Severity::note}) {
    if (fail_on == to_string(severity)) return severity;
  }
  return std::nullopt;
}

std::vector<const check::Check*> selected(const check::Selection& selection) {
  std::vector<const check::Check*> made;
  for (const check::Check& each : check::all_checks()) {
    if (check::selects(selection, each)) made.push_back(&each);
  }
  return made;
}

std::function<bool(ir::DeviceId)> tracks_of(const ir::Policy& policy) {
  return [&policy](ir::DeviceId id) {
    const ir::Device& device = policy.devices[id];
    const backend::Backend* platform = backend::find_backend(device.platform);
    return platform != nullptr && platform->info().capabilities.state == config::StateTracking::full &&
           std::ranges::any_of(device.interfaces, [](const ir::Interface& interface) {
             return interface.filter != ir::FilterMode::none;
           });
  };
}

// The baseline that was given, without what no longer occurs if it is to be written anew; or one of all that
// is open. A run that draws one is held against it already.
void compare_with_baseline(const check::Context& context, const check::Selection& selection,
                           const CheckRequest& request, CheckOutcome& outcome) {
  if (!request.baseline && !request.draws_baseline) return;
  report::Run& run = outcome.run;
  check::Baseline baseline = request.baseline ? *request.baseline : check::baseline_of(run.findings);
  if (request.baseline && request.draws_baseline)
    baseline = check::pruned(context, selection, baseline, run.findings);
  check::apply_baseline(context, selection, baseline, run.findings);
  check::sort(run.findings, *run.sources);
  check::add_fingerprints(run.findings, run.policy);
  if (request.draws_baseline) outcome.drawn = std::move(baseline);
}

}  // namespace

CheckRequest read_check_options(const CheckOptions& options, diagnostics::Diagnostics& diagnostics) {
  CheckRequest request;
  for (const CheckProfile each : {CheckProfile::basic, CheckProfile::hospital, CheckProfile::auditor}) {
    if (options.profile == check::to_string(each)) request.profile = each;
  }
  request.selection.only = named_checks(options.only, diagnostics);
  request.selection.skip = named_checks(options.skip, diagnostics);
  request.fails_at = least_failing(options.fail_on);
  request.waivers = !options.no_waivers;
  request.draws_baseline = !options.write_baseline.empty();
  if (!options.baseline.empty()) request.baseline = read_baseline(options.baseline, diagnostics);
  const auto day = options.as_of.empty() ? today() : check::parse_date(options.as_of);
  if (day) {
    request.as_of = *day;
  } else {
    diagnostics.build(kind::usage, {}, fmt::format("`{}` is no day", options.as_of))
        .help("write it as `--as-of 2027-01-31`")
        .emit();
  }
  return request;
}

void add_selection_options(CLI::App& app, CheckOptions& options) {
  app.add_option("--profile", options.profile, "Which checks are made; by default what the project says")
      ->check(CLI::IsMember({"basic", "hospital", "auditor"}))
      ->type_name("basic|hospital|auditor");
  app.add_option("--only", options.only, "Make only these checks, whatever the profile")
      ->type_name("CODE")
      ->delimiter(',');
  app.add_option("--skip", options.skip, "Leave these checks out")->type_name("CODE")->delimiter(',');
  app.add_option("--fail-on", options.fail_on, "The least severity that ends with exit code 1")
      ->check(CLI::IsMember({"error", "warning", "note", "never"}))
      ->type_name("error|warning|note|never");
  app.add_flag("--no-waivers", options.no_waivers, "Show what waivers cover as if there were none");
  app.add_option("--baseline", options.baseline, "Findings in this file do not fail the run")
      ->type_name("FILE");
  app.add_option("--as-of", options.as_of, "The day that dates are compared with; by default today")
      ->type_name("YYYY-MM-DD");
}

check::Inputs inputs_of(const Compilation& compilation, check::Date as_of) {
  const ir::Policy& policy = *compilation.policy;
  return {.policy = policy,
          .standards = compilation.standards ? &*compilation.standards : nullptr,
          .as_of = as_of,
          .bridges = bridges_of(policy),
          .tracks = tracks_of(policy)};
}

CheckOutcome check_policy(Compilation& compilation, const CheckRequest& request) {
  CheckOutcome outcome;
  report::Run& run = outcome.run;
  run.version = version;
  run.as_of = request.as_of;
  run.fails_at = request.fails_at;
  run.sources = &compilation.project.sources;
  run.folder = folder_in_repository(compilation.root);
  check::Selection selection = request.selection;
  selection.profile = request.profile.value_or(CheckProfile::basic);
  load_standards(compilation);
  if (compilation.policy) run.policy = &*compilation.policy;
  std::optional<check::Context> context;
  if (compilation.standards) {
    compilation.timings.stage("check");
    const ir::Policy& policy = *compilation.policy;
    run.standards = &*compilation.standards;
    context.emplace(inputs_of(compilation, request.as_of));
    selection.profile =
        request.profile.value_or(policy.evidence.checks.profile.value_or(CheckProfile::basic));
    run.findings = check::run_checks(*context, selection);
    if (request.waivers) check::apply_waivers(*context, selection, run.findings);
    run.made = selected(selection);
    compilation.timings.stop();
  }
  run.profile = selection.profile;
  for (const diagnostics::Diagnostic& diagnostic : compilation.diagnostics.all())
    run.findings.emplace_back().diagnostic = diagnostic;
  check::sort(run.findings, compilation.project.sources);
  check::add_fingerprints(run.findings, run.policy);
  if (context) compare_with_baseline(*context, selection, request, outcome);
  return outcome;
}

std::string accepted_text(const report::Run& run) {
  const report::Counts counts = report::count(run.findings);
  std::string text;
  if (counts.waived > 0) {
    const auto expiring = std::ranges::count_if(run.findings, [&](const Finding& finding) {
      const ir::Waiver* waiver = report::waiver_of(run, finding);
      return waiver != nullptr && check::is_expiring(*waiver, run.policy->evidence.checks, run.as_of);
    });
    text = fmt::format("{} waived", counts.waived);
    if (expiring > 0) text += fmt::format(" ({} expiring)", expiring);
  }
  if (counts.baseline > 0)
    text += fmt::format("{}{} in the baseline", text.empty() ? "" : ", ", counts.baseline);
  return text;
}

}  // namespace cordon::cli
