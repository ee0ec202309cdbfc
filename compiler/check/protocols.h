// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What services are for, by the ports that IANA registered and products keep to.
//
// A port is a hint and no proof: what listens there may be something else. So checks that go by it can be
// waived, and a range wider than a few ports is taken for none of the protocols in it: that it is wide is a
// finding of its own.
#ifndef COMPILER_CHECK_PROTOCOLS_H
#define COMPILER_CHECK_PROTOCOLS_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/packet/service.h"

namespace cordon::check {

enum class Use : std::uint8_t {
  login,           // sessions, commands and files, with passwords that anyone on the way can read
  clear,           // readable on the way unless something else protects it
  discovery,       // made for one segment: who is there, what does it offer
  remote_control,  // protected, but it gives the whole machine away
  database,
  file_sharing,
  names,
  time,
  device_weakness,  // a published way into an infusion pump
};

// The part of a flow's services that is of one use, and what it is called: `telnet (tcp/23)`.
struct Recognised {
  packet::ServiceSet services;
  std::string text;
  std::string_view instead;  // what the first of them should be replaced by; empty: that depends on the ends
};
[[nodiscard]] std::optional<Recognised> recognise(const packet::ServiceSet& services, Use use);

// Whether the term is wider than a protocol's: such a range says nothing of what it is for.
[[nodiscard]] bool is_wide(const packet::ServiceTerm& term);
// Every protocol, or every port of one.
[[nodiscard]] bool is_everything(const packet::ServiceTerm& term);
[[nodiscard]] unsigned port_count(const packet::PortRange& range);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_PROTOCOLS_H
