// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/attack_ways.h"

#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "compiler/check/roles.h"
#include "tests/support/policy_builder.h"

namespace cordon::check {
namespace {

// The internet, a web server, a jump host, two zones of servers and pumps. A flow is `from>to`.
ir::Policy hospital(const std::vector<std::string>& flows) {
  test::PolicyBuilder builder;
  const std::pair<const char*, const char*> zones[] = {
      {"internet", "external"},       {"web", "dmz"},
      {"jump", "remote-access"},      {"servers", "clinical-server"},
      {"archive", "clinical-server"}, {"pumps", "medical-device"}};
  for (std::size_t i = 0; i < std::size(zones); ++i) {
    const std::string name = zones[i].first;
    builder.network(name, {i == 0 ? "any4" : fmt::format("10.{}.0.0/24", i)});
    builder.zone(name, {name}).type = zones[i].second;
  }
  builder.settle();
  for (const std::string& text : flows) {
    const std::size_t mark = text.find('>');
    builder.flow(text, {text.substr(0, mark)}, {text.substr(mark + 1)}, {"tcp/1"});
  }
  return builder.policy();
}

// The labels on the shortest way from the internet to the pumps, jump hosts closed; then the other answers.
std::string way(const std::vector<std::string>& flows) {
  const ir::Policy policy = hospital(flows);
  const Context context(
      {.policy = policy, .standards = nullptr, .as_of = {}, .bridges = [](ir::DeviceId) { return true; }});
  const auto found = find_attack_way(context, parties_of(context, is_outside),
                                     parties_of(context, is_medical), parties_of(context, is_remote_access));
  if (!found) return "none";
  std::string text;
  for (const Hop& hop : hops_along(context, found->parties)) text += hop.to.substr(5) + " ";
  text += fmt::format("further {}, cut", found->further);
  for (const ir::FlowId& each : found->cut) text += " " + policy.conduits[each.conduit].name;
  return text;
}

TEST_CASE("attack ways: steps follow who opens connections") {
  CHECK(way({"internet>web", "web>servers", "servers>pumps"}).starts_with("web servers pumps further 0"));
  CHECK(way({"internet>web", "servers>web", "servers>pumps"}) == "none");
  CHECK(way({"web>internet", "web>servers", "servers>pumps"}) == "none");
}

TEST_CASE("attack ways: a closed party is passed by no way, a direct flow is none of several steps") {
  CHECK(way({"internet>jump", "jump>servers", "servers>pumps"}) == "none");
  CHECK(way({"internet>pumps"}) == "none");
  CHECK(way({"internet>pumps", "internet>web", "web>pumps"}) == "none");
}

TEST_CASE("attack ways: others are counted, and the fewest flows close all of them") {
  CHECK(way({"internet>web", "web>servers", "web>archive", "servers>pumps", "archive>pumps"}) ==
        "web servers pumps further 1, cut internet>web");
}

}  // namespace
}  // namespace cordon::check
