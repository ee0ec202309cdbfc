// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Expectations that stand in a configuration as comments, and what a reading says to them.
//
//   # expect: in=lan0 out=wan0 tcp 10.0.0.1:1024 > 10.1.0.1:80 [syn] [new] permit ; ref: nft(8) CHAINS
//   # expect: in=lan0 own udp 10.0.0.1:68 > 10.0.0.254:67 deny ; ref: …
//   # expect: gap 12 `ip ttl` ; ref: …             a gap in that line whose reason holds the words
//   # expect: gaps 0 | interfaces lan0 wan0 * | ignored 2 | filters 3
//
// A packet: protocol (`tcp`, `udp`, `sctp`, `icmp`, `icmpv6`, or a number), `ADDRESS[:PORT] > ADDRESS[:PORT]`
// (IPv6 in brackets), then `type=8`, `code=0`, `flags=syn+ack`, `later` and a state. Where a ruleset says
// nothing else, TCP flags are none, packets whole and states new.
#ifndef TESTS_UNIT_BACKENDS_NFTABLES_READ_EXPECTATIONS_H
#define TESTS_UNIT_BACKENDS_NFTABLES_READ_EXPECTATIONS_H

#include <string>
#include <string_view>
#include <vector>

#include "compiler/config/reading.h"
#include "compiler/packet/match.h"

namespace cordon::test {

// A ruleset and how it was read.
struct Read {
  source::Sources sources;
  source::FileId file;
  config::Reading reading;
};
void read_into(Read& read, std::string text);

// What the reading says of a packet, by the composition that reading.h states. `out` empty: for the device.
[[nodiscard]] config::Action verdict(const config::Reading& reading, std::string_view in,
                                     std::string_view out, const packet::Packet& packet);

// Checks every expectation of a ruleset, which may stand in its text; returns how many there were. Failures
// name the line.
std::size_t check_expectations(std::string_view name, const std::string& text,
                               const std::string& expectations);

}  // namespace cordon::test

#endif  // TESTS_UNIT_BACKENDS_NFTABLES_READ_EXPECTATIONS_H
