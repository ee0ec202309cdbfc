// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/service_text.h"

#include <random>

#include <doctest/doctest.h>

#include "tests/unit/backends_common/device_builder.h"

namespace cordon::backends::cisco_ios {
namespace {

using packet::TcpFlagSet;

// What the words mean, read by another road: every wish, all of them or any of them.
TcpFlagSet meaning(const std::string& words) {
  const bool all = words.starts_with("match-all");
  TcpFlagSet flags = 0;
  for (unsigned combination = 0; combination < 64; ++combination) {
    bool every = true;
    bool some = false;
    const char* const names[] = {"fin", "syn", "rst", "psh", "ack", "urg"};
    for (unsigned flag = 0; flag < 6; ++flag) {
      for (const bool set : {true, false}) {
        if (words.find((set ? " +" : " -") + std::string(names[flag])) == std::string::npos) continue;
        const bool granted = ((combination >> flag & 1U) != 0) == set;
        every = every && granted;
        some = some || granted;
      }
    }
    if (all ? every : some) flags |= TcpFlagSet{1} << combination;
  }
  return flags;
}

TEST_CASE("Flags are written when one entry means exactly them") {
  CHECK(flags_text(packet::established_flags()) == "established");
  CHECK_FALSE(flags_text(packet::any_tcp_flags).has_value());
  CHECK_FALSE(flags_text(0).has_value());
  std::mt19937 random(7);
  unsigned written = 0;
  for (unsigned round = 0; round < 2000; ++round) {
    // Products of wishes, their complements, and arbitrary sets.
    TcpFlagSet flags = 0;
    const unsigned care = random() % 64;
    const unsigned value = random() % 64;
    for (unsigned combination = 0; combination < 64; ++combination) {
      if ((combination & care) == (value & care)) flags |= TcpFlagSet{1} << combination;
    }
    if (round % 3 == 1) flags = ~flags;
    if (round % 3 == 2) flags ^= TcpFlagSet{1} << (random() % 64);
    const auto words = flags_text(flags);
    if (!words || *words == "established") continue;
    ++written;
    CAPTURE(*words);
    CHECK(meaning(*words) == flags);
  }
  CHECK(written > 1000);
}

TEST_CASE("What no entry can say has a reason") {
  using packet::Family;
  CHECK(problem(test::term("tcp/443"), Family::ipv4).empty());
  CHECK(problem(test::term("ip/132"), Family::ipv4).empty());
  CHECK_FALSE(problem(test::term("sctp/2905"), Family::ipv4).empty());
  CHECK_FALSE(problem(test::term("ip/0"), Family::ipv4).empty());
  CHECK(problem(test::term("ip/43"), Family::ipv4).empty());
  CHECK_FALSE(problem(test::term("ip/43"), Family::ipv6).empty());
  packet::ServiceTerm odd = test::term("tcp/443");
  odd.flags = 6;
  CHECK(problem(odd, Family::ipv4).empty() == flags_text(6).has_value());
  CHECK_FALSE(problem(odd, Family::ipv6).empty());
}

}  // namespace
}  // namespace cordon::backends::cisco_ios
