// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/read_rules.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "backends/cisco_ios/read_names.h"
#include "backends/cisco_ios/read_service.h"

namespace cordon::backends::cisco_ios {
namespace {

using config::Action;
using config::Rule;
using packet::Family;
using packet::Fragment;
using packet::ServiceSet;
using packet::ServiceTerm;

constexpr auto whole_only = static_cast<std::uint8_t>(Fragment::first_or_whole);
constexpr auto later_only = static_cast<std::uint8_t>(Fragment::later);

ServiceTerm neighbour_discovery(std::uint8_t type) {
  ServiceTerm term;
  term.protocol = packet::protocol::icmpv6;
  term.icmp_type = type;
  return term;
}

// One line: what it has said so far.
struct Line {
  Family family = Family::ipv4;
  std::optional<std::uint8_t> protocol;  // nothing: every protocol, or a group's
  const ServiceGroup* group = nullptr;
  std::optional<Ports> sources, destinations;
  std::optional<IcmpTerm> icmp;
  std::optional<packet::TcpFlagSet> flags;
  bool later_fragments = false;

  [[nodiscard]] bool looks_above_ip() const { return sources || destinations || icmp || flags; }
};

void take_protocol(Cursor& cursor, Groups& groups, Line& line) {
  if (cursor.accept(line.family == Family::ipv4 ? "ip" : "ipv6")) return;
  if (line.family == Family::ipv4 && cursor.accept("object-group")) {
    line.group = groups.services(std::string(cursor.peek()));
    if (line.group == nullptr) return cursor.refuse("an object group is not defined");
    if (line.group->problem) return cursor.refuse(line.group->problem->reason);
    cursor.take();
    return;
  }
  line.protocol = protocol_number(cursor.peek(), line.family);
  const auto foreign = line.family == Family::ipv4 ? packet::protocol::icmpv6 : packet::protocol::icmp;
  if (!line.protocol || *line.protocol == foreign) return cursor.refuse("a protocol is not understood");
  cursor.take();
}

std::optional<Ports> take_line_ports(Cursor& cursor, const Line& line) {
  if (!line.protocol || !packet::has_ports(*line.protocol)) return std::nullopt;
  return take_ports(cursor, *line.protocol);
}

// `log` or `log-input`; a word after it that ends the line is the cookie which its messages carry.
bool take_log(Cursor& cursor) {
  if (!cursor.accept("log") && !cursor.accept("log-input")) return false;
  const std::string_view cookie = cursor.peek();
  const bool plain = std::ranges::all_of(cookie, [](unsigned char c) { return std::isalnum(c) != 0; });
  if (!cookie.empty() && cursor.peek(1).empty() && plain && cookie != "fragments" && cookie != "established")
    cursor.take();
  return true;
}

// True when a word was taken.
bool take_option(Cursor& cursor, Line& line, Rule& rule) {
  if (take_log(cursor)) return rule.log = true;
  if (cursor.accept("fragments")) return line.later_fragments = true;
  if (line.protocol == packet::protocol::tcp && !line.flags) {
    line.flags = take_tcp_flags(cursor);
    return line.flags.has_value();
  }
  return false;
}

void take_options(Cursor& cursor, Line& line, Rule& rule) {
  if (line.protocol && packet::is_icmp(*line.protocol)) line.icmp = take_icmp(cursor, line.family);
  while (!cursor.failed() && !cursor.done() && take_option(cursor, line, rule)) {
  }
  if (!cursor.done()) cursor.refuse("this word of a list is not understood");
  if (line.later_fragments && (line.looks_above_ip() || line.group != nullptr))
    cursor.refuse("later fragments have no ports, types or flags", 1);
}

// Later fragments pass by a deny that looks above IP, even where its ports leave none out.
void set_fragments(Cursor& cursor, const Line& line, Rule& rule) {
  if (line.later_fragments) rule.fragments = later_only;
  if (rule.action == Action::permit) return;
  if (line.looks_above_ip()) rule.fragments = whole_only;
  if (line.group != nullptr && line.group->has_vacuous_ports)
    cursor.refuse("a deny of a group with ports that leave none out", 1);
}

ServiceSet terms_of_line(Cursor& cursor, const Line& line) {
  if (!line.protocol) return {ServiceTerm{}};
  ServiceSet terms = terms_of(*line.protocol, line.sources, line.destinations);
  if (terms.empty()) cursor.refuse("too many combinations of ports", 1);
  for (ServiceTerm& term : terms) {
    if (line.flags) term.flags = *line.flags;
    if (!line.icmp) continue;
    term.icmp_type = line.icmp->type;
    term.icmp_code = line.icmp->code;
  }
  return terms;
}

void take_standard(Cursor& cursor, Groups& groups, Rule& rule) {
  rule.source = groups.take_standard_source(cursor);
  rule.destination = groups.all(Family::ipv4);
  rule.log = take_log(cursor);
  if (!cursor.done()) cursor.refuse("this word of a list is not understood");
  if (!cursor.failed()) rule.services = groups.intern({ServiceTerm{}});
}

void take_extended(Cursor& cursor, Groups& groups, Rule& rule) {
  Line line;
  line.family = rule.family;
  take_protocol(cursor, groups, line);
  if (cursor.failed()) return;
  rule.source = groups.take_addresses(cursor, line.family);
  if (cursor.failed()) return;
  line.sources = take_line_ports(cursor, line);
  if (cursor.failed()) return;
  rule.destination = groups.take_addresses(cursor, line.family);
  if (cursor.failed()) return;
  line.destinations = take_line_ports(cursor, line);
  if (cursor.failed()) return;
  take_options(cursor, line, rule);
  set_fragments(cursor, line, rule);
  const ServiceSet terms =
      cursor.failed() || line.group != nullptr ? ServiceSet{} : terms_of_line(cursor, line);
  if (cursor.failed()) return;
  rule.services = groups.intern(line.group != nullptr ? line.group->terms : terms);
  if (!rule.services.valid()) cursor.refuse("the sets of the configuration are too large together", 1);
}

// SYN without ACK and RST: a service's list judges connections as they begin, and no other packets.
packet::TcpFlagSet beginnings() {
  constexpr unsigned syn = 2;
  packet::TcpFlagSet set = 0;
  for (unsigned value = 0; value < 64; ++value) {
    if ((value & syn) != 0) set |= packet::TcpFlagSet{1} << value;
  }
  return set & ~packet::established_flags();
}

// What of the terms is the beginning of a connection to one of the ports.
ServiceSet connections_of(const ServiceSet& terms, std::span<const std::uint16_t> ports) {
  ServiceSet found;
  for (ServiceTerm term : terms) {
    if (term.protocol.value_or(packet::protocol::tcp) != packet::protocol::tcp) continue;
    term.protocol = packet::protocol::tcp;
    term.flags &= beginnings();
    if (term.flags == 0) continue;
    const packet::PortRange all = term.destination;
    for (const std::uint16_t port : ports) {
      term.destination = {port, port};
      if (all.first <= port && port <= all.last) found.push_back(term);
    }
  }
  return packet::normalize(std::move(found));
}

}  // namespace

config::FilterId RuleReader::read(const std::string& name, const AccessList& list) {
  const config::FilterId filter = reading_.device.filters.push_back({unique_name(name), {}});
  reading_.device.filters[filter].rules.reserve(list.entries.size() + 4);
  for (const Entry& entry : list.entries) add_entry(entry, list, filter);
  for (const Problem& problem : list.problems) add_gap(problem, filter);
  add_implicit(reading_.device.filters[filter], list.family);
  return filter;
}

// unverified: that destinations of an extended list are compared.
config::FilterId RuleReader::read_service_list(const std::string& name, const AccessList* list, Family family,
                                               std::span<const std::uint16_t> ports) {
  AccessList nobody;
  nobody.family = family;
  const config::FilterId filter = read(name, list != nullptr ? *list : nobody);
  restrict_to_connections(reading_.device.filters[filter], family, ports);
  return filter;
}

// Broadcasts and multicasts: no connection begins there (RFC 1122, 4.2.3.10), so lists of services have no
// say.
packet::AddressSet RuleReader::never_accepting(Family family) const {
  if (family == Family::ipv6) return packet::AddressSet(packet::parse_prefix("ff00::/8").value());
  const packet::Prefix multicast = packet::parse_prefix("224.0.0.0/4").value();
  const packet::Bits broadcast = packet::max_bits(family);
  std::vector<packet::AddressRange> ranges{{multicast.first(), multicast.last()}, {broadcast, broadcast}};
  for (const config::Interface& interface : reading_.device.interfaces) {
    constexpr std::uint8_t longest_with_broadcast = 30;  // RFC 3021
    if (!interface.ipv4 || interface.ipv4->length > longest_with_broadcast) continue;
    ranges.push_back({interface.ipv4->last(), interface.ipv4->last()});
  }
  return {family, std::move(ranges)};
}

void RuleReader::restrict_to_connections(config::Filter& filter, Family family,
                                         std::span<const std::uint16_t> ports) {
  std::vector<Rule> rules{rule(family, Action::permit, {ServiceTerm{}})};
  rules[0].destination = reading_.device.addresses.push_back({never_accepting(family), {}});
  for (Rule each : filter.rules) {
    if (each.family == family) {
      const ServiceSet connections = connections_of(reading_.device.services[each.services].terms, ports);
      if (connections.empty()) continue;
      each.services = groups_.intern(connections);
      if (!each.services.valid()) continue;  // the limit on sets, of which a gap tells already
    }
    rules.push_back(each);
  }
  rules.push_back(rule(family, Action::permit, {ServiceTerm{}}));
  filter.rules = std::move(rules);
}

config::FilterId RuleReader::read_open(std::string_view name) {
  config::Filter filter{unique_name(name), {}};
  for (const Family family : packet::families)
    filter.rules.push_back(rule(family, Action::permit, {ServiceTerm{}}));
  return reading_.device.filters.push_back(std::move(filter));
}

// Lists of both families may have one name; letters of names may differ in case only.
std::string RuleReader::unique_name(std::string_view name) {
  std::string plain = printable_text(name);
  std::ranges::transform(plain, plain.begin(), [](char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c | 0x20);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ? c : '-';
  });
  std::string unique = plain;
  while (!names_.try_emplace(unique, 1).second) unique = fmt::format("{}.{}", plain, ++names_[plain]);
  return unique;
}

