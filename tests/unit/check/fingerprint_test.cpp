// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/fingerprint.h"

#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/policy_builder.h"

namespace cordon::check {
namespace {

test::PolicyBuilder with_networks(const std::vector<std::string>& more) {
  test::PolicyBuilder builder;
  builder.network("web", {"any4"});
  builder.network("pumps", {"10.20.0.0/24"});
  for (const std::string& prefix : more) builder.network("more-" + std::to_string(prefix.size()), {prefix});
  builder.settle();
  return builder;
}

Finding about(const ir::Policy& policy, std::string element, const std::string& service) {
  Finding finding;
  finding.diagnostic.kind = diagnostics::kind::outside_opens_to_device.id;
  finding.element = std::move(element);
  finding.traffic.push_back({policy.networks[ir::NetworkId(0)].addresses,
                             policy.networks[ir::NetworkId(1)].addresses,
                             {*packet::parse_service(service).term}});
  return finding;
}

std::vector<std::string> fingerprints(std::vector<Finding> findings, const ir::Policy& policy) {
  add_fingerprints(findings, &policy);
  std::vector<std::string> all;
  for (const Finding& finding : findings) all.push_back(finding.fingerprint);
  return all;
}

TEST_CASE("place and order make no difference, element and packets do") {
  auto builder = with_networks({});
  const ir::Policy& policy = builder.policy();
  const Finding first = about(policy, "conduit:a", "tcp/22");
  Finding moved = first;
  moved.diagnostic.labels.push_back({source::Range{source::FileId(3), {}, {}}, "elsewhere"});
  const Finding other = about(policy, "conduit:b", "tcp/22"), wider = about(policy, "conduit:a", "tcp/22-23");

  const auto before = fingerprints({first, other, wider}, policy);
  const auto after = fingerprints({wider, moved, other}, policy);
  CHECK(before[0] == after[1]);
  CHECK(before[1] == after[2]);
  CHECK(before[2] == after[0]);
  CHECK(std::set<std::string>(before.begin(), before.end()).size() == 3);
  CHECK(before[0].size() == 64);
}

TEST_CASE("findings that agree in everything have numbers") {
  auto builder = with_networks({});
  const Finding finding = about(builder.policy(), "conduit:a", "tcp/22");
  const auto all = fingerprints({finding, finding}, builder.policy());
  CHECK(all[0] != all[1]);
}

TEST_CASE("a new network does not change what is said of the internet") {
  auto small = with_networks({}), large = with_networks({"10.99.0.0/16"});
  const auto before = fingerprints({about(small.policy(), "conduit:a", "tcp/22")}, small.policy());
  const auto after = fingerprints({about(large.policy(), "conduit:a", "tcp/22")}, large.policy());
  CHECK(before == after);
}

TEST_CASE("what is about no element goes by its message") {
  Finding one, two;
  one.diagnostic.kind = two.diagnostic.kind = diagnostics::kind_id("CD2001");
  one.diagnostic.message = "`a` is unknown";
  two.diagnostic.message = "`b` is unknown";
  std::vector<Finding> findings{one, two};
  add_fingerprints(findings, nullptr);
  CHECK(findings[0].fingerprint != findings[1].fingerprint);
}

}  // namespace
}  // namespace cordon::check
