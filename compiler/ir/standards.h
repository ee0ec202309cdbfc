// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Catalogues of controls, which check speaks to which of them, and the questions of the risk questionnaire.
//
// Read from `policies/standards/` and `policies/questionnaires/`; the same for every project.
#ifndef COMPILER_IR_STANDARDS_H
#define COMPILER_IR_STANDARDS_H

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/evidence.h"
#include "compiler/ir/ids.h"

namespace cordon::ir {

struct Control {
  std::string id;           // `PR.IR-01`
  std::string title;        // its outcome in a few words of our own
  std::string source;       // where the row was taken from
  bool unverified = false;  // from memory, not read in the source
};

struct Catalogue {
  std::string id;          // `csf-2.0`, the name of its file
  std::string title;       // `NIST Cybersecurity Framework 2.0`
  std::string short_name;  // `CSF 2.0`, before a control's id in messages
  std::string source;
  bool in_messages = false;       // findings name its controls
  std::vector<Control> controls;  // in the standard's own order
};

struct ControlRef {
  std::uint32_t catalogue = 0, control = 0;  // positions
  friend constexpr auto operator<=>(const ControlRef&, const ControlRef&) = default;
};

// What a check or a kind of assertion helps to show.
struct Mapping {
  std::vector<ControlRef> controls;  // ascending; empty: none speaks of it
  std::string none;                  // why not
  std::string source;
};
using Mappings = std::map<std::string, Mapping, std::less<>>;

struct Question {
  std::string id;     // what an attestation is called
  std::string topic;  // device, server, network, wireless, remote-access, lifecycle
  std::string ask;
  std::string source;
  Answer wanted = Answer::yes;
  std::string severity;  // `high`, `medium`, `low`: what another answer weighs
  std::vector<ControlRef> controls;
};

// Of the manufacturers' form, as far as it bears on the network.
struct Mds2Question {
  std::string id;  // `RMOT-1`
  std::string ask;
  std::string source;
  bool unverified = false;
};

struct Standards {
  std::vector<Catalogue> catalogues;  // by id
  Mappings checks;                    // by slug
  Mappings assertions;                // by kind: `never`
  std::vector<Question> questions;    // by id
  std::vector<Mds2Question> mds2;     // by id

  [[nodiscard]] const Control& control(ControlRef ref) const {
    return catalogues[ref.catalogue].controls[ref.control];
  }
  // Null: no question has this id.
  [[nodiscard]] const Question* find_question(std::string_view id) const {
    const auto found = std::ranges::lower_bound(questions, id, {}, &Question::id);
    return found == questions.end() || found->id != id ? nullptr : &*found;
  }
};

}  // namespace cordon::ir

#endif  // COMPILER_IR_STANDARDS_H
