// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/vlan_list.h"

#include <doctest/doctest.h>

namespace cordon::backends::cisco_ios {
namespace {

TEST_CASE("Neighbours are joined") {
  const std::uint16_t ids[] = {1, 10, 11, 20, 21, 22, 4094};
  CHECK(vlan_lists(ids, 80) == std::vector<std::string>{"1,10,11,20-22,4094"});
  CHECK(vlan_lists({}, 80).empty());
}

TEST_CASE("Long lists are split between runs, and lose nothing") {
  std::vector<std::uint16_t> ids;
  for (std::uint16_t id = 2; id < 4094; id = static_cast<std::uint16_t>(id + 2)) ids.push_back(id);
  std::vector<std::uint16_t> back;
  for (const std::string& list : vlan_lists(ids, 80)) {
    CHECK(list.size() <= 80);
    for (std::size_t at = 0; at < list.size();
         at = list.find(',', at) == std::string::npos ? list.size() : list.find(',', at) + 1) {
      back.push_back(static_cast<std::uint16_t>(std::stoi(list.substr(at))));
    }
  }
  CHECK(back == ids);
}

}  // namespace
}  // namespace cordon::backends::cisco_ios
