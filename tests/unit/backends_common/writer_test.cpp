// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/writer.h"

#include <doctest/doctest.h>

#include "backends/common/address_text.h"
#include "backends/common/printable.h"
#include "tests/unit/backends_common/device_builder.h"

namespace cordon::backends {
namespace {

TEST_CASE("Lines carry their origin") {
  Writer out;
  out.line("first");
  (out << "second " << std::uint32_t{7} << " ").word("word").end(OriginId{3});
  out << *packet::parse_address("10.0.200.1") << " " << *packet::parse_address("fd00::1");
  out.end(OriginId{4});
  const backend::OutputFile file = out.take("a.cfg");
  CHECK(file.name == "a.cfg");
  CHECK(file.text == "first\nsecond 7 word\n10.0.200.1 fd00::1\n");
  REQUIRE(file.origins.size() == 2);
  CHECK(file.origins[0].line == 2);
  CHECK(file.origins[0].origin == OriginId{3});
  CHECK(file.origins[1].line == 3);
}

TEST_CASE("A comment keeps what is harmless") {
  const std::pair<std::string, std::string> rows[] = {
      {"Wards A, B (2nd floor): pumps/rooms", "Wards A, B (2nd floor): pumps/rooms"},
      {"a\nexit", "a_exit"},
      {"a\r\n\tb", "a___b"},
      {"! x", "_ x"},
      {"help? \"quoted\" `tick` ^C ; x | y", "help_ _quoted_ _tick_ _C _ x _ y"},
      {"M\xc3\xbcnchen", "M_nchen"},
      {std::string("\xe2\x80") + "\xaertl\xe2\x80\xa8", "_rtl_"},
      {std::string("nul\0nul", 7), "nul_nul"},
      {"\x1b[2J", "__2J"},
      {"   ", ""},
      {"  padded  ", "padded"},
  };
  for (const auto& [text, folded] : rows) {
    CAPTURE(text);
    CHECK(comment_text(text, 100) == folded);
  }
  CHECK(comment_text(std::string(300, 'x'), 100).size() == 100);
}

TEST_CASE("A comment of which nothing is left makes no line") {
  Writer out;
  out.comment_line(" description ", " ", 80);
  out.comment_line(" description ", "Bed 1", 80);
  CHECK(out.take("x").text == " description Bed 1\n");
}

TEST_CASE("Words are printable and without blanks") {
  CHECK(is_word("GigabitEthernet0/1.20"));
  for (const std::string& text : {std::string(), std::string("a b"), std::string("a\n"), std::string("a\x7f"),
                                  std::string("\xc3\xbc"), std::string("a\0b", 3)}) {
    CHECK_FALSE(is_word(text));
  }
}

TEST_CASE("Masks of every length") {
  for (unsigned length = 0; length <= 32; ++length) {
    CAPTURE(length);
    const auto mask = static_cast<std::uint32_t>(subnet_mask(length).bits);
    CHECK(static_cast<unsigned>(__builtin_popcount(mask)) == length);
    CHECK((~mask & (~mask + 1)) == 0);  // ones, then zeros
    CHECK(static_cast<std::uint32_t>(wildcard_mask(length).bits) == ~mask);
  }
  CHECK(packet::to_string(subnet_mask(26)) == "255.255.255.192");
  CHECK(packet::to_string(wildcard_mask(9)) == "0.127.255.255");
}

TEST_CASE("A set that is one prefix is known as such") {
  CHECK(single_prefix(test::set_of({"10.0.0.0/25", "10.0.0.128/25"})) == test::prefix("10.0.0.0/24"));
  CHECK_FALSE(single_prefix(test::set_of({"10.0.0.1", "10.0.0.2"})).has_value());
  CHECK_FALSE(single_prefix(test::set_of({"10.0.0.1", "10.0.0.3"})).has_value());
  CHECK(single_prefix(packet::AddressSet::all(packet::Family::ipv6))->length == 0);
}

TEST_CASE("Lines of another writer keep their origins, and may get a beginning") {
  Writer part;
  part.line("permit a", OriginId{4});
  part.line("permit b");
  part.line("deny c", OriginId{6});
  Writer out;
  out.line("!");
  out.append(part, "access-list x");
  out.append(part);
  CHECK(out.lines() == 7);
  const backend::OutputFile file = out.take("f");
  CHECK(file.text ==
        "!\naccess-list x permit a\naccess-list x permit b\naccess-list x deny c\n"
        "permit a\npermit b\ndeny c\n");
  REQUIRE(file.origins.size() == 4);
  CHECK(file.origins[1].line == 4);
  CHECK(file.origins[1].origin == OriginId{6});
  CHECK(file.origins[2].line == 5);
}

}  // namespace
}  // namespace cordon::backends
