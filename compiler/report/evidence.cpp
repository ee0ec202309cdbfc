// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/evidence.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "compiler/base/sha256.h"

namespace cordon::report {
namespace {

using check::Check;
using check::Finding;
using check::Status;

constexpr std::size_t elements_shown = 6;

// The same for every project: an auditor has to know where the evidence ends.
constexpr std::string_view limits[] = {
    "that a device runs what was compiled for it: `cordon verify` compares texts, and only the site can "
    "fetch the "
    "running one",
    "that a device does what the makers' documents say of its configuration",
    "that an address belongs to the device that the policy says, or that no other device is on the network",
    "what passes inside a network, where no filter stands between two hosts that the policy does not keep "
    "apart",
    "what an application does with a connection that it may open, and that a flow is encrypted as the policy "
    "says",
    "that an attestation is true: it is somebody's word, with the document that it names",
    "that a check which held had anything of its kind to look at",
    "that a control is met as a whole: what is listed under it speaks for parts of it, and its own text "
    "decides",
};

std::string days(long count) { return fmt::format("{} {}", count, count == 1 ? "day" : "days"); }

// `2026-10-02, 30 days ago`
std::string dated(const std::string& date, check::Date as_of) {
  const auto day = check::parse_date(date);
  if (!day) return "without a date";
  const long age = check::days_between(*day, as_of);
  if (age < 0) return fmt::format("{}, after the day of this report", date);
  return age == 0 ? fmt::format("{}, the day of this report", date)
                  : fmt::format("{}, {} ago", date, days(age));
}

std::string life_of(const ir::Waiver& waiver, check::Date as_of) {
  std::string text = "without a beginning";
  if (const auto created = check::parse_date(waiver.created.text))
    text = fmt::format("{} old", days(std::max(0L, check::days_between(*created, as_of))));
  const auto expires = check::parse_date(waiver.expires.text);
  if (!expires) return text + ", without an end";
  const long left = check::days_between(as_of, *expires);
  return text +
         (left < 0 ? fmt::format(", ended {} ago", days(-left)) : fmt::format(", ends in {}", days(left)));
}

Verdict verdict_on(const Claim& claim) {
  switch (claim.standing) {
    case Standing::held:
    case Standing::proved:
    case Standing::attested:
      return Verdict::holds;
    case Standing::waived:
      return Verdict::waived;
    case Standing::unanswered:
    case Standing::not_made:
      return Verdict::incomplete;
    case Standing::open:
    case Standing::broken:
    case Standing::contrary:
      return Verdict::fails;
  }
  return Verdict::fails;
}

class Gatherer {
 public:
  explicit Gatherer(const EvidenceInput& input) : input_(input) {}

  Evidence gather() {
    out_.version = input_.version;
    out_.site = input_.policy.site.name;
    out_.as_of = check::to_string(input_.as_of);
    out_.with_waivers = input_.waivers;
    out_.standards = &input_.standards;
    for (const Finding& finding : input_.findings) by_kind_[finding.diagnostic.kind].push_back(&finding);
    for (const Check& check : check::all_checks()) add_check(check);
    for (const check::AssertionResult& result : input_.assertions) add_assertion(result);
    for (const ir::Question& question : input_.standards.questions) add_question(question);
    for (const std::uint32_t catalogue : input_.catalogues) add_catalogue(catalogue);
    for (const ir::Waiver& waiver : input_.policy.evidence.waivers) add_waiver(waiver);
    out_.limits.assign(std::begin(limits), std::end(limits));
    add_inputs();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool is_open(const Finding& finding) const {
    return finding.status != Status::waived || !input_.waivers;
  }

  // Turned off by the project, or not among those that the run makes.
  [[nodiscard]] bool is_made(const Check& check) const {
    if (!check::selects(input_.selection, check)) return false;
    const diagnostics::KindInfo& info = diagnostics::info(check.kind);
    const auto& chosen = input_.policy.evidence.checks.severities;
    return !check.waivable || std::ranges::none_of(chosen, [&](const ir::SeverityChoice& choice) {
      return choice.severity == "off" && (choice.code == info.code || choice.code == info.slug);
    });
  }

  // `never-broken` raises what each assertion of the kind says of itself below.
  [[nodiscard]] bool tells_assertions(std::string_view slug) const {
    constexpr std::string_view end = "-broken";
    return slug.ends_with(end) &&
           input_.standards.assertions.contains(slug.substr(0, slug.size() - end.size()));
  }

  void add_check(const Check& check) {
    const diagnostics::KindInfo& info = diagnostics::info(check.kind);
    const auto mapping = input_.standards.checks.find(info.slug);
    if (mapping == input_.standards.checks.end() || tells_assertions(info.slug)) return;
    if (mapping->second.controls.empty()) return;
    Claim claim{.witness = Witness::check,
                .name = std::string(info.slug),
                .proof = std::string(info.code),
                .text = std::string(check.purpose),
                .standing = is_made(check) ? Standing::held : Standing::not_made,
                .details = {},
                .source = mapping->second.source,
                .controls = mapping->second.controls};
    if (const auto found = by_kind_.find(check.kind); found != by_kind_.end()) {
      const auto& findings = found->second;
      const bool some_open =
          std::ranges::any_of(findings, [&](const Finding* each) { return is_open(*each); });
      claim.standing = some_open ? Standing::open : Standing::waived;
      claim.details = details_of(findings);
    }
    out_.claims.push_back(std::move(claim));
  }

  // `3 errors: conduit:portal, zone:guest` and, where some are waived, by what.
  [[nodiscard]] std::vector<std::string> details_of(const std::vector<const Finding*>& findings) const {
    std::vector<std::string> details;
    std::vector<std::string> open;
    std::map<std::string, std::size_t> waived;
    for (const Finding* finding : findings) {
      if (is_open(*finding)) {
        open.push_back(finding->element);
      } else {
        ++waived[finding->waiver];
      }
    }
    if (const std::size_t count = open.size(); count > 0) {
      details.push_back(
          fmt::format("{} {}: {}", count, severity_word(*findings.front(), count), listed(std::move(open))));
    }
    for (const auto& [waiver, count] : waived) {
      details.push_back(fmt::format("{} accepted by waiver {}", count, waiver));
    }
    return details;
  }

  static std::string severity_word(const Finding& finding, std::size_t count) {
    return fmt::format("{}{}", to_string(finding.diagnostic.severity), count == 1 ? "" : "s");
  }

  static std::string listed(std::vector<std::string> names) {
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    const std::size_t shown = std::min(names.size(), elements_shown);
    std::string text =
        fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<long>(shown), ", "));
    return shown == names.size() ? text : fmt::format("{} and {} more", text, names.size() - shown);
  }

