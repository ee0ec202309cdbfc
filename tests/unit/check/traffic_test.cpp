// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/traffic.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/policy_builder.h"

namespace cordon::check {
namespace {

ir::Addresses addresses(const std::vector<std::string>& prefixes) {
  ir::Addresses out;
  for (const std::string& text : prefixes) {
    const auto prefix = packet::parse_prefix(text);
    REQUIRE(prefix);
    ir::AddressSet& set = out.of(prefix->family());
    set = unite(set, ir::AddressSet(*prefix));
  }
  return out;
}

TrafficPart part(const std::vector<std::string>& from, const std::vector<std::string>& to,
                 const std::vector<std::string>& services) {
  TrafficPart out{addresses(from), addresses(to), {}};
  for (const std::string& service : services) out.services.push_back(*packet::parse_service(service).term);
  return out;
}

test::PolicyBuilder hospital() {
  test::PolicyBuilder builder;
  builder.network("pumps", {"10.20.0.0/24", "fd00:20::/64"});
  builder.network("servers", {"10.30.0.0/24", "fd00:30::/64"});
  builder.network("web", {"any4", "any6"});
  builder.zone("pumps", {"pumps"});
  builder.zone("data-centre", {"servers"});
  builder.zone("internet", {"web"});
  builder.settle();
  return builder;
}

TEST_CASE("a set lies in another whatever products it is written as") {
  const Traffic halves{part({"10.0.0.0/25"}, {"10.9.0.0/24"}, {"tcp/443"}),
                       part({"10.0.0.128/25"}, {"10.9.0.0/24"}, {"tcp/443"})};
  const Traffic whole{part({"10.0.0.0/24"}, {"10.9.0.0/24"}, {"tcp/400-500"})};
  CHECK(*is_subset(halves, whole));
  CHECK_FALSE(*is_subset(whole, halves));
  CHECK(*is_subset({}, halves));
}

TEST_CASE("the residue is exactly what the other does not hold") {
  const Traffic whole{part({"10.0.0.0/24"}, {"10.9.0.0/24"}, {"tcp/22-23"})};
  const auto residue = subtract(whole, {part({"10.0.0.0/24"}, {"10.9.0.0/24"}, {"tcp/23"})});
  REQUIRE(residue);
  REQUIRE(residue->size() == 1);
  CHECK(to_string(residue->front().services) == "tcp/22");
  CHECK(*is_subset(*residue, whole));
}

TEST_CASE("a service that the family does not have is no packet") {
  CHECK_FALSE(holds_packets(part({"10.0.0.0/24"}, {"10.9.0.0/24"}, {"icmpv6/echo-request"})));
  CHECK_FALSE(holds_packets(part({"10.0.0.0/24"}, {"fd00::/64"}, {"tcp/22"})));
  CHECK(holds_packets(part({"fd00:1::/64"}, {"fd00::/64"}, {"icmpv6/echo-request"})));
}

TEST_CASE("equal sets have equal canonical products") {
  std::mt19937 random(7);
  const auto pick = [&](std::uint32_t count) { return static_cast<std::uint32_t>(random() % count); };
  for (int round = 0; round < 300; ++round) {
    Traffic parts;
    for (std::uint32_t count = 1 + pick(4); count > 0; --count) {
      const std::string from = fmt::format("10.0.0.{}/{}", pick(4) * 64, 26);
      const std::string to = fmt::format("10.9.0.{}/{}", pick(2) * 128, 25);
      parts.push_back(part({from}, {to}, {fmt::format("tcp/{}-{}", 20 + pick(5), 25 + pick(5)), "udp/53"}));
    }
    Traffic shuffled = parts;
    std::ranges::shuffle(shuffled, random);
    for (const TrafficPart& each : parts) shuffled.push_back(each);
    const auto one = canonical(parts), two = canonical(shuffled);
    REQUIRE((one && two));
    REQUIRE(one->size() == two->size());
    for (std::size_t at = 0; at < one->size(); ++at) {
      CHECK((*one)[at].from == (*two)[at].from);
      CHECK((*one)[at].to == (*two)[at].to);
      CHECK((*one)[at].services == (*two)[at].services);
    }
  }
}

TEST_CASE("text goes by names") {
  test::PolicyBuilder builder = hospital();
  const ir::AddressNames names(builder.policy());
  const ir::Policy& policy = builder.policy();
  const ir::Addresses& pumps = policy.networks[builder.network_id("pumps")].addresses;
  const ir::Addresses& servers = policy.networks[builder.network_id("servers")].addresses;
  const ir::Addresses& web = policy.networks[builder.network_id("web")].addresses;
  const packet::ServiceSet https{*packet::parse_service("tcp/443").term};

  ir::Addresses reached = web;
  reached.v4 = subtract(web.v4, addresses({"203.0.113.0/28"}).v4);
  reached.v6 = ir::AddressSet(ir::Family::ipv6);
  CHECK(traffic_text(names, {{pumps, servers, https}}) == "pumps -> data-centre tcp/443");
  CHECK(traffic_text(names, {{pumps, reached, https}}) == "pumps -> web except 203.0.113.0/28 tcp/443");
}

TEST_CASE("nearly every service is said by what it leaves out") {
  test::PolicyBuilder builder = hospital();
  const ir::AddressNames names(builder.policy());
  const auto residue = subtract({part({"10.20.0.7/32"}, {"10.30.0.10/32"}, {"any"})},
                                {part({"10.20.0.7/32"}, {"10.30.0.10/32"}, {"tcp/443", "udp"})});
  REQUIRE(residue);
  CHECK(traffic_text(names, *residue) ==
        "10.20.0.7 in pumps -> 10.30.0.10 in servers any except tcp/443, udp");
}

TEST_CASE("an example is one packet that opens a connection") {
  const auto packet = example({part({"10.0.0.4/32"}, {"10.9.0.1/32"}, {"tcp/443"})});
  REQUIRE((packet && *packet));
  CHECK(example_text(**packet).starts_with("tcp 10.0.0.4:"));
  CHECK(example_text(**packet).ends_with(" -> 10.9.0.1:443"));
  CHECK_FALSE(example({})->has_value());
}

}  // namespace
}  // namespace cordon::check
