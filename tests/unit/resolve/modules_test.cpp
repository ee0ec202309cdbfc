// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <doctest/doctest.h>

#include "resolved.h"

namespace cordon::resolve::testing {
namespace {

const char* const flow = "      - {from: pumps, to: gateway, services: [tcp/1]}";

const char* const reporting =
    "module:\n"
    "  purpose: Reports of one kind of device\n"
    "  parameters:\n"
    "    sources: {type: zone}\n"
    "    server: {type: host}\n"
    "    port: {type: service, default: tcp/514}\n"
    "services:\n"
    "  gateway: [port]\n"
    "conduits:\n"
    "  reports:\n"
    "    between: [sources, server]\n"
    "    flows:\n"
    "      - {from: sources, to: server, services: [gateway]}\n";

std::string with_use(const std::string& use) { return site(flow, "use:\n" + use); }

TEST_CASE("a module's conduits carry its name, and its parameters their values") {
  const Resolved found = resolved(
      {{"cordon.yaml", with_use("  - {module: reporting, with: {sources: pumps, server: gateway}}\n")},
       {"modules/reporting.yaml", reporting}});
  CHECK(found.codes().empty());
  CHECK(found.flow("reporting.reports", 1) == "10.20.0.0/24 -> 10.30.0.10 : tcp/514");
}

TEST_CASE("a flag of a conduit is what its parameter was given, else its default") {
  const std::string module =
      "module:\n"
      "  purpose: Reports\n"
      "  parameters: {sources: {type: zone}, vital: {type: flag, default: false}}\n"
      "conduits:\n"
      "  reports:\n"
      "    between: [sources, servers]\n"
      "    redundant: vital\n"
      "    flows:\n"
      "      - {from: sources, to: gateway, services: [tcp/514]}\n";
  const auto with = [&](const std::string& vital) {
    return resolved(
        {{"cordon.yaml", with_use("  - {module: reporting, with: {sources: pumps" + vital + "}}\n")},
         {"modules/reporting.yaml", module}});
  };
  const auto redundant = [](const Resolved& found) {
    for (const ir::Conduit& conduit : found.policy->conduits) {
      if (conduit.name == "reporting.reports") return conduit.redundant;
    }
    return false;
  };
  CHECK_FALSE(redundant(with("")));
  CHECK_FALSE(redundant(with(", vital: false")));
  CHECK(redundant(with(", vital: true")));
  CHECK(with(", vital: perhaps").codes() == "CD1209");
}

TEST_CASE("a flag is no other word, in a module or outside") {
  const std::string other = "  other: {between: [pumps, servers], redundant: vital, flows: []}\n";
  CHECK(resolved({{"cordon.yaml", site(flow, other)}}).codes() == "CD2002");
}

TEST_CASE("one module twice, under two names and with two ports") {
  const Resolved found = resolved(
      {{"cordon.yaml",
        with_use("  - {module: reporting, as: one, with: {sources: pumps, server: gateway}}\n"
                 "  - {module: reporting, as: two, with: {sources: pumps, server: gateway, port: udp/9}}\n")},
       {"modules/reporting.yaml", reporting}});
  CHECK(found.flow("one.reports", 1) == "10.20.0.0/24 -> 10.30.0.10 : tcp/514");
  CHECK(found.flow("two.reports", 1) == "10.20.0.0/24 -> 10.30.0.10 : udp/9");
}

TEST_CASE("within a module its own names come before the project's, and outside it the project's do") {
  const std::string shadow =
      "module: {purpose: Shadows a name, parameters: {sources: {type: zone}}}\n"
      "services:\n"
      "  telemetry: [tcp/8443]\n"
      "conduits:\n"
      "  sent:\n"
      "    between: [sources, servers]\n"
      "    flows:\n"
      "      - {from: sources, to: gateway, services: [telemetry]}\n";
  const std::string policy = site("      - {from: pumps, to: gateway, services: [telemetry]}",
                                  "services:\n  telemetry: [tcp/1]\n"
                                  "use:\n  - {module: shadow, with: {sources: pumps}}\n");
  const Resolved found = resolved({{"cordon.yaml", policy}, {"modules/shadow.yaml", shadow}});
  CHECK(found.codes().empty());
  CHECK(found.flow("shadow.sent", 1) == "10.20.0.0/24 -> 10.30.0.10 : tcp/8443");
  CHECK(found.flow("telemetry", 1) == "10.20.0.0/24 -> 10.30.0.10 : tcp/1");
}

TEST_CASE("a bare name means the module's when only one defines it") {
  const std::string ports = "module: {purpose: Ports}\nservices:\n  telemetry: [tcp/8443]\n";
  const std::string policy = site(
      "      - {from: pumps, to: gateway, services: [telemetry]}\n"
      "      - {from: pumps, to: gateway, services: [ports.telemetry]}",
      "use: [ports]\n");
  const Resolved found = resolved({{"cordon.yaml", policy}, {"modules/ports.yaml", ports}});
  CHECK(found.flow("telemetry", 1) == "10.20.0.0/24 -> 10.30.0.10 : tcp/8443");
  CHECK(found.flow("telemetry", 2) == "10.20.0.0/24 -> 10.30.0.10 : tcp/8443");
}

}  // namespace
}  // namespace cordon::resolve::testing
