// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Virtual addresses: HSRP version 2 and VRRP version 3, for both families.

#include "backends/cisco_ios/emit.h"
#include "backends/cisco_ios/limits.h"

namespace cordon::backends::cisco_ios {
namespace {

using config::Interface;
using config::Redundancy;

void write_hsrp_preference(std::uint32_t group, const Redundancy& redundancy, Writer& out) {
  if (!redundancy.priority) return;
  out << " standby " << group << " priority " << *redundancy.priority;
  out.end();
  out << " standby " << group << " preempt";
  out.end();
}

void write_hsrp(const Interface& interface, const Redundancy& redundancy, Writer& out) {
  out.line(" standby version 2");
  if (redundancy.ipv4) {
    out << " standby " << redundancy.group << " ip " << *redundancy.ipv4;
    out.end();
    write_hsrp_preference(redundancy.group, redundancy, out);
  }
  if (!redundancy.ipv6) return;
  // A group is of one family: the same number twice on an interface is refused.
  const std::uint32_t group = redundancy.group + (redundancy.ipv4 ? std::uint32_t{hsrp_ipv6_offset} : 0U);
  out << " standby " << group << " ipv6 " << *redundancy.ipv6 << "/" << interface.ipv6->length;
  out.end();
  write_hsrp_preference(group, redundancy, out);
}

// Made from the virtual router's MAC address 00-00-5E-00-02-group (RFC 5798, RFC 4291).
Address vrrp_link_local(std::uint16_t group) {
  const packet::Bits prefix = packet::Bits{0xfe80} << 112;
  return {packet::Family::ipv6, prefix | packet::Bits{0x02005efffe000200U} | packet::Bits{group}};
}

void begin_vrrp(const Redundancy& redundancy, Literal family, Writer& out) {
  out << " vrrp " << redundancy.group << " address-family " << family;
  out.end();
  if (!redundancy.priority) return;
  out << "  priority " << *redundancy.priority;
  out.end();
}

void write_vrrp(const Interface& interface, const Redundancy& redundancy, Writer& out) {
  if (redundancy.ipv4) {
    begin_vrrp(redundancy, "ipv4", out);
    out << "  address " << *redundancy.ipv4 << " primary";
    out.end();
    out.line("  exit-vrrp");
  }
  if (!redundancy.ipv6) return;
  begin_vrrp(redundancy, "ipv6", out);
  out << "  address " << vrrp_link_local(redundancy.group) << " primary";
  out.end();
  out << "  address " << *redundancy.ipv6 << "/" << interface.ipv6->length;
  out.end();
  out.line("  exit-vrrp");
}

}  // namespace

void write_redundancy(const Interface& interface, Writer& out) {
  if (!interface.redundancy) return;
  if (interface.redundancy->vrrp) {
    write_vrrp(interface, *interface.redundancy, out);
  } else {
    write_hsrp(interface, *interface.redundancy, out);
  }
}

}  // namespace cordon::backends::cisco_ios
