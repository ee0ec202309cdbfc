// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_asa/read_entry.h"

#include <algorithm>

namespace cordon::backends::cisco_asa::reading {
namespace {

using packet::ServiceSet;
using packet::ServiceTerm;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// The services of a line: those of an object, or protocols with what stands behind the addresses.
struct Line {
  const Services* object = nullptr;
  Protocols protocols;                                      // empty: every one
  std::vector<std::optional<Ports>> sources, destinations;  // by protocol
};

void take_protocol(Cursor& cursor, Groups& groups, Line& line) {
  const std::string_view word = cursor.peek();
  const bool group = word == "object-group";
  const bool of_services =
      word == "object" || (group && groups.kind_of(cursor.peek(1)) == GroupKind::services);
  if (!of_services) {
    if (const auto protocols = groups.take_protocols(cursor)) line.protocols = *protocols;
    return;
  }
  cursor.take();
  line.object = groups.services(word, std::string(cursor.peek()));
  if (line.object == nullptr) return cursor.refuse("no such object is defined");
  if (line.object->problem) return cursor.refuse(line.object->problem->reason);
  cursor.take();
}

// Ports that every protocol of the line understands in its own way.
std::vector<std::optional<Ports>> take_line_ports(Cursor& cursor, Groups& groups, const Line& line) {
  std::vector<std::optional<Ports>> ports;
  if (line.object != nullptr) return ports;
  const Cursor start = cursor;
  for (const std::uint8_t protocol : line.protocols) {
    cursor = start;
    ports.push_back(packet::has_ports(protocol) ? groups.take_ports(cursor, protocol) : std::nullopt);
    if (cursor.failed()) break;
  }
  const bool some = std::ranges::any_of(ports, [](const auto& one) { return one.has_value(); });
  const bool all = std::ranges::all_of(ports, [](const auto& one) { return one.has_value(); });
  if (some && !all) cursor.refuse("ports stand behind a protocol that has none");
  return ports;
}

// `user …`, `security-group …` and the like narrow a line in a way that no address tells.
bool refuse_identity(Cursor& cursor) {
  if (!is_one_of(cursor.peek(), {"user", "user-group", "object-group-user", "security-group",
                                 "object-group-security", "interface", "object-group-network-service"}))
    return false;
  cursor.refuse("who is meant here is not held");
  return true;
}

const Addresses* take_side(Cursor& cursor, Groups& groups) {
  if (cursor.failed() || refuse_identity(cursor)) return nullptr;
  return groups.take_addresses(cursor);
}

// `log [LEVEL] [interval SECONDS]`, `log default`, `log disable`.
bool take_log(Cursor& cursor) {
  if (cursor.accept("disable")) return false;
  const bool level = is_one_of(cursor.peek(), {"default", "emergencies", "alerts", "critical", "errors",
                                               "warnings", "notifications", "informational", "debugging"}) ||
                     number<std::uint8_t>(cursor.peek()).has_value();
  if (level) cursor.take();
  if (cursor.accept("interval")) cursor.take();
  return true;
}

void take_options(Cursor& cursor, Entry& entry) {
  while (!cursor.failed() && !cursor.done()) {
    if (cursor.accept("log")) {
      entry.log = take_log(cursor);
    } else if (cursor.peek() == "time-range") {
      cursor.refuse("whether the line counts depends on the time");
    } else {
      cursor.refuse("this word of a list is not understood");
    }
  }
}

ServiceSet services_of(Cursor& cursor, Groups& groups, const Line& line) {
  if (line.object != nullptr) return line.object->terms;
  if (line.protocols.empty()) return {ServiceTerm{}};
  if (line.protocols.size() == 1 && packet::is_icmp(line.protocols.front()))
    return groups.take_icmp(cursor, line.protocols.front());
  ServiceSet terms;
  for (std::size_t i = 0; i < line.protocols.size(); ++i) {
    const ServiceSet more = terms_of(line.protocols[i], line.sources[i], line.destinations[i]);
    if (more.empty()) cursor.refuse("too many combinations of ports");
    terms.insert(terms.end(), more.begin(), more.end());
  }
  std::ranges::sort(terms);
  return terms;
}

}  // namespace

Entry take_entry(Cursor& cursor, Groups& groups) {
  Entry entry;
  entry.inactive = cursor.line().words.back() == "inactive";
  if (entry.inactive) return entry;
  entry.action = cursor.take() == "permit" ? config::Action::permit : config::Action::deny;
  Line line;
  take_protocol(cursor, groups, line);
  entry.source = take_side(cursor, groups);
  if (cursor.failed()) return entry;
  line.sources = take_line_ports(cursor, groups, line);
  entry.destination = take_side(cursor, groups);
  if (cursor.failed()) return entry;
  line.destinations = take_line_ports(cursor, groups, line);
  if (cursor.failed()) return entry;
  entry.services = services_of(cursor, groups, line);
  take_options(cursor, entry);
  return entry;
}

}  // namespace cordon::backends::cisco_asa::reading
