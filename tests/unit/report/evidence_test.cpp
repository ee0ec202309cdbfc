// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/evidence.h"

#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "compiler/diagnostics/kinds/check_reach.h"

using namespace cordon;
using report::Standing;

namespace {

// One check, one assertion and three questions that all speak to one of two controls.
struct Case {
  ir::Policy policy;
  ir::Standards standards;
  source::Sources sources;
  std::vector<check::Finding> findings;
  std::vector<check::AssertionResult> assertions;
  check::Selection selection{.profile = check::CheckProfile::auditor, .only = {}, .skip = {}};
  std::string as_of = "2026-11-01";
  bool waivers = true;

  Case() {
    policy.site.name = "st-elsewhere";
    standards.catalogues.push_back({.id = "csf-2.0",
                                    .title = "Framework 2.0",
                                    .short_name = "CSF 2.0",
                                    .source = "CSWP 29",
                                    .in_messages = true,
                                    .controls = {{"PR.IR-01", "networks are protected", "CSWP 29"},
                                                 {"DE.CM-01", "networks are watched", "CSWP 29"}}});
    const std::vector<ir::ControlRef> first{{0, 0}};
    standards.checks["outside-opens-to-device"] = {first, "", "an advisory"};
    standards.assertions["never"] = {first, "", "CSF"};
    for (const char* name : {"a-question", "b-question", "c-question"}) {
      ir::Question question;
      question.id = name;
      question.topic = "device";
      question.ask = "Is it so?";
      question.controls = first;
      standards.questions.push_back(std::move(question));
    }
    sources.add("cordon.yaml", "abc");
  }

  [[nodiscard]] report::Evidence gathered() const {
    return report::gather_evidence({.version = "1.0",
                                    .policy = policy,
                                    .standards = standards,
                                    .sources = sources,
                                    .findings = findings,
                                    .assertions = assertions,
                                    .selection = selection,
                                    .as_of = check::parse_date(as_of).value(),
                                    .waivers = waivers,
                                    .catalogues = {0}});
  }

  void find(check::Status status, std::string element, std::string waiver = {}) {
    check::Finding finding;
    finding.diagnostic.kind = diagnostics::kind::outside_opens_to_device.id;
    finding.element = std::move(element);
    finding.status = status;
    finding.waiver = std::move(waiver);
    findings.push_back(std::move(finding));
  }

  void answer(const char* question, ir::Answer value, const char* date, const char* reason = "") {
    ir::Attestation attestation;
    attestation.name = question;
    attestation.answer = value;
    attestation.evidence = "DOC-1";
    attestation.date = date;
    attestation.reason = reason;
    policy.evidence.attestations.push_back(std::move(attestation));
  }
};

const report::Claim& claim(const report::Evidence& evidence, std::string_view name) {
  for (const report::Claim& each : evidence.claims) {
    if (each.name == name) return each;
  }
  REQUIRE(false);
  return evidence.claims.front();
}

}  // namespace

TEST_CASE("a control lists what speaks to it; those that nothing speaks to are counted") {
  const Case plain;
  const report::Evidence evidence = plain.gathered();
  REQUIRE(evidence.catalogues.size() == 1);
  REQUIRE(evidence.catalogues[0].controls.size() == 1);
  CHECK(evidence.catalogues[0].silent == 1);
  CHECK(report::tally_text(evidence, evidence.catalogues[0].controls[0]) == "1 held, 3 unanswered");
  CHECK(report::verdict_on(evidence, evidence.catalogues[0].controls[0]) == report::Verdict::incomplete);
  CHECK(report::summary_of(evidence, evidence.catalogues[0]) ==
        "1 of 2 controls are spoken to: 1 incomplete. Nothing here speaks to the other 1.");
}

TEST_CASE("a control that only words speak to says so") {
  Case words;
  words.standards.checks.clear();
  const report::Evidence evidence = words.gathered();
  CHECK(report::remarks_on(evidence, evidence.catalogues[0].controls[0]) == "incomplete, attestations only");
}

