// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A test case for reading and planning the policy and one for every check that was made, so that a page of
// tests shows what was looked at and not only what was found. A case fails where the run fails; what is
// waived or in the baseline is skipped with its reason. Names are unique: GitLab drops the second of a name.

#include <map>

#include <fmt/format.h>

#include "compiler/report/escape.h"
#include "compiler/report/formats.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

struct Case {
  std::string group, name;
  std::vector<const Finding*> failing, tolerated, excused;
};

std::vector<Case> cases_of(const Run& run) {
  std::vector<Case> cases{{"cordon.policy", "the policy is read and planned", {}, {}, {}}};
  std::map<diagnostics::KindId, std::size_t> by_kind;
  for (const check::Check* made : run.made) {
    by_kind[made->kind] = cases.size();
    cases.push_back({"cordon.check", title_of(made->kind), {}, {}, {}});
  }
  for (const Finding* finding : by_rank(run.findings)) {
    const auto found = by_kind.find(finding->diagnostic.kind);
    Case& test = cases[found == by_kind.end() ? 0 : found->second];
    const bool open = finding->status == check::Status::open;
    const bool failing = open && run.fails_at && finding->diagnostic.severity <= *run.fails_at;
    (failing ? test.failing : open ? test.tolerated : test.excused).push_back(finding);
  }
  return cases;
}

std::string block_of(const Run& run, const Finding& finding) {
  std::string text = xml_text(fmt::format("{}[{}]: {}", to_string(finding.diagnostic.severity),
                                          title_of(finding.diagnostic.kind), finding.diagnostic.message));
  for (const std::string& line : details_of(run, finding)) text += "\n  " + xml_text(line);
  if (const std::string excuse = excuse_of(run, finding); !excuse.empty()) text += "\n  " + xml_text(excuse);
  return text + "\n";
}

std::string blocks_of(const Run& run, const std::vector<const Finding*>& findings) {
  std::string text;
  for (std::size_t at = 0; at < std::min(findings.size(), limit::junit_findings); ++at)
    text += (at == 0 ? "" : "\n") + block_of(run, *findings[at]);
  if (findings.size() > limit::junit_findings) {
    const std::vector<const Finding*> rest(findings.begin() + limit::junit_findings, findings.end());
    text += fmt::format("\n{} not told here: {}; `--output json=PATH` has every finding\n",
                        counted(rest.size(), "more finding"), kinds_text(rest));
  }
  return text;
}

std::string outcome_of(const Run& run, const Case& test) {
  std::string text;
  if (!test.failing.empty()) {
    const Finding& first = *test.failing.front();
    std::string message = first.diagnostic.message;
    if (test.failing.size() > 1)
      message += fmt::format(" (and {})", counted(test.failing.size() - 1, "more finding"));
    text += fmt::format("      <failure message=\"{}\" type=\"{}\">{}</failure>\n", xml_text(message),
                        to_string(first.diagnostic.severity), blocks_of(run, test.failing));
  } else if (!test.excused.empty() && test.tolerated.empty()) {
    text += fmt::format("      <skipped message=\"{}\"/>\n", xml_text(excuse_of(run, *test.excused.front())));
  }
  std::string out = blocks_of(run, test.tolerated);
  if (!out.empty() && !test.excused.empty()) out += "\n";
  out += blocks_of(run, test.excused);
  if (!out.empty()) text += fmt::format("      <system-out>{}</system-out>\n", out);
  return text;
}

}  // namespace

std::string write_junit(const Run& run) { return junit_document("cordon check", check_suite(run)); }

Suite check_suite(const Run& run) {
  std::size_t failures = 0, skipped = 0;
  std::string body;
  const std::vector<Case> cases = cases_of(run);
  for (const Case& test : cases) {
    failures += !test.failing.empty();
    skipped += test.failing.empty() && test.tolerated.empty() && !test.excused.empty();
    const std::string outcome = outcome_of(run, test);
    body +=
        fmt::format(R"(    <testcase classname="{}" name="{}" time="0")", test.group, xml_text(test.name));
    body += outcome.empty() ? "/>\n" : ">\n" + outcome + "    </testcase>\n";
  }
  return {
      fmt::format(
          "  <testsuite name=\"cordon check\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" "
          "time=\"0\">\n"
          "    <properties>\n"
          "      <property name=\"profile\" value=\"{}\"/>\n"
          "      <property name=\"as-of\" value=\"{}\"/>\n"
          "    </properties>\n"
          "{}"
          "  </testsuite>\n",
          cases.size(), failures, skipped, check::to_string(run.profile), check::to_string(run.as_of), body),
      cases.size(), failures};
}

std::string junit_document(std::string_view name, const Suite& suite) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"0\">\n{}</testsuites>\n",
      name, suite.tests, suite.failures, suite.text);
}

}  // namespace cordon::report
