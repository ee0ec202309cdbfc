// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Where a flow has to pass: every interface of every simple path, and no other.

#include <doctest/doctest.h>

#include "tests/unit/prove/proved.h"

namespace cordon::prove::testing {
namespace {

using test::PolicyBuilder;
using Rules = std::vector<std::string>;

//  pumps ── east ── link ── west ── offices
//             left          right
//               └─── core ───┘── servers
PolicyBuilder ring() {
  PolicyBuilder builder;
  for (const char* name : {"pumps", "offices", "servers"}) {
    const char last = name[0] == 'p' ? '1' : name[0] == 'o' ? '2' : '3';
    builder.network(name, {std::string("10.") + last + ".0.0/24"});
    builder.zone(name, {name}, true);
  }
  for (ir::Network& network : builder.policy().networks) network.isolation.emplace();
  builder.network("left", {"10.9.1.0/29"});
  builder.network("right", {"10.9.2.0/29"});
  builder.network("link", {"10.9.3.0/29"});
  builder.device("east", "plain");
  builder.interface("east", "pumps", "pumps");
  builder.interface("east", "left", "left");
  builder.interface("east", "link", "link");
  builder.device("west", "plain");
  builder.interface("west", "offices", "offices");
  builder.interface("west", "right", "right");
  builder.interface("west", "link", "link");
  builder.device("core", "plain");
  builder.interface("core", "servers", "servers");
  builder.interface("core", "left", "left");
  builder.interface("core", "right", "right");
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  return builder;
}

const Rules flow{"permit 10.1.0.0/24 > 10.3.0.0/24 tcp/443"};

// Every place that lies on the ring, and the rules that stand there.
Proved filled(PolicyBuilder& builder, const std::string& but, const Rules& instead) {
  Proved proved(builder);
  for (const char* place : {"east pumps", "east left", "east link", "west link", "west right", "core left",
                            "core right", "west offices", "core servers"}) {
    const std::string text = place;
    const std::string device = text.substr(0, 4);
    const bool idle = text == "west offices" || text == "core servers";
    proved.filter(device, text.substr(5) + " in", text == but ? instead : idle ? Rules{} : flow);
  }
  return proved;
}

}  // namespace

TEST_CASE("a ring: both ways round are open at every interface of it, in either direction") {
  PolicyBuilder builder = ring();
  CHECK(filled(builder, "", {}).broken() == "");
  CHECK(filled(builder, "west right", {}).broken() == "completeness west right in");
  CHECK(filled(builder, "east left", {}).broken() == "completeness east left in");
}

TEST_CASE("a ring: nothing of the flow enters from networks at its side") {
  PolicyBuilder builder = ring();
  CHECK(filled(builder, "west offices", flow).broken() == "origin of sources west offices in");
  CHECK(filled(builder, "core servers", flow).broken() == "origin of sources core servers in");
}

TEST_CASE("a network of a zone is never in the middle of a path, unless it says so") {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("middle", {"10.2.0.0/24"});
  builder.network("servers", {"10.3.0.0/24"});
  for (const char* name : {"pumps", "middle", "servers"}) builder.zone(name, {name}, true);
  for (ir::Network& network : builder.policy().networks) network.isolation.emplace();
  builder.device("near", "plain");
  builder.interface("near", "pumps", "pumps");
  builder.interface("near", "middle", "middle");
  builder.device("far", "plain");
  builder.interface("far", "middle", "middle");
  builder.interface("far", "servers", "servers");
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
  const auto broken = [&](const Rules& at_middle) {
    Proved proved(builder);
    proved.filter("near", "pumps in", at_middle).filter("near", "middle in", {});
    proved.filter("far", "middle in", at_middle).filter("far", "servers in", {});
    return proved.broken();
  };
  CHECK(broken({}) == "");
  CHECK(broken(flow) == "soundness near pumps in; origin of sources far middle in");
  builder.policy().networks[builder.network_id("middle")].transit = true;
  CHECK(broken(flow) == "");
  CHECK(broken({}) == "completeness near pumps in; completeness far middle in");
}

}  // namespace cordon::prove::testing
