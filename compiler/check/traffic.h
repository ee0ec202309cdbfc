// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Exact answers about sets of connections, as findings, waivers and assertions carry them.
//
// A connection is its first packet: addresses, protocol, ports. A set is a union of products in any order,
// overlapping or not; every answer is about the packets and never about how the products were written. A
// question beyond the budget is undecided, and never "covered".
#ifndef COMPILER_CHECK_TRAFFIC_H
#define COMPILER_CHECK_TRAFFIC_H

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compiler/check/finding.h"
#include "compiler/ir/address_names.h"
#include "compiler/packet/packet_set.h"

namespace cordon::check {

using Traffic = std::vector<TrafficPart>;
using packet::Decided;

// A space for many questions about the same addresses.
class TrafficSpace {
 public:
  TrafficSpace();

  [[nodiscard]] Decided<packet::PacketSet> set(const Traffic& traffic);
  // Disjoint products of one family each, in a fixed order: equal sets give equal products.
  [[nodiscard]] Decided<Traffic> parts(const packet::PacketSet& set);
  [[nodiscard]] packet::PacketSpace& packets() { return space_; }

 private:
  packet::PacketSpace space_;
};

[[nodiscard]] Decided<bool> is_subset(const Traffic& inner, const Traffic& outer);
[[nodiscard]] Decided<Traffic> subtract(const Traffic& whole, const Traffic& taken);
[[nodiscard]] Decided<Traffic> intersect(const Traffic& a, const Traffic& b);
[[nodiscard]] Decided<Traffic> canonical(const Traffic& traffic);
// The plainest packet of the set; nothing where the set is empty.
[[nodiscard]] Decided<std::optional<packet::Packet>> example(const Traffic& traffic);

// What both services hold.
[[nodiscard]] packet::ServiceSet common_services(const packet::ServiceSet& a, const packet::ServiceSet& b);

// Whether some packet is meant: both ends share a family in which a service can occur.
[[nodiscard]] bool holds_packets(const TrafficPart& part);
[[nodiscard]] bool holds_packets(const Traffic& traffic);

// `guest -> pumps tcp/443`, a line for each product, by names where the addresses have one; both families
// on one line where they say the same. At most so many lines, then a count of the rest.
[[nodiscard]] std::vector<std::string> traffic_lines(const ir::AddressNames& names, const Traffic& traffic,
                                                     std::size_t most = 4);
// The same, joined by `; `.
[[nodiscard]] std::string traffic_text(const ir::AddressNames& names, const Traffic& traffic,
                                       std::size_t most = 4);
// `tcp 10.0.0.1:49152 -> 10.0.0.2:443`: the packet that opens the connection.
[[nodiscard]] std::string example_text(const packet::Packet& packet);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_TRAFFIC_H
