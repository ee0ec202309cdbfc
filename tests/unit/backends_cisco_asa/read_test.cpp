// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What configurations mean, written by hand, each with packets, verdicts and what decides them.

#include "backends/cisco_asa/read.h"

#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/support/read_expectations.h"

namespace cordon::test {
namespace {

constexpr std::string_view folder = "unit/backends_cisco_asa/readings";
constexpr ReadConfiguration reader = backends::cisco_asa::read_configuration;
constexpr std::string_view inside =
    "interface Gi0\n nameif inside\n security-level 100\naccess-group A in interface inside\n";

bool says(const config::Reading& reading, std::string_view reason) {
  return std::ranges::any_of(reading.gaps, [&](const config::Gap& gap) { return gap.reason == reason; });
}

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
            std::string(inside) +
                "access-list A remark flow \x1b one\n"
                "access-list A extended permit tcp any4 any4 eq 80 log\n"
                "access-list A extended permit udp any4 any4\n");
  const config::Device& device = read.reading.device;
  const auto found = std::ranges::find(device.filters, "a", &config::Filter::name);
  REQUIRE(found != device.filters.end());
  const auto first = std::ranges::find(found->rules, true, &config::Rule::log);
  REQUIRE(first != found->rules.end());
  CHECK(device.origins[first->origin].label == "flow ? one");
  CHECK(read.sources.start(device.origins[first->origin].range).line == 6);
  CHECK(device.origins[std::next(first)->origin].label.empty());
}

TEST_CASE("a hundred thousand lines share their sets") {
  std::string text(inside);
  constexpr int lines = 100'000;
  for (int i = 0; i < lines; ++i) {
    text += fmt::format("access-list A extended permit tcp 10.0.{}.0 255.255.255.0 host 10.1.{}.1 eq {}\n",
                        i % 256, i % 200, i % 1000);
  }
  Read read;
  read_into(read, reader, std::move(text));
  const config::Device& device = read.reading.device;
  const auto found = std::ranges::find(device.filters, "a", &config::Filter::name);
  REQUIRE(found != device.filters.end());
  CHECK(found->rules.size() >= lines);
  CHECK(device.addresses.size() < 600);
  CHECK(device.services.size() < 1100);
  CHECK(read.reading.gaps.empty());
}

TEST_CASE("many lists of one name in other letters have names of their own") {
  std::string text;
  for (int i = 0; i < 1000; ++i) {
    std::string name = "abcdefghij";
    for (std::size_t bit = 0; bit < name.size(); ++bit) {
      if ((i >> bit & 1) != 0) name[bit] = static_cast<char>(name[bit] - 'a' + 'A');
    }
    text += fmt::format("access-list {} extended permit ip any any\n", name);
    text += fmt::format("interface Gi0.{}\n nameif i{}\n security-level {}\n", i, i, i % 100);
    text += fmt::format("access-group {} in interface i{}\n", name, i);
  }
  Read read;
  read_into(read, reader, std::move(text));
  CHECK(is_sound(read.reading));
}

TEST_CASE("groups within groups end") {
  std::string text(inside);
  text += "object-group network N0\n network-object host 10.0.0.1\n";
  text += "object-group service S0\n service-object tcp\n";
  text += "object-group service P0 tcp\n port-object eq 1\n";
  text += "object-group protocol Q0\n protocol-object tcp\n";
  text += "object-group icmp-type I0\n icmp-object echo\n";
  const auto twice = [](int i, std::string_view head, std::string_view tail, char kind) {
    return fmt::format("object-group {} {}{}{}\n group-object {}{}\n group-object {}{}\n", head, kind, i,
                       tail, kind, i - 1, kind, i - 1);
  };
  for (int i = 1; i < 60; ++i) {
    text += twice(i, "network", "", 'N') + twice(i, "service", "", 'S') + twice(i, "service", " tcp", 'P') +
            twice(i, "protocol", "", 'Q') + twice(i, "icmp-type", "", 'I');
  }
  text += "access-list A extended permit tcp object-group N59 any\n";
  text += "access-list A extended permit object-group S59 any any\n";
  text += "access-list A extended permit tcp any any object-group P59\n";
  text += "access-list A extended permit object-group Q59 any any\n";
  text += "access-list A extended permit icmp any any object-group I59\n";
  Read read;
  read_into(read, reader, std::move(text));
  CHECK(read.reading.gaps.size() == 5);
  CHECK(is_sound(read.reading));
}

TEST_CASE("lines that are all put before others end") {
  std::string text(inside);
  for (int i = 0; i < 20'000; ++i)
    text += fmt::format("access-list A line 1 extended permit tcp any any eq {}\n", i);
  Read read;
  read_into(read, reader, std::move(text));
  CHECK(says(read.reading, "too many lines are put between others"));
}

TEST_CASE("levels part no more pairs than are held") {
  std::string text;
  for (int i = 0; i < 300; ++i)
    text += fmt::format("interface Gi0.{}\n nameif i{}\n security-level 50\n", i, i);
  Read read;
  read_into(read, reader, std::move(text));
  CHECK(says(read.reading, "levels part too many pairs of interfaces"));
}

TEST_CASE("files are one configuration") {
  Read read;
  const source::FileId one = read.sources.add("a", std::string(inside));
  const source::FileId two = read.sources.add("b", "access-list A extended permit tcp any any\n");
  const source::FileId files[] = {one, two};
  CHECK(reader(read.sources, std::span(files)).gaps.empty());
  CHECK(reader(read.sources, std::span(&one, 1)).gaps.size() == 1);
  CHECK(reader(read.sources, {}).gaps.empty());
}

}  // namespace
}  // namespace cordon::test
