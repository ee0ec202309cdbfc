// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <doctest/doctest.h>

#include "compiler/resolve/file_system.h"
#include "resolved.h"

namespace cordon::resolve::testing {
namespace {

TEST_CASE("patterns match folder by folder") {
  CHECK(matches_glob("conduits/*.yaml", "conduits/a.yaml"));
  CHECK_FALSE(matches_glob("conduits/*.yaml", "conduits/deep/a.yaml"));
  CHECK_FALSE(matches_glob("*.yaml", "conduits/a.yaml"));
  CHECK(matches_glob("ward-?/hosts.yaml", "ward-7/hosts.yaml"));
  CHECK_FALSE(matches_glob("ward-?/hosts.yaml", "ward-/hosts.yaml"));
  CHECK(matches_glob("a*b*c", "a-b-b-c"));
  CHECK_FALSE(matches_glob("a*b*c", "a-b-b"));
}

TEST_CASE("a hostile pattern takes no longer than its length says") {
  const std::string text(20'000, 'a');
  CHECK_FALSE(matches_glob("*a*a*a*a*a*a*a*a*a*a*b", text));
}

TEST_CASE("the order of files gives the same policy") {
  const std::string text = site("      - {from: pumps, to: gateway, services: [tcp/1]}");
  const std::size_t zones = text.find("zones:"), hosts = text.find("hosts:");
  const std::string networks = text.substr(text.find("networks:"), zones - text.find("networks:"));
  const std::string rest = text.substr(zones, hosts - zones), last = text.substr(hosts);
  for (const char* order : {"[a.yaml, b.yaml, c.yaml]", "[c.yaml, b.yaml, a.yaml]", "['*.yaml']"}) {
    const Resolved found = resolved({{"cordon.yaml", std::string("cordon: 1\ninclude: ") + order + "\n"},
                                     {"a.yaml", networks},
                                     {"b.yaml", rest},
                                     {"c.yaml", last}});
    CHECK(found.flow("telemetry", 1) == "10.20.0.0/24 -> 10.30.0.10 : tcp/1");
    if (found.policy) CHECK(found.policy->networks.size() == 2);
  }
}

TEST_CASE("no path leads out of the project") {
  for (const char* path : {"../other.yaml", "/etc/passwd", "a/../../other.yaml"}) {
    const Resolved found =
        resolved({{"cordon.yaml", std::string("cordon: 1\ninclude: [\"") + path + "\"]\n"}});
    CHECK(found.codes() == "CD1202");
  }
}

}  // namespace
}  // namespace cordon::resolve::testing
