// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/wording.h"

#include <doctest/doctest.h>

using namespace cordon::check;

TEST_CASE("lists end in a word, long ones in a count") {
  CHECK(joined({}).empty());
  CHECK(joined({"a"}) == "a");
  CHECK(joined({"a", "b", "c"}) == "a, b and c");
  CHECK(joined({"a", "b", "c", "d"}, 2) == "a, b and 2 more");
  CHECK(quoted({"a", "b"}) == "`a` and `b`");
}

TEST_CASE("counts agree with their noun") {
  CHECK(counted(0, "flow") == "0 flows");
  CHECK(counted(1, "flow") == "1 flow");
}
