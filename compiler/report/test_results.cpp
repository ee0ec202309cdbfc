// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/test_results.h"

#include <iterator>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/check/traffic.h"
#include "compiler/report/cubes.h"
#include "compiler/report/escape.h"
#include "compiler/report/running_query.h"
#include "compiler/report/told.h"

namespace cordon::report {
namespace {

using Json = nlohmann::ordered_json;
using change::Outcome;
using change::TestResult;

constexpr std::size_t shown_cubes = 8, shown_mutants = 20, shown_flows = 20;

std::string_view word(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return "passed";
    case Outcome::failed:
      return "failed";
    case Outcome::vacuous:
      return "vacuous";
    case Outcome::incomplete:
      return "incomplete";
  }
  return {};
}

void add_result(std::string& text, const TestReport& report, const ir::AddressNames& names,
                const TestResult& result) {
  const std::string_view sign = result.outcome == Outcome::passed       ? "ok"
                                : result.outcome == Outcome::incomplete ? "unknown"
                                                                        : "not ok";
  fmt::format_to(std::back_inserter(text), "{:<7} {}   {}\n", sign, result.name,
                 place_text(*report.sources, result.test->range));
  for (const std::string& line : test_details(report, names, result))
    fmt::format_to(std::back_inserter(text), "          {}\n", line);
}

std::string share(std::size_t part, std::size_t whole) {
  const std::size_t percent = whole == 0 ? 100 : part * 100 / whole;
  return fmt::format("{} % ({}/{})", percent, part, whole);
}

void add_coverage(std::string& text, const TestReport& report) {
  const change::Coverage& coverage = *report.coverage;
  fmt::format_to(std::back_inserter(text), "coverage: flows pinned {}, denied pairs of zones pinned {}\n",
                 share(coverage.pinned_flows, coverage.flows), share(coverage.pinned_pairs, coverage.pairs));
  std::size_t shown = 0;
  for (const ir::FlowId flow : coverage.loose_flows) {
    if (shown++ == shown_flows) {
      fmt::format_to(std::back_inserter(text), "  and {} more\n", coverage.loose_flows.size() - shown_flows);
      break;
    }
    fmt::format_to(std::back_inserter(text), "  no test needs {} of conduit {}   {}\n",
                   fmt::format("flow {}", report.policy->flow(flow).number),
                   report.policy->conduits[flow.conduit].name,
                   place_text(*report.sources, report.policy->flow(flow).range));
  }
}

void add_mutation(std::string& text, const TestReport& report) {
  const change::MutationResult& mutation = *report.mutation;
  fmt::format_to(std::back_inserter(text), "mutation: {} of {} noticed, {} without effect\n",
                 mutation.noticed(), counted(mutation.mutants.size(), "mutant"), mutation.without_effect);
  std::size_t shown = 0;
  for (const change::Mutant& mutant : mutation.mutants) {
    if (mutant.noticed) continue;
    if (shown == 0) text += "nobody would notice if you\n";
    if (shown++ == shown_mutants) {
      fmt::format_to(std::back_inserter(text), "  and {} more; `--format json` lists all\n",
                     mutation.mutants.size() - mutation.noticed() - shown_mutants);
      break;
    }
    fmt::format_to(std::back_inserter(text), "  {}   {}\n", mutant.text,
                   place_text(*report.sources, mutant.range));
  }
}

}  // namespace

std::vector<std::string> test_details(const TestReport& report, const ir::AddressNames& names,
                                      const TestResult& result) {
  if (result.outcome == Outcome::vacuous)
    return {"it speaks of no packet: its ends share no family, or no service fits"};
  std::vector<std::string> lines;
  if (result.outcome == Outcome::passed) return lines;
  lines.emplace_back(result.outcome == Outcome::incomplete ? "not known, since a line is not understood:"
                     : result.test->allow                  ? "denied, and should be allowed:"
                                                           : "allowed, and should be denied:");
  for (std::string& line : cube_lines(names, as_openings(result.otherwise), shown_cubes))
    lines.push_back("  " + std::move(line));
  if (result.example) lines.push_back("for example " + check::example_text(*result.example));
  for (const change::Cause& cause : result.causes)
    lines.push_back("by " + cause_text(*report.policy, *report.sources, cause));
  for (std::string& line : rule_lines(*report.policy, *report.sources, result.by))
    lines.push_back(std::move(line));
  for (std::string& line : blind_lines(*report.policy, *report.sources, result.blind))
    lines.push_back(std::move(line));
  return lines;
}

TestCounts count(std::span<const TestResult> results) {
  TestCounts counts;
  for (const TestResult& result : results) {
    counts.passed += result.outcome == Outcome::passed;
    counts.failed += result.outcome == Outcome::failed;
    counts.vacuous += result.outcome == Outcome::vacuous;
    counts.incomplete += result.outcome == Outcome::incomplete;
  }
  return counts;
}

