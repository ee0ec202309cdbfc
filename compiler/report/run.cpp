// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/run.h"

#include <algorithm>
#include <tuple>

namespace cordon::report {

namespace {

constexpr std::string_view project_file = "cordon.yaml";
constexpr std::string_view library_prefix = "library:";

}  // namespace

Counts count(const std::vector<Finding>& findings) {
  Counts counts;
  for (const Finding& finding : findings) {
    const bool open = finding.status == check::Status::open;
    counts.waived += finding.status == check::Status::waived;
    counts.baseline += finding.status == check::Status::baseline;
    counts.errors += open && finding.diagnostic.severity == Severity::error;
    counts.warnings += open && finding.diagnostic.severity == Severity::warning;
    counts.notes += open && finding.diagnostic.severity == Severity::note;
  }
  return counts;
}

bool fails(const Run& run) {
  return run.fails_at && std::ranges::any_of(run.findings, [&](const Finding& finding) {
           return finding.status == check::Status::open && finding.diagnostic.severity <= *run.fails_at;
         });
}

std::vector<Fact> facts(const ir::Policy& policy) {
  std::size_t flows = 0;
  for (const ir::Conduit& conduit : policy.conduits) flows += conduit.flows.size();
  return {{"zone", policy.zones.size()},
          {"network", policy.networks.size()},
          {"host", policy.hosts.size()},
          {"conduit", policy.conduits.size()},
          {"flow", flows},
          {"device", policy.devices.size()}};
}

std::vector<const Finding*> by_rank(const std::vector<Finding>& findings) {
  std::vector<const Finding*> ranked;
  ranked.reserve(findings.size());
  for (const Finding& finding : findings) ranked.push_back(&finding);
  std::ranges::stable_sort(ranked, {}, [](const Finding* finding) {
    return std::tuple(finding->status, finding->diagnostic.severity);
  });
  return ranked;
}

const ir::Waiver* waiver_of(const Run& run, const Finding& finding) {
  if (run.policy == nullptr || finding.waiver.empty()) return nullptr;
  const auto& waivers = run.policy->evidence.waivers;
  const auto found = std::ranges::find(waivers, finding.waiver, &ir::Waiver::name);
  return found == waivers.end() ? nullptr : &*found;
}

std::vector<ir::ControlRef> controls_of(const ir::Standards* standards, diagnostics::KindId kind) {
  if (standards == nullptr) return {};
  const auto found = standards->checks.find(diagnostics::info(kind).slug);
  return found == standards->checks.end() ? std::vector<ir::ControlRef>() : found->second.controls;
}

std::string label_of(const ir::Standards& standards, ir::ControlRef ref) {
  return standards.catalogues[ref.catalogue].short_name + " " + standards.control(ref).id;
}

std::string repository_path(const Run& run, source::FileId file) {
  const std::string& path = run.sources->path(file);
  return path.starts_with(library_prefix) ? path : run.folder + path;
}

Place place_of(const Run& run, source::Range range) {
  return {repository_path(run, range.file), run.sources->start(range), run.sources->stop(range)};
}

Place place_of(const Run& run, const Finding& finding) {
  const auto& labels = finding.diagnostic.labels;
  if (!labels.empty() && labels.front().range.valid()) return place_of(run, labels.front().range);
  Place place;
  place.path = run.sources->size() > 0 ? repository_path(run, source::FileId{0})
                                       : run.folder + std::string(project_file);
  return place;
}

}  // namespace cordon::report
