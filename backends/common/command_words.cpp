// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/command_words.h"

#include <algorithm>
#include <bit>

namespace cordon::backends {

CommandLine words_of(const source::Sources& sources, source::Range range) {
  constexpr std::size_t usual_words = 16;
  CommandLine line;
  line.range = range;
  line.words.reserve(usual_words);
  split_words(sources.text(range), line.words);
  return line;
}

bool begins(const CommandLine& line, std::initializer_list<std::string_view> words, std::size_t at) {
  if (line.words.size() < at + words.size()) return false;
  return std::equal(words.begin(), words.end(), line.words.begin() + static_cast<std::ptrdiff_t>(at));
}

std::string printable_text(std::string_view text) {
  std::string out(text.substr(0, longest_label));
  std::ranges::replace_if(
      out, [](char c) { return c < ' ' || c > '~'; }, '?');
  return out;
}

std::optional<packet::Address> address_of(std::string_view text, packet::Family family) {
  const auto address = packet::parse_address(text);
  return address && address->family == family ? address : std::nullopt;
}

std::optional<std::uint8_t> netmask_length(std::string_view text) {
  const auto mask = address_of(text, packet::Family::ipv4);
  if (!mask) return std::nullopt;
  const auto bits = static_cast<std::uint32_t>(mask->bits);
  const int ones = std::countl_one(bits);
  if (std::popcount(bits) != ones) return std::nullopt;
  return static_cast<std::uint8_t>(ones);
}

}  // namespace cordon::backends
