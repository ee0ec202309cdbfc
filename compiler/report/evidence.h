// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What an auditor asks for: control by control, what is claimed, what shows it, and whether that holds.
//
// Three things can speak for a control: a check that was made, an assertion that was proved, and somebody's
// word. They are told apart in every line, and what nobody has shown is said as plainly as what holds.
#ifndef COMPILER_REPORT_EVIDENCE_H
#define COMPILER_REPORT_EVIDENCE_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/assertion_results.h"
#include "compiler/check/checks.h"
#include "compiler/check/date.h"
#include "compiler/check/finding.h"
#include "compiler/ir/policy.h"
#include "compiler/ir/standards.h"
#include "compiler/source/source.h"

namespace cordon::report {

struct EvidenceInput {
  std::string_view version;  // of the program
  const ir::Policy& policy;
  const ir::Standards& standards;
  const source::Sources& sources;               // all that was read, the library too
  const std::vector<check::Finding>& findings;  // of every check of `selection`
  const std::vector<check::AssertionResult>& assertions;
  check::Selection selection;
  check::Date as_of;
  bool waivers = true;                    // false: what is waived counts as open
  std::vector<std::uint32_t> catalogues;  // positions, ascending
};

enum class Standing : std::uint8_t {
  held,        // a check that was made and found nothing
  proved,      // an assertion that holds for every packet
  attested,    // somebody's word, the answer that carries no risk
  waived,      // found, and accepted for some time
  open,        // found
  broken,      // an assertion with a counterexample, or one that could not be decided
  contrary,    // somebody's word, another answer
  unanswered,  // a question without an attestation
  not_made,    // a check that the project or the run leaves out
};
[[nodiscard]] std::string_view to_string(Standing standing);
inline constexpr std::size_t standings = 9;

enum class Witness : std::uint8_t { check, assertion, attestation };
[[nodiscard]] std::string_view to_string(Witness witness);

struct Claim {
  Witness witness{};
  std::string name;   // `guest-opens-inside`, `no-internet-pumps`, `default-credentials-changed`
  std::string proof;  // what shows it: `CD4603`, `never guest -> pumps`, the question
  std::string text;   // what is claimed; of a question, what was asked
  Standing standing{};
  std::vector<std::string> details;  // what was found, who says so and since when
  std::string source;                // where the demand was taken from
  std::vector<ir::ControlRef> controls;
};

struct ControlEvidence {
  ir::ControlRef control;
  std::vector<std::uint32_t> claims;  // positions in `claims`: by standing, worst first, then by name
};

struct CatalogueEvidence {
  std::uint32_t catalogue = 0;
  std::vector<ControlEvidence> controls;  // that something speaks to, in the standard's order
  std::size_t silent = 0;                 // to which nothing does
};

struct WaiverEvidence {
  const ir::Waiver* waiver = nullptr;
  std::size_t findings = 0;  // that it covers
  std::string age;           // `39 days old, ends in 91 days`
};

struct InputDigest {
  std::string path, sha256;
};

struct Evidence {
  std::string version, site, as_of;
  std::vector<Claim> claims;  // checks in the order of their table, then assertions and questions by name
  std::vector<CatalogueEvidence> catalogues;
  std::vector<WaiverEvidence> waivers;   // by id
  std::vector<std::string_view> limits;  // what Cordon cannot show
  std::vector<InputDigest> inputs;       // by path
  bool with_waivers = true;
  const ir::Standards* standards = nullptr;
};

// The same input gives the same evidence, whenever it is asked for. What it returns views the input.
[[nodiscard]] Evidence gather_evidence(const EvidenceInput& input);

// Of the claims of one control, how many stand how.
[[nodiscard]] std::string tally_text(const Evidence& evidence, const ControlEvidence& control);
// The worst that is said of a control.
enum class Verdict : std::uint8_t {
  holds,       // everything that speaks to it
  waived,      // something is accepted for some time, the rest holds
  incomplete,  // a question is unanswered or a check was not made, the rest holds or is waived
  fails,       // something is open, broken or contrary
};
inline constexpr std::size_t verdicts = 4;
[[nodiscard]] std::string_view to_string(Verdict verdict);
[[nodiscard]] Verdict verdict_on(const Evidence& evidence, const ControlEvidence& control);

// How many controls of the catalogue stand how, in two sentences.
[[nodiscard]] std::string summary_of(const Evidence& evidence, const CatalogueEvidence& section);

// The verdict and what a reader has to know besides: `incomplete, attestations only`.
[[nodiscard]] std::string remarks_on(const Evidence& evidence, const ControlEvidence& control);

[[nodiscard]] std::string evidence_text(const Evidence& evidence);
[[nodiscard]] std::string evidence_markdown(const Evidence& evidence);
[[nodiscard]] std::string evidence_json(const Evidence& evidence);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_EVIDENCE_H
