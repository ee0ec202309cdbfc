// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Catalogues of controls, which check speaks to which of them, and the questions of the risk questionnaire.
//
// Read from `policies/standards/` and `policies/questionnaires/`; the same for every project.
#ifndef COMPILER_IR_STANDARDS_H
#define COMPILER_IR_STANDARDS_H

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/evidence.h"
#include "compiler/ir/ids.h"

namespace cordon::ir {

struct Control {
  std::string id;      // `PR.IR-01`
  std::string title;   // its outcome in a few words of our own
  std::string source;  // where the row was taken from
};

struct Catalogue {
  std::string id;          // `nist-csf-2.0`
  std::string title;       // `NIST Cybersecurity Framework 2.0`
  std::string short_name;  // `CSF 2.0`, before a control's id in messages
  std::string source;
  std::vector<Control> controls;  // in the standard's own order
};

struct ControlRef {
  std::uint32_t catalogue = 0, control = 0;  // positions
  friend constexpr auto operator<=>(const ControlRef&, const ControlRef&) = default;
};

struct Question {
  std::string id;     // what an attestation is called
  std::string topic;  // device, server, network, wireless, remote-access, lifecycle
  std::string ask;
  std::string source;
  Answer wanted = Answer::yes;
  std::string severity;  // `high`, `medium`, `low`: what another answer weighs
  std::vector<ControlRef> controls;
};

struct Mds2Question {
  std::string id;  // `RMOT-1`
  std::string ask;
  std::string source;
};

struct Standards {
  std::vector<Catalogue> catalogues;                                               // by id
  std::map<std::string, std::vector<ControlRef>, std::less<>> controls;            // of each check, by slug
  std::map<std::string, std::vector<ControlRef>, std::less<>> assertion_controls;  // by kind: `never`
  std::vector<Question> questions;                                                 // by id
  std::vector<Mds2Question> mds2;                                                  // by id

  // `CSF 2.0 PR.IR-01`
  [[nodiscard]] std::string label(ControlRef ref) const {
    const Catalogue& catalogue = catalogues[ref.catalogue];
    return catalogue.short_name + " " + catalogue.controls[ref.control].id;
  }
};

}  // namespace cordon::ir

#endif  // COMPILER_IR_STANDARDS_H
