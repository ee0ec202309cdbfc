// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a project says about its policy and never adds to it: assertions, tests, waivers, attestations.
//
// None of it opens or closes a flow. `check` holds it against the policy; names are resolved like those of
// flows, dates stay the text that was written (YYYY-MM-DD, which compares as text).
#ifndef COMPILER_IR_EVIDENCE_H
#define COMPILER_IR_EVIDENCE_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ir/ids.h"

namespace cordon::ir {

// Connections by who opens them, who accepts them and how. Addresses and devices are endpoints apart.
struct Traffic {
  std::vector<EndpointId> from, to;
  ServiceListId services;  // invalid: every service
  Range from_range, to_range;
};

struct Assertion : Named {
  enum class Kind : std::uint8_t { never, always, only, via, at_least, roundtrip } kind = Kind::never;
  Traffic traffic;
  std::vector<EndpointId> through;  // via, only
  Range through_range;
  std::uint32_t filters = 0;  // at_least
};

struct PolicyTest {
  std::string name;  // may be empty
  Range range;
  bool allow = true;
  Traffic traffic;
  std::vector<std::string> tags;
};

// A text that a waiver has to have; absent ones have an invalid range.
struct Stated {
  std::string text;
  Range range;
  [[nodiscard]] bool present() const { return range.valid(); }
};

struct Waiver : Named {
  Stated code;                   // `CD4021` or its slug
  Stated element;                // `conduit:legacy-telnet`
  std::vector<Traffic> accepts;  // their union
  Range accepts_range;
  Stated reason, owner, approved_by, ticket, created, expires;
};

// Connections that a change may open without further review.
struct Envelope : Named {
  std::vector<Traffic> approves;  // their union
  std::optional<std::uint32_t> max_new_hosts;
  std::vector<std::string> reviewers;
};

enum class Answer : std::uint8_t { yes, no, partly, not_applicable };

// The answer to a question of the risk questionnaire, which is its name.
struct Attestation : Named {
  Answer answer = Answer::yes;
  Range answer_range;
  std::string evidence, date, reason;
};

// A manufacturer's disclosure statement (MDS2, ANSI/NEMA HN 1) for the devices of some zones.
struct Mds2Answer {
  std::string question;  // `RMOT-1`
  Answer answer = Answer::yes;
  Range range;
};
struct Mds2Form : Named {
  std::vector<ZoneId> zones;
  std::string document, date;
  std::vector<Mds2Answer> answers;  // ascending by question
};

enum class CheckProfile : std::uint8_t { basic, hospital, auditor };

struct SeverityChoice {
  std::string code, severity;  // `off`, `note`, `warning`, `error`
  Range code_range;
};

// How the project wants to be checked.
struct CheckSettings {
  std::optional<CheckProfile> profile;
  std::vector<SeverityChoice> severities;
  std::uint32_t review_days = 365;       // a conduit is reviewed as often
  std::uint32_t waiver_days = 180;       // a waiver lives no longer
  std::uint32_t warning_days = 30;       // what ends within these is told beforehand
  std::uint32_t filters_to_devices = 2;  // that stand between outside and medical devices
};

struct Evidence {
  std::vector<Assertion> assertions;      // by name
  std::vector<PolicyTest> tests;          // as written, files by path
  std::vector<Waiver> waivers;            // by id
  std::vector<Envelope> envelopes;        // by id
  std::vector<Attestation> attestations;  // by question
  std::vector<Mds2Form> mds2;             // by name
  CheckSettings checks;
};

}  // namespace cordon::ir

#endif  // COMPILER_IR_EVIDENCE_H
