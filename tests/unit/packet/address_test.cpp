// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/address.h"

#include <arpa/inet.h>
#include <array>
#include <random>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace cordon::packet;

namespace {

// The C library's reading, as a second opinion.
std::optional<Bits> system_parse(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  const bool v6 = text.find(':') != std::string::npos;
  if (inet_pton(v6 ? AF_INET6 : AF_INET, text.c_str(), bytes.data()) != 1) return std::nullopt;
  Bits bits = 0;
  for (std::size_t i = 0; i < (v6 ? 16U : 4U); ++i) bits = bits << 8 | bytes[i];
  return bits;
}

std::optional<Bits> own_parse(const std::string& text) {
  const auto address = parse_address(text);
  return address ? std::optional(address->bits) : std::nullopt;
}

std::string random_text(std::mt19937& random) {
  constexpr std::string_view letters = "0123456789abF:::...";
  std::string text;
  const std::size_t length = random() % 24;
  for (std::size_t i = 0; i < length; ++i) text += letters[random() % letters.size()];
  return text;
}

Bits random_bits(std::mt19937_64& random) {
  Bits bits = 0;
  for (int group = 0; group < 8; ++group) {
    const std::uint64_t value = random() % 3 == 0 ? random() & 0xffff : random() % 2;
    bits = bits << 16 | value;
  }
  return bits;
}

}  // namespace

TEST_CASE("addresses are read and printed in their one canonical form") {
  struct Row {
    std::string_view text, printed;
  };
  const Row rows[] = {
      {"0.0.0.0", "0.0.0.0"},
      {"255.255.255.255", "255.255.255.255"},
      {"10.1.2.3", "10.1.2.3"},
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"2001:DB8::1", "2001:db8::1"},
      {"2001:0db8:0000:0000:0000:0000:0002:0001", "2001:db8::2:1"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
      {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
      {"1:2:3:4:5:6:10.0.0.1", "1:2:3:4:5:6:a00:1"},
      {"::ffff:10.0.0.1", "::ffff:10.0.0.1"},
      {"::ffff:a00:1", "::ffff:10.0.0.1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto address = parse_address(row.text);
    REQUIRE(address);
    CHECK(to_string(*address) == row.printed);
  }
}

TEST_CASE("what is not exactly one address is refused") {
  for (const std::string_view text : {"",
                                      " ",
                                      "1",
                                      "1.2.3",
                                      "1.2.3.4.5",
                                      "1.2.3.",
                                      ".1.2.3",
                                      "1..2.3",
                                      "256.0.0.1",
                                      "01.2.3.4",
                                      "1.2.3.04",
                                      "0x1.2.3.4",
                                      "1.2.3.4 ",
                                      " 1.2.3.4",
                                      "-1.2.3.4",
                                      "+1.2.3.4",
                                      "1.2.3.4/8",
                                      ":",
                                      ":::",
                                      "1:2:3:4:5:6:7",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1::2::3",
                                      "1:2:3:4:5:6:7:8::",
                                      "::1:2:3:4:5:6:7:8",
                                      "12345::",
                                      "g::",
                                      "::1:",
                                      ":1::2",
                                      "1:",
                                      "fe80::1%eth0",
                                      "::1.2.3",
                                      "1.2.3.4::",
                                      "::1.2.3.4:5",
                                      "1:2:3:4:5:6:7:1.2.3.4",
                                      "::-1",
                                      "::+1",
                                      "::0x1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_address(text));
  }
}

TEST_CASE("random texts are read as the C library reads them") {
  std::mt19937 random(1);  // NOLINT: seeded on purpose
  for (int i = 0; i < 200'000; ++i) {
    const std::string text = random_text(random);
    CAPTURE(text);
    REQUIRE((own_parse(text) == system_parse(text)));
  }
}

TEST_CASE("random addresses survive printing, and print as the C library prints them") {
  std::mt19937_64 random(2);  // NOLINT: seeded on purpose
  for (int i = 0; i < 20'000; ++i) {
    const Address address{Family::ipv6, random_bits(random)};
    const std::string text = to_string(address);
    CAPTURE(text);
    REQUIRE((own_parse(text) == address.bits));

    std::array<unsigned char, 16> bytes{};
    for (std::size_t byte = 0; byte < 16; ++byte) {
      bytes[byte] = static_cast<unsigned char>(address.bits >> (8 * (15 - byte)));
    }
    std::array<char, INET6_ADDRSTRLEN> system{};
    inet_ntop(AF_INET6, bytes.data(), system.data(), system.size());
    if (address.bits >> 32 != 0) REQUIRE(text == system.data());  // it prints ::/96 mixed, RFC 5952 does not
  }
}

TEST_CASE("prefixes keep host bits and know their range") {
  const auto prefix = parse_prefix("10.1.2.3/8");
  REQUIRE(prefix);
  CHECK(prefix->has_host_bits());
  CHECK((prefix->first() == 0x0a000000));
  CHECK((prefix->last() == 0x0affffff));
  CHECK(prefix->contains(*parse_address("10.255.0.0")));
  CHECK_FALSE(prefix->contains(*parse_address("11.0.0.0")));
  CHECK_FALSE(prefix->contains(*parse_address("::a00:1")));
  CHECK(to_string(*prefix) == "10.1.2.3/8");

  CHECK((parse_prefix("0.0.0.0/0")->last() == max_bits(Family::ipv4)));
  CHECK((parse_prefix("::/0")->last() == max_bits(Family::ipv6)));
  CHECK((parse_prefix("::1/128")->first() == 1));
  CHECK_FALSE(parse_prefix("::1/128")->has_host_bits());
}

TEST_CASE("what is not exactly one prefix is refused") {
  for (const std::string_view text : {"10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/-1",
                                      "10.0.0.0/8/8", "::/129", "/8", "10.0.0.0/255.0.0.0", "::/1 "}) {
    CAPTURE(text);
    CHECK_FALSE(parse_prefix(text));
  }
}
