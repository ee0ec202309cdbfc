// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Words that access lists use for protocols, ports and ICMP types, as the device prints them. Source: the
// tables of the ASA firewall CLI configuration guide, "Addresses, Protocols, and Ports".
#ifndef BACKENDS_CISCO_ASA_READ_NAMES_H
#define BACKENDS_CISCO_ASA_READ_NAMES_H

#include <cstdint>
#include <optional>
#include <string_view>

namespace cordon::backends::cisco_asa::reading {

// Names or numbers. `ip`, which means every protocol, is not among them, nor is number 0.
[[nodiscard]] std::optional<std::uint8_t> protocol_number(std::string_view word);

// Names or numbers. A name that the protocol does not know, or that means different ports on different
// releases, is nothing.
[[nodiscard]] std::optional<std::uint16_t> port_number(std::string_view word, std::uint8_t protocol);

// Names or numbers of ICMP or ICMPv6.
[[nodiscard]] std::optional<std::uint8_t> icmp_type(std::string_view word, std::uint8_t protocol);

}  // namespace cordon::backends::cisco_asa::reading

#endif  // BACKENDS_CISCO_ASA_READ_NAMES_H
