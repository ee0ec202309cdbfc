// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Connections on one line: `FROM -> TO SERVICES`, as waivers say what they accept.
//
//   flow := set '->' set [services]    set, services := word { ',' word }
//
// Words are those of a flow's `from`, `to` and `services`. Without services, or with `any`, every service is
// meant. Blanks around commas and the arrow do not matter.
#ifndef COMPILER_RESOLVE_FLOW_TEXT_H
#define COMPILER_RESOLVE_FLOW_TEXT_H

#include <string_view>

#include "compiler/base/expected.h"
#include "compiler/syntax/ast.h"

namespace cordon::resolve {

// Each word carries the range of the whole text.
struct FlowText {
  syntax::Texts from, to, services;  // no services: all of them
};

// What is wrong with the text otherwise, in words that follow "is no flow: ".
[[nodiscard]] Expected<FlowText, std::string_view> parse_flow_text(const syntax::Text& text);

}  // namespace cordon::resolve

#endif  // COMPILER_RESOLVE_FLOW_TEXT_H
