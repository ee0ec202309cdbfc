// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "compiler/check/roles.h"
#include "compiler/check/traffic.h"
#include "compiler/ir/address_names.h"
#include "compiler/report/cubes.h"
#include "compiler/report/expansion.h"
#include "compiler/report/query.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

using change::Found;

constexpr std::size_t shown_cubes = 12, shown_causes = 12;

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

void add_cubes(std::string& text, const ir::AddressNames& names, std::span<const packet::Cube> cubes) {
  for (const std::string& line : cube_lines(names, cubes, shown_cubes))
    fmt::format_to(std::back_inserter(text), "    {}\n", line);
}

void add_causes(std::string& text, const Question& question, const std::vector<std::uint32_t>& causes) {
  for (std::size_t at = 0; at < std::min(causes.size(), shown_causes); ++at)
    fmt::format_to(std::back_inserter(text), "    by {}\n", question.cause(causes[at]));
  if (causes.size() > shown_causes)
    fmt::format_to(std::back_inserter(text), "    and by {} more lines\n", causes.size() - shown_causes);
}

void add_example(std::string& text, const Found& found) {
  if (found.example)
    fmt::format_to(std::back_inserter(text), "    for example {}\n", check::example_text(*found.example));
}

std::size_t hosts_in(const ir::Policy& policy, const ir::Addresses& addresses, bool medical) {
  return static_cast<std::size_t>(std::ranges::count_if(policy.hosts, [&](const ir::Host& host) {
    const auto among = [&](const std::optional<ir::Address>& address) {
      return address && addresses.of(address->family).contains(*address);
    };
    if (!among(host.ipv4) && !among(host.ipv6)) return false;
    const ir::ZoneId zone = policy.networks[host.network].zone;
    return !medical || (zone.valid() && check::is_medical(policy.zones[zone]));
  }));
}

}  // namespace

std::string share_text(const ir::Policy& policy, const change::End& end, const ir::Addresses& part) {
  if (end.device.valid()) return "the device itself";
  const std::size_t hosts = hosts_in(policy, end.addresses, false);
  const std::size_t some = hosts_in(policy, part, false);
  if (part == end.addresses && hosts > 0) return fmt::format("all {}", counted(hosts, "declared host"));
  if (hosts > 0 && some > 0) return fmt::format("{} of {}", some, counted(hosts, "declared host"));
  return address_count(part);
}

std::string within_text(std::size_t limit) {
  return limit == 0 ? std::string("in any number of steps") : "within " + counted(limit, "step");
}

std::string reached_text(const ir::Policy& policy, std::size_t zones, const ir::Addresses& reached,
                         std::size_t limit) {
  const std::size_t hosts = hosts_in(policy, reached, false), medical = hosts_in(policy, reached, true);
  return fmt::format("{} of {} and {} reached {}{}", zones, counted(policy.zones.size(), "zone"),
                     counted(hosts, "declared host"), within_text(limit),
                     medical == 0 ? "" : ", " + counted(medical, "medical device") + " among them");
}

ir::Addresses side_of(std::span<const packet::Cube> cubes, bool from) {
  ir::Addresses side;
  for (const packet::Cube& cube : cubes) {
    ir::AddressSet& set = side.of(cube.family());
    set = unite(set, from ? cube.source : cube.destination);
  }
  return side;
}

std::string flow_words(const check::FlowFact& fact) {
  return fmt::format("flow {} of conduit {}", fact.flow->number, fact.conduit->name);
}

std::string reach_text(const Question& question, const change::Reach& reach) {
  if (reach.vacuous)
    return fmt::format("{}: speaks of no packet, its ends share no family or no service fits\n",
                       question.asked);
  const ir::AddressNames names(question.policy);
  const std::string_view verdict = reach.allowed.empty()  ? "denied, all of it: proved"
                                   : reach.denied.empty() ? "allowed, all of it: proved"
                                                          : "allowed in part";
  std::string text = fmt::format("{}: {}\n", question.asked, verdict);
  if (!reach.allowed.empty()) {
    text += "+ allowed\n";
    add_cubes(text, names, reach.allowed.cubes);
    add_example(text, reach.allowed);
    add_causes(text, question, reach.allowed.causes);
  }
  if (!reach.allowed.empty() && !reach.denied.empty()) {
    text += "- denied\n";
    add_cubes(text, names, reach.denied.cubes);
    add_example(text, reach.denied);
  }
  return text;
}

