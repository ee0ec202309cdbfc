// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <doctest/doctest.h>

#include "resolved.h"

namespace cordon::resolve::testing {
namespace {

std::string only_flow(const std::string& flow, const std::string& more = "") {
  return resolved({{"cordon.yaml", site("      - " + flow, more)}}).flow("telemetry", 1);
}

TEST_CASE("what may stand at the end of a flow") {
  CHECK(only_flow("{from: pumps, to: gateway, services: [tcp/1]}") == "10.20.0.0/24 -> 10.30.0.10 : tcp/1");
  CHECK(only_flow("{from: 'network:pumps', to: 'host:gateway', services: [tcp/1]}") ==
        "10.20.0.0/24 -> 10.30.0.10 : tcp/1");
  CHECK(only_flow("{from: [10.20.0.4, 10.20.0.6], to: 10.30.0.64/26, services: [tcp/1]}") ==
        "10.20.0.4,10.20.0.6 -> 10.30.0.64/26 : tcp/1");
  CHECK(only_flow("{from: pumps, to: managers, services: [tcp/1]}",
                  "groups:\n  managers: [gateway, others]\n  others: [10.30.0.11]\n") ==
        "10.20.0.0/24 -> 10.30.0.10/31 : tcp/1");
}

TEST_CASE("except takes away exactly what it names") {
  CHECK(only_flow("{from: pumps, to: servers, except: [gateway, 10.30.0.128/25], services: [tcp/1]}") ==
        "10.20.0.0/24 -> 10.30.0.0/29,10.30.0.8/31,10.30.0.11,10.30.0.12/30,10.30.0.16/28,10.30.0.32/27,"
        "10.30.0.64/26 : tcp/1");
}

TEST_CASE("services are one union, each term once") {
  CHECK(only_flow("{from: pumps, to: gateway, services: [tcp/80, tcp/80-90, web, tcp/91]}",
                  "services:\n  web: [tcp/85, udp/85]\n") == "10.20.0.0/24 -> 10.30.0.10 : tcp/80-91,udp/85");
}

TEST_CASE("a misspelt end is an error, never a wider flow") {
  CHECK(only_flow("{from: pumps, to: gatway, services: [tcp/1]}") == "no policy: CD2001");
  CHECK(only_flow("{from: pumps, to: gateway, services: [telemetri]}") == "no policy: CD2010");
  CHECK(only_flow("{from: pumps, to: gateway, services: []}").starts_with("no policy: "));
  CHECK(only_flow("{from: pumps, to: [], services: [tcp/1]}").starts_with("no policy: "));
}

TEST_CASE("one root cause, one message") {
  const Resolved found =
      resolved({{"cordon.yaml", site("      - {from: pumps, to: managers, services: [tcp/1]}\n"
                                     "      - {from: pumps, to: managers, services: [tcp/2]}",
                                     "groups:\n  managers: [gatway]\n")}});
  CHECK(found.codes() == "CD2001");
}

}  // namespace
}  // namespace cordon::resolve::testing
