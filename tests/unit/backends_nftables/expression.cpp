// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "expression.h"

#include <charconv>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace cordon::test {
namespace {

using packet::Packet;

// Words of an expression, consumed from the front.
class Words {
 public:
  explicit Words(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(' '), text.size());
      if (end > 0) words_.emplace_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  [[nodiscard]] bool empty() const { return at_ == words_.size(); }
  std::string next() {
    REQUIRE(!empty());
    return words_[at_++];
  }
  bool take(std::initializer_list<std::string_view> expected) {
    std::size_t at = at_;
    for (const std::string_view word : expected) {
      if (at == words_.size() || words_[at++] != word) return false;
    }
    at_ = at;
    return true;
  }

 private:
  std::vector<std::string> words_;
  std::size_t at_ = 0;
};

unsigned number(std::string_view text) {
  if (text == "icmp") return 1;
  if (text == "tcp") return 6;
  if (text == "udp") return 17;
  if (text == "icmpv6") return 58;
  if (text == "sctp") return 132;
  const bool hexadecimal = text.starts_with("0x");
  if (hexadecimal) text.remove_prefix(2);
  unsigned value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, hexadecimal ? 16 : 10);
  REQUIRE(error == std::errc());
  REQUIRE(end == text.data() + text.size());
  return value;
}

bool within(std::string_view range, unsigned value) {
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos) return number(range) == value;
  return number(range.substr(0, dash)) <= value && value <= number(range.substr(dash + 1));
}

// Values with dots between, one for each field of the key. A comma after the last: there are more.
struct Element {
  bool holds = true;
  bool last = true;
};
Element next_element(Words& words, const std::vector<unsigned>& key) {
  Element element;
  for (std::size_t field = 0; field < key.size(); ++field) {
    if (field > 0) REQUIRE(words.take({"."}));
    std::string value = words.next();
    if (value.ends_with(',')) {
      element.last = false;
      value.pop_back();
    }
    element.holds = within(value, key[field]) && element.holds;
  }
  return element;
}

// One element, or several in braces.
bool element_of(Words& words, const std::vector<unsigned>& key) {
  const bool several = words.take({"{"});
  Element element = next_element(words, key);
  bool holds = element.holds;
  while (!element.last) {
    element = next_element(words, key);
    holds = holds || element.holds;
  }
  if (several) REQUIRE(words.take({"}"}));
  return holds;
}

bool ports_hold(Words& words, const std::string& protocol, const Packet& packet) {
  if (words.take({"flags", "&", "(rst", "|", "ack)", "!=", "0"})) return (packet.tcp_flags & 0x14U) != 0;
  if (words.take({"flags", "&", "0x3f", "=="})) return element_of(words, {packet.tcp_flags});
  if (words.take({"sport"})) return element_of(words, {packet.source_port});
  REQUIRE_MESSAGE(words.take({"dport"}), protocol);
  return element_of(words, {packet.destination_port});
}

bool types_hold(Words& words, const std::string& protocol, const Packet& packet) {
  REQUIRE(words.take({"type"}));
  if (words.take({".", protocol, "code"})) return element_of(words, {packet.icmp_type, packet.icmp_code});
  return element_of(words, {packet.icmp_type});
}

bool condition_holds(Words& words, const Packet& packet) {
  if (words.take({"meta", "l4proto", ".", "th", "dport"})) {
    return element_of(words, {packet.protocol, packet.destination_port});
  }
  if (words.take({"meta", "l4proto"})) return element_of(words, {packet.protocol});
  const std::string protocol = words.next();
  const bool right = number(protocol) == packet.protocol;
  if (protocol.starts_with("icmp")) return types_hold(words, protocol, packet) && right;
  return ports_hold(words, protocol, packet) && right;
}

}  // namespace

bool expression_holds(std::string_view text, const Packet& packet) {
  Words words(text);
  bool holds = true;
  while (!words.empty()) holds = condition_holds(words, packet) && holds;
  return holds;
}

}  // namespace cordon::test
