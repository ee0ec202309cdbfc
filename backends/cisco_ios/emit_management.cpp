// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The switch's own services. Filters on interfaces already decide who reaches the switch; the lists
// here repeat it at the service, for the day when a filter is unbound by mistake.

#include <algorithm>

#include "backends/cisco_ios/emit.h"

namespace cordon::backends::cisco_ios {
namespace {

using config::Device;
using config::ManagementAccess;
using packet::Family;

constexpr std::uint16_t ssh = 22;
constexpr std::uint16_t telnet = 23;
constexpr std::uint16_t https = 443;

bool opens(const ManagementAccess& access, std::uint16_t port) {
  return access.service.protocol == packet::protocol::tcp && access.service.destination.first <= port &&
         port <= access.service.destination.last;
}

bool opens(const Device& device, std::uint16_t port) {
  return std::ranges::any_of(device.management,
                             [port](const ManagementAccess& access) { return opens(access, port); });
}

// Entries of one list, counting in tens.
class EntryWriter {
 public:
  EntryWriter(Family family, Writer& out) : family_(family), out_(out) {}

  Writer& begin() {
    sequence_ += 10;
    return out_ << (family_ == Family::ipv4 ? Literal(" ") : Literal(" sequence ")) << sequence_ << " ";
  }

 private:
  Family family_;
  Writer& out_;
  std::uint32_t sequence_ = 0;
};

void write_terminal_list(const Device& device, Family family, Writer& out) {
  const bool v4 = family == Family::ipv4;
  out.line(v4 ? Literal("ip access-list extended cordon_vty") : Literal("ipv6 access-list cordon_vty_v6"));
  EntryWriter entries(family, out);
  for (const ManagementAccess& access : device.management) {
    if (access.family != family) continue;
    for (const std::uint16_t port : {ssh, telnet}) {
      if (!opens(access, port)) continue;
      for (const packet::Prefix& prefix : device.addresses[access.source].addresses.prefixes()) {
        (entries.begin() << "permit tcp ").words(entry_text(prefix)) << " any eq " << port;
        out.end(access.origin);
      }
    }
  }
  entries.begin() << (v4 ? Literal("deny ip any any log") : Literal("deny ipv6 any any log"));
  out.end();
  out.line("!");
}

// The web server takes a list of sources: a standard list in IPv4.
void write_web_list(const Device& device, Family family, Writer& out) {
  const bool v4 = family == Family::ipv4;
  out.line(v4 ? Literal("ip access-list standard cordon_https")
              : Literal("ipv6 access-list cordon_https_v6"));
  EntryWriter entries(family, out);
  for (const ManagementAccess& access : device.management) {
    if (access.family != family || !opens(access, https)) continue;
    for (const packet::Prefix& prefix : device.addresses[access.source].addresses.prefixes()) {
      entries.begin() << (v4 ? Literal("permit ") : Literal("permit tcp "));
      out.words(entry_text(prefix));
      if (!v4) out << " any eq " << https;
      out.end(access.origin);
    }
  }
  entries.begin() << (v4 ? Literal("deny any log") : Literal("deny ipv6 any any log"));
  out.end();
  out.line("!");
}

void write_web_server(const Device& device, Writer& out) {
  out.line("no ip http server");
  if (opens(device, https)) {
    out.line("ip http access-class ipv4 cordon_https");
    out.line("ip http access-class ipv6 cordon_https_v6");
    out.line("ip http secure-server");
  } else {
    out.line("no ip http secure-server");
  }
}

}  // namespace

void write_management_lists(const Device& device, Writer& out) {
  for (const Family family : packet::families) {
    write_terminal_list(device, family, out);
    if (opens(device, https)) write_web_list(device, family, out);
  }
}

void write_management(const Device& device, Writer& out) {
  write_web_server(device, out);
  const bool vrfs =
      std::ranges::any_of(device.interfaces, [](const config::Interface& i) { return !i.vrf.empty(); });
  out.line("line vty 0 15");
  out.line(vrfs ? Literal(" access-class cordon_vty in vrf-also") : Literal(" access-class cordon_vty in"));
  out.line(" ipv6 access-class cordon_vty_v6 in");
  out.line(opens(device, telnet) ? Literal(" transport input ssh telnet") : Literal(" transport input ssh"));
  out.line("!");
}

}  // namespace cordon::backends::cisco_ios
