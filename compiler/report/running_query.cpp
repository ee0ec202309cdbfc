// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/running_query.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/change/parties.h"
#include "compiler/check/traffic.h"
#include "compiler/ir/address_names.h"
#include "compiler/report/cubes.h"
#include "compiler/report/expansion.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

using change::Part;
using change::RunningFound;

constexpr std::size_t shown_cubes = 12, shown_causes = 12;

class Writer {
 public:
  explicit Writer(const Question& question) : question_(question), names_(question.policy) {}

  template <class... Values>
  void line(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
    text_ += '\n';
  }
  void cubes(const Part& part, int indent = 4) {
    for (const std::string& each : cube_lines(names_, as_openings(part.cubes), shown_cubes))
      line("{:{}}{}", "", indent, each);
  }
  void example(const Part& part, int indent = 4) {
    if (part.example) line("{:{}}for example {}", "", indent, check::example_text(*part.example));
  }
  void rules(std::span<const change::RunningRule> rules, int indent = 6) {
    for (const std::string& each : rule_lines(question_.policy, question_.sources, rules))
      line("{:{}}{}", "", indent, each);
  }

  // What gets through, and how it stands beside the policy.
  void found(const RunningFound& found) {
    cubes(found.through);
    example(found.through);
    causes(found.causes);
    beside_policy(found);
  }
  void causes(const std::vector<std::uint32_t>& causes) {
    for (std::size_t at = 0; at < std::min(causes.size(), shown_causes); ++at)
      line("    by {}", question_.cause(causes[at]));
    if (causes.size() > shown_causes) line("    and by {} more lines", causes.size() - shown_causes);
  }
  // Whether the rest of them is in the policy.
  void beyond(const Part& part, std::span<const change::RunningRule> by, bool rest) {
    if (part.empty()) return;
    line("  ! not in policy{}", rest ? ":" : "");
    if (rest) cubes(part, 6);
    if (by.empty()) line("      no filter looks at it");
    rules(by);
  }

  void beside_policy(const RunningFound& found) {
    beyond(found.beyond, found.beyond_by, !found.causes.empty());
    if (!found.differs.empty()) {
      line("  ~ not on every way: elsewhere it is refused");
      if (found.differs.cubes != found.through.cubes) cubes(found.differs, 6);
      rules(found.differs_by);
    }
    if (!found.short_of.empty()) {
      line("  - the policy permits it, and devices refuse it{}",
           found.differs.cubes == found.short_of.cubes ? " on some way" : ":");
      if (found.differs.cubes != found.short_of.cubes) {
        cubes(found.short_of, 6);
        example(found.short_of, 6);
        rules(found.short_of_by);
      }
    }
    if (!found.some.empty()) line("  ? not known whether on every way");
    unknown(found.unknown, "it gets through");
  }

  void unknown(const Part& part, std::string_view what) {
    if (part.empty()) return;
    line("  ? not known whether {}:", what);
    cubes(part, 6);
    example(part, 6);
  }

  void on_link(const std::vector<ir::DeviceId>& devices) {
    std::vector<std::string> names;
    for (const ir::DeviceId id : devices) names.push_back(question_.policy.devices[id].name);
    if (!names.empty())
      line("left out: what {} send{} to hosts beside {} passes no filter", fmt::join(names, ", "),
           names.size() == 1 ? "s" : "", names.size() == 1 ? "it" : "them");
  }
  void proof(std::span<const change::Blind> blind,
             std::string_view complete = "everything that bears on this was understood") {
    for (const std::string& each : blind_lines(question_.policy, question_.sources, blind)) line("{}", each);
    if (blind.empty()) {
      line("complete: {}", complete);
      return;
    }
    const bool only_rings = std::ranges::all_of(blind, [](const change::Blind& each) {
      return each.ring && each.gaps.empty() && each.unread.empty() && !each.not_given;
    });
    line("INCOMPLETE: {} not {} in full", counted(blind.size(), "device"),
         only_rings ? "worked out" : "understood");
  }

  // Of a radius: who is new, and by what.
  void step(const change::End& end, const change::RunningBlastEnd& found, bool sure) {
    line("{}step {} {}: {}", sure ? "" : "? ", found.step, end.name,
         share_text(question_.policy, end, found.addresses));
    const int indent = sure ? 4 : 6;
    if (!sure) line("  ? not known whether it comes here:");
    if (found.connections.empty())
      line("{:{}}{}: other addresses of who is reached", "", indent, names(found.addresses));
    cubes(found.connections, indent);
    example(found.connections, indent);
    causes(found.causes);
    beyond(found.beyond, found.beyond_by, !found.causes.empty());
    if (found.beyond.empty() && !found.in_policy)
      line("  ! not in policy{}",
           found.causes.empty() ? "" : ": it permits this step, and not every one before it");
  }
  [[nodiscard]] std::string names(const ir::Addresses& addresses) const { return names_.text(addresses); }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  const Question& question_;
  ir::AddressNames names_;
  std::string text_;
};

