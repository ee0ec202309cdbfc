// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/drift.h"

#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "compiler/plan/plan.h"
#include "tests/support/policy_builder.h"

using namespace cordon;
using change::FlowEnd;

namespace {

const backend::Backend& platform() { return *backend::find_backend("nftables"); }

//  pumps ── gate ── servers
struct Gate {
  Gate() {
    builder.network("pumps", {"10.1.0.0/24"}).vlan = 10;
    builder.network("servers", {"10.2.0.0/24"}).vlan = 20;
    builder.zone("pumps", {"pumps"});
    builder.zone("servers", {"servers"});
    builder.device("gate", "nftables");
    builder.interface("gate", "pumps", "pumps", {"10.1.0.1"}).port = "eth1";
    builder.interface("gate", "servers", "servers", {"10.2.0.1"}).port = "eth2";
    builder.settle();
    builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443"});
    diagnostics::Diagnostics diagnostics;
    const auto capabilities = [](ir::DeviceId) { return &platform().info().capabilities; };
    planned = plan::plan(builder.policy(), capabilities, diagnostics, 1).devices.at(0);
    text = platform().emit(planned).at(0).text;
  }

  // With the first occurrence of the words exchanged.
  [[nodiscard]] change::DeviceDrift after(const std::string& from, const std::string& to,
                                          packet::Budget budget = {}) {
    std::string changed = text;
    const std::size_t at = changed.find(from);
    REQUIRE(at != std::string::npos);
    changed.replace(at, from.size(), to);
    const source::FileId file = sources.add("gate.nft", std::move(changed));
    const change::RunningDevice running({0}, platform(), sources, {file});
    return change::find_drift(builder.policy(), planned, running, budget);
  }

  test::PolicyBuilder builder;
  config::Device planned;
  std::string text;
  source::Sources sources;
};

}  // namespace

TEST_CASE("what was planned is in step") {
  Gate gate;
  CHECK(gate.after("tcp dport 443", "tcp dport 443").in_step());
}

TEST_CASE("another port is a flow that is lost and one that is open, once and by zones") {
  Gate gate;
  const change::DeviceDrift drift = gate.after("tcp dport 443", "tcp dport 444");
  REQUIRE(drift.flows.size() == 2);
  CHECK(drift.certain);
  CHECK(drift.unknown.empty());
  for (const change::FlowDrift& flow : drift.flows) {
    CHECK(flow.from == FlowEnd{FlowEnd::Kind::zone, ir::ZoneId{0}, {}});
    CHECK(flow.to == FlowEnd{FlowEnd::Kind::zone, ir::ZoneId{1}, {}});
    CHECK(flow.likely);
    REQUIRE(flow.cubes.size() == 1);
    CHECK(packet::to_string(flow.cubes[0].services) == (flow.opened ? "tcp/444" : "tcp/443"));
    CHECK(flow.example.destination_port == (flow.opened ? 444 : 443));
    REQUIRE(flow.running.size() == 1);
    CHECK(flow.place == "from `pumps` (eth1) to `servers` (eth2)");
  }
  CHECK(drift.flows[0].opened != drift.flows[1].opened);
}

TEST_CASE("what a filter with a gap decides is not known, and nothing is told of it") {
  Gate gate;
  const change::DeviceDrift drift = gate.after("tcp dport 443", "tcp dport 444 frobnicate");
  CHECK_FALSE(drift.in_step());
  CHECK(drift.flows.empty());
  REQUIRE_FALSE(drift.unknown.empty());
  CHECK(drift.certain);
  CHECK_FALSE(drift.unknown[0].places.empty());
}

TEST_CASE("beyond the budget nothing is in step") {
  Gate gate;
  const change::DeviceDrift drift =
      gate.after("tcp dport 443", "tcp dport 444", {.steps = 1, .bytes = 1U << 30U});
  CHECK(drift.undecided);
  CHECK_FALSE(drift.in_step());
}
