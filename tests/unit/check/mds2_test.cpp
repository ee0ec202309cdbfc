// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/mds2.h"

#include <doctest/doctest.h>

#include "tests/support/policy_builder.h"

namespace cordon::check {
namespace {

test::PolicyBuilder pumps_and_servers() {
  test::PolicyBuilder builder;
  builder.network("pumps", {"10.20.0.0/24"});
  builder.network("servers", {"10.30.0.0/24"});
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"});
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/8443"}).data = {"phi"};
  builder.flow("orders", {"servers"}, {"pumps"}, {"tcp/443"});
  builder.flow("inside", {"pumps"}, {"pumps"}, {"tcp/22"});
  ir::Mds2Form form;
  form.name = "pump";
  form.zones = {builder.zone_id("pumps")};
  form.answers = {{"CONN-4", ir::Answer::no, {}}, {"RMOT-1", ir::Answer::yes, {}}};
  builder.policy().evidence.mds2.push_back(form);
  return builder;
}

Context context_of(const ir::Policy& policy) {
  return Context(
      {.policy = policy, .standards = nullptr, .as_of = {}, .bridges = [](ir::DeviceId) { return true; }});
}

bool every(const FlowFact&) { return true; }

}  // namespace

TEST_CASE("an answer is found by its question, and for the zones of its form") {
  test::PolicyBuilder builder = pumps_and_servers();
  const Context context = context_of(builder.policy());
  const ir::Mds2Form& form = builder.policy().evidence.mds2.front();
  CHECK(answer_to(form, "RMOT-1")->answer == ir::Answer::yes);
  CHECK(answer_to(form, "RMOT-2") == nullptr);
  CHECK(claims(context, "CONN-4", ir::Answer::no).size() == 1);
  CHECK(claims(context, "CONN-4", ir::Answer::yes).empty());
  CHECK(is_answered(context, builder.zone_id("pumps"), "CONN-4"));
  CHECK_FALSE(is_answered(context, builder.zone_id("servers"), "CONN-4"));
}

TEST_CASE("a flow within a zone counts once among those of the zone") {
  test::PolicyBuilder builder = pumps_and_servers();
  const Context context = context_of(builder.policy());
  const ir::ZoneId pumps = builder.zone_id("pumps");
  CHECK(flows_from(context, pumps, every).size() == 2);
  CHECK(flows_to(context, pumps, every).size() == 2);
  CHECK(flows_of(context, pumps, every).size() == 3);
  CHECK(flows_of(context, pumps, carries_personal_data).size() == 1);
}

}  // namespace cordon::check
