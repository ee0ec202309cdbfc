// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Answers in cubes, asked packet by packet.
#ifndef TESTS_SUPPORT_CUBES_H
#define TESTS_SUPPORT_CUBES_H

#include <algorithm>
#include <span>

#include "compiler/packet/naive.h"
#include "compiler/packet/packet_set.h"

namespace cordon::test {

[[nodiscard]] inline bool holds(std::span<const packet::Cube> cubes, const packet::Packet& packet) {
  return std::ranges::any_of(cubes, [&](const packet::Cube& cube) {
    const packet::MatchRule rule = cube.permit();
    return packet::evaluate({&rule, 1}, packet) == packet::Action::permit;
  });
}

// The first packet of a connection, whole: what intent is about.
[[nodiscard]] inline bool opens_something(const packet::Packet& packet) {
  return packet.state == packet::State::fresh && packet.fragment == packet::Fragment::first_or_whole;
}

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_CUBES_H
