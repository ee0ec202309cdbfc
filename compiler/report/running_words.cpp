// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diagnostics/printable.h"
#include "compiler/report/cubes.h"
#include "compiler/report/running_query.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

constexpr std::size_t most_rules = 6, most_gaps = 10;

// Everything but what opens no connection: errors, and what neighbours and devices tell each other.
bool is_any_connection(const packet::Cube& cube) {
  if (cube.services.size() < 4) return false;
  static const packet::ServiceSet no_connection = [] {
    packet::ServiceSet terms;
    for (const char* text : {"icmp/3", "icmp/11", "icmp/12", "icmpv6/1", "icmpv6/2", "icmpv6/3", "icmpv6/4",
                             "ip/89", "ip/112", "udp/67-68", "udp/546-547", "udp/1985", "udp/2029"})
      terms.push_back(packet::parse_service(text).term.value());
    for (int type = 130; type <= 143; ++type)
      terms.push_back(packet::parse_service(fmt::format("icmpv6/{}", type)).term.value());
    return terms;
  }();
  packet::Cube all = cube, every = cube;
  all.services.insert(all.services.end(), no_connection.begin(), no_connection.end());
  all.services = packet::in_family(packet::normalize(std::move(all.services)), cube.family());
  every.services = {packet::ServiceTerm{}};
  const packet::MatchRule first = all.permit(), second = every.permit();
  const auto compared = packet::compare({&first, 1}, {&second, 1});
  return compared && compared->equal();
}

}  // namespace

std::vector<packet::Cube> as_openings(std::span<const packet::Cube> cubes) {
  std::vector<packet::Cube> openings(cubes.begin(), cubes.end());
  const packet::TcpFlagSet fresh = packet::any_tcp_flags & ~packet::established_flags();
  for (packet::Cube& cube : openings) {
    for (packet::ServiceTerm& term : cube.services) {
      if (term.flags == fresh) term.flags = packet::any_tcp_flags;
    }
    cube.services = packet::normalize(std::move(cube.services));
    if (is_any_connection(cube)) cube.services = {packet::ServiceTerm{}};
  }
  return openings;
}

std::vector<std::string> rule_lines(const ir::Policy& policy, const source::Sources& sources,
                                    std::span<const change::RunningRule> rules) {
  std::vector<std::string> lines;
  std::size_t more = 0;
  for (const change::RunningRule& rule : rules) {
    std::string line =
        rule.line.valid()
            ? diagnostics::printable(line_text(sources, rule.line))
            : fmt::format("{}, by no line of its text: it {} what none {}", policy.devices[rule.device].name,
                          rule.permits ? "permits" : "refuses", rule.permits ? "refuses" : "permits");
    if (std::ranges::find(lines, line) != lines.end()) continue;
    if (lines.size() < most_rules) {
      lines.push_back(std::move(line));
    } else {
      ++more;
    }
  }
  if (more > 0) lines.push_back(fmt::format("and {}", counted(more, "more line")));
  return lines;
}

std::vector<std::string> blind_lines(const ir::Policy& policy, const source::Sources& sources,
                                     std::span<const change::Blind> blind) {
  std::vector<std::string> lines;
  for (const change::Blind& each : blind) {
    const std::string& name = policy.devices[each.device].name;
    if (each.not_given) lines.push_back(fmt::format("? {}: its configuration is not given", name));
    if (!each.unread.empty())
      lines.push_back(
          fmt::format("? {}: its configuration has no interface {}", name, fmt::join(each.unread, ", ")));
    if (each.ring)
      lines.push_back(fmt::format(
          "? {}: it filters between pairs of interfaces in a ring of devices, where not every way "
          "is worked out",
          name));
    for (std::size_t at = 0; at < std::min(each.gaps.size(), most_gaps); ++at) {
      lines.push_back(fmt::format("? {}: {}", name, diagnostics::printable(each.gaps[at].reason)));
      if (each.gaps[at].range.valid())
        lines.push_back("    " + diagnostics::printable(line_text(sources, each.gaps[at].range)));
    }
    if (each.gaps.size() > most_gaps)
      lines.push_back(fmt::format("? {}: and {}", name, counted(each.gaps.size() - most_gaps, "more line")));
  }
  return lines;
}

}  // namespace cordon::report
