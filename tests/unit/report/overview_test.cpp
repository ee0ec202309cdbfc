// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/overview.h"

#include <doctest/doctest.h>

namespace cordon::report {
namespace {

void add(std::vector<check::Finding>& findings, diagnostics::KindId kind, int count,
         check::Status status = check::Status::open) {
  for (int i = 0; i < count; ++i) {
    check::Finding& finding = findings.emplace_back();
    finding.diagnostic.kind = kind;
    finding.status = status;
  }
}

}  // namespace

TEST_CASE("twenty open findings need no overview, whatever is waived") {
  std::vector<check::Finding> findings;
  add(findings, check::kind::clear_text_service.id, 20);
  add(findings, check::kind::clear_text_service.id, 9, check::Status::waived);
  CHECK(overview(findings).empty());
}

TEST_CASE("the kinds that occur most come first, those of one count by their code") {
  std::vector<check::Finding> findings;
  add(findings, check::kind::never_reviewed.id, 1);
  add(findings, check::kind::clear_text_service.id, 2);
  add(findings, check::kind::clear_text_login.id, 2);
  add(findings, check::kind::redundancy_broken.id, 16);
  CHECK(overview(findings) ==
        "most frequent: 16 redundancy-broken, 2 clear-text-login, 2 clear-text-service, 1 never-reviewed\n");
}

TEST_CASE("what other findings build upon is named") {
  std::vector<check::Finding> findings;
  add(findings, check::kind::zone_without_type.id, 1);
  add(findings, check::kind::internet_in_inner_zone.id, 1);
  add(findings, check::kind::never_reviewed.id, 19);
  CHECK(overview(findings) ==
        "most frequent: 19 never-reviewed, 1 zone-without-type, 1 internet-in-inner-zone\n"
        "mend first: CD3107 internet-in-inner-zone, CD3102 zone-without-type; other findings depend on the "
        "type of a "
        "zone\n");
}

}  // namespace cordon::report
