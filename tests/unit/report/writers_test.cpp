// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What each writer makes of one rich run. Schemas, limits and hostile text: tests/report/schemas_test.py.

#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/kinds/check_reach.h"
#include "compiler/report/formats.h"
#include "tests/report/runs.h"

using namespace cordon;
using namespace cordon::report;
using nlohmann::json;

namespace {

std::string written(std::string (*write)(const Run&)) {
  test::MadeRun made;
  test::fill_rich(made);
  return write(made.run);
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("formats have names of their own and all is said of them") {
  std::set<std::string_view> names;
  for (const Format& format : formats()) {
    CHECK(names.insert(format.name).second);
    CHECK(find_format(format.name) == &format);
    CHECK_FALSE(format.purpose.empty());
    CHECK_FALSE(format.limits.empty());
  }
  CHECK(find_format("sarf") == nullptr);
}

TEST_CASE("the same run gives the same bytes") {
  for (const Format& format : formats()) CHECK(written(format.write) == written(format.write));
}

TEST_CASE("json: everything that is known of a finding") {
  const json document = json::parse(written(write_json));
  CHECK(document["format"] == "cordon.check");
  CHECK(document["as_of"] == "2026-11-01");
  CHECK(document["summary"]["waived"] == 1);
  const json& first = document["findings"][0];
  CHECK(first["code"] == "CD4601");
  CHECK(first["status"] == "open");
  CHECK(first["element"] == "conduit:support");
  CHECK(first["traffic"]["cubes"] ==
        json::parse(R"([{"from": ["203.0.113.0/28"], "to": ["10.20.0.0/24"], "services": ["tcp/23"]}])"));
  CHECK(first["example"]["to_port"] == 23);
  CHECK(first["path"][0]["conduit"] == "support");
  CHECK(first["path"][0]["region"]["start"]["line"] == 3);
  CHECK(first["controls"][1]["control"] == "PR.IR-01");
  CHECK(first["docs"] == "cordon explain CD4601");
  CHECK(document["findings"][1]["waiver"]["expires"] == "2027-01-31");
  CHECK(document["findings"][2]["status"] == "baseline");
  CHECK(document["findings"][4]["element"].is_null());
}

TEST_CASE("junit: a case for each check, failing by what fails the run") {
  const std::string text = written(write_junit);
  CHECK(holds(text, "name=\"CD4601 outside-opens-to-device\""));
  CHECK(holds(text, "<failure message=\"`internet` may open tcp/23 to `pumps`\" type=\"error\">"));
  CHECK(holds(text, "name=\"the policy is read and planned\""));
  CHECK(holds(text, "waived by W-1 until 2027-01-31: the vendor&apos;s range is no smaller"));
}

TEST_CASE("junit: what is waived alone is skipped with its reason") {
  test::MadeRun made;
  check::Finding& finding = made.add(diagnostics::kind::outside_opens_to_device.id, "m");
  finding.status = check::Status::waived;
  finding.waiver = "W-2";
  CHECK(holds(write_junit(made.run), "<skipped message=\"waived by W-2\"/>"));
}

TEST_CASE("github: a line each, and the place within the repository") {
  const std::string text = written(write_github);
  CHECK(
      holds(text,
            "::error file=sites/east/zones/pumps.yaml,line=2,col=3,endLine=2,endColumn=9,"
            "title=CD4601 outside-opens-to-device::`internet` may open tcp/23 to `pumps`%0Awhy it matters"));
  CHECK(holds(text, "%0Ahelp: take the flow out\n"));
  CHECK(holds(text, "::notice file=sites/east/zones/pumps.yaml,line=1,col=1,endLine=1,endColumn=1,"));
  CHECK_FALSE(holds(text, "vendor"));
}

TEST_CASE("gitlab: what is open, and what must not be waived blocks") {
  const json document = json::parse(written(write_gitlab));
  REQUIRE(document.size() == 3);
  CHECK(document[0]["severity"] == "blocker");
  CHECK(document[1]["severity"] == "major");
  CHECK(document[2]["severity"] == "info");
  CHECK(document[0]["location"]["path"] == "sites/east/zones/pumps.yaml");
}

TEST_CASE("markdown: verdict, figures, what matters most first") {
  const std::string text = written(write_markdown);
  CHECK(text.starts_with("### cordon check: 1 error, 1 warning, 1 note, 1 waived, 1 in the baseline\n"));
  CHECK(text.find("CD4601") < text.find("CD6004"));
  CHECK(holds(text, "<b>error</b> CD4601"));
  CHECK(holds(text, "<code>internet</code>"));
}
