// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The named sets of a ruleset: which address sets become one, and what they are called.
#ifndef BACKENDS_NFTABLES_ADDRESS_SETS_H
#define BACKENDS_NFTABLES_ADDRESS_SETS_H

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "backends/nftables/text.h"
#include "compiler/config/device.h"

namespace cordon::backends::nftables {

// `10.0.0.7`, `10.0.0.0/8` or `10.0.0.7-10.0.0.9`.
[[nodiscard]] std::string range_text(packet::Family family, const packet::AddressRange& range);

// `ip` or `ip6`.
[[nodiscard]] const char* family_keyword(packet::Family family);

class AddressSets {
 public:
  explicit AddressSets(const config::Device& device) : device_(device) {}

  // Declares the sets of a rule's addresses when they need a name.
  void use(const config::Rule& rule);
  // Fixes the names; no `use` afterwards.
  void name_all();

  void write(Writer& writer) const;

  // `ip saddr 10.0.0.0/8 ip daddr @v4-servers`; at least the family, so never empty.
  [[nodiscard]] std::string match(const config::Rule& rule) const;

 private:
  void use(config::AddressSetId id);
  [[nodiscard]] std::string operand(config::AddressSetId id) const;

  const config::Device& device_;
  std::map<config::AddressSetId, std::string> names_;
};

}  // namespace cordon::backends::nftables

#endif  // BACKENDS_NFTABLES_ADDRESS_SETS_H
