// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which flows are superfluous, against trying every packet.

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/check/part_index.h"
#include "compiler/check/superfluous.h"
#include "compiler/packet/naive.h"
#include "tests/property/packet_universe.h"

namespace cordon::check {
namespace {

using packet::Family;
using packet::testing::chance;
using packet::testing::Random;

// Ends within a /30 and a /126, so that every address can be tried; ports from one to four.
ir::Addresses random_end(Random& random) {
  ir::Addresses end;
  for (const Family family : packet::families) {
    if (chance(random, family == Family::ipv4 ? 10 : 60)) continue;
    std::vector<packet::AddressRange> ranges;
    const packet::Bits first = random() % 4;
    ranges.push_back({first, first + random() % (4 - static_cast<std::uint64_t>(first))});
    if (chance(random, 30)) ranges.push_back({3, 3});
    end.of(family) = {family, ranges};
  }
  return end;
}

packet::ServiceTerm random_term(Random& random) {
  packet::ServiceTerm term;
  if (chance(random, 8)) return term;
  constexpr std::uint8_t numbers[] = {6, 6, 6, 17, 1, 58, 50};
  term.protocol = numbers[random() % std::size(numbers)];
  if (packet::has_ports(*term.protocol)) {
    const auto first = static_cast<std::uint16_t>(1 + random() % 4);
    term.destination = {first, static_cast<std::uint16_t>(first + random() % (5U - first))};
    if (chance(random, 15)) term.source = {0, static_cast<std::uint16_t>(random() % 2)};
    if (chance(random, 10)) term.destination = {};
  }
  if (packet::is_icmp(*term.protocol) && chance(random, 60)) {
    term.icmp_type = static_cast<std::uint8_t>(random() % 2);
    if (chance(random, 30)) term.icmp_code = static_cast<std::uint8_t>(random() % 2);
  }
  return term;
}

std::vector<TrafficPart> random_parts(Random& random) {
  std::vector<TrafficPart> parts;
  const std::size_t count = 2 + random() % 12;
  while (parts.size() < count) {
    if (!parts.empty() && chance(random, 10)) {
      parts.push_back(parts[random() % parts.size()]);
      continue;
    }
    packet::ServiceSet services = {random_term(random)};
    while (chance(random, 30)) services.push_back(random_term(random));
    parts.push_back({random_end(random), random_end(random), normalize(std::move(services))});
  }
  return parts;
}

// One packet for each class that random flows tell apart.
std::vector<packet::Packet> every_packet() {
  std::vector<packet::Packet> packets;
  const auto add = [&](packet::Packet one) {
    for (const Family family : packet::families) {
      for (unsigned pair = 0; pair < 16; ++pair) {
        one.family = family;
        one.source = pair % 4;
        one.destination = pair / 4;
        packets.push_back(one);
      }
    }
  };
  packet::Packet one;
  for (const unsigned number : {6U, 17U}) {
    one.protocol = static_cast<std::uint8_t>(number);
    for (unsigned ports = 0; ports < 18; ++ports) {
      one.source_port = static_cast<std::uint16_t>(ports % 3);
      one.destination_port = static_cast<std::uint16_t>(ports / 3);
      add(one);
    }
  }
  one = {};
  for (const unsigned number : {1U, 58U}) {
    one.protocol = static_cast<std::uint8_t>(number);
    for (unsigned kind = 0; kind < 9; ++kind) {
      one.icmp_type = static_cast<std::uint8_t>(kind % 3);
      one.icmp_code = static_cast<std::uint8_t>(kind / 3);
      add(one);
    }
  }
  one = {};
  for (const unsigned number : {50U, 99U}) {
    one.protocol = static_cast<std::uint8_t>(number);
    add(one);
  }
  return packets;
}

bool admits(const TrafficPart& part, const packet::Packet& packet) {
  const packet::ServiceSet services = in_family(part.services, packet.family);
  const packet::MatchRule rule = {{.family = packet.family,
                                   .source = &part.from.of(packet.family),
                                   .destination = &part.to.of(packet.family),
                                   .services = &services},
                                  packet::Action::permit};
  return packet::matches(rule, packet);
}

// By packet, by part: who admits what.
using Table = std::vector<std::vector<bool>>;

Table table_of(const std::vector<TrafficPart>& parts, const std::vector<packet::Packet>& packets) {
  Table table(parts.size());
  for (std::size_t part = 0; part < parts.size(); ++part) {
    for (const packet::Packet& packet : packets) table[part].push_back(admits(parts[part], packet));
  }
  return table;
}

bool covered(const Table& table, std::size_t part, const std::vector<std::uint32_t>& by) {
  for (std::size_t packet = 0; packet < table[part].size(); ++packet) {
    if (!table[part][packet]) continue;
    if (std::ranges::none_of(by, [&](std::uint32_t other) { return table[other][packet]; })) return false;
  }
  return true;
}

bool share(const std::vector<bool>& a, const std::vector<bool>& b) {
  for (std::size_t packet = 0; packet < a.size(); ++packet) {
    if (a[packet] && b[packet]) return true;
  }
  return false;
}

bool is_empty(const std::vector<bool>& row) { return std::ranges::find(row, true) == row.end(); }

void check_cover(const Table& table, const Superfluous& found, const std::vector<bool>& gone) {
  for (const std::uint32_t other : found.by) CHECK_FALSE(gone[other]);
  CHECK(covered(table, found.part, found.by));
  for (std::size_t left_out = 0; left_out < found.by.size(); ++left_out) {
    std::vector<std::uint32_t> fewer = found.by;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(left_out));
    CHECK_FALSE(covered(table, found.part, fewer));
  }
  const bool single = found.by.size() == 1;
  const bool equal = single && table[found.part] == table[found.by.front()];
  CHECK(found.redundancy == (equal    ? Redundancy::duplicate
                             : single ? Redundancy::contained
                                      : Redundancy::covered));
}

}  // namespace

