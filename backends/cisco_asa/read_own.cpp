// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_asa/read_own.h"

#include <algorithm>

#include "backends/cisco_asa/read_names.h"

namespace cordon::backends::cisco_asa::reading {
namespace {

using config::Action;
using config::Stage;
using packet::AddressSet;
using packet::Family;

constexpr std::uint16_t ssh = 22, telnet = 23, https = 443;

packet::ServiceSet tcp(std::uint16_t port) {
  packet::ServiceTerm term;
  term.protocol = packet::protocol::tcp;
  term.destination = {port, port};
  return {term};
}

packet::ServiceSet every_icmp(Family family) {
  packet::ServiceTerm term;
  term.protocol = family == Family::ipv4 ? packet::protocol::icmp : packet::protocol::icmpv6;
  return {term};
}

// `10.0.0.0 255.0.0.0`, `2001:db8::/32`, and with keywords `host A` and `any`. Nothing, and refused, for
// others.
std::optional<packet::Prefix> take_client(Cursor& cursor, const ConfigurationText& text, Family family) {
  if (cursor.accept("any") || cursor.accept(family == Family::ipv4 ? "any4" : "any6"))
    return packet::Prefix{{family, 0}, 0};
  const auto longest = static_cast<std::uint8_t>(family == Family::ipv4 ? 32 : 128);
  if (cursor.accept("host")) {
    const auto address = text.address(cursor.take());
    if (address && address->family == family) return packet::Prefix{*address, longest};
  } else if (const auto prefix = packet::parse_prefix(cursor.peek()); prefix && prefix->family() == family) {
    cursor.take();
    return prefix;
  } else if (const auto address = text.address(cursor.peek()); address && address->family == Family::ipv4) {
    const auto length = netmask_length(cursor.peek(1));
    cursor.take();
    cursor.take();
    if (length && family == Family::ipv4) return packet::Prefix{*address, *length};
  }
  cursor.refuse("an address is not understood");
  return std::nullopt;
}

Family family_of(const Cursor& cursor) {
  return cursor.peek().find(':') == std::string_view::npos ? Family::ipv4 : Family::ipv6;
}

std::optional<packet::Address> own_address(const config::Interface& interface, Family family) {
  const auto& own = family == Family::ipv4 ? interface.ipv4 : interface.ipv6;
  return own ? std::optional(own->address) : std::nullopt;
}

}  // namespace

OwnReader::Clients OwnReader::clients_at(const ServiceText& service, std::string_view interface) {
  Clients clients;
  for (const source::Range range : service.lines) {
    Cursor cursor(words_of(sources_, range));
    if (cursor.line().words.back() != interface) continue;
    const Family family = family_of(cursor);
    const auto prefix = take_client(cursor, text_, family);
    cursor.take();
    if (!cursor.failed() && !cursor.done()) cursor.refuse("who may use the device is not understood");
    if (cursor.failed()) {
      rules_.add_gap(*cursor.problem(), {});
    } else {
      clients.ranges[static_cast<std::size_t>(family)].push_back({prefix->first(), prefix->last()});
    }
    if (!clients.line.valid()) clients.line = range;
  }
  return clients;
}

// Whom the lines of the service list is let in at the interface's own address whatever the control plane's
// list says; nobody else, even where that list permits it.
void OwnReader::add_service(std::uint16_t port, const ServiceText& service, config::InterfaceId interface,
                            config::FilterId filter) {
  const config::Interface& at = reading_.device.interfaces[interface];
  const Clients clients = clients_at(service, at.name);
  for (const Family family : packet::families) {
    const AddressSet known(family, clients.ranges[static_cast<std::size_t>(family)]);
    const AddressSet others = subtract(AddressSet::all(family), known);
    const auto own = own_address(at, family);
    const config::Origin origin{{}, {}, clients.line};
    if (!known.empty() && own) {
      rules_.add_rule(Action::permit, family, rules_.groups().intern(known),
                      rules_.groups().intern(AddressSet(*own)), tcp(port), origin, filter);
    }
    if (!others.empty())
      rules_.add_rule(Action::deny, family, rules_.groups().intern(others), rules_.all(family), tcp(port),
                      origin, filter);
  }
}

// A control plane's list has no denial at its end: what it does not decide, the services do.
void OwnReader::bind(config::InterfaceId interface, const BoundList& list) {
  const std::string& name = reading_.device.interfaces[interface].name;
  const config::FilterId filter = rules_.open_filter("own-" + name);
  const ManagementText& management = text_.management;
  add_service(ssh, management.ssh, interface, filter);
  add_service(telnet, management.telnet, interface, filter);
  add_service(management.http_port.value_or(https), management.http_port ? management.http : ServiceText{},
              interface, filter);
  if (!list.list.empty()) rules_.add_list(list.list, list, filter);
  rules_.add_rest(Action::permit, filter);
  reading_.device.bindings.push_back({Stage::own, interface, filter});
  bind_icmp(interface, Family::ipv4, management.icmp);
  bind_icmp(interface, Family::ipv6, management.icmp6);
}

// `permit 10.0.0.0 255.0.0.0 [TYPE] INTERFACE`: once there is one at the interface, the rest is refused.
void OwnReader::bind_icmp(config::InterfaceId interface, Family family, const ServiceText& lines) {
  const std::string& name = reading_.device.interfaces[interface].name;
  config::FilterId filter;
  for (const source::Range range : lines.lines) {
    if (words_of(sources_, range).words.back() != name) continue;
    if (!filter.valid()) filter = rules_.open_filter((family == Family::ipv4 ? "icmp-" : "icmp6-") + name);
    add_icmp_line(range, family, filter);
  }
  if (!filter.valid()) return;
  rules_.add_rule(Action::deny, family, rules_.all(family), rules_.all(family), every_icmp(family), {},
                  filter);
  rules_.add_rest(Action::permit, filter);
  reading_.device.bindings.push_back({Stage::own, interface, filter});
}

void OwnReader::add_icmp_line(source::Range range, Family family, config::FilterId filter) {
  Cursor cursor(words_of(sources_, range));
  const Action action = cursor.take() == "permit" ? Action::permit : Action::deny;
  const auto prefix = take_client(cursor, text_, family);
  packet::ServiceSet terms = every_icmp(family);
  if (!cursor.failed() && !cursor.peek(1).empty()) {
    terms[0].icmp_type = icmp_type(cursor.peek(), *terms[0].protocol);
    if (!terms[0].icmp_type) cursor.refuse("a type of ICMP is not understood");
    cursor.take();
  }
  cursor.take();
  if (!cursor.failed() && !cursor.done()) cursor.refuse("who may use the device is not understood");
  if (cursor.failed()) return rules_.add_gap(*cursor.problem(), filter);
  rules_.add_rule(action, family, rules_.groups().intern(AddressSet(*prefix)), rules_.all(family), terms,
                  {{}, {}, range}, filter);
}

}  // namespace cordon::backends::cisco_asa::reading
