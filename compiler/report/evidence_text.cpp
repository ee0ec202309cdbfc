// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The evidence for a terminal and for a text file: a control a paragraph, what needs to be looked at first.

#include <algorithm>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "compiler/report/evidence.h"

namespace cordon::report {
namespace {

constexpr std::size_t width = 110;
constexpr std::size_t word_column = 12;  // the longest word of a standing, and a gap

// Words up to the width, further lines under the first word.
void append_wrapped(std::string& out, std::string_view text, std::size_t indent) {
  std::size_t column = indent;
  bool first = true;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    if (!first && column + 1 + word.size() > width) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (!first) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    first = false;
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  out += '\n';
}

void append_item(std::string& out, std::string_view word, std::string_view text) {
  fmt::format_to(std::back_inserter(out), "  {:<{}}", word, word_column);
  append_wrapped(out, text, 2 + word_column);
}

void append_heading(std::string& out, std::string_view text, char line) {
  fmt::format_to(std::back_inserter(out), "\n{}\n{}\n", text, std::string(text.size(), line));
}

// Of these the names suffice, many to a line.
bool is_listed(Standing standing) {
  return standing == Standing::unanswered || standing == Standing::not_made;
}

void append_claim(std::string& out, const Claim& claim) {
  const std::string head =
      claim.witness == Witness::attestation ? claim.name : fmt::format("{} ({})", claim.name, claim.proof);
  append_item(out, to_string(claim.standing), fmt::format("{}: {}", head, claim.text));
  for (const std::string& detail : claim.details) append_item(out, "", detail);
}

void append_control(std::string& out, const Evidence& evidence, const ControlEvidence& control) {
  const ir::Control& row = evidence.standards->control(control.control);
  fmt::format_to(std::back_inserter(out), "\n{}  {} [{}]\n", row.id, row.title,
                 remarks_on(evidence, control));
  for (const std::uint32_t index : control.claims) {
    const Claim& claim = evidence.claims[index];
    if (!is_listed(claim.standing)) append_claim(out, claim);
  }
  for (const Standing standing : {Standing::unanswered, Standing::not_made}) {
    std::vector<std::string_view> names;
    for (const std::uint32_t index : control.claims) {
      if (evidence.claims[index].standing == standing) names.push_back(evidence.claims[index].name);
    }
    if (!names.empty()) append_item(out, to_string(standing), fmt::format("{}", fmt::join(names, ", ")));
  }
}

void append_catalogue(std::string& out, const Evidence& evidence, const CatalogueEvidence& section) {
  const ir::Catalogue& catalogue = evidence.standards->catalogues[section.catalogue];
  append_heading(out, catalogue.title, '=');
  append_wrapped(out, fmt::format("{} Source: {}.", summary_of(evidence, section), catalogue.source), 0);
  for (const ControlEvidence& control : section.controls) append_control(out, evidence, control);
}

void append_waivers(std::string& out, const Evidence& evidence) {
  append_heading(out, "Waivers", '=');
  if (!evidence.with_waivers) out += "They are set aside: what they cover counts as open.\n";
  if (evidence.waivers.empty()) out += "There are none.\n";
  for (const WaiverEvidence& each : evidence.waivers) {
    const ir::Waiver& waiver = *each.waiver;
    const auto stated = [](const ir::Stated& value) {
      return value.present() ? value.text : std::string("nobody");
    };
    fmt::format_to(std::back_inserter(out), "\n{}  {}\n", waiver.name, each.age);
    append_item(out, "accepts",
                fmt::format("{} of {}", waiver.code.text,
                            waiver.element.present() ? waiver.element.text : "whatever it names"));
    append_item(out, "covers",
                fmt::format("{} {}", each.findings, each.findings == 1 ? "finding" : "findings"));
    append_item(out, "reason", waiver.reason.present() ? waiver.reason.text : "none is given");
    append_item(out, "owner", stated(waiver.owner));
    append_item(out, "approved by", stated(waiver.approved_by));
    if (waiver.ticket.present()) append_item(out, "ticket", waiver.ticket.text);
  }
}

}  // namespace

std::string evidence_text(const Evidence& evidence) {
  const std::string title = fmt::format(
      "Evidence for {}, as of {}", evidence.site.empty() ? "this policy" : evidence.site, evidence.as_of);
  std::string out = fmt::format("{}\n{}\n", title, std::string(title.size(), '='));
  append_wrapped(
      out,
      fmt::format("By cordon {}. A check that held found nothing; an assertion is proved for every packet; "
                  "an attestation is somebody's word.",
                  evidence.version),
      0);
  for (const CatalogueEvidence& section : evidence.catalogues) append_catalogue(out, evidence, section);
  append_waivers(out, evidence);
  append_heading(out, "What Cordon cannot show", '=');
  for (const std::string_view limit : evidence.limits) {
    out += "- ";
    append_wrapped(out, limit, 2);
  }
  append_heading(out, "Inputs, SHA-256", '=');
  for (const InputDigest& input : evidence.inputs)
    fmt::format_to(std::back_inserter(out), "{}  {}\n", input.sha256, input.path);
  return out;
}

}  // namespace cordon::report
