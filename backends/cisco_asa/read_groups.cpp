// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Protocols, ports, ICMP types and services, and the objects and groups of them.
#include "backends/cisco_asa/read_groups.h"

#include <algorithm>

#include "backends/cisco_asa/read_limits.h"
#include "backends/cisco_asa/read_names.h"

namespace cordon::backends::cisco_asa::reading {
namespace {

using packet::PortRange;
using packet::ServiceSet;
using packet::ServiceTerm;

constexpr std::uint16_t last_port = 65535;

std::optional<std::uint16_t> take_port(Cursor& cursor, std::uint8_t protocol) {
  const auto port = port_number(cursor.peek(), protocol);
  if (!port) {
    cursor.refuse("a port is not understood");
    return std::nullopt;
  }
  cursor.take();
  return port;
}

Ports take_range(Cursor& cursor, std::uint8_t protocol) {
  const auto first = take_port(cursor, protocol);
  const auto last = first ? take_port(cursor, protocol) : std::nullopt;
  if (!last) return {};
  if (*last < *first) {
    cursor.refuse("the range of ports is upside down", 1);
    return {};
  }
  return {{*first, *last}};
}

// Behind the operator; all but `range` take one port.
Ports take_operand(Cursor& cursor, std::string_view which, std::uint8_t protocol) {
  if (which == "range") return take_range(cursor, protocol);
  const auto port = take_port(cursor, protocol);
  if (!port) return {};
  const Ports one{{*port, *port}};
  if (which == "eq") return one;
  if (which == "neq") return all_but(one);
  if (*port == (which == "gt" ? last_port : 0)) {
    cursor.refuse("no port is beyond this one", 1);
    return {};
  }
  if (which == "gt") return {{static_cast<std::uint16_t>(*port + 1), last_port}};
  return {{0, static_cast<std::uint16_t>(*port - 1)}};
}

bool is_operator(std::string_view word) {
  return word == "eq" || word == "neq" || word == "lt" || word == "gt" || word == "range";
}

std::optional<Ports> take_operator(Cursor& cursor, std::uint8_t protocol) {
  if (!is_operator(cursor.peek())) return std::nullopt;
  Ports ports = take_operand(cursor, cursor.take(), protocol);
  if (cursor.failed()) return std::nullopt;
  return ports;
}

Ports straight(Ports ports) {
  std::ranges::sort(ports);
  Ports joined;
  for (const PortRange& next : ports) {
    const bool adjoins = !joined.empty() && next.first <= joined.back().last + 1U;
    if (adjoins) {
      joined.back().last = std::max(joined.back().last, next.last);
    } else {
      joined.push_back(next);
    }
  }
  return joined;
}

bool suits(std::string_view group_protocol, std::uint8_t protocol) {
  if (group_protocol == "tcp-udp")
    return protocol == packet::protocol::tcp || protocol == packet::protocol::udp;
  return protocol_number(group_protocol) == protocol;
}

}  // namespace

std::optional<GroupKind> Groups::kind_of(std::string_view name) const {
  const auto found = text_.groups.find(std::string(name));
  return found == text_.groups.end() ? std::nullopt : std::optional(found->second.kind);
}

// The group that a line or another group names, and what stands against it.
const ObjectGroup* Groups::find_group(Cursor& cursor, const std::string& name, GroupKind kind,
                                      int depth) const {
  const auto found = text_.groups.find(name);
  if (found == text_.groups.end()) {
    cursor.refuse("no such object is defined");
  } else if (found->second.kind != kind) {
    cursor.refuse("an object group of this kind has no place here");
  } else if (depth >= largest_group_depth) {
    cursor.refuse("object groups are nested too deep");
  } else if (found->second.members.empty()) {
    cursor.refuse("an object group is empty");
  } else {
    return &found->second;
  }
  return nullptr;
}

// `port-object eq P`, `port-object range P P`, `group-object X`.
void Groups::add_ports_of_group(Cursor& cursor, const std::string& name, std::uint8_t protocol, int depth,
                                Ports& ports) {
  const ObjectGroup* group = find_group(cursor, name, GroupKind::ports, depth);
  if (group == nullptr) return;
  if (!suits(group->protocol, protocol)) return cursor.refuse("the ports are of another protocol");
  for (const source::Range member : group->members) {
    Cursor inner(words_of(sources_, member));
    if (inner.accept("group-object")) {
      add_ports_of_group(inner, std::string(inner.take()), protocol, depth + 1, ports);
    } else if (inner.accept("port-object")) {
      if (const auto more = take_operator(inner, protocol))
        ports.insert(ports.end(), more->begin(), more->end());
    }
    const bool whole = inner.done() && !inner.failed() && inner.line().words.size() > 1;
    if (!whole)
      return cursor.refuse(inner.failed() ? inner.problem()->reason
                                          : "a member of an object group is not understood");
    if (!spend(1)) return cursor.refuse("the sets of the configuration are too large together");
  }
}

std::optional<Ports> Groups::take_ports(Cursor& cursor, std::uint8_t protocol) {
  if (cursor.peek() != "object-group" || kind_of(cursor.peek(1)) != GroupKind::ports)
    return take_operator(cursor, protocol);
  cursor.take();
  const std::string name(cursor.peek());
  const auto [place, added] = port_groups_.try_emplace({name, protocol});
  if (added) {
    Ports ports;
    add_ports_of_group(cursor, name, protocol, 0, ports);
    place->second = straight(std::move(ports));
  }
  if (cursor.failed()) {
    port_groups_.erase(place);
    return std::nullopt;
  }
  cursor.take();
  return place->second;
}

// `protocol-object P`, `group-object X`.
void Groups::add_protocols_of_group(Cursor& cursor, const std::string& name, int depth, Protocols& all,
                                    bool& every) {
  const ObjectGroup* group = find_group(cursor, name, GroupKind::protocols, depth);
  if (group == nullptr) return;
  for (const source::Range member : group->members) {
    Cursor inner(words_of(sources_, member));
    if (inner.accept("group-object")) {
      add_protocols_of_group(inner, std::string(inner.take()), depth + 1, all, every);
    } else if (inner.accept("protocol-object")) {
      const auto protocol = protocol_number(inner.peek());
      every |= inner.peek() == "ip";
      if (protocol) all.push_back(*protocol);
      if (!protocol && inner.peek() != "ip") inner.refuse("a protocol is not understood");
      inner.take();
    } else {
      inner.refuse("a member of an object group is not understood");
    }
    if (inner.failed()) return cursor.refuse(inner.problem()->reason);
    if (!spend(1)) return cursor.refuse("the sets of the configuration are too large together");
  }
}

// The cursor stands at the name of a group.
std::optional<Protocols> Groups::take_protocol_group(Cursor& cursor) {
  const std::string name(cursor.peek());
  const auto [place, added] = protocol_groups_.try_emplace(name);
  if (added) {
    bool every = false;
    Protocols all;
    add_protocols_of_group(cursor, name, 0, all, every);
    std::ranges::sort(all);
    all.erase(std::ranges::unique(all).begin(), all.end());
    if (!every) place->second = std::move(all);
  }
  if (cursor.failed()) {
    protocol_groups_.erase(place);
    return std::nullopt;
  }
  cursor.take();
  return place->second;
}

std::optional<Protocols> Groups::take_protocols(Cursor& cursor) {
  if (cursor.accept("ip")) return Protocols{};
  if (cursor.accept("object-group")) return take_protocol_group(cursor);
  const auto protocol = protocol_number(cursor.peek());
  if (!protocol) {
    cursor.refuse("a protocol is not understood");
    return std::nullopt;
  }
  cursor.take();
  return Protocols{*protocol};
}

// `icmp-object TYPE`, `group-object X`.
void Groups::add_types_of_group(Cursor& cursor, const std::string& name, std::uint8_t protocol, int depth,
                                ServiceSet& terms) {
  const ObjectGroup* group = find_group(cursor, name, GroupKind::icmp_types, depth);
  if (group == nullptr) return;
  for (const source::Range member : group->members) {
    Cursor inner(words_of(sources_, member));
    if (inner.accept("group-object")) {
      add_types_of_group(inner, std::string(inner.take()), protocol, depth + 1, terms);
    } else if (const auto type =
                   inner.accept("icmp-object") ? icmp_type(inner.peek(), protocol) : std::nullopt) {
      ServiceTerm& term = terms.emplace_back();
      term.protocol = protocol;
      term.icmp_type = type;
    } else {
      inner.refuse("a member of an object group is not understood");
    }
    if (inner.failed()) return cursor.refuse(inner.problem()->reason);
    if (!spend(1)) return cursor.refuse("the sets of the configuration are too large together");
  }
}

// The cursor stands at the name of a group.
ServiceSet Groups::take_type_group(Cursor& cursor, std::uint8_t protocol) {
  const std::string name(cursor.peek());
  const auto [place, added] = type_groups_.try_emplace({name, protocol});
  if (added) {
    ServiceSet terms;
    add_types_of_group(cursor, name, protocol, 0, terms);
    std::ranges::sort(terms);
    place->second = std::move(terms);
  }
  if (cursor.failed()) {
    type_groups_.erase(place);
    return {};
  }
  cursor.take();
  return place->second;
}

ServiceSet Groups::take_icmp(Cursor& cursor, std::uint8_t protocol) {
  if (cursor.accept("object-group")) return take_type_group(cursor, protocol);
  ServiceSet terms;
  ServiceTerm& term = terms.emplace_back();
  term.protocol = protocol;
  term.icmp_type = icmp_type(cursor.peek(), protocol);
  if (!term.icmp_type) return terms;
  cursor.take();
  term.icmp_code = number<std::uint8_t>(cursor.peek());
  if (term.icmp_code) cursor.take();
  return terms;
}

// `tcp [source OP P] [destination OP P]`, `icmp [TYPE [CODE]]`, `tcp-udp …`, `ip`, `47`.
void Groups::take_service(Cursor& cursor, ServiceSet& terms) {
  if (cursor.accept("ip")) {
    terms.emplace_back();
    return;
  }
  const bool both = cursor.accept("tcp-udp");
  const auto protocol = both ? packet::protocol::tcp : protocol_number(cursor.peek());
  if (!protocol) return cursor.refuse("a protocol is not understood");
  if (!both) cursor.take();
  if (packet::is_icmp(*protocol)) {
    const ServiceSet types = take_icmp(cursor, *protocol);
    terms.insert(terms.end(), types.begin(), types.end());
    return;
  }
  std::optional<Ports> sources, destinations;
  if (packet::has_ports(*protocol)) {
    // `tcp-udp` takes names that both know; one that only TCP knows is not told apart from here.
    if (cursor.accept("source")) {
      sources = take_operator(cursor, *protocol);
      if (!sources) cursor.refuse("the source ports are not understood");
    }
    if (cursor.accept("destination")) {
      destinations = take_operator(cursor, *protocol);
      if (!destinations) cursor.refuse("the destination ports are not understood");
    }
  }
  if (cursor.failed()) return;
  for (const auto one : {*protocol, packet::protocol::udp}) {
    if (one != *protocol && !both) continue;
    const ServiceSet made = terms_of(one, sources, destinations);
    terms.insert(terms.end(), made.begin(), made.end());
  }
}

Services* Groups::service_object(const std::string& name) {
  const auto found = text_.objects.find(name);
  if (found == text_.objects.end() || found->second.kind != ObjectKind::service) return nullptr;
  const auto [place, added] = service_objects_.try_emplace(name);
  Services& made = place->second;
  if (!added) return &made;
  const source::Range content = found->second.content;
  if (!content.valid()) {
    made.problem = Problem{found->second.range, "an object is empty"};
    return &made;
  }
  Cursor cursor(words_of(sources_, content));
  if (cursor.accept("service")) {
    take_service(cursor, made.terms);
  } else {
    cursor.refuse("what the object is is not understood");
  }
  if (!cursor.failed() && !cursor.done()) cursor.refuse("this word of an object is not understood");
  made.problem = cursor.problem();
  return &made;
}

// `service-object …`, `service-object object X`, `group-object X`.
void Groups::add_service_member(Cursor& cursor, Services& made, int depth) {
  const bool nested = cursor.accept("group-object");
  if (!nested && !cursor.accept("service-object"))
    return cursor.refuse("this member of an object group is not understood");
  if (!nested && !cursor.accept("object")) return take_service(cursor, made.terms);
  if (depth >= largest_group_depth) return cursor.refuse("object groups are nested too deep");
  const std::string name(cursor.peek());
  const Services* inner = nested ? service_group(name, depth + 1) : service_object(name);
  if (inner == nullptr) return cursor.refuse("no such object is defined");
  if (inner->problem) return cursor.refuse(inner->problem->reason);
  if (!spend(inner->terms.size()))
    return cursor.refuse("the sets of the configuration are too large together");
  cursor.take();
  made.terms.insert(made.terms.end(), inner->terms.begin(), inner->terms.end());
}

Services* Groups::service_group(const std::string& name, int depth) {
  const auto found = text_.groups.find(name);
  if (found == text_.groups.end() || found->second.kind != GroupKind::services) return nullptr;
  const auto [place, added] = service_groups_.try_emplace(name);
  Services& group = place->second;
  if (!added) return &group;
  group.problem = Problem{found->second.range, "an object group contains itself"};
  Services made;
  for (const source::Range member : found->second.members) {
    Cursor cursor(words_of(sources_, member));
    add_service_member(cursor, made, depth);
    if (!cursor.failed() && !cursor.done()) cursor.refuse("this word of an object group is not understood");
    if (!made.problem) made.problem = cursor.problem();
  }
  if (!made.problem && made.terms.empty())
    made.problem = Problem{found->second.range, "an object group is empty"};
  if (!made.problem && !spend(made.terms.size()))
    made.problem = Problem{found->second.range, "the sets of the configuration are too large together"};
  std::ranges::sort(made.terms);
  made.terms.erase(std::ranges::unique(made.terms).begin(), made.terms.end());
  group = std::move(made);
  return &group;
}

const Services* Groups::services(std::string_view word, const std::string& name) {
  return word == "object" ? service_object(name) : service_group(name, 0);
}

config::ServiceSetId Groups::intern(const ServiceSet& terms) {
  const auto [place, added] = service_sets_.try_emplace(terms);
  if (!added) return place->second;
  if (!spend(terms.size())) {
    service_sets_.erase(place);
    return {};
  }
  place->second = device_.services.push_back({terms, {}});
  return place->second;
}

}  // namespace cordon::backends::cisco_asa::reading
