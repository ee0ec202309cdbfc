// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Words of a line as a reader takes them: VLAN lists, names of interfaces.
#ifndef BACKENDS_CISCO_IOS_READ_WORDS_H
#define BACKENDS_CISCO_IOS_READ_WORDS_H

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/cisco_ios/read_limits.h"
#include "backends/common/command_words.h"

namespace cordon::backends::cisco_ios {

using VlanSet = std::bitset<last_vlan + 1>;

// `10,20-30`, also with blanks after commas when they are words of one line. Nothing when a part is not a
// VLAN.
[[nodiscard]] std::optional<VlanSet> vlan_list(std::string_view text);
[[nodiscard]] std::optional<std::uint16_t> vlan_id(std::string_view text);
[[nodiscard]] std::vector<std::uint16_t> ascending(const VlanSet& vlans);

// Names that `interface …` or `interface range …` speaks of; the words after the keywords. `Vlan 10` is
// `Vlan10`. Empty when it is not understood, not printable or too long.
[[nodiscard]] std::vector<std::string> interface_names(std::string_view text, bool range);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_WORDS_H
