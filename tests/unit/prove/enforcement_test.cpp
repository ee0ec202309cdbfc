// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Paths without a filter, and places without the filter that the policy wants there.

#include <doctest/doctest.h>

#include "tests/unit/prove/proved.h"

namespace cordon::prove::testing {
namespace {

using test::PolicyBuilder;

// pumps ── router ── between ── gate ── servers
PolicyBuilder row(bool isolate = false) {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"});
  builder.network("servers", {"10.2.0.0/24"});
  builder.network("between", {"10.9.0.0/29"});
  builder.zone("pumps", {"pumps"}, isolate);
  builder.zone("servers", {"servers"});
  builder.device("router");
  builder.interface("router", "pumps", "pumps", {"10.1.0.1"});
  builder.interface("router", "up", "between", {"10.9.0.1"});
  builder.device("gate", "plain");
  builder.interface("gate", "down", "between", {"10.9.0.2"}).filter = ir::FilterMode::none;
  builder.interface("gate", "servers", "servers", {"10.2.0.1"}).filter = ir::FilterMode::in;
  builder.settle();
  return builder;
}

const std::vector<std::string> servers{"deny any > 10.2.0.1", "deny 10.2.0.1 > any",
                                       "permit 10.2.0.0/24 > 10.2.0.0/24"};

}  // namespace

TEST_CASE("enforcement: a path that meets no filter on its way, though its return does") {
  PolicyBuilder builder = row();
  Proved proved(builder);
  proved.filter("gate", "servers in", servers);
  CHECK(proved.broken() == "enforcement");
  CHECK(proved.proof().violations.front().text == "a path from `pumps` to `servers` crosses no filter");
}

TEST_CASE("enforcement: a filter that went missing") {
  PolicyBuilder builder = row();
  for (ir::Interface& interface : builder.policy().devices[builder.device_id("gate")].interfaces)
    interface.filter = ir::FilterMode::in;
  Proved proved(builder);
  proved.filter("gate", "servers in", servers);
  CHECK(proved.broken() == "enforcement; enforcement gate down in");
  proved.filter("gate", "down in", {});
  CHECK(proved.broken() == "");
}

TEST_CASE("enforcement: hosts that are to be kept apart meet at a gateway without filters") {
  PolicyBuilder builder = row(true);
  for (ir::Interface& interface : builder.policy().devices[builder.device_id("gate")].interfaces)
    interface.filter = ir::FilterMode::in;
  Proved proved(builder);
  proved.filter("gate", "servers in", servers).filter("gate", "down in", {});
  CHECK(proved.broken() == "enforcement router pumps");
  builder.policy().networks[builder.network_id("pumps")].isolation.emplace();
  Proved attested(builder);
  attested.filter("gate", "servers in", servers).filter("gate", "down in", {});
  CHECK(attested.broken() == "");
}

TEST_CASE("a configured device that was not read proves nothing") {
  PolicyBuilder builder = row();
  const Proof proof = prove_end_to_end(builder.policy(), {}, {});
  CHECK_FALSE(proof.undecided.empty());
}

}  // namespace cordon::prove::testing
