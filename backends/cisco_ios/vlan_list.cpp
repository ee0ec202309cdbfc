// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/vlan_list.h"

namespace cordon::backends::cisco_ios {

std::vector<std::string> vlan_lists(std::span<const std::uint16_t> ids, std::size_t limit) {
  std::vector<std::string> lists;
  for (std::size_t begin = 0, end = 0; begin < ids.size(); begin = end) {
    end = begin + 1;
    while (end < ids.size() && ids[end] == ids[end - 1] + 1) ++end;
    std::string run = std::to_string(ids[begin]);
    if (end - begin > 1) run += (end - begin > 2 ? '-' : ',') + std::to_string(ids[end - 1]);
    if (!lists.empty() && lists.back().size() + 1 + run.size() <= limit) {
      lists.back() += ',' + run;
    } else {
      lists.push_back(std::move(run));
    }
  }
  return lists;
}

}  // namespace cordon::backends::cisco_ios
