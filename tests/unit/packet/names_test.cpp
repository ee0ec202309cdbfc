// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/names.h"

#include <cstddef>

#include <doctest/doctest.h>

#include "compiler/packet/service.h"

using namespace cordon::packet;

TEST_CASE("tables ascend and no name stands twice") {
  for (const auto table :
       {protocol_names(), icmp_type_names(protocol::icmp), icmp_type_names(protocol::icmpv6)}) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      CAPTURE(table[i].name);
      if (i > 0) CHECK(table[i - 1].number < table[i].number);
      CHECK(find_number(table, table[i].name) == table[i].number);
      CHECK(find_name(table, table[i].number) == table[i].name);
    }
  }
}

TEST_CASE("what a table does not hold is not found") {
  CHECK_FALSE(find_number(protocol_names(), "tpc"));
  CHECK(find_name(protocol_names(), 200).empty());
  CHECK(icmp_type_names(protocol::tcp).empty());
}
