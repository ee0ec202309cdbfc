// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/base/spelling.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using cordon::edit_distance;
using cordon::nearest_name;

namespace {

const std::vector<std::string_view> keys = {"vlan", "ipv4", "ipv6", "dhcp", "description", "security-level"};

}  // namespace

TEST_CASE("each way to slip costs one") {
  CHECK(edit_distance("vlan", "vlan", 3) == 0);
  CHECK(edit_distance("vlan", "vla", 3) == 1);
  CHECK(edit_distance("vlan", "vlann", 3) == 1);
  CHECK(edit_distance("vlan", "vlon", 3) == 1);
  CHECK(edit_distance("vlan", "vlna", 3) == 1);
  CHECK(edit_distance("", "ab", 3) == 2);
}

TEST_CASE("case, dash and underscore are no difference") {
  CHECK(edit_distance("Security_Level", "security-level", 3) == 0);
}

TEST_CASE("beyond the limit is one more than the limit") {
  CHECK(edit_distance("abcdef", "uvwxyz", 2) == 3);
  CHECK(edit_distance("ab", "abcdef", 2) == 3);
}

TEST_CASE("the nearest legal name is suggested") {
  CHECK(nearest_name("vlna", keys) == "vlan");
  CHECK(nearest_name("securty-levl", keys) == "security-level");
  CHECK(nearest_name("desc", keys).empty());
  CHECK(nearest_name("x", keys).empty());
  CHECK(nearest_name("", keys).empty());
}

TEST_CASE("the order of the candidates does not matter") {
  const std::vector<std::string_view> forward = {"ipv4", "ipv6"};
  const std::vector<std::string_view> backward = {"ipv6", "ipv4"};
  CHECK(nearest_name("ipv5", forward) == "ipv4");
  CHECK(nearest_name("ipv5", backward) == "ipv4");
}

TEST_CASE("a very long name is compared for equality only") {
  const std::string name(5000, 'a');
  CHECK(edit_distance(name, name, 3) == 0);
  CHECK(edit_distance(name, name + "b", 3) == 4);
}
