// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The reference that people read is the table that the parser reads. After a change of the table
// `UPDATE_GOLDEN=1 ctest -R unit_syntax` writes it anew.

#include "compiler/syntax/reference.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

using namespace cordon::syntax;

namespace {

const std::string reference_file = CORDON_SOURCE_DIR "/policies/README.md";

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("policies/README.md holds the reference as the table has it") {
  const std::string text = read_file(reference_file);
  const std::size_t begin = text.find(reference_begin);
  const std::size_t end = text.find(reference_end);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  const std::string expected =
      text.substr(0, begin) + std::string(reference_begin) + "\n\n" + language_reference() + text.substr(end);
  if (std::getenv("UPDATE_GOLDEN") != nullptr && text != expected) {
    std::ofstream(reference_file, std::ios::binary) << expected;
    return;
  }
  const bool same = text == expected;
  CHECK_MESSAGE(
      same, "policies/README.md is not what the table says; UPDATE_GOLDEN=1 ctest -R unit_syntax writes it");
}
