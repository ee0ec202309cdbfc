// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <sstream>

#include <doctest/doctest.h>

#include "devices.h"
#include "tests/unit/backends_common/hostile_texts.h"

namespace cordon::test {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// The lines of a chain without what encloses them; empty when there is none.
std::vector<std::string> chain(const std::string& text, const std::string& name) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  bool inside = false;
  for (std::string line; std::getline(stream, line);) {
    if (inside && line == "    }") break;
    if (inside) lines.push_back(line.substr(std::min(line.find_first_not_of(' '), line.size())));
    if (line == "    chain " + name + " {") inside = true;
  }
  return lines;
}

RuleText permit(std::string_view label = "flow/1") {
  return {.label = label, .source = {"10.0.0.0/8"}, .destination = {"10.9.0.1"}, .services = {"tcp/22"}};
}

// Filters where packets come in, where they leave, and for the device itself.
DeviceMaker three_filters(bool stateful = true) {
  DeviceMaker maker(stateful);
  for (const config::FilterId id :
       {maker.filter("a-in", config::Stage::interface_in, "a"),
        maker.filter("b-out", config::Stage::interface_out, "b"), maker.filter("own", config::Stage::own)}) {
    maker.rule(id, permit());
    maker.default_denies(id);
  }
  return maker;
}

TEST_CASE("a whole ruleset") {
  DeviceMaker maker;
  const config::FilterId in = maker.filter("a-in", config::Stage::interface_in, "a");
  maker.rule(in, {.label = "telemetry/1",
                  .source = {"10.20.0.0/24"},
                  .destination = {"10.30.0.10", "10.30.0.20"},
                  .services = {"tcp/8443", "tcp/9000-9010"},
                  .log = true});
  maker.default_denies(in);
  const config::FilterId own = maker.filter("own", config::Stage::own);
  maker.rule(own, {.label = "management/1",
                   .source = {"fd00:30::5"},
                   .destination = {"fd00:30::1"},
                   .services = {"tcp/22"}});
  maker.default_denies(own);

  const std::string text = emitted(maker.device);
  INFO(text);
  CHECK(text.starts_with("#!/usr/sbin/nft -f\n"));
  CHECK(has(text, "        \"eth1\" : goto filter-a-in,\n"));
  CHECK(
      has(text,
          "ip saddr 10.20.0.0/24 ip daddr @v4-10__30__0__10_10__30__0__20 tcp dport { 8443, 9000-9010 } "
          "log prefix \"cordon permit telemetry/1: \" level info counter accept comment \"telemetry/1\"\n"));
  CHECK(has(
      text,
      "ip6 saddr fd00:30::5 ip6 daddr fd00:30::1 tcp dport 22 counter accept comment \"management/1\"\n"));
  CHECK(has(text, "counter goto denied-a-in comment \"default-deny\"\n"));
  CHECK(load_fault(text) == "");
}

using Lines = std::vector<std::string>;

const char* const tracking = "ct state vmap { established : accept, invalid : drop, related : goto related }";
const char* const limit_and_log = "limit rate 20/second burst 100 packets log prefix \"cordon deny ";

TEST_CASE("The table is replaced, and no other is touched") {
  const std::string text = emitted(three_filters().device);
  CHECK(has(text, "\ntable inet cordon\ndelete table inet cordon\n\ntable inet cordon {\n"));
  CHECK_FALSE(has(text, "flush"));
  CHECK(text.ends_with("    }\n}\n"));
}

TEST_CASE("Each hook asks the filter of the interface, and drops what has none") {
  const std::string text = emitted(three_filters().device);
  const Lines rest = {limit_and_log + std::string("other interface: \" level info"),
                      "counter drop comment \"no interface of the policy\""};
  const auto expected = [&](Lines lines) {
    lines.insert(lines.end(), rest.begin(), rest.end());
    return lines;
  };
  CHECK(chain(text, "forward-in") ==
        expected({"type filter hook forward priority filter; policy drop;", tracking, "iifname vmap {",
                  "\"eth1\" : goto filter-a-in,", "\"eth2\" : accept", "}"}));
  CHECK(chain(text, "forward-out") ==
        expected({"type filter hook forward priority filter + 10; policy drop;", tracking, "oifname vmap {",
                  "\"eth1\" : accept,", "\"eth2\" : goto filter-b-out", "}"}));
  CHECK(chain(text, "input-in") ==
        expected({"type filter hook input priority filter; policy drop;", "iifname \"lo\" accept", tracking,
                  "iifname vmap {", "\"eth1\" : goto filter-a-in,", "\"eth2\" : accept", "}"}));
  CHECK(chain(text, "input-own") == Lines{"type filter hook input priority filter + 10; policy drop;",
                                          "iifname \"lo\" accept", tracking, "goto filter-own"});
  CHECK(load_fault(text) == "");
}