  [[nodiscard]] std::string labels(const std::vector<ir::EndpointId>& endpoints) const {
    std::string text;
    for (const ir::EndpointId id : endpoints)
      text += (text.empty() ? "" : ",") + input_.policy.endpoints[id].label;
    return text;
  }

  void add_assertion(const check::AssertionResult& result) {
    const ir::Assertion& assertion = *result.assertion;
    const std::string kind(check::to_string(assertion.kind));
    Claim claim{.witness = Witness::assertion,
                .name = assertion.name,
                .proof = {},
                .text = {},
                .standing = {},
                .details = {},
                .source = {},
                .controls = {}};
    claim.proof =
        fmt::format("{} {} -> {}", kind, labels(assertion.traffic.from), labels(assertion.traffic.to));
    if (assertion.traffic.services.valid())
      claim.proof += " " + input_.policy.service_lists[assertion.traffic.services].label;
    if (!assertion.through.empty()) claim.proof += " through " + labels(assertion.through);
    if (assertion.filters > 0) claim.proof += fmt::format(" {} filters", assertion.filters);
    const bool holds = result.outcome == check::Outcome::held || result.outcome == check::Outcome::vacuous;
    claim.standing = holds ? Standing::proved : Standing::broken;
    claim.text = result.text;
    if (result.outcome != check::Outcome::held && result.outcome != check::Outcome::broken)
      claim.details.push_back(std::string(check::to_string(result.outcome)));
    if (const auto mapping = input_.standards.assertions.find(kind);
        mapping != input_.standards.assertions.end()) {
      claim.source = mapping->second.source;
      claim.controls = mapping->second.controls;
    }
    out_.claims.push_back(std::move(claim));
  }

  void add_question(const ir::Question& question) {
    const auto& answers = input_.policy.evidence.attestations;
    const auto answer = std::ranges::find(answers, question.id, &ir::Attestation::name);
    Claim claim{.witness = Witness::attestation,
                .name = question.id,
                .proof = question.topic,
                .text = question.ask,
                .standing = Standing::unanswered,
                .details = {},
                .source = question.source,
                .controls = question.controls};
    if (answer != answers.end()) {
      const bool excused = answer->answer == ir::Answer::not_applicable && !answer->reason.empty();
      claim.standing = answer->answer == question.wanted || excused ? Standing::attested : Standing::contrary;
      claim.details.push_back(answer_text(*answer));
    }
    out_.claims.push_back(std::move(claim));
  }

  [[nodiscard]] std::string answer_text(const ir::Attestation& answer) const {
    static constexpr std::string_view words[] = {"yes", "no", "partly", "not applicable"};
    std::string text(words[static_cast<std::size_t>(answer.answer)]);
    text += answer.evidence.empty() ? "; no document" : "; " + answer.evidence;
    text += "; " + dated(answer.date, input_.as_of);
    return answer.reason.empty() ? text : text + "; " + answer.reason;
  }

