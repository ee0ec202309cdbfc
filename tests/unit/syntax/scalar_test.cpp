// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Each format is said twice, as code and as a regular expression: they have to say the same.

#include "compiler/syntax/scalar.h"

#include <random>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/syntax/language.h"

using namespace cordon::syntax;

namespace {

std::vector<const Scalar*> patterns() {
  std::vector<const Scalar*> scalars = {&scalar::name};
  for (const Record* record : all_records()) {
    for (const Key& key : record->keys) {
      for (const Scalar* one : {key.type.scalar, key.type.name}) {
        if (one == nullptr || one->accepts == nullptr) continue;
        if (std::find(scalars.begin(), scalars.end(), one) == scalars.end()) scalars.push_back(one);
      }
    }
  }
  return scalars;
}

// Near misses: samples with a letter or two changed.
std::vector<std::string> samples() {
  const std::vector<std::string> good = {"pumps",
                                         "zone:pumps",
                                         "module.name",
                                         "device:fw-core",
                                         "zone:a.b",
                                         "10.20.0.1",
                                         "10.20.0.0/24",
                                         "fd00::1",
                                         "fd00:20::/64",
                                         "::/0",
                                         "::",
                                         "any",
                                         "tcp/443",
                                         "udp/1-2",
                                         "ip/50",
                                         "9.18",
                                         "9.18(4)",
                                         "GigabitEthernet1/0",
                                         "core-1/eth0",
                                         "eth0.1520",
                                         "MGMT",
                                         "W-12",
                                         "CD4021",
                                         "unknown-key",
                                         "pumps/bd-alaris",
                                         "host:",
                                         "a",
                                         "1",
                                         "icmp/3/4",
                                         "icmpv6/echo",
                                         "::ffff:1.2.3.4",
                                         "-a",
                                         "a-",
                                         "a.",
                                         "/"};
  const std::string letters = "azAZ09.:/-_ ()'\n";
  std::mt19937 random(1);
  std::vector<std::string> all = good;
  for (int round = 0; round < 4000; ++round) {
    std::string text = good[random() % good.size()];
    for (unsigned change = 0; change <= random() % 2; ++change) {
      const std::size_t at = random() % (text.size() + 1);
      const char letter = letters[random() % letters.size()];
      if (random() % 2 == 0 || at == text.size()) {
        text.insert(at, 1, letter);
      } else {
        text[at] = letter;
      }
    }
    all.push_back(text);
  }
  all.push_back("");
  all.push_back(std::string(63, 'a'));
  all.push_back(std::string(64, 'a'));
  return all;
}

}  // namespace

TEST_CASE("code and regular expression take the same texts") {
  const std::vector<std::string> texts = samples();
  for (const Scalar* scalar : patterns()) {
    CAPTURE(scalar->title);
    const std::regex expression("(" + std::string(scalar->pattern) + ")", std::regex::ECMAScript);
    for (const std::string& text : texts) {
      CAPTURE(text);
      REQUIRE(scalar->accepts(text) == std::regex_match(text, expression));
    }
  }
}

TEST_CASE("words of a list are different and explained") {
  for (const Record* record : all_records()) {
    for (const Key& key : record->keys) {
      if (key.type.scalar == nullptr) continue;
      std::set<std::string_view> seen;
      for (const Word& word : key.type.scalar->words) {
        CAPTURE(word.value);
        CHECK(seen.insert(word.value).second);
        CHECK_FALSE(word.doc.empty());
      }
    }
  }
}
