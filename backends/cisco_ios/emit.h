// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The parts of an IOS XE configuration, in the order in which they have to be loaded.
#ifndef BACKENDS_CISCO_IOS_EMIT_H
#define BACKENDS_CISCO_IOS_EMIT_H

#include <string>
#include <string_view>
#include <vector>

#include "backends/cisco_ios/service_text.h"
#include "backends/common/writer.h"
#include "compiler/backend/backend.h"
#include "compiler/config/device.h"

namespace cordon::backends::cisco_ios {

[[nodiscard]] backend::OutputFile emit(const config::Device& device);

// How entries write a set: through an object group, or spelled out, one text for each member.
struct AddressText {
  std::string group;  // empty: there is none, because there is one member or the family is IPv6
  std::vector<std::string> spelled;
};
struct ServiceTexts {
  ServiceText group;                 // empty protocol: there is none
  std::vector<ServiceText> beside;   // what no group can say: TCP flags, ICMP codes
  std::vector<ServiceText> spelled;  // every term
};
struct Operands {
  std::vector<AddressText> addresses;
  std::vector<ServiceTexts> services;
};

void write_global(const config::Device& device, Writer& out);
void write_vlans(const config::Device& device, Writer& out);
[[nodiscard]] Operands write_groups(const config::Device& device, Writer& out);

struct ListNames {
  std::string ipv4, ipv6;
};
[[nodiscard]] std::vector<ListNames> write_access_lists(const config::Device& device,
                                                        const Operands& operands,
                                                        Writer& out);  // by filter id
void write_interfaces(const config::Device& device, const std::vector<ListNames>& lists, Writer& out);
void write_redundancy(const config::Interface& interface, Writer& out);
void write_ports(const config::Device& device, Writer& out);

struct ManagementLists {
  ListNames terminal;
  ListNames web;  // empty: the web server is off
};
[[nodiscard]] ManagementLists write_management_lists(const config::Device& device, Writer& out);
void write_management(const config::Device& device, const ManagementLists& lists, Writer& out);

// Which rules are spelled out although object groups could say them. Groups may be passed over for packets
// that the processor handles (README.md), so a rule that decides about those does without.
class Spelling {
 public:
  explicit Spelling(const config::Device& device);
  [[nodiscard]] bool avoids_groups(const config::Rule& rule) const;

 private:
  [[nodiscard]] bool is_own(const packet::AddressSet& addresses) const;

  const config::Device& device_;
  std::vector<packet::Address> own_;  // ascending
};

// `10.0.0.0 0.0.0.255`, `host 10.0.0.1`, `any`, `2001:db8::/32`.
[[nodiscard]] std::string entry_text(const packet::Prefix& prefix);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_EMIT_H
