// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <doctest/doctest.h>

#include "resolved.h"

namespace cordon::resolve::testing {
namespace {

const std::string a_flow = "      - {from: pumps, to: gateway, services: [tcp/1]}";

Resolved with(const std::string& more) { return resolved({{"cordon.yaml", site(a_flow, more)}}); }

TEST_CASE("names of assertions, tests and waivers have to exist") {
  CHECK(with("assertions:\n  - {name: a, never: {from: pumps, to: nobody}}\n").codes() == "CD2001");
  CHECK(with("assertions:\n  - {name: a, never: {from: pumps, to: gateway, services: [what]}}\n").codes() ==
        "CD2010");
  CHECK(with("tests:\n  - {allow: {from: nobody, to: gateway, service: tcp/1}}\n").codes() == "CD2001");
  CHECK(with("waivers:\n  - {id: W-1, code: CD4601, accepts: pumps -> nobody}\n").codes() == "CD2001");
  CHECK(with("waivers:\n  - {id: W-1, code: CD4601, accepts: pumps}\n").codes() == "CD2011");
  CHECK(with("waivers:\n  - {id: W-1, code: CD0000}\n").codes() == "CD2012");
  CHECK(with("mds2:\n  a: {zones: [nobody], answers: {RMOT-1: no}}\n").codes() == "CD2001");
  CHECK(with("checks: {severities: {no-such-check: off}}\n").codes() == "CD2012");
}

TEST_CASE("evidence of one name twice") {
  CHECK(with("assertions:\n  - {name: a, never: {from: pumps, to: gateway}}\n"
             "  - {name: a, always: {from: pumps, to: gateway}}\n")
            .codes() == "CD2003");
  CHECK(with("waivers:\n  - {id: W-1, code: CD4601}\n  - {id: W-1, code: CD4601}\n").codes() == "CD2003");
}

TEST_CASE("envelopes say what changes may open") {
  const Resolved project = with(
      "envelopes:\n"
      "  - {id: b, approves: pumps -> gateway tcp/1, max-new-hosts: 5, reviewers: [net, biomed]}\n"
      "  - {id: a, approves: ['any \\ pumps -> servers', 'pumps -> servers any']}\n");
  REQUIRE(project.policy);
  const auto& envelopes = project.policy->evidence.envelopes;
  REQUIRE(envelopes.size() == 2);
  CHECK(envelopes[0].name == "a");
  CHECK(envelopes[0].approves.size() == 2);
  CHECK(!envelopes[0].max_new_hosts);
  CHECK(envelopes[1].max_new_hosts == 5U);
  CHECK(envelopes[1].reviewers.size() == 2);
  CHECK(with("envelopes:\n  - {id: a, approves: pumps -> nobody}\n").codes() == "CD2001");
  CHECK(with("envelopes:\n  - {id: a, approves: pumps}\n").codes() == "CD2011");
  CHECK(with("envelopes:\n  - {id: a, approves: pumps -> servers}\n  - {id: a, approves: servers -> pumps}\n")
            .codes() == "CD2003");
}

TEST_CASE("evidence is in the policy by name, whatever its order") {
  const Resolved project = with(
      "waivers:\n"
      "  - {id: W-2, code: CD4601, element: 'conduit:x', accepts: [pumps -> gateway tcp/1, pumps -> "
      "servers]}\n"
      "  - {id: W-1, code: outside-opens-to-device, expires: 2027-01-31}\n"
      "attestations: {zeta: {answer: partly, reason: soon}, alpha: {answer: not-applicable}}\n"
      "mds2: {form: {zones: [pumps], answers: {RMOT-1: no, CONN-4: yes}}}\n"
      "checks: {profile: hospital, review-days: 90, severities: {CD4601: warning}}\n");
  REQUIRE(project.policy);
  const ir::Evidence& evidence = project.policy->evidence;
  REQUIRE(evidence.waivers.size() == 2);
  CHECK(evidence.waivers[0].name == "W-1");
  CHECK(evidence.waivers[0].expires.text == "2027-01-31");
  CHECK(!evidence.waivers[0].owner.present());
  REQUIRE(evidence.waivers[1].accepts.size() == 2);
  CHECK(evidence.waivers[1].accepts[0].services.valid());
  CHECK(!evidence.waivers[1].accepts[1].services.valid());
  REQUIRE(evidence.attestations.size() == 2);
  CHECK(evidence.attestations[0].answer == ir::Answer::not_applicable);
  CHECK(evidence.attestations[1].reason == "soon");
  REQUIRE(evidence.mds2.size() == 1);
  CHECK(evidence.mds2[0].answers[0].question == "CONN-4");
  CHECK(evidence.checks.profile == ir::CheckProfile::hospital);
  CHECK(evidence.checks.review_days == 90);
  CHECK(evidence.checks.severities.at(0).severity == "warning");
}

}  // namespace
}  // namespace cordon::resolve::testing
