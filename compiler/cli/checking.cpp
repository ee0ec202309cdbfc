// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/checking.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "compiler/backend/backend.h"
#include "compiler/base/spelling.h"
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

int rank(std::string_view fail_on) {
  if (fail_on == "error") return 0;
  if (fail_on == "warning") return 1;
  return fail_on == "note" ? 2 : -1;
}

}  // namespace

CheckRequest read_check_options(const CheckOptions& options, diagnostics::Diagnostics& diagnostics) {
  CheckRequest request;
  for (const CheckProfile each : {CheckProfile::basic, CheckProfile::hospital, CheckProfile::auditor}) {
    if (options.profile == check::to_string(each)) request.profile = each;
  }
  request.selection.only = named_checks(options.only, diagnostics);
  request.selection.skip = named_checks(options.skip, diagnostics);
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

std::vector<Finding> gather_findings(Compilation& compilation, const CheckRequest& request) {
  load_standards(compilation);
  diagnostics::Diagnostics all = compilation.diagnostics;
  std::vector<Finding> findings;
  if (compilation.standards) {
    compilation.timings.stage("check");
    const ir::Policy& policy = *compilation.policy;
    const check::Context context({.policy = policy,
                                  .standards = &*compilation.standards,
                                  .as_of = request.as_of,
                                  .bridges = bridges_of(policy)});
    check::Selection selection = request.selection;
    selection.profile =
        request.profile.value_or(policy.evidence.checks.profile.value_or(CheckProfile::basic));
    findings = check::run_checks(context, selection);
    compilation.timings.stop();
  }
  for (const diagnostics::Diagnostic& diagnostic : all.all()) {
    Finding finding;
    finding.diagnostic = diagnostic;
    findings.push_back(std::move(finding));
  }
  check::sort(findings, compilation.project.sources);
  return findings;
}

bool fails(const std::vector<Finding>& findings, const std::string& fail_on) {
  return std::ranges::any_of(findings, [&](const Finding& finding) {
    return finding.status == check::Status::open &&
           static_cast<int>(finding.diagnostic.severity) <= rank(fail_on);
  });
}

}  // namespace cordon::cli
