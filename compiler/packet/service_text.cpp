// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Services as the policy language writes them: `tcp/443`, `icmp/echo-request`, `ip/50`, `any`.

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "compiler/base/expected.h"
#include "compiler/base/spelling.h"
#include "compiler/packet/names.h"
#include "compiler/packet/service.h"

namespace cordon::packet {
namespace {

template <class T>
using Parsed = Expected<T, std::string>;

Unexpected<std::string> refuse(std::string reason) { return Unexpected<std::string>{std::move(reason)}; }

std::string quoted(std::string_view text) { return '`' + std::string(text) + '`'; }

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Parsed<unsigned> parse_number(std::string_view text, std::string_view what, unsigned limit) {
  if (text.empty()) return refuse(std::string(what) + " is missing");
  if (!is_number(text)) return refuse(std::string(what) + ' ' + quoted(text) + " is not a number");
  unsigned value = 0;
  for (const char digit : text) {
    value = value * 10 + static_cast<unsigned>(digit - '0');
    if (value > limit) {
      return refuse(std::string(what) + ' ' + quoted(text) + " is above " + std::to_string(limit));
    }
  }
  return value;
}

Parsed<std::uint16_t> parse_port(std::string_view text) {
  const auto number = parse_number(text, "port", 65535);
  if (!number) return refuse(number.error());
  return static_cast<std::uint16_t>(*number);
}

Parsed<PortRange> parse_ports(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = parse_port(text.substr(0, dash));
  if (!first) return refuse(first.error());
  if (dash == std::string_view::npos) return PortRange{*first, *first};
  const auto last = parse_port(text.substr(dash + 1));
  if (!last) return refuse(last.error());
  if (*last < *first) return refuse("port range " + quoted(text) + " runs backwards");
  return PortRange{*first, *last};
}

Parsed<ServiceTerm> parse_ports_of(ServiceTerm term, std::string_view rest) {
  const std::size_t arrow = rest.find("->");
  if (arrow != std::string_view::npos) {
    const auto source = parse_ports(rest.substr(0, arrow));
    if (!source) return refuse(source.error());
    term.source = *source;
    rest.remove_prefix(arrow + 2);
  }
  const auto destination = parse_ports(rest);
  if (!destination) return refuse(destination.error());
  term.destination = *destination;
  return term;
}

std::string suggestion(std::span<const NumberName> table, std::string_view wanted) {
  NearestName nearest(wanted);
  for (const NumberName& row : table) nearest.consider(row.name);
  if (nearest.result().empty()) return {};
  return "; did you mean " + quoted(nearest.result()) + '?';
}

Parsed<std::uint8_t> parse_icmp_type(std::uint8_t number, std::string_view text) {
  const std::span<const NumberName> names = icmp_type_names(number);
  if (const auto type = find_number(names, text)) return *type;
  if (is_number(text) || text.empty()) {
    const auto type = parse_number(text, "ICMP type", 255);
    if (!type) return refuse(type.error());
    return static_cast<std::uint8_t>(*type);
  }
  const std::string protocol(find_name(protocol_names(), number));
  const std::uint8_t other = number == protocol::icmp ? protocol::icmpv6 : protocol::icmp;
  if (find_number(icmp_type_names(other), text)) {
    return refuse(quoted(text) + " is a type of " + quoted(find_name(protocol_names(), other)) + ", not of " +
                  quoted(protocol));
  }
  return refuse("unknown " + protocol + " type " + quoted(text) + suggestion(names, text));
}

Parsed<ServiceTerm> parse_type_of(ServiceTerm term, std::string_view rest) {
  const std::size_t slash = rest.find('/');
  const auto type = parse_icmp_type(*term.protocol, rest.substr(0, slash));
  if (!type) return refuse(type.error());
  term.icmp_type = *type;
  if (slash == std::string_view::npos) return term;
  const auto code = parse_number(rest.substr(slash + 1), "ICMP code", 255);
  if (!code) return refuse(code.error());
  term.icmp_code = static_cast<std::uint8_t>(*code);
  return term;
}

Parsed<std::uint8_t> parse_protocol(std::string_view name) {
  if (const auto number = find_number(protocol_names(), name)) return *number;
  if (name == "ip") return refuse("`ip` needs a protocol number, as in `ip/50`; every protocol is `any`");
  if (is_number(name)) {
    return refuse(quoted(name) + " names no protocol; write `tcp/" + std::string(name) + "` or `udp/" +
                  std::string(name) + '`');
  }
  return refuse("unknown protocol " + quoted(name) + suggestion(protocol_names(), name));
}

Parsed<ServiceTerm> parse_any_or_protocol(std::string_view text) {
  ServiceTerm term;
  if (text == "any") return term;
  const auto number = parse_protocol(text);
  if (!number) return refuse(number.error());
  term.protocol = *number;
  return term;
}

Parsed<ServiceTerm> parse_with_rest(std::string_view name, std::string_view rest) {
  ServiceTerm term;
  if (name == "ip") {
    const auto number = parse_number(rest, "protocol", 255);
    if (!number) return refuse(number.error());
    term.protocol = static_cast<std::uint8_t>(*number);
    return term;
  }
  if (name == "any") return refuse("`any` is every protocol and takes no ports");
  const auto number = parse_protocol(name);
  if (!number && is_number(name) && find_number(protocol_names(), rest)) {
    return refuse("the protocol comes first: write " + quoted(std::string(rest) + '/' + std::string(name)));
  }
  if (!number) return refuse(number.error());
  term.protocol = *number;
  if (has_ports(*number)) return parse_ports_of(term, rest);
  if (is_icmp(*number)) return parse_type_of(term, rest);
  return refuse(quoted(name) + " has no ports");
}

Parsed<ServiceTerm> parse(std::string_view text) {
  if (text.empty()) return refuse("service is empty");
  if (text.size() > 100) return refuse("service is longer than 100 characters");
  if (!std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; })) {
    return refuse("service holds a blank or a character that is not ASCII");
  }
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return parse_any_or_protocol(text);
  return parse_with_rest(text.substr(0, slash), text.substr(slash + 1));
}

