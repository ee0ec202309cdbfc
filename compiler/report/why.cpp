// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/why.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "compiler/check/traffic.h"
#include "compiler/report/cubes.h"
#include "compiler/report/edit_text.h"
#include "compiler/report/running_query.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

using change::Answer;
using change::FilterStep;
using change::Passage;

constexpr std::size_t most_cubes = 6, most_refusals = 6;

std::string capital(std::string_view word) {
  std::string text(word);
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

class Text {
 public:
  explicit Text(const WhyReport& report)
      : report_(report), policy_(*report.policy), why_(*report.why), names_(*report.policy) {}

  std::string run() {
    if (report_.of_running()) {
      add_running_answer(report_.ways->outcome);
      add_ways();
      line("\npolicy: {}", capital(to_string(why_.answer)));
    } else {
      add_answer();
      add_ways();
    }
    add_causes();
    add_refusals();
    add_statements();
    if (!report_.of_running()) add_proposals();
    add_removable();
    return std::move(text_);
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }

  void add_answer() {
    line("{:<8}  {}", capital(to_string(why_.answer)), report_.question->text);
    if (why_.answer == Answer::partly) {
      add_part("allowed", why_.allowed);
      add_part("denied", why_.denied);
    } else {
      const change::Part& part = why_.answer == Answer::allowed ? why_.allowed : why_.denied;
      line("  all of it; for example {}", check::example_text(*part.example));
    }
  }
  void add_part(std::string_view word, const change::Part& part) {
    if (part.empty()) return;
    std::string_view head = word;
    for (const std::string& each : cube_lines(names_, without_flags(part.cubes), most_cubes)) {
      line("  {:<9}{}", head, each);
      head = "";
    }
    line("           for example {}", check::example_text(*part.example));
  }

  void add_running_answer(const change::Fate& outcome) {
    line("{:<8}  {}   in {}", capital(to_string(change::answer_of(outcome))), report_.question->text,
         report_.running);
    add_part("allowed", outcome.allowed);
    add_part("denied", outcome.denied);
    add_part("differs", outcome.differs);
    if (!outcome.differs.empty()) line("           some ways let it pass and others do not");
    add_part("unknown", outcome.unknown);
    for (const std::string& each : blind_lines(policy_, *report_.sources, report_.blind)) line("  {}", each);
  }

  void add_ways() {
    if (report_.ways == nullptr) {
      line("ways: {}", report_.ways_unknown);
      return;
    }
    for (const change::PairWays& pair : report_.ways->pairs) add_pair(pair);
    if (report_.ways->more_pairs > 0)
      line("+{} of networks; ask about fewer to see their ways",
           counted(report_.ways->more_pairs, "more pair"));
  }

  void add_pair(const change::PairWays& pair) {
    text_ += '\n';
    line("{} -> {}", stop_text(policy_, pair.from), stop_text(policy_, pair.to));
    if (pair.same_network) add_same_network(pair);
    if (pair.opens_nothing) line("  nothing that is asked about could open a connection");
    if (pair.ways.empty() && !pair.same_network && !pair.opens_nothing) line("  no way joins them");
    const std::size_t all = pair.ways.size() + pair.more;
    for (std::size_t at = 0; at < pair.ways.size(); ++at) {
      if (all > 1) line("  way {} of {}{}", at + 1, all, pair.more_uncounted ? " or more" : "");
      add_way(pair.ways[at]);
    }
    if (pair.more > 0) line("  +{}; `--ways N` shows more", counted(pair.more, "more way"));
  }

  void add_same_network(const change::PairWays& pair) {
    const ir::Network& network = policy_.networks[pair.from.network];
    if (!network.zone.valid() || !policy_.zones[network.zone].isolate) {
      line("  hosts of one network reach each other without any device");
    } else if (network.isolation) {
      line("  hosts are kept apart on the network itself: attested by {}, {}", network.isolation->document,
           network.isolation->date);
    } else {
      line("  switches keep the hosts of the network apart");
    }
  }

  void add_way(const change::Way& way) {
    std::size_t number = 0;
    for (const change::WayHop& hop : way.there.hops) {
      line("  {:>2}  {}", ++number, hop_text(hop));
      add_steps(hop);
    }
    if (way.back) add_reply(*way.back);
  }

  [[nodiscard]] std::string hop_text(const change::WayHop& hop) const {
    const ir::Device& device = policy_.devices[hop.device];
    std::string text = device.name;
    if (hop.in) text += fmt::format("  {} ({})", device.interfaces[*hop.in].name, vlan_text(device, *hop.in));
    text += !hop.out
                ? "  itself"
                : fmt::format(" -> {} ({})", device.interfaces[*hop.out].name, vlan_text(device, *hop.out));
    return text;
  }
  [[nodiscard]] std::string vlan_text(const ir::Device& device, std::uint32_t interface) const {
    const ir::Network& network = policy_.networks[device.interfaces[interface].network];
    return network.vlan ? fmt::format("VLAN {}", *network.vlan) : "network " + network.name;
  }

  void add_steps(const change::WayHop& hop) {
    if (!hop.read && !policy_.devices[hop.device].configured())
      line("      no filter: the device is not ours to configure");
    if (!hop.read && policy_.devices[hop.device].configured())
      line("      unknown: its configuration is not given");
    if (hop.read && hop.steps.empty()) line("      no filter{}", hop.in ? "" : ": it is the device's own");
    for (const FilterStep& step : hop.steps) {
      line("      {:<7} {}", to_string(step.passage), place_word(step.place));
      for (const change::DecidingLine& each : told(step)) line("        {}", line_text(hop.device, each));
      add_gaps(hop.device, step);
      if (step.more) line("        and further lines");
    }
  }
  void add_gaps(ir::DeviceId device, const FilterStep& step) {
    constexpr std::size_t most = 3;
    if (step.unread) line("        the configuration has no such interface");
    for (std::size_t at = 0; at < std::min(most, step.gaps.size()); ++at) {
      const DeviceLine gap = report_.line(device, step.gaps[at].range);
      line("        {}:{}  {}   not understood: {}", gap.file, gap.line, gap.text, step.gaps[at].reason);
    }
    if (step.gaps.size() > most)
      line("        +{}", counted(step.gaps.size() - most, "more line that is not understood"));
  }
  static std::string_view place_word(FilterStep::Place place) {
    switch (place) {
      case FilterStep::Place::in:
        return "by the filter on what comes in";
      case FilterStep::Place::between:
        return "by the filter between the two interfaces";
      case FilterStep::Place::out:
        return "by the filter on what goes out";
      case FilterStep::Place::own:
        return "by the filter on what is for the device itself";
    }
    return {};
  }
  // A list for one family lets the other pass: that the platform permits it is worth no line beside others.
  static std::vector<change::DecidingLine> told(const FilterStep& step) {
    std::vector<change::DecidingLine> lines;
    for (const change::DecidingLine& each : step.lines) {
      if (each.line.valid() || each.remembers || !each.permits) lines.push_back(each);
    }
    return lines.empty() ? step.lines : lines;
  }
  [[nodiscard]] std::string line_text(ir::DeviceId device, const change::DecidingLine& deciding) const {
    if (deciding.remembers) return "it knows the connection";
    const DeviceLine line = report_.line(device, deciding.line);
    if (line.file.empty())
      return deciding.permits ? "the platform permits it" : "the platform denies what no line permits";
    return fmt::format("{} {}:{}  {}{}", deciding.permits ? "permit" : "deny  ", line.file, line.line,
                       line.text, line.origin.empty() ? std::string() : fmt::format("   <- {}", line.origin));
  }

  void add_reply(const change::Direction& back) {
    line("  reply {}: {}", to_string(back.passage), reply_reason(back));
  }
  // What lets replies pass, device by device.
  [[nodiscard]] std::string reply_reason(const change::Direction& back) const {
    std::vector<std::string> parts;
    for (const change::WayHop& hop : back.hops) {
      const std::string& name = policy_.devices[hop.device].name;
      for (const FilterStep& step : hop.steps) parts.push_back(name + " " + reply_step(hop.device, step));
      if (hop.steps.empty()) parts.push_back(name + " has no filter there");
    }
    return fmt::format("{}", fmt::join(parts, "; "));
  }
  [[nodiscard]] std::string reply_step(ir::DeviceId device, const FilterStep& step) const {
    if (std::ranges::any_of(step.lines, &change::DecidingLine::remembers))
      return "knows the connection (stateful)";
    std::string text(step.passage == Passage::all ? "permits" : to_string(step.passage));
    std::string_view sign = " by ";
    for (const change::DecidingLine& each : told(step)) {
      const DeviceLine line = report_.line(device, each.line);
      text += fmt::format(
          "{}{}", sign,
          line.file.empty() ? "the platform's own rule" : fmt::format("{}:{}", line.file, line.line));
      sign = ", ";
    }
    return text + (step.more ? ", …" : "");
  }

  void add_causes() {
    if (why_.causes.empty()) return;
    line("\nopened by");
    constexpr std::size_t most = 8;
    for (std::size_t at = 0; at < std::min(most, why_.causes.size()); ++at) add_cause(why_.causes[at]);
    if (why_.causes.size() > most) line("  +{}", counted(why_.causes.size() - most, "more line"));
  }
  void add_cause(const change::Cause& cause) {
    line("  {}", cause_text(policy_, *report_.sources, cause));
    if (cause.kind != change::Cause::Kind::flow) return;
    if (cause.range.valid()) line("    {}", first_line(report_.sources->text(cause.range)));
    const ir::Conduit& conduit = policy_.conduits[cause.flow.conduit];
    const ir::Flow& flow = policy_.flow(cause.flow);
    const std::string& purpose = flow.purpose.empty() ? conduit.purpose : flow.purpose;
    std::string facts;
    const auto fact = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) facts += fmt::format("{}{} {}", facts.empty() ? "" : ", ", name, value);
    };
    fact("owner", conduit.owner);
    fact("ticket", conduit.ticket);
    fact("reviewed", conduit.reviewed);
    fact("expires", conduit.expires);
    fact("by", flow.evidence);
    if (!purpose.empty()) line("    purpose: {}", purpose);
    if (!facts.empty()) line("    {}", facts);
  }
  static std::string first_line(std::string_view text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    return std::string(line) + (line.size() < text.size() ? " …" : "");
  }

  void add_refusals() {
    if (why_.refusals.empty()) return;
    line("\ndenied, because");
    for (std::size_t at = 0; at < std::min(most_refusals, why_.refusals.size()); ++at) {
      for (const std::string& each : refusal_lines(report_, why_.refusals[at])) line("  {}", each);
    }
    if (why_.refusals.size() > most_refusals)
      line("  +{} of zones", counted(why_.refusals.size() - most_refusals, "more pair"));
  }

  void add_statements() {
    if (why_.statements.empty()) return;
    line("\nclaimed about it{}", report_.of_running() ? ", of the policy" : "");
    for (const change::Statement& each : why_.statements) line("  {}", statement_text(report_, each));
  }

  void add_proposals() {
    const PolicyWords words(policy_, *report_.question);
    for (const change::Proposal& proposal : why_.proposals) {
      line("\nto {} all of it{}", proposal.opens ? "allow" : "deny",
           proposal.edits.size() > 1 ? fmt::format(", {} together", counted(proposal.edits.size(), "edit"))
                                     : "");
      for (const change::Edit& edit : proposal.edits) add_edit(words, edit, "");
      for (const change::Edit& edit : proposal.instead) add_edit(words, edit, "or ");
    }
  }
  void add_edit(const PolicyWords& words, const change::Edit& edit, std::string_view head) {
    const EditText text = edit_text(policy_, *report_.sources, words, edit);
    line("  {}{}{}{}", head, text.place, text.place.empty() ? "" : "  ", text.what);
    for (const std::string& each : text.paste) line("      {}", each);
    if (edit.beyond.empty()) return;
    line("    which {} besides:", edit.opens() ? "opens" : "closes");
    for (const std::string& each : cube_lines(names_, edit.beyond, 3)) line("      {}", each);
  }

  void add_removable() {
    if (report_.removable.empty()) return;
    line("\nto deny all of it in {}, delete", report_.running);
    for (const change::RemovableLine& each : report_.removable) {
      const DeviceLine text = report_.line(each.device, each.line);
      line("  {}:{}  {}", text.file, text.line, text.text);
      if (each.wanted_too)
        line("    which also permits what the policy permits: put lines for that in its place first");
    }
  }

  const WhyReport& report_;
  const ir::Policy& policy_;
  const change::Why& why_;
  ir::AddressNames names_;
  std::string text_;
};

}  // namespace

std::string without_indent(std::string_view line) {
  return std::string(line.substr(std::min(line.find_first_not_of(" \t"), line.size())));
}

std::string why_text(const WhyReport& report) { return Text(report).run(); }

}  // namespace cordon::report
