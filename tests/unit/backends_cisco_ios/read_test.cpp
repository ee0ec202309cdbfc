// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What configurations mean, written by hand, each with packets, verdicts and what decides them.

#include "backends/cisco_ios/read.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "backends/cisco_ios/read_limits.h"
#include "read_expectations.h"

namespace cordon::test {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<fs::path> configurations() {
  std::vector<fs::path> paths;
  const fs::path folder = fs::path(CORDON_SOURCE_DIR) / "tests/unit/backends_cisco_ios/readings";
  for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_plain_name(std::string_view name) {
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
}

bool has_unique_names(const config::Device& device) {
  std::vector<std::string_view> names;
  for (const config::Filter& filter : device.filters) names.push_back(filter.name);
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) == names.end() && std::ranges::all_of(names, is_plain_name);
}

bool holds_rules(const config::Device& device) {
  return std::ranges::all_of(device.filters, [&](const config::Filter& filter) {
    return !filter.stateful && std::ranges::all_of(filter.rules, [&](const config::Rule& rule) {
      return rule.source.value < device.addresses.size() &&
             rule.destination.value < device.addresses.size() &&
             rule.services.value < device.services.size() && rule.origin.value < device.origins.size();
    });
  });
}

// Whatever the text, a reading can be worked with.
bool is_sound(const config::Reading& reading) {
  const auto& device = reading.device;
  return std::ranges::all_of(reading.gaps,
                             [&](const config::Gap& gap) {
                               return is_printable(gap.reason) && gap.range.valid() &&
                                      (!gap.filter.valid() || gap.filter.value < device.filters.size());
                             }) &&
         std::ranges::is_sorted(reading.gaps, {}, &config::Gap::range) && has_unique_names(device) &&
         holds_rules(device) &&
         std::ranges::all_of(device.origins, [](const auto& origin) { return is_printable(origin.label); }) &&
         std::ranges::none_of(device.addresses, [](const auto& set) { return set.addresses.empty(); }) &&
         std::ranges::none_of(device.services, [](const auto& set) { return set.terms.empty(); });
}

TEST_CASE("configurations mean what their expectations say") {
  std::size_t count = 0;
  std::size_t files = 0;
  for (const fs::path& path : configurations()) {
    const std::size_t found = check_expectations(path.filename().string(), text_of(path));
    CHECK_MESSAGE(found > 0, path.string());
    count += found;
    ++files;
  }
  CHECK(files >= 30);
  CHECK(count >= 250);
}

TEST_CASE("line ends of other systems change nothing") {
  for (const fs::path& path : configurations()) {
    std::string text;
    for (const char c : text_of(path)) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    check_expectations(path.filename().string() + " with CRLF", text);
  }
}

TEST_CASE("rules tell their line and the remark over it") {
  Read read;
  read_into(read,
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

// One byte changed, taken out or doubled, or the rest cut off.
std::string mutated(std::string text, std::mt19937& random) {
  constexpr std::string_view bytes = " \n\r\t!-,./:09aeg^#@\x01\xff";
  for (unsigned times = 1 + random() % 4; times > 0 && !text.empty(); --times) {
    const std::size_t place = random() % text.size();
    switch (random() % 4) {
      case 0:
        text[place] = bytes[random() % bytes.size()];
        break;
      case 1:
        text.erase(place, 1 + random() % 8);
        break;
      case 2:
        text.insert(place, text.substr(random() % text.size(), random() % 40));
        break;
      default:
        if (random() % 4 == 0) text.resize(place);
        break;
    }
  }
  return text;
}

TEST_CASE("no text makes the reader fall") {
  std::mt19937 random(20240607);  // NOLINT(cert-msc51-cpp): the same texts every time
  for (const fs::path& path : configurations()) {
    const std::string text = text_of(path);
    for (int i = 0; i < 100; ++i) {
      Read read;
      read_into(read, mutated(text, random));
      CHECK(is_sound(read.reading));
    }
  }
}

TEST_CASE("a configuration that ends anywhere is read up to there") {
  for (const fs::path& path : configurations()) {
    const std::string text = text_of(path);
    for (std::size_t length = 0; length < text.find("! expect"); length += 3) {
      Read read;
      read_into(read, text.substr(0, length));
      CHECK(is_sound(read.reading));
    }
  }
}

TEST_CASE("a hundred thousand lines share their sets") {
  std::string text = "interface Vlan10\n ip access-group A in\nip access-list extended A\n";
  constexpr int lines = 100'000;
  for (int i = 0; i < lines; ++i)
    text += fmt::format(" permit tcp 10.0.{}.0 0.0.0.255 host 10.1.{}.1 eq {}\n", i % 256, i % 200, i % 1000);
  Read read;
  read_into(read, std::move(text));
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
  read_into(read, std::move(text));
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
  read_into(read, std::move(text));
  REQUIRE(read.reading.gaps.size() == 1);
  CHECK(read.reading.gaps[0].reason == "object groups are nested too deep");
}

TEST_CASE("sets that are too large together are a gap") {
  std::string text = "interface Vlan10\n ip access-group A in\nip access-list extended A\n";
  for (int i = 0; i < 600; ++i)
    text += fmt::format(" permit ip 0.0.{}.{} 255.240.0.0 any\n", i / 250, i % 250);
  Read read;
  read_into(read, std::move(text));
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