std::string to_string(const PortRange& ports) {
  std::string out = std::to_string(ports.first);
  if (ports.last != ports.first) out += '-' + std::to_string(ports.last);
  return out;
}

std::string ports_of(const ServiceTerm& term) {
  if (!term.source.is_all()) return '/' + to_string(term.source) + "->" + to_string(term.destination);
  if (!term.destination.is_all()) return '/' + to_string(term.destination);
  return {};
}

std::string type_of(const ServiceTerm& term) {
  if (!term.icmp_type) return {};
  const std::string_view name = find_name(icmp_type_names(*term.protocol), *term.icmp_type);
  std::string out = '/' + (name.empty() ? std::to_string(*term.icmp_type) : std::string(name));
  if (term.icmp_code) out += '/' + std::to_string(*term.icmp_code);
  return out;
}

std::string flags_of(const ServiceTerm& term) {
  if (term.flags == any_tcp_flags) return {};
  if (term.flags == established_flags()) return " established";
  std::string out = " flags";
  for (unsigned flags = 0; flags < 64; ++flags) {
    if ((term.flags >> flags & 1) != 0) out += ' ' + std::to_string(flags);
  }
  return out;
}

}  // namespace

ServiceParse parse_service(std::string_view text) {
  const auto term = parse(text);
  if (!term) return {std::nullopt, term.error()};
  return {*term, {}};
}

std::string to_string(const ServiceTerm& term) {
  if (!term.protocol) return "any";
  const std::string_view name = find_name(protocol_names(), *term.protocol);
  std::string out = name.empty() ? "ip/" + std::to_string(*term.protocol) : std::string(name);
  if (has_ports(*term.protocol)) out += ports_of(term);
  if (is_icmp(*term.protocol)) out += type_of(term);
  if (term.protocol == protocol::tcp) out += flags_of(term);
  return out;
}

std::string to_string(const ServiceSet& terms) {
  std::string out;
  for (const ServiceTerm& term : terms) {
    if (!out.empty()) out += ", ";
    out += to_string(term);
  }
  return out;
}

}  // namespace cordon::packet