bool tells_nothing(const RunningFound& found) {
  return found.through.empty() && found.short_of.empty() && found.unknown.empty();
}

ir::Addresses all_sides(const RunningFound& found, bool from) {
  ir::Addresses all = side_of(found.through.cubes, from);
  if (!all.empty()) return all;
  return side_of(found.unknown.empty() ? found.short_of.cubes : found.unknown.cubes, from);
}

// Packets are followed as they were sent.
std::string_view proof_word(std::span<const change::Blind> blind) {
  const bool translated = std::ranges::any_of(blind, [](const change::Blind& each) {
    return std::ranges::any_of(each.gaps, &config::Gap::translates);
  });
  return translated ? ", unless addresses are translated" : ": proved";
}

std::string verdict_of(const change::RunningReach& reach) {
  const RunningFound& found = reach.found;
  if (!found.unknown.empty())
    return found.through.empty() ? "not known" : "let through in part, and not known";
  if (found.through.empty()) return fmt::format("denied, all of it{}", proof_word(reach.blind));
  if (!found.differs.empty()) return "let through, but not on every way";
  if (!found.some.empty()) return "let through on some way at least";
  if (!reach.denied.empty()) return "let through in part";
  return fmt::format("let through, all of it{}", proof_word(reach.blind));
}

// What a radius is made of, in numbers.
class BlastCount {
 public:
  explicit BlastCount(const RunningBlastAnswer& answer)
      : answer_(answer), sure_(answer.ends.size()), maybe_(answer.ends.size()), beyond_(answer.ends.size()) {
    for (const change::RunningBlastEnd& each : answer.blast.sure) {
      sure_[each.end] = true;
      beyond_[each.end] = beyond_[each.end] || !each.in_policy;
    }
    for (const change::RunningBlastEnd& each : answer.blast.maybe) maybe_[each.end] = true;
  }
  [[nodiscard]] std::size_t ends() const { return count(sure_); }
  [[nodiscard]] std::size_t ends_beyond() const { return count(beyond_); }
  [[nodiscard]] std::size_t zones() const {
    std::size_t zones = 0;
    for (std::size_t end = 0; end < sure_.size(); ++end)
      zones += sure_[end] && answer_.ends[end].zone.valid();
    return zones;
  }
  [[nodiscard]] std::vector<std::string> never_reached() const {
    std::vector<std::string> names;
    for (std::size_t end = 0; end < sure_.size(); ++end) {
      const bool held = change::is_subset(answer_.ends[end].addresses, answer_.blast.start);
      if (!sure_[end] && !maybe_[end] && !held) names.push_back(answer_.ends[end].name);
    }
    return names;
  }

 private:
  static std::size_t count(const std::vector<bool>& flags) {
    return static_cast<std::size_t>(std::ranges::count(flags, true));
  }
  const RunningBlastAnswer& answer_;
  std::vector<bool> sure_, maybe_, beyond_;  // by end
};

}  // namespace

std::string running_reach_text(const Question& question, const change::RunningReach& reach) {
  if (reach.vacuous)
    return fmt::format(
        "{}: speaks of no packet that opens a connection: its ends share no family, or no "
        "service fits\n",
        question.asked);
  Writer writer(question);
  writer.line("{}: {}", question.asked, verdict_of(reach));
  if (!reach.found.through.empty()) {
    writer.line("+ let through");
    writer.found(reach.found);
  } else {
    writer.beside_policy(reach.found);
  }
  if (!reach.denied.empty() && !tells_nothing(reach.found)) {
    writer.line("- denied{}", proof_word(reach.blind));
    writer.cubes(reach.denied);
    writer.example(reach.denied);
  }
  writer.on_link(reach.on_link);
  writer.proof(reach.blind);
  return writer.take();
}

std::string running_ends_text(const Question& question, const RunningEndsAnswer& answer) {
  Writer writer(question);
  writer.line("{}: {}", question.asked, address_count(answer.set));
  std::vector<std::string> none;
  std::size_t reaching = 0, beyond = 0;
  for (const change::RunningEnd& each : answer.found.found) {
    const change::End& end = answer.ends[each.end];
    if (tells_nothing(each.found)) {
      none.push_back(end.name);
      continue;
    }
    reaching += !each.found.through.empty();
    beyond += !each.found.beyond.empty();
    writer.line("{} {}: {}", answer.towards ? "from" : "to", end.name,
                share_text(question.policy, end, all_sides(each.found, answer.towards)));
    if (each.found.through.empty()) {
      writer.beside_policy(each.found);
    } else {
      writer.found(each.found);
    }
  }
  if (!none.empty())
    writer.line("none {} {}{}", answer.towards ? "from" : "to", fmt::join(none, ", "),
                proof_word(answer.found.blind));
  writer.line("{}, {} not in policy", counted(reaching, answer.towards ? "source" : "destination"), beyond);
  writer.on_link(answer.found.on_link);
  writer.proof(answer.found.blind);
  return writer.take();
}

