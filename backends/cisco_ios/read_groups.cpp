// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/read_groups.h"

#include <algorithm>

#include <fmt/format.h>

#include "backends/cisco_ios/read_limits.h"
#include "backends/cisco_ios/read_names.h"
#include "backends/cisco_ios/read_service.h"

namespace cordon::backends::cisco_ios {
namespace {

using packet::AddressRange;
using packet::AddressSet;
using packet::Family;

// What a group is before its members are known: whoever meets it then is one of its own members.
Problem contains_itself(source::Range range) { return {range, "an object group contains itself"}; }

// `eq` may be missing in a group.
std::optional<Ports> take_group_ports(Cursor& cursor, std::uint8_t protocol) {
  const auto port = port_number(cursor.peek(), protocol);
  if (!port) return take_ports(cursor, protocol);
  cursor.take();
  return Ports{{*port, *port}};
}

bool is_vacuous(const Ports& ports) { return ports.size() == 1 && ports[0].is_all(); }

// `tcp [source OP PORTS] [OP PORTS]`.
void add_port_member(Cursor& cursor, ServiceGroup& group, bool both) {
  const auto protocol = both ? packet::protocol::tcp : *protocol_number(cursor.peek(), Family::ipv4);
  cursor.take();
  // `tcp-udp` takes names that both know; one that only TCP knows is not told apart from here.
  std::optional<Ports> sources;
  if (cursor.accept("source")) {
    sources = take_group_ports(cursor, protocol);
    if (!sources) return cursor.refuse("the source ports are not understood");
  }
  const auto destinations = take_group_ports(cursor, protocol);
  if (cursor.failed()) return;
  for (const auto one : {protocol, packet::protocol::udp}) {
    if (one != protocol && !both) continue;
    const packet::ServiceSet terms = terms_of(one, sources, destinations);
    if (terms.empty()) return cursor.refuse("too many combinations of ports");
    group.terms.insert(group.terms.end(), terms.begin(), terms.end());
  }
  const bool all_sources = !sources || is_vacuous(*sources);
  const bool all_destinations = !destinations || is_vacuous(*destinations);
  group.has_vacuous_ports |= (sources || destinations) && all_sources && all_destinations;
}

}  // namespace

bool Groups::spend(std::size_t count) {
  spent_ += count;
  return spent_ <= largest_expansion;
}

AddressGroup* Groups::addresses(const std::string& name, int depth) {
  const auto found = text_.networks.find(name);
  if (found == text_.networks.end()) return nullptr;
  const auto [place, added] = address_groups_.try_emplace(name);
  AddressGroup& group = place->second;
  if (!added) return &group;
  group.problem = contains_itself(found->second.range);
  std::optional<Problem> problem;
  std::vector<AddressRange> ranges;
  for (const source::Range member : found->second.members) {
    Cursor cursor(words_of(sources_, member));
    add_member(cursor, ranges, depth);
    if (!cursor.failed() && !cursor.done()) cursor.refuse("this word of an object group is not understood");
    if (!problem) problem = cursor.problem();
  }
  if (!problem && ranges.empty()) problem = Problem{found->second.range, "an object group is empty"};
  if (!problem && !spend(ranges.size()))
    problem = Problem{found->second.range, "the sets of the configuration are too large together"};
  group.problem = problem;
  if (!problem) group.addresses = AddressSet(Family::ipv4, std::move(ranges));
  return &group;
}

void Groups::add_member(Cursor& cursor, std::vector<AddressRange>& ranges, int depth) {
  if (cursor.accept("group-object")) {
    if (depth >= largest_group_depth) return cursor.refuse("object groups are nested too deep");
    const AddressGroup* inner = addresses(std::string(cursor.peek()), depth + 1);
    if (inner == nullptr) return cursor.refuse("an object group is not defined");
    if (inner->problem) return cursor.refuse(inner->problem->reason);
    if (!spend(inner->addresses.ranges().size())) return cursor.refuse("object groups are too large");
    cursor.take();
    const auto& more = inner->addresses.ranges();
    ranges.insert(ranges.end(), more.begin(), more.end());
    return;
  }
  if (cursor.accept("any")) return ranges.push_back({0, packet::max_bits(Family::ipv4)});
  const bool range = cursor.accept("range");
  const bool host = !range && cursor.accept("host");
  if (const auto prefix = packet::parse_prefix(cursor.peek());
      prefix && !range && !host && prefix->family() == Family::ipv4) {
    cursor.take();
    return ranges.push_back({prefix->first(), prefix->last()});
  }
  const auto first = address_of(cursor.peek(), Family::ipv4);
  if (!first) return cursor.refuse("this member of an object group is not understood");
  cursor.take();
  if (host) return ranges.push_back({first->bits, first->bits});
  if (range) {
    const auto last = address_of(cursor.peek(), Family::ipv4);
    if (!last || last->bits < first->bits) return cursor.refuse("a range of addresses is not understood");
    cursor.take();
    return ranges.push_back({first->bits, last->bits});
  }
  const auto length = netmask_length(cursor.peek());
  if (!length) return cursor.refuse("a netmask is not understood");
  cursor.take();
  const packet::Prefix prefix{*first, *length};
  ranges.push_back({prefix.first(), prefix.last()});
}

ServiceGroup* Groups::services(const std::string& name, int depth) {
  const auto found = text_.services.find(name);
  if (found == text_.services.end()) return nullptr;
  const auto [place, added] = service_groups_.try_emplace(name);
  ServiceGroup& group = place->second;
  if (!added) return &group;
  group.problem = contains_itself(found->second.range);
  ServiceGroup made;
  for (const source::Range member : found->second.members) {
    Cursor cursor(words_of(sources_, member));
    add_member(cursor, made, depth);
    if (!cursor.failed() && !cursor.done()) cursor.refuse("this word of an object group is not understood");
    if (!made.problem) made.problem = cursor.problem();
  }
  if (!made.problem && made.terms.empty())
    made.problem = Problem{found->second.range, "an object group is empty"};
  if (!made.problem && !spend(made.terms.size()))
    made.problem = Problem{found->second.range, "the sets of the configuration are too large together"};
  std::ranges::sort(made.terms);
  made.terms.erase(std::unique(made.terms.begin(), made.terms.end()), made.terms.end());
  group = std::move(made);
  return &group;
}

void Groups::add_member(Cursor& cursor, ServiceGroup& group, int depth) {
  if (cursor.accept("group-object")) {
    if (depth >= largest_group_depth) return cursor.refuse("object groups are nested too deep");
    const ServiceGroup* inner = services(std::string(cursor.peek()), depth + 1);
    if (inner == nullptr) return cursor.refuse("an object group is not defined");
    if (inner->problem) return cursor.refuse(inner->problem->reason);
    if (!spend(inner->terms.size())) return cursor.refuse("object groups are too large");
    cursor.take();
    group.terms.insert(group.terms.end(), inner->terms.begin(), inner->terms.end());
    group.has_vacuous_ports |= inner->has_vacuous_ports;
    return;
  }
  if (cursor.accept("ip")) {
    group.terms.emplace_back();
    return;
  }
  const bool both = cursor.peek() == "tcp-udp";
  const auto protocol = both ? packet::protocol::tcp : protocol_number(cursor.peek(), Family::ipv4);
  if (!protocol || *protocol == packet::protocol::icmpv6)
    return cursor.refuse("this member of an object group is not understood");
  if (packet::has_ports(*protocol)) return add_port_member(cursor, group, both);
  cursor.take();
  packet::ServiceTerm& term = group.terms.emplace_back();
  term.protocol = protocol;
  if (*protocol != packet::protocol::icmp) return;
  if (const auto icmp = take_icmp(cursor, Family::ipv4)) {
    term.icmp_type = icmp->type;
    term.icmp_code = icmp->code;
  }
}

config::ServiceSetId Groups::intern(const packet::ServiceSet& terms) {
  const auto [place, added] = service_sets_.try_emplace(terms);
  if (!added) return place->second;
  if (!spend(terms.size())) {
    service_sets_.erase(place);
    return {};
  }
  place->second = device_.services.push_back({terms, {}});
  return place->second;
}

}  // namespace cordon::backends::cisco_ios
