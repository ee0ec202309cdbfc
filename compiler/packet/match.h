// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What one rule of a filter looks at, and one concrete packet.
#ifndef COMPILER_PACKET_MATCH_H
#define COMPILER_PACKET_MATCH_H

#include "compiler/packet/address.h"
#include "compiler/packet/service.h"

namespace cordon::packet {

enum class Action : std::uint8_t { permit, deny };

// A product of fields within one family; the services are a union of terms. Views, not owners: the
// pieces live in the configuration or the test that made them.
struct Match {
  Family family = Family::ipv4;
  const AddressSet* source = nullptr;
  const AddressSet* destination = nullptr;
  const ServiceSet* services = nullptr;
  std::uint8_t fragments = any_fragment;  // see Fragment
  std::uint8_t states = any_state;        // see State
};

struct MatchRule {
  Match match;
  Action action = Action::deny;
};

// One packet, every field concrete. Ports, type, code and flags are zero where the protocol has
// none; a later fragment carries no ports, types or flags at all.
struct Packet {
  Family family = Family::ipv4;
  Bits source = 0;
  Bits destination = 0;
  std::uint8_t protocol = 0;
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  std::uint8_t icmp_type = 0;
  std::uint8_t icmp_code = 0;
  std::uint8_t tcp_flags = 0;  // 0..63
  Fragment fragment = Fragment::first_or_whole;
  State state = State::fresh;
  friend constexpr auto operator<=>(const Packet&, const Packet&) = default;
};

[[nodiscard]] std::string to_string(const Packet& packet);

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_MATCH_H
