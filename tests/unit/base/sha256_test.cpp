// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/base/sha256.h"

#include <doctest/doctest.h>

namespace cordon {
namespace {

TEST_CASE("digests are those of FIPS 180-4") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace cordon
