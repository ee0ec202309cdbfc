// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/service_text.h"

#include "backends/common/extension_headers.h"
#include "compiler/base/check.h"

namespace cordon::backends::cisco_ios {
namespace {

using packet::Family;
using packet::PortRange;
using packet::ServiceTerm;
using packet::TcpFlagSet;

// Bits 0 to 5 of a combination of flags.
constexpr std::string_view flag_names[] = {"fin", "syn", "rst", "psh", "ack", "urg"};

// What combinations of a set have in common: flags that are set in all, flags that are clear in all.
struct Common {
  unsigned set = 63;
  unsigned clear = 63;
};

Common common(TcpFlagSet flags) {
  Common found;
  for (unsigned combination = 0; combination < 64; ++combination) {
    if ((flags >> combination & 1U) == 0) continue;
    found.set &= combination;
    found.clear &= ~combination;
  }
  return found;
}

TcpFlagSet with(const Common& wanted) {
  TcpFlagSet flags = 0;
  for (unsigned combination = 0; combination < 64; ++combination) {
    if ((combination & wanted.set) == wanted.set && (combination & wanted.clear) == 0) {
      flags |= TcpFlagSet{1} << combination;
    }
  }
  return flags;
}

std::string flag_words(const Common& wanted) {
  std::string words;
  for (unsigned flag = 0; flag < 6; ++flag) {
    if ((wanted.set >> flag & 1U) != 0) words.append(" +").append(flag_names[flag]);
    if ((wanted.clear >> flag & 1U) != 0) words.append(" -").append(flag_names[flag]);
  }
  return words;
}

void write_protocol(std::uint8_t protocol, Writer& out) {
  switch (protocol) {
    case packet::protocol::icmp:
    case packet::protocol::icmpv6:
      out << "icmp";
      break;
    case packet::protocol::tcp:
      out << "tcp";
      break;
    case packet::protocol::udp:
      out << "udp";
      break;
    default:
      out << protocol;
  }
}

void write_ports(const PortRange& ports, Writer& out) {
  if (ports.first == ports.last) {
    out << "eq " << ports.first;
  } else {
    out << "range " << ports.first << " " << ports.last;
  }
}

}  // namespace

std::optional<std::string> flags_text(TcpFlagSet flags) {
  if (flags == packet::established_flags()) return "established";
  if (flags == 0 || flags == packet::any_tcp_flags) return std::nullopt;
  const Common all = common(flags);
  if (with(all) == flags) return "match-all" + flag_words(all);
  // Any of some wishes is everything but the one combination of their opposites.
  const Common none = common(~flags);
  if (with(none) == ~flags) return "match-any" + flag_words({.set = none.clear, .clear = none.set});
  return std::nullopt;
}

std::string_view problem(const ServiceTerm& term, Family family) {
  if (is_extension_header(term, family)) return "releases differ in looking past this IPv6 extension header";
  if (term.protocol == 0) return "protocol 0 would mean every protocol";
  if (term.protocol == packet::protocol::sctp && !(term.source.is_all() && term.destination.is_all())) {
    return "access lists of many releases do not look at ports of SCTP";
  }
  if (term.flags == packet::any_tcp_flags) return {};
  if (!flags_text(term.flags)) return "no entry matches exactly these TCP flags";
  if (family == Family::ipv6 && term.flags != packet::established_flags()) {
    return "an IPv6 access list knows no TCP flags but `established`";
  }
  return {};
}

ServiceText entry_text(const ServiceTerm& term) {
  CORDON_CHECK(problem(term, Family::ipv4).empty());
  ServiceText text;
  Writer out(32);
  if (term.protocol) {
    write_protocol(*term.protocol, out);
    text.protocol = out.take_words();
  }
  if (!term.source.is_all()) {
    write_ports(term.source, out);
    text.source = out.take_words();
  }
  if (!term.destination.is_all()) {
    write_ports(term.destination, out);
    text.destination = out.take_words();
  }
  if (term.icmp_type) {
    out << *term.icmp_type;
    if (term.icmp_code) out << " " << *term.icmp_code;
    text.tail = out.take_words();
  } else if (term.flags != packet::any_tcp_flags) {
    text.tail = *flags_text(term.flags);
  }
  return text;
}

bool fits_group(const ServiceTerm& term) {
  return term.protocol.has_value() && term.flags == packet::any_tcp_flags && !term.icmp_code;
}

void write_group_member(const ServiceTerm& term, Writer& out) {
  CORDON_CHECK(fits_group(term));
  write_protocol(*term.protocol, out);
  if (!term.source.is_all()) {
    out << " source ";
    write_ports(term.source, out);
  }
  if (!term.destination.is_all()) {
    out << " ";
    write_ports(term.destination, out);
  }
  if (term.icmp_type) out << " " << *term.icmp_type;
}

}  // namespace cordon::backends::cisco_ios