  void add_catalogue(std::uint32_t position) {
    CatalogueEvidence section{.catalogue = position, .controls = {}, .silent = 0};
    const auto& controls = input_.standards.catalogues[position].controls;
    std::vector<std::vector<std::uint32_t>> claims(controls.size());
    for (std::size_t index = 0; index < out_.claims.size(); ++index) {
      for (const ir::ControlRef ref : out_.claims[index].controls) {
        if (ref.catalogue == position) claims[ref.control].push_back(static_cast<std::uint32_t>(index));
      }
    }
    for (std::size_t index = 0; index < controls.size(); ++index) {
      if (claims[index].empty()) {
        ++section.silent;
        continue;
      }
      // What needs to be looked at comes first; what nobody has said anything about comes last.
      std::ranges::stable_sort(claims[index], {}, [&](std::uint32_t claim) {
        static constexpr int places[verdicts] = {2, 1, 3, 0};
        return places[static_cast<std::size_t>(verdict_on(out_.claims[claim]))];
      });
      section.controls.push_back({{position, static_cast<std::uint32_t>(index)}, std::move(claims[index])});
    }
    out_.catalogues.push_back(std::move(section));
  }

  void add_waiver(const ir::Waiver& waiver) {
    const auto covered = std::ranges::count_if(input_.findings, [&](const Finding& finding) {
      return finding.status == Status::waived && finding.waiver == waiver.name;
    });
    out_.waivers.push_back({&waiver, static_cast<std::size_t>(covered), life_of(waiver, input_.as_of)});
  }

  void add_inputs() {
    for (std::uint32_t number = 0; number < input_.sources.size(); ++number) {
      const source::FileId file{number};
      out_.inputs.push_back({input_.sources.path(file), sha256(input_.sources.text(file))});
    }
    std::ranges::sort(out_.inputs, {}, &InputDigest::path);
  }

  const EvidenceInput& input_;
  Evidence out_;
  std::map<diagnostics::KindId, std::vector<const Finding*>> by_kind_;
};

}  // namespace

std::string_view to_string(Standing standing) {
  static constexpr std::string_view words[standings] = {"held",   "proved",   "attested",   "waived",  "open",
                                                        "broken", "contrary", "unanswered", "not made"};
  return words[static_cast<std::size_t>(standing)];
}

std::string_view to_string(Witness witness) {
  static constexpr std::string_view words[] = {"check", "assertion", "attestation"};
  return words[static_cast<std::size_t>(witness)];
}

Evidence gather_evidence(const EvidenceInput& input) { return Gatherer(input).gather(); }

std::string tally_text(const Evidence& evidence, const ControlEvidence& control) {
  std::size_t counts[standings] = {};
  for (const std::uint32_t claim : control.claims)
    ++counts[static_cast<std::size_t>(evidence.claims[claim].standing)];
  std::string text;
  for (std::size_t standing = 0; standing < standings; ++standing) {
    if (counts[standing] == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counts[standing],
                        to_string(static_cast<Standing>(standing)));
  }
  return text;
}

std::string_view to_string(Verdict verdict) {
  static constexpr std::string_view words[verdicts] = {"holds", "waived", "incomplete", "fails"};
  return words[static_cast<std::size_t>(verdict)];
}

Verdict verdict_on(const Evidence& evidence, const ControlEvidence& control) {
  Verdict worst = Verdict::holds;
  for (const std::uint32_t claim : control.claims)
    worst = std::max(worst, verdict_on(evidence.claims[claim]));
  return worst;
}

std::string summary_of(const Evidence& evidence, const CatalogueEvidence& section) {
  std::size_t counts[verdicts] = {};
  for (const ControlEvidence& control : section.controls)
    ++counts[static_cast<std::size_t>(verdict_on(evidence, control))];
  std::string text = fmt::format("{} of {} controls are spoken to", section.controls.size(),
                                 section.controls.size() + section.silent);
  static constexpr std::string_view of_many[verdicts] = {"hold", "waived", "incomplete", "fail"};
  for (std::size_t verdict = 0; verdict < verdicts; ++verdict) {
    if (counts[verdict] == 0) continue;
    const auto word = counts[verdict] == 1 ? to_string(static_cast<Verdict>(verdict)) : of_many[verdict];
    text += fmt::format("{} {} {}", text.find(':') == std::string::npos ? ":" : ",", counts[verdict], word);
  }
  return text + fmt::format(". Nothing here speaks to the other {}.", section.silent);
}

std::string remarks_on(const Evidence& evidence, const ControlEvidence& control) {
  const bool words = std::ranges::all_of(control.claims, [&](std::uint32_t claim) {
    return evidence.claims[claim].witness == Witness::attestation;
  });
  const bool unverified = evidence.standards->control(control.control).unverified;
  return fmt::format("{}{}{}", to_string(verdict_on(evidence, control)), words ? ", attestations only" : "",
                     unverified ? ", from memory" : "");
}

}  // namespace cordon::report