std::string tests_text(const TestReport& report, bool all) {
  const ir::AddressNames names(*report.policy);
  std::string text;
  for (const TestResult& result : report.results) {
    if (all || result.outcome != Outcome::passed) add_result(text, report, names, result);
  }
  const TestCounts counts = count(report.results);
  fmt::format_to(std::back_inserter(text), "{} passed, {} failed", counts.passed, counts.failed);
  if (counts.vacuous > 0) fmt::format_to(std::back_inserter(text), ", {} vacuous", counts.vacuous);
  if (counts.incomplete > 0) fmt::format_to(std::back_inserter(text), ", {} incomplete", counts.incomplete);
  if (report.left_out > 0) fmt::format_to(std::back_inserter(text), ", {} left out", report.left_out);
  text += '\n';
  if (report.coverage) add_coverage(text, report);
  if (report.mutation) add_mutation(text, report);
  return text;
}

std::string tests_summary(const TestReport& report, const std::optional<change::Coverage>& before) {
  const TestCounts counts = count(report.results);
  std::string text = fmt::format("{} passed, {} failed", counts.passed, counts.failed);
  if (counts.vacuous > 0) text += fmt::format(", {} vacuous", counts.vacuous);
  if (!report.coverage) return text;
  text += fmt::format("; flows pinned {}", share(report.coverage->pinned_flows, report.coverage->flows));
  if (before) text += fmt::format(", before {}", share(before->pinned_flows, before->flows));
  return text;
}

Json coverage_json(const change::Coverage& coverage) {
  return {{"flows", coverage.flows},
          {"pinned_flows", coverage.pinned_flows},
          {"pairs", coverage.pairs},
          {"pinned_pairs", coverage.pinned_pairs}};
}

std::string tests_json(const TestReport& report, std::string_view version) {
  return tests_document(report, version).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json tests_document(const TestReport& report, std::string_view version) {
  const ir::AddressNames names(*report.policy);
  Json tests = Json::array();
  for (const TestResult& result : report.results) {
    Json causes = Json::array();
    for (const change::Cause& cause : result.causes)
      causes.push_back(cause_text(*report.policy, *report.sources, cause));
    const std::vector<std::string> by = rule_lines(*report.policy, *report.sources, result.by);
    const std::vector<std::string> blind = blind_lines(*report.policy, *report.sources, result.blind);
    tests.push_back({{"name", result.name},
                     {"place", place_text(*report.sources, result.test->range)},
                     {"expects", result.test->allow ? "allow" : "deny"},
                     {"outcome", word(result.outcome)},
                     {"tags", result.test->tags},
                     {"otherwise", cubes_json(result.otherwise)},
                     {"example", result.example ? Json(check::example_text(*result.example)) : Json()},
                     {"causes", std::move(causes)},
                     {"device_lines", by},
                     {"not_understood", blind}});
  }
  const TestCounts counts = count(report.results);
  Json document = {{"format", "cordon.test"},
                   {"format_version", "1.1"},
                   {"tool", {{"name", "cordon"}, {"version", version}}},
                   {"tests", std::move(tests)},
                   {"summary",
                    {{"passed", counts.passed},
                     {"failed", counts.failed},
                     {"vacuous", counts.vacuous},
                     {"incomplete", counts.incomplete},
                     {"left_out", report.left_out}}}};
  if (report.coverage) document["coverage"] = coverage_json(*report.coverage);
  if (report.mutation) {
    Json mutants = Json::array();
    for (const change::Mutant& mutant : report.mutation->mutants)
      mutants.push_back({{"text", mutant.text},
                         {"place", place_text(*report.sources, mutant.range)},
                         {"noticed", mutant.noticed}});
    document["mutation"] = {{"mutants", std::move(mutants)},
                            {"without_effect", report.mutation->without_effect}};
  }
  return document;
}

namespace {

// Of the first failures all that is known, of the rest the packet.
std::string failure_of(const TestReport& report, const ir::AddressNames& names, const TestResult& result,
                       bool whole) {
  std::string text;
  if (whole) {
    for (const std::string& line : test_details(report, names, result)) text += xml_text(line) + "\n";
  } else {
    if (result.example) text = xml_text("for example " + check::example_text(*result.example)) + "\n";
    text += fmt::format("the first {} failures are told in full; `--format json` has every one\n",
                        limit::junit_findings);
  }
  return fmt::format(">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n", word(result.outcome),
                     text);
}

}  // namespace

Suite tests_suite(const TestReport& report) {
  const ir::AddressNames names(*report.policy);
  const TestCounts counts = count(report.results);
  const std::size_t failures = counts.failed + counts.vacuous + counts.incomplete;
  std::string out = fmt::format(
      "  <testsuite name=\"policy tests\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">\n",
      report.results.size(), failures);
  std::map<std::string_view, std::size_t> seen;  // hosts take two tests of one name for one
  std::size_t told = 0;
  for (const TestResult& result : report.results) {
    const std::size_t number = ++seen[result.name];
    const std::string name = number == 1 ? result.name : fmt::format("{} ({})", result.name, number);
    fmt::format_to(std::back_inserter(out),
                   "    <testcase name=\"{}\" classname=\"cordon.test\" file=\"{}\" line=\"{}\"",
                   xml_text(name), xml_text(report.sources->path(result.test->range.file)),
                   report.sources->start(result.test->range).line);
    out += result.outcome == Outcome::passed
               ? std::string("/>\n")
               : failure_of(report, names, result, told++ < limit::junit_findings);
  }
  return {out + "  </testsuite>\n", report.results.size(), failures};
}

std::string tests_junit(const TestReport& report) {
  return junit_document("cordon test", tests_suite(report));
}

}  // namespace cordon::report
