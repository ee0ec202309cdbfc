// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/report/runs.h"

#include <utility>

#include <fmt/format.h>

#include "compiler/check/fingerprint.h"
#include "compiler/diagnostics/kinds/check_reach.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/diagnostics/kinds/resolve.h"

namespace cordon::test {
namespace {

using diagnostics::KindId;
namespace kind = diagnostics::kind;
using diagnostics::Severity;
using source::FileId;

check::TrafficPart telnet_to_pumps() {
  check::TrafficPart part;
  part.from.v4 = ir::AddressSet(*packet::parse_prefix("203.0.113.0/28"));
  part.to.v4 = ir::AddressSet(*packet::parse_prefix("10.20.0.0/24"));
  part.services = {*packet::parse_service("tcp/23").term};
  return part;
}

ir::Standards made_standards() {
  ir::Standards standards;
  ir::Catalogue catalogue;
  catalogue.id = "csf-2.0";
  catalogue.title = "NIST Cybersecurity Framework 2.0";
  catalogue.short_name = "CSF 2.0";
  catalogue.controls.resize(2);
  catalogue.controls[0].id = "PR.AA-05";
  catalogue.controls[0].title = "who may do what is decided and kept to";
  catalogue.controls[1].id = "PR.IR-01";
  catalogue.controls[1].title = "networks are kept from access that nobody allowed";
  standards.catalogues.push_back(std::move(catalogue));
  standards.checks["outside-opens-to-device"].controls = {{0, 0}, {0, 1}};
  return standards;
}

}  // namespace

// A `]]>`, a script, a workflow command on a line of its own, escapes of several languages, a terminal's
// control sequence, a direction mark, a character without width, one that is none of XML, a byte that is no
// UTF-8, a link. Put together here, since the compiler's tools warn of such literals for good reason.
std::string hostile_text() {
  std::string text =
      "\"'`a</script><script>alert(1)</script>]]>&amp;<!--%0A::error::x\n::error file=a::b\r\n";
  text += "\x1b[31m ";
  for (const char* unseen : {"\x80\xAE", "\x80\x8B"}) text += std::string("\xE2") + unseen + ' ';
  return text + "\xEF\xBF\xBE \xC3( [link](http://evil.example) | **bold** \\ $(id) {0}";
}

MadeRun::MadeRun() {
  sources.add("zones/pumps.yaml", "conduits:\n  support:\n    from: internet\n    to: pumps\n");
  run.version = "1.2.3";
  run.as_of = *check::parse_date("2026-11-01");
  run.sources = &sources;
  run.policy = &policy;
  run.folder = "sites/east/";
  for (const check::Check& each : check::all_checks()) run.made.push_back(&each);
}

check::Finding& MadeRun::add(KindId kind, std::string message) {
  check::Finding finding;
  finding.diagnostic.kind = kind;
  finding.diagnostic.severity = diagnostics::info(kind).severity;
  finding.diagnostic.message = std::move(message);
  finding.diagnostic.labels.push_back({{FileId{0}, 12, 19}, "here"});
  run.findings.push_back(std::move(finding));
  return run.findings.back();
}

void MadeRun::finish() { check::add_fingerprints(run.findings, run.policy); }

void fill_rich(MadeRun& made) {
  made.standards = made_standards();
  made.run.standards = &made.standards;
  ir::Waiver waiver;
  waiver.name = "W-1";
  waiver.reason = {"the vendor's range is no smaller", {FileId{0}, 0, 1}};
  waiver.expires = {"2027-01-31", {FileId{0}, 0, 1}};
  made.policy.evidence.waivers.push_back(std::move(waiver));

  check::Finding& open = made.add(kind::outside_opens_to_device.id, "`internet` may open tcp/23 to `pumps`");
  open.element = "conduit:support";
  open.traffic.push_back(telnet_to_pumps());
  open.path.push_back({"zone internet", "zone pumps", "tcp/23", "support", {FileId{0}, 25, 39}});
  open.diagnostic.labels.push_back({{FileId{0}, 48, 53}, "medical devices"});
  open.diagnostic.notes.emplace_back("why it matters: whoever reaches a pump can change a therapy");
  open.diagnostic.helps.emplace_back("take the flow out");

  check::Finding& waived = made.add(kind::outside_opens_to_device.id, "`vendor` may open tcp/22 to `pumps`");
  waived.element = "conduit:vendor";
  waived.status = check::Status::waived;
  waived.waiver = "W-1";
  check::Finding& known = made.add(kind::duplicate_address.id, "address `10.20.0.7` is used twice");
  known.element = "host:pump-7";
  known.status = check::Status::baseline;
  made.add(kind::duplicate_address.id, "address `10.20.0.8` is used twice").diagnostic.severity =
      Severity::warning;
  check::Finding& note = made.add(kind::usage.id, "about no file");
  note.diagnostic.severity = Severity::note;
  note.diagnostic.labels.clear();
  made.finish();
}

void fill_hostile(MadeRun& made) {
  const std::string text = hostile_text();
  const FileId file = made.sources.add("zones/" + text + ".yaml", text);
  made.run.folder = "sites/" + text + "/";
  ir::Waiver waiver;
  waiver.name = text;
  waiver.reason = {text, {file, 0, 1}};
  waiver.expires = {text, {file, 0, 1}};
  made.policy.evidence.waivers.push_back(std::move(waiver));
  for (const check::Status status : {check::Status::open, check::Status::waived}) {
    check::Finding& finding = made.add(kind::outside_opens_to_device.id, text);
    finding.diagnostic.labels = {{{file, 0, 4}, text}, {{file, 5, 9}, text}};
    finding.diagnostic.notes = {text};
    finding.diagnostic.helps = {text};
    finding.element = "conduit:" + text;
    finding.path.push_back({text, text, text, text, {file, 1, 2}});
    finding.traffic.push_back(telnet_to_pumps());
    finding.status = status;
    if (status == check::Status::waived) finding.waiver = text;
  }
  made.finish();
}

void fill_many(MadeRun& made, std::size_t count) {
  const KindId kinds[] = {kind::outside_opens_to_device.id, kind::duplicate_address.id};
  for (std::size_t number = 0; number < count; ++number) {
    check::Finding& finding = made.add(
        kinds[number % 2],
        fmt::format("finding {} of `zone-{}`: {}", number, number % 97, std::string(number % 5 * 200, 'x')));
    finding.element = fmt::format("conduit:c{}", number);
    finding.diagnostic.severity = static_cast<Severity>(2 - number % 3);
    finding.diagnostic.helps.assign(3, fmt::format("take flow {} out", number));
    if (number % 11 == 0) finding.status = check::Status::baseline;
    if (number % 2 == 0) finding.traffic.push_back(telnet_to_pumps());
    for (std::size_t more = 0; number % 1000 == 999 && more < 1'200; ++more) {
      finding.diagnostic.labels.push_back({{FileId{0}, 1, 2}, "and here"});
      finding.path.push_back({"zone a", "zone b", "tcp/1", "c", {FileId{0}, 1, 2}});
    }
  }
  made.finish();
}

void fill_ci(MadeCi& ci, std::size_t count, const std::string& name) {
  fill_many(ci.made, count);
  packet::Cube cube;
  cube.source = ir::AddressSet(*packet::parse_prefix("203.0.113.0/28"));
  cube.destination = ir::AddressSet(*packet::parse_prefix("10.20.0.0/24"));
  cube.services = {*packet::parse_service("tcp/23").term};
  ci.tests.resize(count);
  for (std::size_t number = 0; number < count; ++number) {
    ci.tests[number].range = {FileId{0}, 12, 19};
    change::TestResult& result = ci.results.emplace_back();
    result.test = &ci.tests[number];
    result.name = fmt::format("test {} {}", number / 2, name);  // every name twice
    result.outcome = number % 3 == 0 ? change::Outcome::passed : change::Outcome::failed;
    if (number % 3 > 0) result.otherwise = {cube};
    change::PairDifference& pair = ci.difference.pairs.emplace_back();
    pair.from = fmt::format("zone-{} {}", number, name);
    pair.to = "pumps " + name;
    (number % 2 == 0 ? pair.opened : pair.closed).cubes = {cube};
    ci.change.devices.push_back({fmt::format("device-{} {}.cfg", number, name), number, 1});
  }
  ci.difference.compared = 2 * count;
  ci.test_report.policy = &ci.made.policy;
  ci.test_report.sources = &ci.made.sources;
  ci.test_report.results = ci.results;
  const report::ChangeSide side{"main " + name, &ci.made.policy, &ci.made.sources};
  ci.change.before = ci.change.after = side;
  ci.change.difference = &ci.difference;
  ci.run.check = ci.made.run;
  ci.run.tests = &ci.test_report;
  ci.run.change = &ci.change;
  ci.run.against = "main " + name;
  ci.run.exit_code = 1;
}

}  // namespace cordon::test
