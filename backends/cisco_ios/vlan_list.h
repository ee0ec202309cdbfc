// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#ifndef BACKENDS_CISCO_IOS_VLAN_LIST_H
#define BACKENDS_CISCO_IOS_VLAN_LIST_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cordon::backends::cisco_ios {

// `10,20-22,30`, in as many pieces as keep each within `limit` characters. Ids ascend.
[[nodiscard]] std::vector<std::string> vlan_lists(std::span<const std::uint16_t> ids, std::size_t limit);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_VLAN_LIST_H
