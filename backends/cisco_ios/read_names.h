// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Words that access lists use for protocols, ports and ICMP types, as the device prints them. Source: the
// keyword tables of the IOS command reference, "permit (IP)" and "permit (IPv6)".
#ifndef BACKENDS_CISCO_IOS_READ_NAMES_H
#define BACKENDS_CISCO_IOS_READ_NAMES_H

#include <cstdint>
#include <optional>
#include <string_view>

#include "compiler/packet/address.h"

namespace cordon::backends::cisco_ios {

// Names or numbers. `ip` and `ipv6`, which mean every protocol, are not among them, nor is number 0.
[[nodiscard]] std::optional<std::uint8_t> protocol_number(std::string_view word, packet::Family family);

// Names or numbers. A name that the protocol does not know is nothing.
[[nodiscard]] std::optional<std::uint16_t> port_number(std::string_view word, std::uint8_t protocol);

struct IcmpName {
  std::uint8_t type = 0;
  std::optional<std::uint8_t> code;
};
// Names only.
[[nodiscard]] std::optional<IcmpName> icmp_name(std::string_view word, packet::Family family);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_NAMES_H