void RuleReader::add_gap(Problem problem, config::FilterId filter) {
  reading_.gaps.push_back({problem.range, std::move(problem.reason), filter});
}

void RuleReader::add_entry(const Entry& entry, const AccessList& list, config::FilterId filter) {
  Cursor cursor(words_of(sources_, entry.range));
  Rule rule;
  rule.action = cursor.take() == "permit" ? Action::permit : Action::deny;
  rule.family = list.family;
  rule.role = config::Role::flow;
  list.standard ? take_standard(cursor, groups_, rule) : take_extended(cursor, groups_, rule);
  if (cursor.failed()) return add_gap(*cursor.problem(), filter);
  config::Origin origin;
  if (entry.remark.valid()) {
    const std::string_view remark = sources_.text(entry.remark);
    const std::size_t begin = remark.find_first_not_of(" \t", std::string_view("remark").size());
    if (begin != std::string_view::npos) origin.label = printable_text(remark.substr(begin));
  }
  origin.range = entry.range;
  rule.origin = reading_.device.origins.push_back(std::move(origin));
  reading_.device.filters[filter].rules.push_back(rule);
}

Rule RuleReader::rule(Family family, Action action, const ServiceSet& services) {
  Rule rule;
  rule.action = action;
  rule.family = family;
  rule.role = action == Action::deny ? config::Role::default_deny : config::Role::flow;
  rule.source = rule.destination = groups_.all(family);
  rule.services = groups_.intern(services);
  rule.origin = reading_.device.origins.push_back({"added by the platform", {}, {}});
  return rule;
}

// unverified: that later fragments of ICMPv6 pass by the implicit permits as by written ones.
void RuleReader::add_implicit(config::Filter& filter, Family family) {
  if (family == Family::ipv6) {
    constexpr std::uint8_t solicitation = 135;
    constexpr std::uint8_t advertisement = 136;
    filter.rules.push_back(rule(family, Action::permit,
                                {neighbour_discovery(solicitation), neighbour_discovery(advertisement)}));
  }
  filter.rules.push_back(rule(family, Action::deny, {ServiceTerm{}}));
  const Family other = family == Family::ipv4 ? Family::ipv6 : Family::ipv4;
  filter.rules.push_back(rule(other, Action::permit, {ServiceTerm{}}));
}

}  // namespace cordon::backends::cisco_ios
