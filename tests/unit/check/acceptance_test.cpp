// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/check/baseline.h"
#include "compiler/check/fingerprint.h"
#include "compiler/check/waivers.h"
#include "tests/support/policy_builder.h"

namespace cordon::check {
namespace {

Selection only(std::vector<diagnostics::KindId> kinds) {
  Selection selection;
  selection.only = std::move(kinds);
  return selection;
}

// Two networks, a flow of tcp/22-23, an assertion that it breaks.
class Site {
 public:
  Site() {
    builder_.network("pumps", {"10.20.0.0/24"});
    builder_.network("servers", {"10.30.0.0/24"});
    builder_.zone("pumps", {"pumps"}, true);
    builder_.zone("servers", {"servers"});
    builder_.settle();
    builder_.flow("service", {"servers"}, {"pumps"}, {"tcp/22-23"});
    ir::Assertion assertion;
    assertion.name = "no-telnet";
    assertion.traffic = traffic({"servers"}, {"pumps"}, "tcp/20-30");
    builder_.policy().evidence.assertions.push_back(std::move(assertion));
  }

  ir::Traffic traffic(const std::vector<std::string>& from, const std::vector<std::string>& to,
                      const std::string& service) {
    ir::Traffic out;
    out.from = {builder_.endpoint(from)};
    out.to = {builder_.endpoint(to)};
    ir::ServiceList list;
    list.terms.push_back(*packet::parse_service(service).term);
    out.services = builder_.policy().service_lists.push_back(std::move(list));
    return out;
  }

  ir::Waiver& waive(const std::string& service, std::string element = "assertion:no-telnet") {
    ir::Waiver waiver;
    const source::Range here{source::FileId(0), 0, 1};
    const auto say = [&](ir::Stated& field, std::string text) { field = {std::move(text), here}; };
    waiver.name = "W-1";
    waiver.name_range = here;
    say(waiver.code, "never-broken");
    if (!element.empty()) say(waiver.element, std::move(element));
    if (!service.empty()) {
      waiver.accepts.push_back(traffic({"servers"}, {"pumps"}, service));
      waiver.accepts_range = here;
    }
    say(waiver.reason, "old firmware");
    say(waiver.owner, "biomed");
    say(waiver.approved_by, "ciso");
    say(waiver.ticket, "CHG-1");
    say(waiver.created, "2026-10-01");
    say(waiver.expires, "2026-12-31");
    builder_.policy().evidence.waivers.push_back(std::move(waiver));
    return builder_.policy().evidence.waivers.back();
  }

  // The only finding there is, after the waivers.
  Finding result(const std::string& day = "2026-11-01") {
    const Context context = at(day);
    const Selection selection;
    std::vector<Finding> all = run_checks(context, only({kind::never_broken.id}));
    REQUIRE(all.size() == 1);
    apply_waivers(context, selection, all);
    unused_ = all.size() - 1;
    return all.front();
  }
  [[nodiscard]] std::size_t unused() const { return unused_; }

  Context at(const std::string& day) {
    return Context({.policy = builder_.policy(),
                    .standards = nullptr,
                    .as_of = *parse_date(day),
                    .bridges = [](ir::DeviceId) { return false; },
                    .tracks = {}});
  }

