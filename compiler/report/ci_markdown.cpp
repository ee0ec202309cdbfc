// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The comment on a pull request: verdict and figures first, then what fails, what opens, what closes, and the
// devices whose lines change. A host throws a text away that is too long, so entries that do not fit are left
// out whole, and the end of their section says how many and where all of them are.

#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "compiler/report/ci.h"
#include "compiler/report/escape.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

constexpr std::size_t line_bytes = 500;        // of a line, before it is escaped
constexpr std::size_t flow_lines = 12;         // of a pair of zones
constexpr std::size_t reserve_bytes = 2'000;   // for what says that something is left out
constexpr std::size_t section_bytes = 24'000;  // so that no section drives out the ones after it

std::string shown(std::string_view text) { return markdown_text(shortened(std::string(text), line_bytes)); }

std::string row(std::string_view name, const std::string& value) {
  return fmt::format("| {} | {} |\n", name, value);
}

std::string head(const CiRun& run) {
  std::string text = fmt::format("### cordon: {}\n\n| | |\n|---|---|\n", shown(ci_verdict(run)));
  const Counts counts = count(run.check.findings);
  text += row("Findings", counts_text(counts));
  if (run.change != nullptr) {
    text += row("Compared with", shown(run.change->before.name));
    const std::string affected = devices_affected(*run.change);
    text += row("Medical devices", affected.empty() ? "none affected" : affected);
    if (run.change->envelopes != nullptr)
      text += row("Envelopes", run.change->envelopes->inside() ? "inside" : "**outside**: needs a review");
    text += row("Everything else", difference_headline(*run.change));
  } else if (!run.against.empty()) {
    text += row("Compared with", "**nothing**: " + shown(run.against) + " could not be read");
  }
  if (run.tests != nullptr) text += row("Tests", tests_summary(*run.tests, run.coverage_before));
  if (run.tests == nullptr && run.check.policy != nullptr) text += row("Tests", "the project has none");
  text += row("Form", run.not_canonical == 0 ? "canonical"
                                             : fmt::format("{} to be formatted: `cordon fmt`",
                                                           counted(run.not_canonical, "file")));
  text += row("Compiled", run.proved ? fmt::format("{}, {}, all **proved**", counted(run.devices, "device"),
                                                   counted(run.rules, "rule"))
                                     : "nothing");
  return text + "\n";
}

// Entries that are shown whole or not at all.
struct Section {
  std::string title;
  std::vector<std::string> entries;
  std::string_view entry;  // what one is called
  bool open = false;       // shown unfolded
  std::string rest;        // a last line in any case
};

Section findings_of(const CiRun& run) {
  Section section{"Findings", {}, "finding", fails(run.check), {}};
  for (const Finding* finding : by_rank(run.check.findings)) {
    if (finding->status != check::Status::open) continue;
    std::string text = fmt::format("- **{}** {}: {}\n", to_string(finding->diagnostic.severity),
                                   title_of(finding->diagnostic.kind), shown(finding->diagnostic.message));
    const std::vector<std::string> details = details_of(run.check, *finding);
    for (std::size_t at = 0; at < std::min(details.size(), flow_lines); ++at)
      text += fmt::format("  - {}\n", shown(details[at]));
    section.entries.push_back(std::move(text));
  }
  return section;
}

Section flows_of(const ChangeReport& change, bool opened) {
  Section section{opened ? "Connections that open" : "Connections that close", {}, "pair", opened, {}};
  const ChangeSide& whose = opened ? change.after : change.before;
  const ir::AddressNames names(*whose.policy);
  for (const change::PairDifference& pair : change.difference->pairs) {
    const change::Side& side = opened ? pair.opened : pair.closed;
    if (side.cubes.empty()) continue;
    std::string text = fmt::format("- **{}** to **{}**\n", shown(pair.from), shown(pair.to));
    for (const std::string& line : side_lines(side, whose, names, flow_lines, opened))
      text += fmt::format("  - {}\n", shown(line));
    section.entries.push_back(std::move(text));
  }
  return section;
}

Section devices_of(const ChangeReport& change) {
  Section section{"Devices whose lines change", {}, "device", false, {}};
  for (const DeviceChange& device : change.devices)
    section.entries.push_back(
        fmt::format("- {}: +{} -{} lines\n", shown(device.file), device.added, device.removed));
  section.rest = change.devices_unknown.empty()
                     ? fmt::format("- {} byte for byte the same\n", change.same_devices)
                     : fmt::format("- {}\n", shown(change.devices_unknown));
  return section;
}

void add_section(std::string& text, const Section& section) {
  if (section.entries.empty() && section.rest.empty()) return;
  const std::size_t before = text.size();
  text += fmt::format("<details{}><summary><b>{}</b> ({})</summary>\n\n", section.open ? " open" : "",
                      section.title, section.entries.size());
  std::size_t shown_entries = 0;
  for (const std::string& entry : section.entries) {
    const bool fits = text.size() + entry.size() <= limit::markdown_bytes - reserve_bytes &&
                      text.size() - before + entry.size() <= section_bytes;
    if (!fits) break;
    text += entry;
    ++shown_entries;
  }
  text += section.rest;
  if (const std::size_t more = section.entries.size() - shown_entries; more > 0) {
    text += fmt::format("\n**{} not shown here**: `cordon ci --output json=PATH` has every one.\n",
                        counted(more, section.entry));
  }
  text += "\n</details>\n";
}

}  // namespace

std::string ci_markdown(const CiRun& run) {
  std::string text = head(run);
  add_section(text, findings_of(run));
  if (run.change == nullptr) return text;
  add_section(text, flows_of(*run.change, true));
  add_section(text, flows_of(*run.change, false));
  add_section(text, devices_of(*run.change));
  return text;
}

}  // namespace cordon::report
