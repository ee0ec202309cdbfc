// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <doctest/doctest.h>

#include "devices.h"

namespace cordon::test {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

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
          "ip saddr 10.20.0.0/24 ip daddr @v4-10__30__0__10_10__30__0__20 tcp dport { 8443, 9000-9010 } log prefix "
          "\"cordon permit telemetry/1: \" level info counter accept comment \"telemetry/1\"\n"));
  CHECK(has(
      text,
      "ip6 saddr fd00:30::5 ip6 daddr fd00:30::1 tcp dport 22 counter accept comment \"management/1\"\n"));
  CHECK(has(text, "counter goto denied-a-in comment \"default-deny\"\n"));
  CHECK(load_fault(text) == "");
}

}  // namespace
}  // namespace cordon::test
