// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/run.h"

#include <doctest/doctest.h>

#include "compiler/diagnostics/kinds/check_reach.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/report/told.h"
#include "tests/report/runs.h"

using namespace cordon;
using namespace cordon::report;

TEST_CASE("counts, rank and failing") {
  test::MadeRun made;
  test::fill_rich(made);
  const Counts counts = count(made.run.findings);
  CHECK(counts.errors == 1);
  CHECK(counts.warnings == 1);
  CHECK(counts.notes == 1);
  CHECK(counts.waived == 1);
  CHECK(counts.baseline == 1);
  CHECK(counts_text(counts) == "1 error, 1 warning, 1 note, 1 waived, 1 in the baseline");

  const auto ranked = by_rank(made.run.findings);
  REQUIRE(ranked.size() == 5);
  CHECK(ranked[0]->element == "conduit:support");
  CHECK(ranked[3]->status == check::Status::waived);
  CHECK(ranked[4]->status == check::Status::baseline);

  CHECK(fails(made.run));
  made.run.fails_at.reset();
  CHECK_FALSE(fails(made.run));
}

TEST_CASE("what is waived does not fail a run") {
  test::MadeRun made;
  made.add(diagnostics::kind::outside_opens_to_device.id, "m").status = check::Status::waived;
  made.run.fails_at = Severity::note;
  CHECK_FALSE(fails(made.run));
}

TEST_CASE("paths are those of the repository; the library is in none") {
  test::MadeRun made;
  const source::FileId module = made.sources.add("library:services/dns.yaml", "x");
  CHECK(repository_path(made.run, source::FileId{0}) == "sites/east/zones/pumps.yaml");
  CHECK(repository_path(made.run, module) == "library:services/dns.yaml");
}

TEST_CASE("a finding about no file stands at the start of the first") {
  test::MadeRun made;
  check::Finding& finding = made.add(diagnostics::kind::usage.id, "m");
  finding.diagnostic.labels.clear();
  CHECK(text_of(place_of(made.run, finding)) == "sites/east/zones/pumps.yaml:1:1");
}
