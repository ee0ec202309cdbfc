// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Annotations beside the lines of a pull request, as workflow commands: a line each on standard output, which
// the runner reads. Of each kind it keeps ten and drops the rest unsaid, so the tenth says how many more
// there are.

#include <algorithm>

#include <fmt/format.h>

#include "compiler/report/escape.h"
#include "compiler/report/formats.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

std::string_view command_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "notice";
  }
  return {};
}

// The end is the last character for GitHub, and columns count only within one line.
std::string region_of(const Place& place) {
  const bool one_line = place.start.line == place.stop.line;
  if (!one_line) {
    const auto last = place.stop.column > 1 ? place.stop.line : place.stop.line - 1;
    return fmt::format("line={},endLine={}", place.start.line, std::max(last, place.start.line));
  }
  const auto last = std::max(place.start.column, place.stop.column > 1 ? place.stop.column - 1 : 1);
  return fmt::format("line={},col={},endLine={},endColumn={}", place.start.line, place.start.column,
                     place.stop.line, last);
}

std::string annotation(const Run& run, const Finding& finding) {
  const Place place = place_of(run, finding);
  std::string message = command_text(finding.diagnostic.message);
  for (const std::string& note : finding.diagnostic.notes) message += "%0A" + command_text(note);
  for (const std::string& help : finding.diagnostic.helps) message += "%0A" + command_text("help: " + help);
  return fmt::format("::{} file={},{},title={}::{}\n", command_of(finding.diagnostic.severity),
                     command_property(place.path), region_of(place),
                     command_property(title_of(finding.diagnostic.kind)),
                     shortened(std::move(message), limit::annotation_bytes));
}

}  // namespace

std::string write_github(const Run& run) {
  std::string text;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    std::vector<const Finding*> open;
    for (const Finding& finding : run.findings) {
      if (finding.status == check::Status::open && finding.diagnostic.severity == severity)
        open.push_back(&finding);
    }
    const bool too_many = open.size() > limit::annotations;
    const std::size_t shown = too_many ? limit::annotations - 1 : open.size();
    for (std::size_t at = 0; at < shown; ++at) text += annotation(run, *open[at]);
    if (too_many) {
      text += fmt::format("::{} title=cordon check::+{} more, see the summary\n", command_of(severity),
                          open.size() - shown);
    }
  }
  return text;
}

}  // namespace cordon::report
