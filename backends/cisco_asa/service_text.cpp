// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_asa/service_text.h"

namespace cordon::backends::cisco_asa {
namespace {

using packet::PortRange;
using packet::ServiceTerm;

// Numbers everywhere: names of ports and types differ between releases.
void write_protocol(const ServiceTerm& term, Writer& out) {
  if (!term.protocol) {
    out << "ip";
    return;
  }
  switch (*term.protocol) {
    case packet::protocol::icmp:
      out << "icmp";
      break;
    case packet::protocol::icmpv6:
      out << "icmp6";
      break;
    case packet::protocol::tcp:
      out << "tcp";
      break;
    case packet::protocol::udp:
      out << "udp";
      break;
    case packet::protocol::sctp:
      out << "sctp";
      break;
    default:
      out << *term.protocol;
  }
}

void write_ports(const PortRange& ports, Writer& out) {
  if (ports.first == ports.last) {
    out << "eq " << ports.first;
  } else {
    out << "range " << ports.first << " " << ports.last;
  }
}

void write_icmp(const ServiceTerm& term, Writer& out) {
  out << *term.icmp_type;
  if (term.icmp_code) out << " " << *term.icmp_code;
}

}  // namespace

Operands::Service entry_text(const ServiceTerm& term) {
  Operands::Service text;
  Writer out(32);
  write_protocol(term, out);
  text.protocol = out.take_words();
  if (!term.source.is_all()) {
    write_ports(term.source, out);
    text.source = out.take_words();
  }
  if (!term.destination.is_all()) {
    write_ports(term.destination, out);
    text.destination = out.take_words();
  } else if (term.icmp_type) {
    write_icmp(term, out);
    text.destination = out.take_words();
  }
  return text;
}

void write_service_object(const ServiceTerm& term, Writer& out) {
  out << "service-object ";
  write_protocol(term, out);
  if (!term.source.is_all()) {
    out << " source ";
    write_ports(term.source, out);
  }
  if (!term.destination.is_all()) {
    out << " destination ";
    write_ports(term.destination, out);
  }
  if (term.icmp_type) {
    out << " ";
    write_icmp(term, out);
  }
}

}  // namespace cordon::backends::cisco_asa
