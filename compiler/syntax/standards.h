// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One file of the library's standards as typed values: a catalogue of controls, the map from checks to
// them, or questions.
//
// These files are read by the same reader as policies, so that a mistake in one is reported in the same
// way. Texts are views; the file keeps them alive.
#ifndef COMPILER_SYNTAX_STANDARDS_H
#define COMPILER_SYNTAX_STANDARDS_H

#include <cstdint>
#include <memory>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/language.h"
#include "compiler/yaml/node.h"

namespace cordon::syntax {

enum class StandardsRole : std::uint8_t {
  catalogue,      // standards/*.yaml
  control_map,    // standards/map.yaml
  questionnaire,  // questionnaires/*.yaml
  mds2_form,      // questionnaires/mds2.yaml
};

struct StandardControl {
  Text name;  // `PR.IR-01`
  Range range;
  Text title;
  OptionalText source;
  Flag unverified;
};

// Controls of several catalogues that ask for the same thing.
struct Outcome {
  Text name;
  Range range;
  Text title, source;
  std::vector<Argument> controls;  // catalogue, ids
};

// What a check, or a kind of assertion, speaks to.
struct Mapping {
  Text name;
  Range range;
  Texts outcomes;
  std::vector<Argument> controls;
  OptionalText none;  // why no control speaks of it
  Text source;
};

struct Question {
  Text name;
  Range range;
  Text ask, wanted, severity, source;
  Texts outcomes;
  std::vector<Argument> controls;
};

struct FormQuestion {
  Text name;
  Range range;
  Text ask;
  OptionalText source;
  Flag unverified;
};

struct StandardsFile {
  source::FileId file;
  StandardsRole role = StandardsRole::catalogue;
  Text title, short_name, source;  // of a catalogue
  Text rows_from;                  // the source of rows that name none
  Flag in_messages;
  std::vector<StandardControl> controls;
  std::vector<Outcome> outcomes;
  std::vector<Mapping> checks, assertions;
  std::vector<Question> questions;
  std::vector<FormQuestion> form;

  std::shared_ptr<const void> storage;  // keeps the bytes behind every Text alive
};

// What was faulty is left out, so the result is to be used only when no error was reported.
[[nodiscard]] StandardsFile parse_standards(std::shared_ptr<const yaml::Document> document,
                                            StandardsRole role, diagnostics::Diagnostics& diagnostics);

[[nodiscard]] const Record& standards_file(StandardsRole role);

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_STANDARDS_H