TEST_CASE("A device without interfaces forwards nothing") {
  config::Device device;
  device.name = "fw";
  const std::string text = emitted(device);
  CHECK_FALSE(has(text, "vmap {\n"));
  CHECK(chain(text, "forward-in").back() == "counter drop comment \"no interface of the policy\"");
  CHECK(load_fault(text) == "");
}

TEST_CASE("Only errors are related") {
  CHECK(chain(emitted(three_filters().device), "related") ==
        Lines{"icmp type { 3, 11, 12 } counter accept comment \"errors of tracked connections\"",
              "icmpv6 type { 1, 2, 3, 4 } counter accept comment \"errors of tracked connections\"",
              "counter drop comment \"nothing else is related\""});
}

TEST_CASE("A filter ends in its denial, for `goto` does not come back") {
  const std::string text = emitted(three_filters().device);
  for (const char* name : {"a-in", "b-out", "own"}) {
    CHECK(chain(text, std::string("filter-") + name) ==
          Lines{"ip saddr 10.0.0.0/8 ip daddr 10.9.0.1 tcp dport 22 counter accept comment \"flow/1\"",
                std::string("counter goto denied-") + name + " comment \"default-deny\""});
    CHECK(chain(text, std::string("denied-") + name) ==
          Lines{limit_and_log + std::string(name) + ": \" level info", "drop"});
  }
}

TEST_CASE("Denials of both families are one only when they are alike") {
  config::Device device = device_with({permit()});
  auto& rules = device.filters[config::FilterId{0}].rules;
  rules.back().log = false;
  const Lines lines = chain(emitted(device), "filter-a-in");
  REQUIRE(lines.size() == 3);
  CHECK(lines[1] == "meta nfproto ipv4 counter goto denied-a-in comment \"default-deny\"");
  CHECK(lines[2] == "meta nfproto ipv6 counter drop comment \"default-deny\"");
}

TEST_CASE("Without memory, later fragments have a rule beside each permit that looks at ports") {
  const std::string text = emitted(device_with(
      {permit(),
       {.source = {"10.0.0.0/8"}, .destination = {"10.9.0.1"}, .services = {"ip/50"}},
       {.source = {"10.0.0.0/8"},
        .destination = {"10.9.0.1"},
        .services = {"tcp/23"},
        .action = config::Action::deny},
       {.source = {"fd00::/8"}, .destination = {"fd00::1"}, .services = {"tcp/22", "udp/53", "icmpv6/128"}}},
      false));
  CHECK_FALSE(has(text, "ct state"));
  CHECK(chain(text, "untracked-prerouting") ==
        Lines{"type filter hook prerouting priority raw; policy accept;", "notrack"});
  CHECK(chain(text, "untracked-output") ==
        Lines{"type filter hook output priority raw; policy accept;", "notrack"});
  const std::string ipv4 = "ip saddr 10.0.0.0/8 ip daddr 10.9.0.1 ";
  const std::string ipv6 = "ip6 saddr fd00::/8 ip6 daddr fd00::1 ";
  const std::string permitted = "counter accept comment \"flow/1\"";
  CHECK(chain(text, "filter-a-in") ==
        Lines{ipv4 + "tcp dport 22 " + permitted,
              ipv4 + "ip frag-off & 0x1fff != 0 meta l4proto tcp " + permitted,
              ipv4 + "meta l4proto 50 " + permitted, ipv4 + "tcp dport 23 counter drop comment \"flow/1\"",
              ipv6 + "meta l4proto . th dport { tcp . 22, udp . 53 } " + permitted,
              ipv6 + "icmpv6 type 128 " + permitted,
              ipv6 + "frag frag-off != 0 meta l4proto { tcp, udp, icmpv6 } " + permitted,
              "counter goto denied-a-in comment \"default-deny\""});
  CHECK(load_fault(text) == "");
}