TEST_CASE("what is found superfluous is, by what stays; and what stays is needed") {
  Random random(47);
  const std::vector<packet::Packet> packets = every_packet();
  std::map<Redundancy, int> seen;
  std::size_t largest = 0;
  for (unsigned round = 0; round < 2000; ++round) {
    CAPTURE(round);
    const std::vector<TrafficPart> parts = random_parts(random);
    const Table table = table_of(parts, packets);
    const auto found = find_superfluous(parts);
    REQUIRE(found);
    std::vector<bool> gone(parts.size());
    for (const Superfluous& each : *found) gone[each.part] = true;
    for (const Superfluous& each : *found) {
      CAPTURE(each.part);
      check_cover(table, each, gone);
      ++seen[each.redundancy];
      largest = std::max(largest, each.by.size());
    }
    for (std::uint32_t part = 0; part < parts.size(); ++part) {
      if (gone[part] || is_empty(table[part])) continue;
      std::vector<std::uint32_t> others;
      for (std::uint32_t other = 0; other < parts.size(); ++other) {
        if (other != part && !gone[other]) others.push_back(other);
      }
      CAPTURE(part);
      CHECK_FALSE(covered(table, part, others));
    }
  }
  CHECK(seen[Redundancy::duplicate] > 300);
  CHECK(seen[Redundancy::contained] > 300);
  CHECK(seen[Redundancy::covered] > 100);
  CHECK(largest > 2);
}

TEST_CASE("two flows meet exactly when some packet is in both, and the index leaves out no such pair") {
  Random random(48);
  const std::vector<packet::Packet> packets = every_packet();
  int met = 0;
  for (unsigned round = 0; round < 500; ++round) {
    CAPTURE(round);
    std::vector<TrafficPart> parts = random_parts(random);
    for (TrafficPart& part : parts) part = trimmed(std::move(part));
    const Table table = table_of(parts, packets);
    const PartIndex index(parts, std::vector<bool>(parts.size(), true));
    for (std::uint32_t a = 0; a < parts.size(); ++a) {
      const std::vector<std::uint32_t> near = index.near(parts[a]);
      for (std::uint32_t b = 0; b < parts.size(); ++b) {
        const bool both = share(table[a], table[b]);
        CHECK(meet(parts[a], parts[b]) == both);
        if (both) CHECK(std::ranges::binary_search(near, b));
        if (plainly_holds(parts[a], parts[b])) CHECK(covered(table, b, {a}));
        met += both ? 1 : 0;
      }
    }
  }
  CHECK(met > 1000);
}

}  // namespace cordon::check