std::string running_lines_text(const Question& question, const change::RunningLines& lines) {
  Writer writer(question);
  writer.line("{}: {} of devices permit{} some of it", question.asked, counted(lines.lines.size(), "line"),
              lines.lines.size() == 1 ? "s" : "");
  for (const change::RunningLine& each : lines.lines) {
    const change::RunningRule rule{.device = each.device, .line = each.line, .permits = true};
    writer.line("{}{}", rule_lines(question.policy, question.sources, {&rule, 1}).front(),
                each.through ? "" : "   (none of it gets through: another filter refuses it)");
    writer.cubes(each.part);
  }
  writer.unknown(lines.unknown, "it gets through");
  writer.proof(lines.blind);
  return writer.take();
}

std::string running_roundtrip_text(const Question& question, const change::RunningRoundtrip& answer) {
  Writer writer(question);
  const bool lost = !answer.lost.empty() || !answer.differs.empty();
  const bool unknown = !answer.unknown.empty() || !answer.there.unknown.empty();
  const std::string_view verdict = lost                           ? "not always answered"
                                   : unknown                      ? "not known"
                                   : answer.there.through.empty() ? "nothing gets through"
                                   : answer.answered.empty()      ? "nothing to answer"
                                                                  : "answered on every way";
  const bool certain = !lost && !unknown && (answer.there.through.empty() || !answer.answered.empty());
  writer.line("{}: {}{}", question.asked, verdict, certain ? proof_word(answer.blind) : "");
  const auto part = [&](std::string_view head, const Part& of) {
    if (of.empty()) return;
    writer.line("{}", head);
    writer.cubes(of);
    writer.example(of);
  };
  part("+ gets through", answer.there.through);
  part("- answers that are lost on every way", answer.lost);
  part("~ answers that are lost on some ways", answer.differs);
  writer.rules(answer.lost_by, 4);
  writer.unknown(answer.there.unknown, "it gets through");
  writer.unknown(answer.unknown, "these answers come back on every way");
  std::vector<change::Blind> blind = answer.blind;
  blind.insert(blind.end(), answer.blind_back.begin(), answer.blind_back.end());
  writer.proof(blind);
  return writer.take();
}

std::string running_blast_text(const Question& question, const RunningBlastAnswer& answer) {
  Writer writer(question);
  const change::RunningBlast& blast = answer.blast;
  BlastCount count(answer);
  writer.line("{}: {}{}", question.asked,
              reached_text(question.policy, count.zones(), blast.reached, answer.limit),
              blast.maybe.empty() ? "" : ", and perhaps more");
  for (const change::RunningBlastEnd& each : blast.sure) writer.step(answer.ends[each.end], each, true);
  for (const change::RunningBlastEnd& each : blast.maybe) writer.step(answer.ends[each.end], each, false);
  if (const auto none = count.never_reached(); !none.empty())
    writer.line("nothing reached of {} {}{}", fmt::join(none, ", "), within_text(answer.limit),
                proof_word(blast.blind));
  if (!blast.kept_out.empty())
    writer.line("- the policy lets the intruder come to {}, and devices do not",
                writer.names(blast.kept_out));
  writer.line("{} reached, {} beyond the policy's own radius", counted(count.ends(), "end"),
              count.ends_beyond());
  writer.on_link(blast.on_link);
  if (blast.unknown_leads_nowhere) {
    writer.proof(blast.blind, "what is not understood leads nowhere else");
  } else {
    writer.proof(blast.blind);
  }
  return writer.take();
}

std::string dead_rules_text(const Question& question, const change::DeadRules& dead) {
  Writer writer(question);
  writer.line("{} of {} can never match", dead.found.size(), counted(dead.lines, "line"));
  for (const change::DeadRule& each : dead.found) {
    const change::RunningRule rule{.device = each.device, .line = each.line, .permits = each.permits};
    writer.line("{}{}", rule_lines(question.policy, question.sources, {&rule, 1}).front(),
                each.otherwise ? (each.permits ? "   ! what it permits is refused before"
                                               : "   ! what it refuses is permitted before")
                               : "");
    for (const std::string& by : rule_lines(question.policy, question.sources, each.covered_by))
      writer.line("    covered by {}", by);
  }
  writer.proof(dead.blind);
  return writer.take();
}

}  // namespace cordon::report
