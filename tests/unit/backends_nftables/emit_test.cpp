// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <doctest/doctest.h>

#include "devices.h"

namespace cordon::test {
namespace {

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
  CHECK(text == R"(#!/usr/sbin/nft -f
)");
  CHECK(load_fault(text) == "");
}

}  // namespace
}  // namespace cordon::test
