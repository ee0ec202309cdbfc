// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A policy text, read.
#ifndef TESTS_UNIT_SYNTAX_READING_H
#define TESTS_UNIT_SYNTAX_READING_H

#include <memory>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/syntax/parse.h"

namespace cordon::syntax::testing {

struct Reading {
  source::Sources sources;
  diagnostics::Diagnostics diagnostics;
  File file;

  // "2:3 unknown-key: `vlna` is not a key of a network", a line each, with what stands under the
  // carets behind ` ^ ` and notes and helps behind ` | `.
  [[nodiscard]] std::string messages() const;
};

std::unique_ptr<Reading> read(std::string_view text, FileRole role = FileRole::included);

}  // namespace cordon::syntax::testing

#endif  // TESTS_UNIT_SYNTAX_READING_H
