// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The switch's own services. Filters on interfaces already decide who reaches the switch; the lists
// here repeat it at the service, for the day when a filter is unbound by mistake.

#include <algorithm>
#include <set>

#include "backends/cisco_ios/emit.h"
#include "backends/cisco_ios/limits.h"
#include "backends/common/management.h"
#include "backends/common/names.h"

namespace cordon::backends::cisco_ios {
namespace {

using config::Device;
using config::ManagementAccess;
using packet::Family;

constexpr std::uint16_t ssh = 22;
constexpr std::uint16_t telnet = 23;
constexpr std::uint16_t https = 443;

bool opens_any(const Device& device, std::uint16_t port) {
  return std::ranges::any_of(device.management,
                             [port](const ManagementAccess& access) { return opens(access, port); });
}

// Entries of one list, counting in tens. The same sources come by several interfaces and for several of the
// device's addresses; the list does not tell these apart and has them once.
class EntryWriter {
 public:
  EntryWriter(Family family, Writer& out) : family_(family), out_(out) {}

  [[nodiscard]] bool repeats(std::uint16_t port, const packet::Prefix& prefix) {
    return !written_.emplace(port, prefix).second;
  }

  Writer& begin() {
    sequence_ += 10;
    return out_ << (family_ == Family::ipv4 ? Literal(" ") : Literal(" sequence ")) << sequence_ << " ";
  }

 private:
  Family family_;
  Writer& out_;
  std::uint32_t sequence_ = 0;
  std::set<std::pair<std::uint16_t, packet::Prefix>> written_;
};

void write_terminal_entries(const Device& device, Family family, Writer& out) {
  EntryWriter entries(family, out);
  for (const ManagementAccess& access : device.management) {
    if (access.family != family) continue;
    for (const std::uint16_t port : {ssh, telnet}) {
      if (!opens(access, port)) continue;
      for (const packet::Prefix& prefix : device.addresses[access.source].addresses.prefixes()) {
        if (entries.repeats(port, prefix)) continue;
        (entries.begin() << "permit tcp ").words(entry_text(prefix)) << " any eq " << port;
        out.end(access.origin);
      }
    }
  }
  entries.begin() << (family == Family::ipv4 ? Literal("deny ip any any log")
                                             : Literal("deny ipv6 any any log"));
  out.end();
}

// The web server takes a list of sources: a standard list in IPv4.
void write_web_entries(const Device& device, Family family, Writer& out) {
  const bool v4 = family == Family::ipv4;
  EntryWriter entries(family, out);
  for (const ManagementAccess& access : device.management) {
    if (access.family != family || !opens(access, https)) continue;
    for (const packet::Prefix& prefix : device.addresses[access.source].addresses.prefixes()) {
      if (entries.repeats(https, prefix)) continue;
      entries.begin() << (v4 ? Literal("permit ") : Literal("permit tcp "));
      out.words(entry_text(prefix));
      if (!v4) out << " any eq " << https;
      out.end(access.origin);
    }
  }
  entries.begin() << (v4 ? Literal("deny any log") : Literal("deny ipv6 any any log"));
  out.end();
}

// Writes the list under a name made from its entries.
std::string write_list(Literal command, Literal label, const Writer& entries, Writer& out) {
  const NamedThing thing{std::string(label.text()), digest(entries.text())};
  std::string name = versioned_names({&thing, 1}, max_list_name).front();
  (out << command << " ").word(name).end();
  out.append(entries);
  out.line("!");
  return name;
}

void write_web_server(const ListNames& lists, Writer& out) {
  out.line("no ip http server");
  if (lists.ipv4.empty()) {
    out.line("no ip http secure-server");
    return;
  }
  (out << "ip http access-class ipv4 ").word(lists.ipv4).end();
  (out << "ip http access-class ipv6 ").word(lists.ipv6).end();
  out.line("ip http secure-server");
}

}  // namespace

ManagementLists write_management_lists(const Device& device, Writer& out) {
  ManagementLists lists;
  for (const Family family : packet::families) {
    const bool v4 = family == Family::ipv4;
    Writer terminal;
    write_terminal_entries(device, family, terminal);
    (v4 ? lists.terminal.ipv4 : lists.terminal.ipv6) =
        write_list(v4 ? Literal("ip access-list extended") : Literal("ipv6 access-list"),
                   v4 ? Literal("cordon_vty") : Literal("cordon_vty_v6"), terminal, out);
    if (!opens_any(device, https)) continue;
    Writer web;
    write_web_entries(device, family, web);
    (v4 ? lists.web.ipv4 : lists.web.ipv6) =
        write_list(v4 ? Literal("ip access-list standard") : Literal("ipv6 access-list"),
                   v4 ? Literal("cordon_https") : Literal("cordon_https_v6"), web, out);
  }
  return lists;
}

void write_management(const Device& device, const ManagementLists& lists, Writer& out) {
  write_web_server(lists.web, out);
  const bool vrfs =
      std::ranges::any_of(device.interfaces, [](const config::Interface& i) { return !i.vrf.empty(); });
  out.line("line vty 0 15");
  (out << " access-class ").word(lists.terminal.ipv4) << (vrfs ? Literal(" in vrf-also") : Literal(" in"));
  out.end();
  (out << " ipv6 access-class ").word(lists.terminal.ipv6) << " in";
  out.end();
  out.line(opens_any(device, telnet) ? Literal(" transport input ssh telnet")
                                     : Literal(" transport input ssh"));
  out.line("!");
}

}  // namespace cordon::backends::cisco_ios
