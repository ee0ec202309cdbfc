// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/names.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "compiler/base/check.h"

namespace cordon::backends {
namespace {

constexpr std::size_t suffix_digits = 8;

// FNV-1a, 64 bits: short, and the same everywhere.
class Digest {
 public:
  void add(std::uint8_t byte) { value_ = (value_ ^ byte) * 0x100000001b3U; }
  template <class Unsigned>
  void add_number(Unsigned number) {
    for (std::size_t byte = 0; byte < sizeof number; ++byte)
      add(static_cast<std::uint8_t>(number >> (8 * byte)));
  }
  void add(std::string_view text) {
    for (const char c : text) add(static_cast<std::uint8_t>(c));
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325U;
};

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// `,` is `_`, `.` is `__`, `/` is `_-`. No label of the language has two of these side by side, or
// one beside a `_` or before a `-`; whatever else comes in is caught by spelling it back.
std::string spell(std::string_view label) {
  std::string name;
  name.reserve(label.size() + 4);
  for (const char c : label) {
    if (is_letter(c) || (c >= '0' && c <= '9') || c == '-') {
      name += c;
    } else if (c == '.') {
      name += "__";
    } else if (c == '/') {
      name += "_-";
    } else {
      name += '_';
    }
  }
  return name;
}

std::string with_suffix(std::string_view spelled, const NamedThing& thing, std::size_t limit,
                        std::uint8_t attempt) {
  Digest digest;
  digest.add(thing.label);
  digest.add_number(thing.content);
  digest.add(attempt);
  std::string name;
  if (spelled.empty() || !is_letter(spelled.front())) name = "g";
  name += spelled;
  name.resize(std::min(name.size(), limit - suffix_digits - 1));
  name += '-';
  for (std::size_t digit = 0; digit < suffix_digits; ++digit) {
    name += "0123456789abcdef"[digest.value() >> (4 * digit) & 15U];
  }
  return name;
}

std::string free_name(const std::string& spelled, const NamedThing& thing, std::size_t limit,
                      std::unordered_set<std::string>& taken) {
  for (std::uint8_t attempt = 0;; ++attempt) {
    CORDON_CHECK(attempt != 255);
    std::string name = with_suffix(spelled, thing, limit, attempt);
    if (taken.insert(name).second) return name;
  }
}

}  // namespace

std::uint64_t digest(std::string_view text) {
  Digest digest;
  digest.add(text);
  return digest.value();
}

std::uint64_t digest(const packet::AddressSet& addresses) {
  Digest digest;
  digest.add(static_cast<std::uint8_t>(addresses.family()));
  for (const packet::AddressRange& range : addresses.ranges()) {
    digest.add_number(range.first);
    digest.add_number(range.last);
  }
  return digest.value();
}

std::uint64_t digest(const packet::ServiceSet& terms) {
  Digest digest;
  for (const packet::ServiceTerm& term : terms) {
    // 256 stands for "every", which no protocol, type or code is.
    for (const auto& field : {term.protocol, term.icmp_type, term.icmp_code}) {
      digest.add_number(static_cast<std::uint16_t>(field ? *field : 256U));
    }
    for (const packet::PortRange& ports : {term.source, term.destination}) {
      digest.add_number(ports.first);
      digest.add_number(ports.last);
    }
    digest.add_number(term.flags);
  }
  return digest.value();
}

std::string label_of(std::string_view name) {
  std::string label;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] != '_') {
      label += name[at];
    } else if (name.substr(at).starts_with("__")) {
      label += '.';
      ++at;
    } else if (name.substr(at).starts_with("_-")) {
      label += '/';
      ++at;
    } else {
      label += ',';
    }
  }
  return label;
}

std::vector<std::string> object_names(std::span<const NamedThing> things, std::size_t limit) {
  CORDON_CHECK(limit >= 16);
  std::vector<std::string> names;
  names.reserve(things.size());
  std::unordered_map<std::string_view, std::size_t> uses;
  for (const NamedThing& thing : things) {
    names.push_back(spell(thing.label));
    ++uses[thing.label];
  }
  std::unordered_set<std::string> taken;
  std::vector<std::size_t> shortened;
  for (std::size_t i = 0; i < things.size(); ++i) {
    const std::string& name = names[i];
    const bool as_spelled = uses[things[i].label] == 1 && name.size() <= limit && !name.empty() &&
                            is_letter(name.front()) && label_of(name) == things[i].label;
    if (as_spelled) {
      taken.insert(name);
    } else {
      shortened.push_back(i);
    }
  }
  for (const std::size_t i : shortened) names[i] = free_name(names[i], things[i], limit, taken);
  return names;
}

std::vector<std::string> versioned_names(std::span<const NamedThing> things, std::size_t limit) {
  CORDON_CHECK(limit >= 16);
  std::vector<std::string> names;
  names.reserve(things.size());
  std::unordered_set<std::string> taken;
  for (const NamedThing& thing : things) names.push_back(free_name(spell(thing.label), thing, limit, taken));
  return names;
}

}  // namespace cordon::backends
