// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What configurations mean, written by hand, each with packets, verdicts and what decides them.

#include "backends/cisco_ios/read.h"

#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "backends/cisco_ios/read_limits.h"
#include "tests/support/read_expectations.h"

namespace cordon::test {
namespace {

constexpr std::string_view folder = "unit/backends_cisco_ios/readings";
constexpr ReadConfiguration reader = backends::cisco_ios::read_configuration;

TEST_CASE("configurations mean what their expectations say") {
  std::size_t count = 0;
  std::size_t files = 0;
  for (const auto& path : configurations(folder)) {
    const std::size_t found = check_expectations(path.filename().string(), text_of(path), reader);
    CHECK_MESSAGE(found > 0, path.string());
    count += found;
    ++files;
  }
  CHECK(files >= 30);
  CHECK(count >= 250);
}

TEST_CASE("line ends of other systems change nothing") { check_line_ends(folder, reader); }

TEST_CASE("no text makes the reader fall") { check_damage(folder, reader); }

TEST_CASE("a configuration that ends anywhere is read up to there") { check_truncation(folder, reader); }

TEST_CASE("rules tell their line and the remark over it") {
  Read read;
  read_into(read, reader,
            "interface Vlan10\n ip access-group A in\nip access-list extended A\n"
            " remark flow \x1b one\n permit tcp any any eq 80 log\n permit udp any any\n");
  const config::Device& device = read.reading.device;
  REQUIRE(device.filters.size() == 1);
  const auto& rules = device.filters[config::FilterId{0}].rules;
  REQUIRE(rules.size() == 4);
  CHECK(rules[0].log);
  CHECK(device.origins[rules[0].origin].label == "flow ? one");
  CHECK(read.sources.start(device.origins[rules[0].origin].range).line == 5);
  CHECK(!rules[1].log);
  CHECK(device.origins[rules[1].origin].label.empty());
  CHECK(rules[2].action == config::Action::deny);
  CHECK(rules[3].family == packet::Family::ipv6);
}

TEST_CASE("a hundred thousand lines share their sets") {
  std::string text = "interface Vlan10\n ip access-group A in\nip access-list extended A\n";
  constexpr int lines = 100'000;
  for (int i = 0; i < lines; ++i)
    text += fmt::format(" permit tcp 10.0.{}.0 0.0.0.255 host 10.1.{}.1 eq {}\n", i % 256, i % 200, i % 1000);
  Read read;
  read_into(read, reader, std::move(text));
  const config::Device& device = read.reading.device;
  REQUIRE(device.filters.size() == 1);
  CHECK(device.filters[config::FilterId{0}].rules.size() == lines + 2);
  CHECK(device.addresses.size() == 256 + 200 + 2);
  CHECK(device.services.size() == 1000 + 1);
  CHECK(read.reading.gaps.empty());
}

TEST_CASE("many lists of one name in other letters have names of their own") {
  std::string text;
  for (int i = 0; i < 1024; ++i) {
    std::string name = "abcdefghij";
    for (std::size_t bit = 0; bit < name.size(); ++bit) {
      if ((i >> bit & 1) != 0) name[bit] = static_cast<char>(name[bit] - 'a' + 'A');
    }
    text += fmt::format("ip access-list extended {}\n permit ip any any\n", name);
    text += fmt::format("interface Vlan{}\n ip access-group {} in\n", i + 1, name);
  }
  Read read;
  read_into(read, reader, std::move(text));
  CHECK(read.reading.device.filters.size() == 1024);
  CHECK(is_sound(read.reading));
}

TEST_CASE("groups within groups end") {
  std::string text = "object-group network G0\n host 10.0.0.1\n";
  for (int i = 1; i < 100; ++i)
    text += fmt::format("object-group network G{}\n group-object G{}\n group-object G{}\n", i, i - 1, i - 1);
  text += "ip access-list extended A\n permit ip object-group G31 any\n permit ip object-group G99 any\n";
  text += "interface Vlan10\n ip access-group A in\n";
  Read read;
  read_into(read, reader, std::move(text));
  REQUIRE(read.reading.gaps.size() == 1);
  CHECK(read.reading.gaps[0].reason == "object groups are nested too deep");
}

TEST_CASE("sets that are too large together are a gap") {
  std::string text = "interface Vlan10\n ip access-group A in\nip access-list extended A\n";
  for (int i = 0; i < 600; ++i)
    text += fmt::format(" permit ip 0.0.{}.{} 255.240.0.0 any\n", i / 250, i % 250);
  Read read;
  read_into(read, reader, std::move(text));
  REQUIRE(!read.reading.gaps.empty());
  CHECK(read.reading.gaps[0].reason == "the sets of the configuration are too large together");
  CHECK(is_sound(read.reading));
}

TEST_CASE("files are one configuration") {
  Read read;
  const source::FileId one = read.sources.add("a", "ip access-list extended A\n permit tcp any any\n");
  const source::FileId two =
      read.sources.add("b", " permit udp any any\ninterface Vlan10\n ip access-group A in\n");
  const source::FileId files[] = {one, two};
  const config::Reading reading = backends::cisco_ios::read_configuration(read.sources, files);
  REQUIRE(reading.device.filters.size() == 1);
  CHECK(reading.device.filters[config::FilterId{0}].rules.size() == 3);
  CHECK(backends::cisco_ios::read_configuration(read.sources, {}).gaps.empty());
}

}  // namespace
}  // namespace cordon::test