 private:
  test::PolicyBuilder builder_;
  std::size_t unused_ = 0;
};

bool notes(const Finding& finding, std::string_view text) {
  return std::ranges::any_of(finding.diagnostic.notes,
                             [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

TEST_CASE("a waiver covers what lies in what it accepts") {
  Site exact, wider, without_element;
  exact.waive("tcp/22-23");
  wider.waive("tcp");
  without_element.waive("tcp/22-23", "");
  for (Site* site : {&exact, &wider, &without_element}) {
    const Finding finding = site->result();
    CHECK(finding.status == Status::waived);
    CHECK(finding.waiver == "W-1");
    CHECK(site->unused() == 0);
  }
}

TEST_CASE("what has grown is open and says by how much") {
  Site site;
  site.waive("tcp/23");
  const Finding finding = site.result();
  CHECK(finding.status == Status::open);
  CHECK(notes(finding, "waiver `W-1` does not accept servers -> pumps tcp/22"));
  CHECK(site.unused() == 0);
}

TEST_CASE("packets have to be accepted as packets") {
  Site site;
  site.waive("");
  const Finding finding = site.result();
  CHECK(finding.status == Status::open);
  CHECK(notes(finding, "add `accepts: 'servers -> pumps tcp/22-23'`"));
}

TEST_CASE("another element is not covered, and the waiver is unused") {
  Site site;
  site.waive("tcp/22-23", "assertion:no-ssh");
  CHECK(site.result().status == Status::open);
  CHECK(site.unused() == 1);
}

TEST_CASE("a waiver with a fault covers nothing") {
  Site expired, future, own, incomplete, long_lived;
  expired.waive("tcp");
  future.waive("tcp").created.text = "2026-11-02";
  own.waive("tcp").approved_by.text = "BIOMED";
  incomplete.waive("tcp").ticket = {};
  long_lived.waive("tcp").expires.text = "2029-01-01";
  CHECK(expired.result("2026-12-31").status == Status::waived);
  CHECK(expired.result("2027-01-01").status == Status::open);
  CHECK(notes(expired.result("2027-01-01"), "covered it until 2026-12-31"));
  for (Site* site : {&future, &own, &incomplete, &long_lived}) {
    CHECK(site->result().status == Status::open);
    CHECK(site->unused() == 0);
  }
}

TEST_CASE("the warning comes in time") {
  Site site;
  const ir::Waiver waiver = site.waive("tcp");
  const ir::CheckSettings settings;
  CHECK_FALSE(is_expiring(waiver, settings, *parse_date("2026-11-30")));
  CHECK(is_expiring(waiver, settings, *parse_date("2026-12-01")));
  CHECK_FALSE(is_expiring(waiver, settings, *parse_date("2027-01-01")));
}

TEST_CASE("a baseline knows a finding again, and only shrinks") {
  Site site;
  const Context context = site.at("2026-11-01");
  const Selection selection = only({kind::never_broken.id, kind::baseline_stale.id});
  std::vector<Finding> findings = run_checks(context, selection);
  add_fingerprints(findings, &context.policy());
  const Baseline drawn = baseline_of(findings);
  REQUIRE(drawn.size() == 1);
  CHECK(drawn.front().element == "assertion:no-telnet");

  std::vector<Finding> again = findings;
  apply_baseline(context, selection, drawn, again);
  REQUIRE(again.size() == 1);
  CHECK(again.front().status == Status::baseline);
  CHECK(pruned(context, selection, drawn, again) == drawn);

  std::vector<Finding> mended;
  apply_baseline(context, selection, drawn, mended);
  REQUIRE(mended.size() == 1);
  CHECK(mended.front().diagnostic.kind == kind::baseline_stale.id);
  CHECK(pruned(context, selection, drawn, {}).empty());

  // Nobody looked for it, so nobody knows.
  const Selection other = only({kind::baseline_stale.id});
  std::vector<Finding> not_made;
  apply_baseline(context, other, drawn, not_made);
  CHECK(not_made.empty());
  CHECK(pruned(context, other, drawn, {}) == drawn);
}

TEST_CASE("what nobody may accept is in no baseline") {
  Finding final_one, fault, warning;
  final_one.diagnostic.kind = kind::outside_opens_to_device.id;
  fault.diagnostic.kind = diagnostics::kind_id("CD4501");
  warning.diagnostic.kind = diagnostics::kind_id("CD4504");
  warning.diagnostic.severity = diagnostics::Severity::warning;
  CHECK(baseline_of({final_one, fault}).empty());
  CHECK(baseline_of({warning}).size() == 1);
}

}  // namespace
}  // namespace cordon::check
