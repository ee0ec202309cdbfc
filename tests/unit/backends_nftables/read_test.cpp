// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What rulesets mean, written by hand, each with packets, verdicts and what decides them.

#include "backends/nftables/read.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <doctest/doctest.h>

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

std::vector<fs::path> rulesets() {
  std::vector<fs::path> paths;
  const fs::path folder = fs::path(CORDON_SOURCE_DIR) / "tests/unit/backends_nftables/readings";
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".expect") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

// JSON holds no comments, so its expectations stand beside it.
std::string expectations_of(const fs::path& path) {
  fs::path beside = path;
  beside.replace_extension(".expect");
  return text_of(fs::exists(beside) ? beside : path);
}

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

// Whatever the text, a reading can be worked with.
bool is_sound(const config::Reading& reading) {
  const auto& device = reading.device;
  return std::ranges::all_of(reading.gaps,
                             [&](const config::Gap& gap) {
                               return is_printable(gap.reason) && gap.range.valid() &&
                                      (!gap.filter.valid() || gap.filter.value < device.filters.size());
                             }) &&
         std::ranges::is_sorted(reading.gaps, {}, &config::Gap::range) &&
         std::ranges::all_of(device.origins, [](const auto& origin) { return is_printable(origin.label); }) &&
         std::ranges::none_of(device.addresses, [](const auto& set) { return set.addresses.empty(); }) &&
         std::ranges::none_of(device.services, [](const auto& set) { return set.terms.empty(); });
}

TEST_CASE("rulesets mean what their expectations say") {
  std::size_t count = 0;
  std::size_t files = 0;
  for (const fs::path& path : rulesets()) {
    const std::string text = text_of(path);
    const std::size_t found = check_expectations(path.filename().string(), text, expectations_of(path));
    CHECK_MESSAGE(found > 0, path.string());
    count += found;
    ++files;
  }
  CHECK(files >= 30);
  CHECK(count >= 300);
}

TEST_CASE("line ends of other systems change nothing") {
  for (const fs::path& path : rulesets()) {
    std::string text;
    for (const char c : text_of(path)) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    check_expectations(path.filename().string() + " with CRLF", text, expectations_of(path));
  }
}

TEST_CASE("names of filters are unique and of plain letters") {
  for (const fs::path& path : rulesets()) {
    Read read;
    read_into(read, text_of(path));
    std::vector<std::string> names;
    for (const config::Filter& filter : read.reading.device.filters) {
      names.push_back(filter.name);
      CHECK(filter.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos);
      CHECK(!filter.stateful);
    }
    std::ranges::sort(names);
    CHECK(std::ranges::adjacent_find(names) == names.end());
  }
}

TEST_CASE("rules tell their line and its comment") {
  Read read;
  read_into(read,
            "table inet t {\n chain f {\n  type filter hook forward priority 0;\n"
            "  tcp dport 1 log accept comment \"flow \x1b one\"\n }\n}\n");
  const config::Device& device = read.reading.device;
  REQUIRE(device.filters.size() == 1);
  const config::Rule& rule = device.filters[config::FilterId{0}].rules.at(0);
  CHECK(rule.log);
  CHECK(device.origins[rule.origin].label == "flow ? one");
  CHECK(read.sources.start(device.origins[rule.origin].range).line == 4);
}

// One byte changed, taken out or doubled, or the rest cut off.
std::string mutated(std::string text, std::mt19937& random) {
  constexpr std::string_view bytes = "{}();,.:-/@$*\"\\\n #!=&|<>0a\xff";
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
  for (const fs::path& path : rulesets()) {
    const std::string text = text_of(path);
    for (int i = 0; i < 100; ++i) {
      Read read;
      read_into(read, mutated(text, random));
      CHECK(is_sound(read.reading));
    }
  }
}

TEST_CASE("nesting, multiplication and loops end") {
  const std::string deep(100000, '{');
  const std::string chain_head =
      "table inet t { chain f { type filter hook forward priority 0; policy drop;\n";
  std::string doubling = "define a0 = 1,1\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "$a" + std::to_string(i - 1);
    doubling += "define a" + std::to_string(i) + " = " + before + "," + before + "\n";
  }
  std::string returning = chain_head;
  for (int i = 0; i < 50000; ++i) returning += "jump back\n";
  returning += "}\n chain back { tcp dport 1 return; udp dport 2 return; }\n}\n";
  const std::string texts[] = {
      deep,
      "table inet t " + deep,
      chain_head + "tcp dport " + deep,
      chain_head + "tcp flags & " + std::string(100000, '('),
      "{\"nftables\": " + std::string(100000, '['),
      R"({"nftables": [{"rule": )" + std::string(100000, '[') + std::string(100000, ']') + "}]}",
      doubling + chain_head + "tcp dport { $a39 } accept\n}}",
      returning,
      chain_head + "ip6 saddr & 5555:5555:5555:5555:: == 1:: accept\n}}",
      chain_head + "tcp dport \"\x01\x02",
      R"({"nftables": [{"chain": {"family": "ip", "table": "t", "name": "\u0001f", "type": "filter", )"
      R"("hook": "forward", "prio": 0}}, {"rule": {"family": "ip", "table": "t", "chain": "\u0001f", "expr": )"
      R"([{"match": {"op": "==", "left": {"meta": {"key": "\u0001"}}, "right": 1}}, {"accept": null}]}}]})",
  };
  for (const std::string& text : texts) {
    Read read;
    read_into(read, text);
    CHECK(is_sound(read.reading));
    CHECK(!read.reading.gaps.empty());
  }
}

TEST_CASE("a hundred thousand lines are read") {
  std::string text = "table inet t { chain f { type filter hook forward priority 0; policy drop;\n";
  constexpr unsigned lines = 100000;
  for (unsigned i = 0; i < lines; ++i) {
    text += "ip saddr 10." + std::to_string(i >> 16U & 255U) + "." + std::to_string(i >> 8U & 255U) + "." +
            std::to_string(i & 255U) + " ip daddr 10.200.0.1 tcp dport " + std::to_string(i % 1000) +
            " accept\n";
  }
  text += "}}\n";
  Read read;
  read_into(read, text);
  CHECK(read.reading.gaps.empty());
  REQUIRE(read.reading.device.filters.size() == 1);
  CHECK(read.reading.device.filters[config::FilterId{0}].rules.size() == lines + 2);
  CHECK(read.reading.device.services.size() <= 1001);
}

TEST_CASE("many interfaces that chains are dispatched by stay one filter each") {
  constexpr unsigned count = 1000;
  std::string text = "table inet t {\n";
  std::string head =
      "chain f { type filter hook forward priority 0; policy drop;\nct state established accept\n";
  for (unsigned i = 0; i < count; ++i) {
    const std::string name = std::to_string(i);
    text += "chain c" + name + " { tcp dport " + name + " accept; }\n";
    head += "iifname \"v" + name + "\" jump c" + name + "\n";
  }
  Read read;
  read_into(read, text + head + "}\n}\n");
  CHECK(read.reading.gaps.empty());
  CHECK(read.reading.device.filters.size() == count + 1);
  CHECK(read.reading.between.empty());
  std::size_t rules = 0;
  for (const config::Filter& filter : read.reading.device.filters) rules += filter.rules.size();
  CHECK(rules < 10 * count);
}

}  // namespace
}  // namespace cordon::test