TEST_CASE("Long lists of services that rules share are one set") {
  const Texts list = {"tcp/1", "tcp/3", "udp/5", "udp/7"};
  const auto rule = [&list](std::string_view destination) {
    return RuleText{.source = {"10.0.0.0/8"}, .destination = {destination}, .services = list, .log = true};
  };
  const std::string once = emitted(device_with({rule("10.9.0.1")}));
  CHECK(has(once, "meta l4proto . th dport { tcp . 1, tcp . 3, udp . 5, udp . 7 }"));
  const std::string twice = emitted(device_with({rule("10.9.0.1"), rule("10.9.0.2")}));
  CHECK(count(twice, "meta l4proto . th dport @services-") == 2);
  CHECK(count(twice, "type inet_proto . inet_service\n") == 1);
  CHECK(load_fault(twice) == "");
}

TEST_CASE("Words of the language are names all the same") {
  for (const char* word : {"tcp", "log", "jump", "missing", "drop", "set", "ip", "0", "policy"}) {
    CAPTURE(word);
    config::Device device = device_with({{.source = {"10.0.0.1", "10.0.0.3"},
                                          .destination = {"10.9.0.1"},
                                          .services = {"tcp/1", "tcp/3", "udp/5", "udp/7"}},
                                         {.source = {"10.0.0.1", "10.0.0.3"},
                                          .destination = {"10.9.0.0/24"},
                                          .services = {"tcp/1", "tcp/3", "udp/5", "udp/7"}}});
    device.filters[config::FilterId{0}].name = word;
    for (config::NamedAddressSet& set : device.addresses) set.label = word;
    for (config::NamedServiceSet& set : device.services) set.label = word;
    CHECK(load_fault(emitted(device)) == "");
  }
}

TEST_CASE("Comments and prefixes are cut to what the kernel takes") {
  const std::string label(300, 'x');
  RuleText rule = permit(label);
  rule.log = true;
  config::Device device = device_with({rule});
  device.filters[config::FilterId{0}].name = std::string(100, 'f');
  const std::string text = emitted(device);
  CHECK(has(text, " comment \"" + std::string(128, 'x') + "\"\n"));
  CHECK(load_fault(text) == "");
}

struct Field {
  const char* name;
  std::string& (*of)(config::Device&);
};

constexpr Field fields[] = {
    {"device", [](config::Device& d) -> std::string& { return d.name; }},
    {"port", [](config::Device& d) -> std::string& { return d.interfaces[config::InterfaceId{0}].port; }},
    {"filter", [](config::Device& d) -> std::string& { return d.filters[config::FilterId{0}].name; }},
    {"addresses",
     [](config::Device& d) -> std::string& { return d.addresses[config::AddressSetId{0}].label; }},
    {"services", [](config::Device& d) -> std::string& { return d.services[config::ServiceSetId{0}].label; }},
    {"origin", [](config::Device& d) -> std::string& { return d.origins[config::OriginId{0}].label; }},
    {"note", [](config::Device& d) -> std::string& { return d.origins[config::OriginId{0}].note; }},
    {"version", [](config::Device& d) -> std::string& { return d.version; }},
};

config::Device many_texts() {
  const Texts list = {"tcp/1", "tcp/3", "udp/5", "udp/7"};
  RuleText rule = {
      .source = {"10.0.0.1", "10.0.0.3"}, .destination = {"10.9.0.1"}, .services = list, .log = true};
  config::Device device = device_with({rule, rule});
  device.filters[config::FilterId{0}].rules[1].destination = config::AddressSetId{0};
  return device;
}

TEST_CASE("No text of a policy makes a line, or ends a string") {
  const std::string plain = emitted(many_texts());
  REQUIRE(load_fault(plain) == "");
  for (const Field& field : fields) {
    for (const std::string& hostile : hostile_texts()) {
      CAPTURE(field.name);
      CAPTURE(hostile);
      config::Device device = many_texts();
      field.of(device) = hostile;
      if (!refusals(device).empty()) continue;
      const std::string text = emitted_file(device).text;
      CHECK(shape(text).printable);
      CHECK(shape(text).lines == shape(plain).lines);
      for (const char* mark : {"\"", "{", "}", ";", "\\"}) CHECK(count(text, mark) == count(plain, mark));
    }
  }
}

}  // namespace
}  // namespace cordon::test
