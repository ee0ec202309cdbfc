// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a reader understood of the configuration of one device: its text as values, with every implicit rule
// of the platform made explicit, and every line that it did not understand.
//
// What a packet needs to cross from interface `in` to interface `out`: the permission of every filter that is
// bound to `interface_in` of `in`, to `interface_out` of `out`, or to the pair. Where nothing is bound,
// everything passes: a platform that refuses by default says so by a filter that denies. What a packet for
// the device itself needs: the permission of every filter that is bound to `own`, at the interface it comes
// in by or at no interface (any); a filter that stands at an interface and sees these packets too is
// therefore bound twice.
#ifndef COMPILER_CONFIG_READING_H
#define COMPILER_CONFIG_READING_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/config/device.h"
#include "compiler/source/source.h"

namespace cordon::config {

// A filter for packets that come in by one interface and leave by another.
struct Between {
  InterfaceId in, out;
  FilterId filter;
};

// A line that bears on what passes and is not understood, or what it stands in. A filter with a gap is
// incomplete: its rules must not be taken for the truth.
// The one reason that bears on other devices too: what leaves is not what came.
inline constexpr std::string_view addresses_are_translated = "addresses are translated";

struct Gap {
  Range range;
  std::string reason;  // `an application is matched`: printable, one line, begins in lower case
  FilterId filter;     // invalid: the gap bears on every filter of the device
  [[nodiscard]] bool translates() const { return reason == addresses_are_translated; }
};

struct Reading {
  // Interfaces by their names on the device (`port`); `name` is what the configuration calls them by, if it
  // does. Each rule has an origin of its own, whose range is the line it was read from and whose label is the
  // remark or comment over it, if any. Roles of rules, which a text does not tell, are `flow`. `stateful`
  // says that replies and errors of connections which the filter let through pass before its rules; a
  // platform that spells this out in rules has `stateful` false and states in the rules.
  Device device;
  std::vector<Between> between;
  std::vector<Gap> gaps;            // ascending by place
  std::uint32_t ignored_lines = 0;  // lines that are known to have no bearing on what passes
  bool reassembles = true;  // packets are whole before a filter sees them, where the platform can do that

  // The line that a rule was read from; none where the platform added it.
  [[nodiscard]] Range line_of(const Rule& rule) const;

  // Of origins only the lines stay: many readings are kept until all are there, and nobody asks for remarks.
  void keep_only_lines();

  IdVector<OriginId, Range> lines{};  // in place of origins, once only they are kept
};

}  // namespace cordon::config

#endif  // COMPILER_CONFIG_READING_H