std::string ends_text(const Question& question, const EndsAnswer& answer) {
  const ir::AddressNames names(question.policy);
  std::string text = fmt::format("{}: {}\n", question.asked, address_count(answer.set));
  std::vector<std::string> none;
  for (const change::EndFound& each : answer.found) {
    const change::End& end = answer.ends[each.end];
    if (each.found.empty()) {
      none.push_back(end.name);
      continue;
    }
    const ir::Addresses part = side_of(each.found.cubes, answer.towards);
    fmt::format_to(std::back_inserter(text), "{} {}: {}\n", answer.towards ? "from" : "to", end.name,
                   share_text(question.policy, end, part));
    add_cubes(text, names, each.found.cubes);
    add_example(text, each.found);
    add_causes(text, question, each.found.causes);
  }
  if (!none.empty())
    fmt::format_to(std::back_inserter(text), "none {} {}: proved\n", answer.towards ? "from" : "to",
                   joined(none));
  return text;
}

std::string lines_text(const Question& question, std::span<const change::LineFound> lines) {
  if (lines.empty()) return fmt::format("{}: no line permits any of it: proved\n", question.asked);
  const ir::AddressNames names(question.policy);
  std::string text = fmt::format("{}: {} permit{} some of it\n", question.asked,
                                 counted(lines.size(), "line"), lines.size() == 1 ? "s" : "");
  for (const change::LineFound& line : lines) {
    fmt::format_to(std::back_inserter(text), "{}{}\n", question.cause(line.cause),
                   line.needed ? "" : ", though others permit all of this too");
    add_cubes(text, names, line.cubes);
  }
  return text;
}

std::string blast_text(const Question& question, const BlastAnswer& answer) {
  const ir::Policy& policy = question.policy;
  const ir::AddressNames names(policy);
  std::string text;
  std::vector<bool> reached(answer.ends.size());
  for (const change::BlastEnd& each : answer.blast.found) {
    const change::End& end = answer.ends[each.end];
    reached[each.end] = true;
    fmt::format_to(std::back_inserter(text), "step {} {}: {}\n    {} by {}\n", each.step, end.name,
                   share_text(policy, end, each.addresses), names.text(each.addresses),
                   check::service_text(each.services));
    add_causes(text, question, each.causes);
  }
  std::vector<std::string> none;
  std::size_t zones = 0;
  for (std::size_t end = 0; end < answer.ends.size(); ++end) {
    const ir::Addresses& own = answer.ends[end].addresses;
    const bool held = is_subset(own.v4, answer.blast.start.v4) && is_subset(own.v6, answer.blast.start.v6);
    if (!reached[end] && !held) none.push_back(answer.ends[end].name);
    zones += reached[end] && answer.ends[end].zone.valid();
  }
  if (!none.empty())
    fmt::format_to(std::back_inserter(text), "nothing reached of {} {}: proved\n", joined(none),
                   within_text(answer.limit));
  return fmt::format("{}: {}\n", question.asked,
                     reached_text(policy, zones, answer.blast.reached, answer.limit)) +
         text;
}

std::string roundtrip_text(const Question& question, const check::Answer& answer) {
  const std::string_view verdict = answer.outcome == check::Outcome::held      ? "answered: proved"
                                   : answer.outcome == check::Outcome::broken  ? "not always answered"
                                   : answer.outcome == check::Outcome::vacuous ? "nothing to answer"
                                                                               : "undecided";
  std::string text = fmt::format("{}: {}\n    {}\n", question.asked, verdict, answer.text);
  for (const std::string& note : answer.notes) fmt::format_to(std::back_inserter(text), "    {}\n", note);
  for (const diagnostics::Label& cause : answer.causes)
    fmt::format_to(std::back_inserter(text), "    {}: {}\n", place_text(question.sources, cause.range),
                   cause.text);
  for (const std::string& help : answer.helps) fmt::format_to(std::back_inserter(text), "help: {}\n", help);
  return text;
}

std::string dead_lines_text(const Question& question, const check::Context& context) {
  const check::FlowRedundancy& redundancy = context.redundancy();
  if (redundancy.found.empty())
    return fmt::format("no dead line: each of {} opens something that no other does\n",
                       counted(redundancy.facts.size(), "flow"));
  std::string text = fmt::format("{} of {} could go at once, and nothing would close\n",
                                 redundancy.found.size(), counted(redundancy.facts.size(), "flow"));
  for (const check::Superfluous& dead : redundancy.found) {
    const check::FlowFact& fact = context.flow(redundancy.facts[dead.part]);
    fmt::format_to(std::back_inserter(text), "{} ({})\n", place_text(question.sources, fact.flow->range),
                   flow_words(fact));
    for (const std::uint32_t by : dead.by) {
      const check::FlowFact& other = context.flow(redundancy.facts[by]);
      const std::string differ = check::differences(fact, other);
      fmt::format_to(std::back_inserter(text), "    covered by {} ({}){}\n",
                     place_text(question.sources, other.flow->range), flow_words(other),
                     differ.empty() ? "" : ", which differs in " + differ);
    }
  }
  return text;
}

}  // namespace cordon::report