TEST_CASE("a check that found something is open, with what it is about; one that is not made does not hold") {
  Case some;
  some.find(check::Status::open, "conduit:portal");
  some.find(check::Status::open, "conduit:legacy");
  some.find(check::Status::open, "conduit:legacy");
  const report::Evidence evidence = some.gathered();
  CHECK(claim(evidence, "outside-opens-to-device").standing == Standing::open);
  CHECK(claim(evidence, "outside-opens-to-device").details ==
        std::vector<std::string>{"3 errors: conduit:legacy, conduit:portal"});

  Case none;
  none.selection.skip.push_back(diagnostics::kind::outside_opens_to_device.id);
  CHECK(claim(none.gathered(), "outside-opens-to-device").standing == Standing::not_made);
}

TEST_CASE("what is waived is told apart, and counts as open where waivers are set aside") {
  Case waived;
  waived.find(check::Status::waived, "conduit:legacy", "W-12");
  const report::Evidence evidence = waived.gathered();
  CHECK(claim(evidence, "outside-opens-to-device").standing == Standing::waived);
  CHECK(claim(evidence, "outside-opens-to-device").details ==
        std::vector<std::string>{"1 accepted by waiver W-12"});
  waived.waivers = false;
  CHECK(claim(waived.gathered(), "outside-opens-to-device").standing == Standing::open);
}

TEST_CASE("the age of a waiver is counted in days") {
  Case one;
  ir::Waiver waiver;
  waiver.name = "W-12";
  waiver.created.text = "2026-10-01";
  waiver.expires.text = "2026-11-02";
  one.policy.evidence.waivers.push_back(waiver);
  one.find(check::Status::waived, "conduit:legacy", "W-12");
  CHECK(one.gathered().waivers[0].age == "31 days old, ends in 1 day");
  CHECK(one.gathered().waivers[0].findings == 1);
  one.as_of = "2026-11-05";
  CHECK(one.gathered().waivers[0].age == "35 days old, ended 3 days ago");
}

TEST_CASE("an attestation is attested or contrary, with its document and age") {
  Case some;
  some.answer("a-question", ir::Answer::yes, "2026-10-02");
  some.answer("b-question", ir::Answer::no, "");
  some.answer("c-question", ir::Answer::not_applicable, "2026-12-01", "no such device");
  const report::Evidence evidence = some.gathered();
  CHECK(claim(evidence, "a-question").standing == Standing::attested);
  CHECK(claim(evidence, "a-question").details ==
        std::vector<std::string>{"yes; DOC-1; 2026-10-02, 30 days ago"});
  CHECK(claim(evidence, "b-question").standing == Standing::contrary);
  CHECK(claim(evidence, "b-question").details == std::vector<std::string>{"no; DOC-1; without a date"});
  CHECK(claim(evidence, "c-question").standing == Standing::attested);
  CHECK(claim(evidence, "c-question").details ==
        std::vector<std::string>{
            "not applicable; DOC-1; 2026-12-01, after the day of this report; no such device"});
}

TEST_CASE("an assertion is proved, or broken, which an undecided one is too") {
  Case some;
  ir::Assertion first;
  first.name = "no-internet";
  some.assertions.push_back({&first, check::Outcome::held, "nothing passes"});
  ir::Assertion second;
  second.name = "too-large";
  some.assertions.push_back({&second, check::Outcome::undecided, "beyond the limit"});
  const report::Evidence evidence = some.gathered();
  CHECK(claim(evidence, "no-internet").standing == Standing::proved);
  CHECK(claim(evidence, "too-large").standing == Standing::broken);
  CHECK(claim(evidence, "too-large").details == std::vector<std::string>{"undecided"});
}

TEST_CASE("inputs are told by their digests, limits always") {
  const Case plain;
  const report::Evidence evidence = plain.gathered();
  REQUIRE(evidence.inputs.size() == 1);
  CHECK(evidence.inputs[0].sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(evidence.limits.size() > 5);
  for (const std::string& text : {report::evidence_text(evidence), report::evidence_markdown(evidence),
                                  report::evidence_json(evidence)}) {
    CHECK(text.find(evidence.inputs[0].sha256) != std::string::npos);
    CHECK(text.find("unanswered") != std::string::npos);
  }
}

TEST_CASE("the same input gives the same bytes") {
  Case some;
  some.find(check::Status::open, "zone:b");
  some.find(check::Status::open, "zone:a");
  Case other;
  other.find(check::Status::open, "zone:a");
  other.find(check::Status::open, "zone:b");
  CHECK(report::evidence_text(some.gathered()) == report::evidence_text(other.gathered()));
  CHECK(report::evidence_json(some.gathered()) == report::evidence_json(other.gathered()));
}
