// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The pieces that every JSON document of ours is made of.
#ifndef COMPILER_DIAGNOSTICS_JSON_H
#define COMPILER_DIAGNOSTICS_JSON_H

#include <string>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"

namespace cordon::diagnostics {

using Json = nlohmann::ordered_json;

// Path, start and end. Lines and columns count from one; the end is one past the last character.
[[nodiscard]] Json region_json(Range range, const source::Sources& sources);

// Code, slug, severity, message, regions, related, notes, helps.
[[nodiscard]] Json diagnostic_json(const Diagnostic& diagnostic, const source::Sources& sources);

// A list of one. Braces alone would leave open whether a list or the item itself is meant.
[[nodiscard]] Json list_of(Json item);

// ASCII only and without `<`, so that nothing a policy says acts on a terminal, hides from a reader or ends a
// script in a page that holds the document; a parser gives back every character. What is not UTF-8 is
// replaced: a message must come out whatever the file held. Without an indent everything is one line.
[[nodiscard]] std::string to_text(const Json& document, int indent = 2);

}  // namespace cordon::diagnostics

#endif  // COMPILER_DIAGNOSTICS_JSON_H
